"""Net changes of a batch in PostgreSQL: every kind of column, defaults, and changes that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import psycopg
import pytest
from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Float, Integer, MetaData, Numeric, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from sevenx.kernel.migrations import migrate
from sevenx.kernel.projection import READ, Changes, Projections, projection_table
from sevenx.kernel.read_schema import create
from sevenx.kernel.row_writer import MissingRow, WrongKey, write_changes
from tests.conftest import SharedPostgres

metadata = MetaData(schema=READ)
thing = projection_table(
    "thing",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("name", Text),
    Column("amount", Numeric(20, 2)),
    Column("ratio", Float),
    Column("on", Date),
    Column("at", DateTime(timezone=True)),
    Column("good", Boolean, server_default=text("true")),
    Column("tags", ARRAY(Text)),
    Column("more", JSONB),
)
bare = projection_table("bare", metadata)


class Kind(StrEnum):
    SMALL = "small"


@pytest.fixture
def connection(postgres: SharedPostgres) -> Any:
    database = postgres.create_database("rows")
    migrate(database.owner_url, "bank", database.app_role)
    with psycopg.connect(database.app_url, autocommit=True) as opened:
        create(opened, Projections(metadata), READ)
        yield opened


def write(connection: Any, *steps: tuple[str, Table, tuple[Any, ...], dict[str, Any]]) -> None:
    changes = Changes()
    for verb, table, key, values in steps:
        getattr(changes.of("S-1"), verb)(table, *key, **values)
    with connection.transaction():
        write_changes(connection, changes, READ)


def rows(connection: Any, table: Table = thing) -> list[tuple[Any, ...]]:
    query = f"SELECT * FROM read.{table.name}"  # noqa: S608
    return sorted(connection.execute(query).fetchall(), key=lambda row: row[:2])


FULL = {
    "name": "铝精深加工 \\ {a,b} \"c\" 'd' NULL",
    "amount": Decimal("12.50"),
    "ratio": 0.5,
    "on": date(2026, 7, 25),
    "at": datetime(2026, 7, 25, 16, tzinfo=UTC),
    "good": False,
    "tags": ["一", "a,b", ""],
    "more": {"k": [1, None, {"x": "y"}]},
}


def test_every_kind_of_column_comes_back_as_it_was_put(connection: Any) -> None:
    write(connection, ("put", thing, (1,), FULL), ("put", thing, (2,), {}), ("put", bare, (), {}))
    assert rows(connection) == [
        ("S-1", 1, *FULL.values()),
        ("S-1", 2, None, None, None, None, None, True, None, None),
    ]
    assert rows(connection, bare) == [("S-1",)]


def test_a_row_put_again_is_replaced_whole_and_set_changes_only_what_it_names(connection: Any) -> None:
    write(connection, ("put", thing, (1,), FULL), ("put", thing, (2,), FULL), ("put", bare, (), {}))
    write(
        connection,
        ("put", thing, (1,), {"name": "x"}),
        ("set", thing, (2,), {"tags": ["z"], "amount": 7}),
        ("put", bare, (), {}),
    )
    first, second = rows(connection)
    assert first == ("S-1", 1, "x", None, None, None, None, True, None, None)
    assert second[2:] == (FULL["name"], Decimal("7.00"), *list(FULL.values())[2:6], ["z"], FULL["more"])


def test_numbers_and_texts_of_mixed_python_types_are_taken(connection: Any) -> None:
    write(
        connection,
        ("put", thing, (1,), {"amount": 3, "name": Kind.SMALL, "ratio": 1.5}),
        ("put", thing, (2,), {"amount": Decimal("3.25"), "name": "plain", "ratio": 2.5}),
        ("put", thing, (3,), {"amount": None, "name": None, "ratio": None}),
    )
    assert [row[2:4] for row in rows(connection)] == [("small", Decimal(3)), ("plain", Decimal("3.25")), (None, None)]


def test_deleting_is_by_the_whole_key_and_again_does_nothing(connection: Any) -> None:
    write(connection, ("put", thing, (1,), {}), ("put", thing, (2,), {}))
    write(connection, ("delete", thing, (1,), {}), ("delete", thing, (9,), {}))
    assert [row[1] for row in rows(connection)] == [2]


def test_a_change_of_a_row_that_does_not_exist_is_refused_and_nothing_is_written(connection: Any) -> None:
    with pytest.raises(MissingRow, match="1 of 1"):
        write(connection, ("put", thing, (1,), {}), ("set", thing, (2,), {"name": "x"}))
    assert rows(connection) == []


def test_a_key_of_another_length_is_refused(connection: Any) -> None:
    with pytest.raises(WrongKey):
        write(connection, ("put", thing, (), {"name": "x"}))
