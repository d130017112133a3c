"""What audit answers, and what sealing needs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from services.audit.projections import AREAS
from services.audit.tables import conclusion, fork, leaf, period_closed, seal
from sevenx.kernel.reads import Reads
from sevenx.kernel.topics import PARTITIONS

MONTH = "month"


@dataclass(frozen=True)
class Period:
    """A cut-off, and who has not announced it yet."""

    kind: str
    period: str
    as_of: datetime
    missing: tuple[str, ...]
    """`area[partition]`, each."""


def _undecided() -> Any:
    return ~exists().where(conclusion.c.kind == "discarded", conclusion.c.record_hash == fork.c.found_hash)


def seals_query() -> Select[Any]:
    return select(seal).order_by(seal.c.number)


def forks_query(open_only: bool) -> Select[Any]:
    query = select(fork, _undecided().label("open")).order_by(fork.c.found_at, fork.c.found_hash)
    return query.where(_undecided()) if open_only else query


def conclusions_query() -> Select[Any]:
    return select(conclusion).order_by(conclusion.c.decided_at, conclusion.c.stream, conclusion.c.kind)


async def periods(reads: Reads) -> list[Period]:
    """Every cut-off that any area has announced, the earliest first."""
    columns = period_closed.c
    rows = await reads.rows(select(columns.kind, columns.period, columns.as_of, columns.area, columns.partition))
    seen: dict[tuple[datetime, str, str], set[str]] = {}
    for row in rows:
        place = f"{row['area']}[{row['partition']}]"
        seen.setdefault((row["as_of"], row["kind"], row["period"]), set()).add(place)
    wanted = [f"{area}[{partition}]" for area in AREAS for partition in range(PARTITIONS)]
    return [
        Period(kind, period, as_of, tuple(place for place in wanted if place not in places))
        for (as_of, kind, period), places in sorted(seen.items())
    ]


async def fully_announced(reads: Reads, kind: str, period: str) -> bool:
    """Whether every area has announced a cut-off in every partition."""
    t = period_closed.c
    announced = select(func.count()).where(t.kind == kind, t.period == period, t.area.in_(AREAS))
    return bool(await reads.scalar(announced) == len(AREAS) * PARTITIONS)


async def last_seal(reads: Reads) -> int:
    """The number of the last seal that the ledger shows; 0 for none."""
    return int(await reads.scalar(select(func.coalesce(func.max(seal.c.number), 0))))


async def fork_of(reads: Reads, record_hash: str) -> Mapping[str, Any] | None:
    """The owner's report about a record, or None."""
    return await reads.one(select(fork).where(fork.c.found_hash == record_hash))


async def events_with(reads: Reads, record_hash: str) -> Sequence[Mapping[str, Any]]:
    """Events of the log whose value has this hash: area, stream, version."""
    query = select(leaf.c.area, leaf.c.stream, leaf.c.version).where(leaf.c.hash == bytes.fromhex(record_hash))
    return await reads.rows(query)
