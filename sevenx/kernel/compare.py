"""Comparing a read model with a pure replay of the bus up to the very same checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import Table

from sevenx.kernel.applier import Checked, Head, StreamKey
from sevenx.kernel.avro import Catalog
from sevenx.kernel.collector import uncollected
from sevenx.kernel.projection import READ, Changes, Key
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.records import Place
from sevenx.kernel.replay import BATCH, Replay, ahead, concluded
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.settings import Settings
from sevenx.kernel.totals import Total, summed, total_of, totals_of

Connection = psycopg.Connection[Any]
DIFFERENCES = 20
"""How many differences of a table are shown."""
_PARKED = """
SELECT q.area, q.stream, coalesce(h.version, 0), coalesce(h.hash, '\\x')
FROM (SELECT DISTINCT area, stream FROM ops.quarantine WHERE status = 'open' AND kind IN ('parked', 'gap')) q
LEFT JOIN read.stream_head h USING (area, stream)
"""


@dataclass
class TableReport:
    """One table: rows in the model and in the replay, and the first rows that differ."""

    rows: int = 0
    replayed: int = 0
    different: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)

    def add(self, difference: dict[str, Any]) -> None:
        self.different += 1
        if len(self.first) < DIFFERENCES:
            self.first.append(difference)


class Rows:
    """A read model in memory: it carries changes out as the database does."""

    def __init__(self) -> None:
        self.tables: dict[Table, dict[Key, dict[str, Any]]] = {}
        self.missing: list[tuple[Table, Key]] = []
        """Rows that were to be changed and did not exist."""

    def apply(self, changes: Changes) -> None:
        for table, rows in changes.by_table.items():
            there = self.tables.setdefault(table, {})
            for key, change in rows.items():
                if change.whole:
                    there[key] = dict(change.values)
                elif change.drop:
                    there.pop(key, None)
                elif key in there:
                    there[key].update(change.values)
                else:
                    self.missing.append((table, key))


def compare(
    settings: Settings, definition: ServiceDefinition, catalog: Catalog, follows: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Compare in one REPEATABLE READ snapshot. The answer, ready for JSON:

    equal: all tables and heads are as the replay has them. events: how many were replayed. checkpoints: up to where.
    parked: streams that wait in this service's quarantine (compared up to where they stand). tables: for each table
    `rows`, `replayed`, `equal`, `different` and the first differences (`key`, and `columns` with both values, or which
    side lacks the row).
    """
    side = ReadSide(settings, definition, catalog, follows)
    with psycopg.connect(settings.database) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        ends = _ends(connection)
        parked = {(a, s): Head(v, bytes(h)) for a, s, v, h in connection.execute(_PARKED)}
        pending = {bytes(row[0]) for row in connection.execute("SELECT hash FROM ops.discarded WHERE NOT settled")}
        rows, replay, events = _replay(side, ends, parked, pending)
        metadata = definition.projections.metadata
        tables = [table for table in metadata.sorted_tables if total_of(table) is None]
        reports = {table.name: _table(connection, table, rows) for table in tables}
        reports |= {total.table.name: _total(connection, total) for total in totals_of(metadata)}
        reports["stream_head"] = _heads(connection, replay)
    for table, key in rows.missing:
        reports[table.name].add({"key": _plain(key), "missing": "changed by an event, but it never existed"})
    return {
        "equal": not any(report.different for report in reports.values()),
        "events": events,
        "checkpoints": {f"{topic}/{partition}": end for (topic, partition), end in sorted(ends.items())},
        "parked": sorted(f"{area}/{stream}@{head.version}" for (area, stream), head in parked.items()),
        "tables": {name: _report(report) for name, report in reports.items()},
    }


def _ends(connection: Connection) -> dict[Place, int]:
    rows = connection.execute("SELECT topic, partition, next_offset FROM read.checkpoint").fetchall()
    return {(topic, partition): offset for topic, partition, offset in rows}


