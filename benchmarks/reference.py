"""The sample bank written with pyeventsourcing, as its documentation does it, on the same PostgreSQL.

The same business, the same read model. Its events carry what the library gives them (id, version, timestamp) and none
of the product's envelope: neither chain nor idempotency, actor or correlation.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL

from benchmarks.databases import Database
from benchmarks.harness import expect
from benchmarks.history import LENGTH, History, amount_of

_AT_ONCE = 5000


class Account(Aggregate):
    @event("Opened")
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.balance = Decimal(0)

    @event("Moved")
    def move(self, amount: Decimal) -> None:
        self.balance += amount


class Bank(Application[UUID]):
    """Two commands: open an account, move money."""

    def open(self, owner: str) -> UUID:
        account = Account(owner)
        self.save(account)
        return account.id

    def move(self, account_id: UUID, amount: Decimal) -> None:
        account: Account = self.repository.get(account_id)
        account.move(amount)
        self.save(account)


class BankView(PostgresTrackingRecorder):
    """Two tables, as the product's sample has them; each event in a transaction with its tracking record."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.times: list[float] = []
        """When each event was committed."""
        self.sql_create_statements += [
            SQL(
                "CREATE TABLE IF NOT EXISTS view_account (stream uuid PRIMARY KEY, owner text NOT NULL, "
                "last_version integer NOT NULL)"
            ).format(),
            SQL(
                "CREATE TABLE IF NOT EXISTS view_entry (stream uuid, version integer, amount numeric(20, 2) NOT NULL, "
                "PRIMARY KEY (stream, version))"
            ).format(),
        ]

    def opened(self, stream: UUID, owner: str, version: int, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT INTO view_account VALUES (%s, %s, %s)", (stream, owner, version), prepare=True)
        self.times.append(time.perf_counter())

    def moved(self, stream: UUID, version: int, amount: Decimal, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT INTO view_entry VALUES (%s, %s, %s)", (stream, version, amount), prepare=True)
            cursor.execute(
                "UPDATE view_account SET last_version = %s WHERE stream = %s", (version, stream), prepare=True
            )
        self.times.append(time.perf_counter())


class BankProjection(Projection[BankView]):
    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        raise TypeError(f"{tracking}: not an event of an account: {domain_event!r}")

    @process_event.register
    def _opened(self, domain_event: Account.Opened, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self.view.opened(domain_event.originator_id, domain_event.owner, domain_event.originator_version, tracking)

    @process_event.register
    def _moved(self, domain_event: Account.Moved, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self.view.moved(domain_event.originator_id, domain_event.originator_version, domain_event.amount, tracking)


def bank(database: Database, **options: str) -> Bank:
    """The application on a database; `options` are the library's environment variables."""
    return Bank(env={**database.environment(), **options})


def fill(database: Database, history: History) -> None:
    """Record a history of the same shape, in the library's own format."""
    with bank(database) as app:
        stored = []
        for one in _events(history):
            stored.append(app.mapper.to_stored_event(one))
            if len(stored) == _AT_ONCE:
                app.recorder.insert_events(stored)
                stored = []
        if stored:
            app.recorder.insert_events(stored)
        expect("events recorded", app.recorder.max_notification_id(), history.events)


def _events(history: History) -> Iterator[Any]:
    """The events of all accounts; movements are those of the history's first account."""
    for _ in range(history.streams):
        account = Account("模拟数据 甲有限公司")
        for version in range(2, LENGTH + 1):
            account.move(amount_of(version))
        yield from account.collect_events()


@dataclass(frozen=True)
class Projected:
    """Events a second of a run of the library's runner: from its start, and from the first event that it committed."""

    from_start: float
    from_first: float


def project(database: Database, history: History) -> Projected:
    """Run the library's projection runner from the first event to the last, into an empty view, and check the view."""
    started = time.perf_counter()
    with ProjectionRunner(
        application_class=Bank, projection_class=BankProjection, view_class=BankView, env=database.environment()
    ) as runner:
        runner.wait(history.events, timeout=600)
        times = runner.view.times
    with database.as_owner() as connection:
        entries = connection.execute("SELECT count(*), sum(amount) FROM view_entry").fetchone()
        accounts = connection.execute("SELECT count(*), sum(last_version) FROM view_account").fetchone()
        connection.execute("DROP TABLE view_account, view_entry, bankprojection_tracking")
    expect("entries of the reference's view", entries, (history.movements, history.balance))
    expect("accounts of the reference's view", accounts, (history.streams, history.streams * LENGTH))
    return Projected(len(times) / (times[-1] - started), (len(times) - 1) / (times[-1] - times[0]))
