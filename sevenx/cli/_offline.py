"""The stores of a deployment whose services are stopped, for verbs that mend them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sevenx.cli._log import need
from sevenx.declaration import service, services, writing_services
from sevenx.kernel.topics import events_topic
from sevenx.local.errors import LocalError
from sevenx.local.home import MARKER, Home
from sevenx.local.logins import KafkaLogin

_LEADERS_WITHIN = 30.0
"""Seconds for the broker to have a leader for each partition."""


@dataclass(frozen=True)
class Stores:
    """PostgreSQL and Kafka without the services."""

    district: str
    kafka: KafkaLogin
    """A principal that reads every topic of the district."""
    seals: Path | None
    owner_url: Callable[[str], str] = field(repr=False)
    """libpq URL of an area's database as the owner of its log."""
    app_urls: Mapping[str, str] = field(repr=False)
    """libpq URL of the application's role, of each area that can be reached from here."""

    @property
    def group(self) -> str:
        """A consumer group that the reading principal may name."""
        return f"{self.district}-reader-restore"

    def options(self) -> dict[str, Any]:
        return self.kafka.librdkafka_options()


@contextmanager
def offline(home: Path, area: str) -> Iterator[Stores]:
    """The stores of an embedded system, started for as long as the block lasts, with databases and topics made where
    they are lacking; else, by SEVENX_KAFKA and its companions, those that run somewhere, for one area.

    LocalError while the embedded system runs.
    """
    env = os.environ
    if "SEVENX_KAFKA" in env and not (home / MARKER).exists():
        login = KafkaLogin(env["SEVENX_KAFKA"], env.get("SEVENX_KAFKA_USER", ""), env.get("SEVENX_KAFKA_PASSWORD", ""))
        seals = Path(env["SEVENX_SEALS"]) if "SEVENX_SEALS" in env else None
        owner, app = need("SEVENX_DATABASE_OWNER"), need("SEVENX_DATABASE")
        yield Stores(need("SEVENX_DISTRICT"), login, seals, lambda _: owner, {area: app})
        return
    opened = Home.open(home)
    with _started(opened):
        urls = {one.area: opened.database_url(one.area) for one in services()}
        seals = opened.seals
        yield Stores(opened.district, opened.reader_kafka(), seals, lambda a: opened.database_url(a, owner=True), urls)


@contextmanager
def _started(home: Home) -> Iterator[None]:
    from sevenx.local import preflight
    from sevenx.local.parts import server_kafka, server_postgres
    from sevenx.local.state import clear_leftovers, supervisor_lock
    from sevenx.local.work import Work

    with supervisor_lock(home) as lock:
        if lock is None:
            raise LocalError(f"SevenX runs in {home.path}; stop it first: sevenx down --home {home.path}")
        clear_leftovers(home)
        preflight.check(home)
        with server_postgres(home), server_kafka(home):
            work = Work(home)
            work.databases()
            work.topics()
            _wait_for_leaders(home)
            yield


def _wait_for_leaders(home: Home) -> None:
    """Until the broker answers about every events topic: just after a topic was made it does not."""
    from sevenx.kernel.batch_reader import Cluster, KafkaAway

    cluster = Cluster(home.reader_kafka().librdkafka_options())
    until = time.monotonic() + _LEADERS_WITHIN
    while True:
        try:
            cluster.extents([events_topic(home.district, one.area) for one in writing_services()])
            return
        except KafkaAway:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def declared(areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas as they are declared; LocalError that lists them when one is not, or has no log."""
    for area in areas:
        try:
            writes = service(area).writes
        except KeyError as error:
            raise LocalError(str(error.args[0])) from None
        if not writes:
            raise LocalError(
                f"{area} has no events; areas with a log are {', '.join(o.area for o in writing_services())}"
            )
    return areas
