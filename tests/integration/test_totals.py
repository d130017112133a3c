"""Totals are what their rows come to: whatever the changes, their order and the size of the batches."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql
from sqlalchemy import Column, Integer, MetaData, Numeric, Table, Text, select, union_all

from sevenx.kernel.migrations import migrate
from sevenx.kernel.projection import READ, Change, Changes, Projections, projection_table
from sevenx.kernel.read_schema import NEXT, create, shape_of, switch
from sevenx.kernel.row_writer import write_changes
from sevenx.kernel.topics import partition_of
from sevenx.kernel.totals import Total, kept_without, summed, total_of, total_table, totals_of
from tests.conftest import SharedPostgres

metadata = MetaData(schema=READ)
account = projection_table("account", metadata, Column("owner", Text, nullable=False), Column("note", Text))
entry = projection_table(
    "entry", metadata, Column("n", Integer, primary_key=True), Column("amount", Numeric(20, 2)), Column("note", Text)
)
by_owner = total_table(
    "by_owner",
    metadata,
    select(account.c.stream, account.c.owner, entry.c.amount).join(entry, entry.c.stream == account.c.stream),
    ["amount"],
)
accounts = total_table("accounts", metadata, select(account.c.stream, account.c.owner))
BY_OWNER, ACCOUNTS = totals_of(metadata)
STREAMS, OWNERS = ("A-1", "A-2", "B-1"), ("王五", "赵六")

Step = tuple[str, Table, str, tuple[Any, ...], dict[str, Any]]
_AMOUNT = st.none() | st.integers(-3, 3).map(Decimal)
_STEPS: st.SearchStrategy[Step] = st.sampled_from(STREAMS).flatmap(
    lambda stream: st.one_of(
        st.builds(lambda name: ("put", account, stream, (), {"owner": name}), st.sampled_from(OWNERS)),
        st.builds(lambda name: ("set", account, stream, (), {"owner": name}), st.sampled_from(OWNERS)),
        st.builds(lambda n, a: ("put", entry, stream, (n,), {"amount": a}), st.integers(1, 3), _AMOUNT),
        st.builds(lambda n, a: ("set", entry, stream, (n,), {"amount": a}), st.integers(1, 3), _AMOUNT),
        st.builds(lambda n: ("delete", entry, stream, (n,), {}), st.integers(1, 3)),
        st.just(("delete", account, stream, (), {})),
        st.just(("forget", account, stream, (), {})),
    )
)


@pytest.fixture(scope="module")
def connection(postgres: SharedPostgres) -> Iterator[psycopg.Connection[Any]]:
    database = postgres.create_database("totals")
    migrate(database.owner_url, "bank", database.app_role)
    with psycopg.connect(database.app_url, autocommit=True) as opened:
        yield opened


class Model:
    """The rows as they should be; a change of a row that is not there is left out."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self.amounts: dict[tuple[str, int], Decimal | None] = {}

    def take(self, step: Step) -> bool:
        verb, table, stream, key, values = step
        if verb == "forget":
            self.owners.pop(stream, None)
            self.amounts = {one: amount for one, amount in self.amounts.items() if one[0] != stream}
            return True
        rows: dict[Any, Any] = self.owners if table is account else self.amounts
        at: Any = stream if table is account else (stream, *key)
        if verb == "delete":
            rows.pop(at, None)
        elif verb == "set" and at not in rows:
            return False
        else:
            (rows[at],) = values.values()
        return True

    def by_owner(self) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for (stream, _), amount in self.amounts.items():
            if stream in self.owners:
                counted, total = found.get((self.owners[stream],), (0, Decimal(0)))
                found[self.owners[stream],] = counted + 1, total + (amount or 0)
        return found


def write(connection: Any, steps: list[Step], schema: str = READ) -> None:
    changes = Changes()
    for verb, table, stream, key, values in steps:
        getattr(changes.of(stream), verb)(table, *key, **values)
    with connection.transaction():
        write_changes(connection, changes, schema)


def forget(connection: Any, stream: str) -> None:
    with connection.transaction(), kept_without(connection, metadata, stream):
        for table in (account, entry):
            name = sql.Identifier(READ, table.name)
            connection.execute(sql.SQL("DELETE FROM {} WHERE stream = %s").format(name), (stream,))


