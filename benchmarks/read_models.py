"""The product's read model of a history: made empty, and checked when it is filled."""

from __future__ import annotations

from typing import NoReturn

import psycopg

from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.harness import expect
from benchmarks.history import LENGTH, History
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.testing.sample import AREA, sample_catalog, sample_service

FOLLOWS = (AREA,)


def side(bench: Bench, history: History, database: Database) -> ReadSide:
    """The sample service as a reader of the history."""
    return ReadSide(bench.settings(history, database), sample_service(), sample_catalog(), FOLLOWS)


def fill_log(database: Database, history: History) -> None:
    """The history as its owner's own log: the reader holds every record of the bus against it."""
    with database.as_owner() as connection:
        statement = "COPY log.events (stream, version, command, ordinal, value) FROM STDIN (FORMAT binary)"
        with connection.cursor().copy(statement) as copy:
            copy.set_types(["text", "int4", "bytea", "int4", "bytea"])
            for stream, version, command, value in history:
                copy.write_row((stream, version, command, 0, value))
        connection.execute("ANALYZE")


def drop(database: Database) -> None:
    """Take the read model away; the reader makes a new one."""
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS read CASCADE")


def check(database: Database, history: History) -> None:
    """Every account and every movement is there, and nothing was set aside."""
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        entries = connection.execute("SELECT count(*), sum(amount) FROM read.entry").fetchone()
        accounts = connection.execute("SELECT count(*), sum(last_version) FROM read.account").fetchone()
        aside = connection.execute("SELECT count(*) FROM ops.quarantine").fetchone()
    expect("entries of the read model", entries, (history.movements, history.balance))
    expect("accounts of the read model", accounts, (history.streams, history.streams * LENGTH))
    expect("records set aside", aside, (0,))


def never(*_: object) -> NoReturn:
    """For what must not happen in a benchmark: a fork, a reaction, the end of the process."""
    raise AssertionError("the reader asked for something that this history gives no reason for")
