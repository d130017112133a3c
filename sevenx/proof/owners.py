"""The running services' part of verification: each owner's own log held against the bus, and each read model against a
pure replay. Verification asks each service; no service asks another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from sevenx.kernel.topics import events_topic, partition_of
from sevenx.proof.findings import Problem
from sevenx.proof.streams import Stream
from sevenx.proof.verify import Report

PAGE = 5000
SHOWN = 20
"""Events that are named one by one when an owner's log and the bus differ; more are counted."""


PATIENCE = 30.0
"""Seconds for a service that is being restarted."""
_AWAY = (502, 503, 504)
_AT_ONCE = 2
"""Services that compare at the same time: each holds its rows in memory meanwhile."""


class Owners:
    """Asks the services behind one address; `token` gives a bearer token of an auditor or operator."""

    def __init__(self, url: str, token: Callable[[], str]) -> None:
        self._client = httpx.Client(base_url=url, timeout=httpx.Timeout(10, read=600), trust_env=False)
        self._token = token

    def close(self) -> None:
        self._client.close()

    def ask(self, path: str) -> Any:
        """A GET's answer; httpx.HTTPError when the service refuses, or is not there for PATIENCE seconds."""
        until = time.monotonic() + PATIENCE
        while True:
            answer = self._client.get(path, headers={"Authorization": f"Bearer {self._token()}"})
            if answer.status_code not in _AWAY or time.monotonic() > until:
                return answer.raise_for_status().json()
            time.sleep(0.5)

    def log(self, area: str) -> Iterator[tuple[str, int, bytes]]:
        """(stream, version, hash) of every event in the owner's log, in the order of writing."""
        after: int | None = 0
        while after is not None:
            page = self.ask(f"/api/{area}/log/heads?after={after}&limit={PAGE}")
            for event in page["events"]:
                yield event["stream"], event["version"], bytes.fromhex(event["hash"])
            after = page["next"]

    def outbox(self, area: str) -> int:
        """Events that wait to be published."""
        return int(self.ask(f"/api/{area}/status")["outbox"]["rows"])


def compare_owners(report: Report, owners: Owners, areas: Iterable[str], tail: Callable[[], Set[bytes]]) -> None:
    """Hold each area's log on the bus against its owner's; findings go into the report.

    `tail` gives the hashes of the records that came onto the bus after the report was made.
    """
    for area in areas:
        try:
            report.owners[area] = _compare(report, owners, area, tail)
        except httpx.HTTPError as error:
            report.owners[area] = {"error": str(error)}
            report.problems.append(Problem("owner", f"{area}: its log cannot be read: {error}"))


def _compare(report: Report, owners: Owners, area: str, tail: Callable[[], Set[bytes]]) -> dict[str, Any]:
    """events: in the owner's log; newer: not yet on the bus when it was read; waiting: still in the owner's outbox."""
    on_bus = report.streams.get(area, {})
    last: dict[str, int] = {}
    events = 0
    newer: dict[bytes, tuple[str, int]] = {}
    found: list[Problem] = []
    for stream, version, digest in owners.log(area):
        events += 1
        last[stream] = version
        there = on_bus.get(stream)
        given = b"" if there is None else there.hash_at(version)
        if not given or given == bytes(32):
            newer[digest] = (stream, version)
        elif given != digest:
            what = f"on the bus {given.hex()[:16]}…, in the owner's log {digest.hex()[:16]}…"
            found.append(_problem(report, area, stream, version, what, given))
    found += _strangers(report, area, on_bus, last)
    waiting = owners.outbox(area) if newer else 0
    if newer and not waiting:
        arrived = tail()
        what = "it is in the owner's log and not on the bus"
        found += [
            _problem(report, area, stream, version, what, None)
            for digest, (stream, version) in newer.items()
            if digest not in arrived
        ]
    report.problems += found[:SHOWN]
    if len(found) > SHOWN:
        report.problems.append(Problem("owner", f"{area}: {len(found) - SHOWN} further events differ"))
    return {"events": events, "newer": len(newer), "waiting": waiting, "differing": len(found)}


def _strangers(report: Report, area: str, on_bus: Mapping[str, Stream], last: Mapping[str, int]) -> list[Problem]:
    """Events on the bus that the owner's log lacks."""
    return [
        _problem(report, area, name, version, "the owner's log lacks it", stream.hash_at(version))
        for name, stream in on_bus.items()
        for version in range(last.get(name, 0) + 1, stream.version + 1)
    ]


def _problem(report: Report, area: str, stream: str, version: int, what: str, digest: bytes | None) -> Problem:
    topic = events_topic(report.district, area)
    return Problem("owner", what, topic, partition_of(stream), None, stream, version, digest)


def compare_projections(report: Report, owners: Owners, areas: Iterable[str]) -> None:
    """Ask each service to compare its read model with a pure replay, two at a time; findings go into the report."""
    with ThreadPoolExecutor(_AT_ONCE, "compare") as threads:
        answers = {area: threads.submit(owners.ask, f"/api/{area}/projections/verify") for area in areas}
    for area, answered in answers.items():
        try:
            answer = answered.result()
        except httpx.HTTPError as error:
            report.projections[area] = {"equal": False, "error": str(error)}
            report.problems.append(Problem("projection", f"{area}: the comparison failed: {error}"))
            continue
        report.projections[area] = answer
        if not answer.get("equal"):
            differing = [name for name, table in answer.get("tables", {}).items() if not table.get("equal")]
            what = f"{area}: differs from a pure replay in {', '.join(differing) or 'its heads'}"
            report.problems.append(Problem("projection", what))