def told(connection: Any, total: Total) -> dict[Any, Any]:
    """The total's table, which is what its rows come to."""
    stored, fresh = summed(connection, total)
    assert stored == fresh
    return stored


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(_STEPS, min_size=1, max_size=6), max_size=8))
def test_a_total_is_what_its_rows_come_to_after_every_batch(connection: Any, batches: list[list[Step]]) -> None:
    create(connection, Projections(metadata), READ)
    model = Model()
    for batch in batches:
        waiting: list[Step] = []
        for step in batch:
            if not model.take(step):
                continue
            if step[0] == "forget":
                write(connection, waiting)
                waiting = []
                forget(connection, step[2])
            elif step[0] == "set" and any(one[0] == "delete" and one[1:4] == step[1:4] for one in waiting):
                write(connection, waiting)
                waiting = [step]
            else:
                waiting.append(step)
        write(connection, waiting)
        assert told(connection, BY_OWNER) == model.by_owner()
        held = list(model.owners.values())
        assert told(connection, ACCOUNTS) == {(name,): (held.count(name),) for name in held}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(STREAMS), st.integers(1, 9), _AMOUNT), min_size=1), st.integers(1, 5))
def test_a_rebuild_beside_has_the_same_totals_whatever_the_batches(
    connection: Any, entries: list[tuple[str, int, Decimal | None]], size: int
) -> None:
    steps: list[Step] = [("put", account, stream, (), {"owner": OWNERS[n % 2]}) for n, stream in enumerate(STREAMS)]
    steps += [("put", entry, stream, (n,), {"amount": amount}) for stream, n, amount in entries]
    create(connection, Projections(metadata), READ)
    for first in range(0, len(steps), size):
        write(connection, steps[first : first + size])
    live = connection.execute("SELECT * FROM read.by_owner ORDER BY 1, 2").fetchall()
    create(connection, Projections(metadata), NEXT)
    write(connection, steps, NEXT)
    assert connection.execute("SELECT * FROM read_next.by_owner ORDER BY 1, 2").fetchall() == live
    switch(connection)
    write(connection, [("put", entry, STREAMS[0], (10,), {"amount": Decimal(1)})])
    told(connection, BY_OWNER)
    assert {row[1] for row in live} <= {partition_of(stream) for stream in STREAMS}


def test_what_a_total_does_not_read_does_not_concern_it() -> None:
    assert not BY_OWNER.concerns(entry, Change(values={"note": "x"}))
    assert BY_OWNER.concerns(entry, Change(values={"note": "x", "amount": None}))
    assert BY_OWNER.concerns(account, Change(drop=True))
    assert ACCOUNTS.concerns(account, Change(whole=True, drop=True))
    assert not ACCOUNTS.concerns(entry, Change(whole=True, drop=True))


def test_a_read_model_whose_total_sums_up_something_else_is_another() -> None:
    def model(amount: Any) -> Projections:
        there = MetaData(schema=READ)
        rows = projection_table("entry", there, Column("amount", Numeric(20, 2)))
        total_table("summed", there, select(rows.c.stream, rows.c.amount.label("x")).where(amount(rows)), ["x"])
        return Projections(there)

    def positive(rows: Table) -> Any:
        return rows.c.amount > 0

    assert shape_of(model(positive)) == shape_of(model(positive))
    assert shape_of(model(positive)) != shape_of(model(lambda rows: rows.c.amount > 1))


def test_a_total_may_add_up_several_tables(connection: Any) -> None:
    there = MetaData(schema=READ)
    names = projection_table("names", there, Column("name", Text, nullable=False))
    parts = projection_table("parts", there, Column("n", Integer, primary_key=True), Column("name", Text))
    both = union_all(select(names.c.stream, names.c.name), select(parts.c.stream, parts.c.name))
    table = total_table("named", there, both)
    total = total_of(table)
    assert total is not None
    create(connection, Projections(there), READ)
    write(connection, [("put", parts, "A-1", (1,), {"name": "王五"}), ("put", names, "B-1", (), {"name": "王五"})])
    assert told(connection, total) == {("王五",): (2,)}