def _replay(
    side: ReadSide, ends: Mapping[Place, int], parked: Mapping[StreamKey, Head], pending: set[bytes]
) -> tuple[Rows, Replay, int]:
    rows, events = Rows(), 0
    replay = Replay(side.applier, concluded(side, ends) - pending, parked)
    for batch in ahead(side, "compare", {place: (0, end) for place, end in ends.items()}, BATCH):
        with uncollected():
            events += _take(rows, replay, batch)
    for waiting in replay.mend():
        events += _take(rows, replay, waiting)
    return rows, replay, events


def _take(rows: Rows, replay: Replay, records: list[Checked]) -> int:
    plan = replay.fold(records)
    rows.apply(plan.changes)
    plan.discards.clear()  # all that count are known already
    replay.take(plan)
    return len(plan.applied)


def _table(connection: Connection, table: Table, rows: Rows) -> TableReport:
    report = TableReport()
    expected = rows.tables.get(table, {})
    primary = [column.name for column in table.primary_key.columns]
    seen: set[Key] = set()
    for row in _stream(connection, table.name):
        key = tuple(row[name] for name in primary)
        seen.add(key)
        report.rows += 1
        values = expected.get(key)
        if values is None:
            report.add({"key": _plain(key), "missing": "in the replay"})
            continue
        wanted = {c.name: values.get(c.name) for c in table.columns if c.name in values or _null(c)}
        changed = {n: v for n, v in wanted.items() if n not in primary and not _same(row[n], v)}
        if changed:
            columns = {n: {"stored": _plain(row[n]), "replayed": _plain(v)} for n, v in changed.items()}
            report.add({"key": _plain(key), "columns": columns})
    report.replayed = len(expected)
    for key in expected.keys() - seen:
        report.add({"key": _plain(key), "missing": "in the read model"})
    return report


def _total(connection: Connection, total: Total) -> TableReport:
    """A total against the sum of the rows that it counts, in the same snapshot: those are compared with the replay."""
    stored, replayed = summed(connection, total)
    report = TableReport(len(stored), len(replayed))
    names = ("counted", *total.sums)
    for key in stored.keys() | replayed.keys():
        was, wanted = stored.get(key), replayed.get(key)
        if was is None or wanted is None:
            report.add({"key": _plain(key), "missing": "in the read model" if was is None else "in the replay"})
        elif was != wanted:
            pairs = zip(names, was, wanted, strict=True)
            columns = {n: {"stored": _plain(a), "replayed": _plain(b)} for n, a, b in pairs if a != b}
            report.add({"key": _plain(key), "columns": columns})
    return report


def _null(column: Any) -> bool:
    """Whether a column that no handler named is NULL."""
    return column.server_default is None and column.computed is None


def _heads(connection: Connection, replay: Replay) -> TableReport:
    report = TableReport(replayed=len(replay.known.heads))
    seen = set()
    for row in _stream(connection, "stream_head"):
        key = (row["area"], row["stream"])
        seen.add(key)
        report.rows += 1
        head = replay.known.heads.get(key)
        stored = Head(row["version"], bytes(row["hash"]))
        if head != stored:
            replayed = head._asdict() if head else None
            report.add(
                {
                    "key": _plain(key),
                    "columns": {"head": {"stored": _plain(stored._asdict()), "replayed": _plain(replayed)}},
                }
            )
    for key in replay.known.heads.keys() - seen:
        report.add({"key": _plain(key), "missing": "in the read model"})
    return report


def _stream(connection: Connection, table: str) -> Iterator[dict[str, Any]]:
    """All rows of a table through a cursor on the server."""
    with connection.cursor(f"compare_{table}", row_factory=dict_row) as cursor:
        cursor.itersize = 5000
        cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(READ, table)))
        yield from cursor


def _same(stored: Any, replayed: Any) -> bool:
    return bool(stored == _normal(replayed))


def _normal(value: Any) -> Any:
    """A handler's value as PostgreSQL gives it back."""
    if isinstance(value, tuple | list):
        return [_normal(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _normal(one) for key, one in value.items()}
    return value


def _report(report: TableReport) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "replayed": report.replayed,
        "equal": report.different == 0,
        "different": report.different,
        "first": report.first,
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return (
        value if isinstance(value, str | int | float | bool | None) and not isinstance(value, Decimal) else str(value)
    )
