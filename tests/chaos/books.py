"""Holding the system's books against the clients' ledger: the owners' logs, the bus, and the read models."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

import psycopg

from sevenx.declaration import writing_services
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.topics import events_topic
from sevenx.local.home import Home
from tests.chaos.clients import Given, Ledger
from tests.integration.bus import records

_STUCK = """
SELECT (SELECT count(*) FROM ops.quarantine), (SELECT count(*) FROM log.blocked_streams),
       (SELECT count(*) FROM log.outbox), (SELECT count(*) FROM ops.reaction_queue)
"""


@dataclass(frozen=True)
class Books:
    """The areas' logs as their owners have them, in the order of writing."""

    home: Home
    logs: dict[str, list[Recorded]]

    @classmethod
    def of(cls, home: Home) -> Books:
        logs = {}
        for one in writing_services():
            rows = _rows(home, one.area, "SELECT value FROM log.events ORDER BY position")
            logs[one.area] = [catalog().decode(one.area, bytes(value)) for (value,) in rows]
        return cls(home, logs)

    @property
    def events(self) -> int:
        return sum(len(log) for log in self.logs.values())

    def commands(self) -> set[tuple[str, bytes]]:
        """Area and identity of every command that left a trace."""
        return {(area, event.meta.command) for area, log in self.logs.items() for event in log}

    def nothing_acknowledged_is_lost_and_nothing_was_done_twice(self, ledger: Ledger, before: Books) -> None:
        """Each acknowledged command caused the events that its answer names, once; no other command of a client left a
        trace since the books were opened (`before`)."""
        assert self.lost_and_repeated(ledger) == ([], [])
        known = {(one.area, one.command) for one in ledger.given} | ledger.unnamed | before.commands()
        subjects = {one.subject for one in ledger.given}
        strangers = [
            event.position
            for command, events in self._caused().items()
            for event in events
            if event.meta.actor in subjects and command not in known
        ]
        assert strangers == [], "events of commands that no client was answered"

    def lost_and_repeated(self, ledger: Ledger) -> tuple[list[Given], list[Given]]:
        """Acknowledged commands that lack an event which their answer names, or the position it names; and those that
        caused more than their answer names."""
        caused = self._caused()
        lost, repeated = [], []
        for one in ledger.given:
            found = caused.get((one.area, one.command), [])
            names, promised = Counter(event.name for event in found), Counter(one.events)
            if promised - names or (found and one.position not in {event.position for event in found}):
                lost.append(one)
            if names - promised or sorted(map(_ordinal, found)) != list(range(len(found))):
                repeated.append(one)
        return lost, repeated

    def _caused(self) -> dict[tuple[str, bytes], list[Recorded]]:
        """The events of each command."""
        caused: dict[tuple[str, bytes], list[Recorded]] = defaultdict(list)
        for area, log in self.logs.items():
            for event in log:
                caused[area, event.meta.command].append(event)
        return caused

    def the_bus_holds_the_logs(self) -> int:
        """Every event is on its topic as the same bytes, and nothing else is; the number of benign repeats."""
        repeats = 0
        for area, log in self.logs.items():
            topic = events_topic(self.home.district, area)
            seen = Counter(sha256(m.value() or b"").digest() for m in records(self.home.admin_kafka(), topic))
            wanted = {event.hash for event in log}
            assert wanted - seen.keys() == set(), f"{area}: events are not on the bus"
            assert seen.keys() - wanted == set(), f"{area}: records on the bus are not in the log"
            repeats += sum(seen.values()) - len(seen)
        return repeats

    def nothing_is_parked_or_waits(self) -> None:
        """No record was set aside in any service, no stream is blocked, nothing is left to send or to react to."""
        for area in self.logs:
            assert _rows(self.home, area, _STUCK) == [(0, 0, 0, 0)], area

    def the_read_models_count_what_the_clients_were_promised(self, ledger: Ledger) -> None:
        """Numbers and amounts of the ledger, by read models that were written while their services were killed."""
        wanted = {
            "leads": len(ledger.of("/leads")),
            "closed": len(ledger.of("/close")),
            "projects": len(ledger.of("/negotiate")),
            "landed": len(ledger.of("/land")),
            "claims": len(ledger.of("/funds")),
            "claimed": _sum(ledger.of("/funds")),
            "checked": _sum(ledger.of("/check")),
            "evidence": sum(len(one.body["documents"]) for one in ledger.given if "documents" in one.body),
        }
        found = _rows(
            self.home,
            "projects",
            "SELECT (SELECT count(*) FROM read.lead), (SELECT count(*) FROM read.lead WHERE status = 'closed'),"
            " (SELECT count(*) FROM read.project), (SELECT count(*) FROM read.project WHERE stage = 'landed'),"
            " (SELECT count(*) FROM read.funds_claim), (SELECT sum(claimed) FROM read.funds_claim),"
            " (SELECT sum(checked) FROM read.funds_claim), (SELECT count(*) FROM read.evidence)",
        )
        assert dict(zip(wanted, found[0], strict=True)) == wanted
        persons = {one.body["id"] for one in ledger.of("/people")}
        listed = {stream for (stream,) in _rows(self.home, "registry", "SELECT stream FROM read.person")}
        assert persons <= listed
        drafts = _rows(self.home, "reporting", "SELECT count(*) FROM read.report_step WHERE step = 'drafted'")
        assert drafts == [(len(ledger.of("/draft")),)]


def _ordinal(event: Recorded) -> int:
    return int(event.meta.ext.get("ordinal", "0"))


def _sum(given: Iterable[Given]) -> Decimal:
    return sum((Decimal(one.body["amount"]) for one in given), Decimal(0))


def _rows(home: Home, area: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(home.database_url(area), autocommit=True) as connection:
        return connection.execute(query.encode(), binary=True).fetchall()
