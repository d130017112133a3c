"""The table of who has been outside how long: the heads who owe a quota, and beside them those who owe no figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from services.outreach import queries
from services.outreach.domain.quota.commands import QuotaRules
from services.outreach.domain.quota.events import Span
from services.outreach.domain.quota.forecast import Forecast, forecast
from services.outreach.roster import Roster
from services.outreach.tables import trip_day
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
ZONE = "zone"


@dataclass(frozen=True)
class Outside:
    """By person: the days of a year that count, and how many trips had such days."""

    days: Mapping[str, frozenset[date]]
    trips: Counter[str]


async def outside(reads: Reads, year: int) -> Outside:
    """Everybody's days of a year, in one query."""
    c = trip_day.c
    within = c.day.between(date(year, 1, 1), date(year, 12, 31))
    days: dict[str, set[date]] = defaultdict(set)
    trips: dict[str, set[str]] = defaultdict(set)
    for row in await reads.rows(select(c.traveller, c.stream, c.day).where(within)):
        days[row["traveller"]].add(row["day"])
        trips[row["traveller"]].add(row["stream"])
    return Outside(
        {person: frozenset(some) for person, some in days.items()},
        Counter({person: len(some) for person, some in trips.items()}),
    )


@dataclass(frozen=True)
class Judged:
    """A head's quota with its forecast of today."""

    row: Row
    forecast: Forecast
    trips: int


async def judged(reads: Reads, year: int, today: date, of_unit: str | None = None) -> list[Judged]:
    """三(一): every principal head's quota of a year, also of those without any trip, the fewest days first."""
    roster = Roster(reads)
    rows = await queries.quotas(reads, year, of_unit)
    return await _forecast(reads, roster, rows, year, today)


async def one_judged(reads: Reads, stream: str, today: date) -> Judged | None:
    """One quota with its forecast."""
    row = await queries.one_quota(reads, stream)
    if row is None:
        return None
    return (await _forecast(reads, Roster(reads), [row], row["year"], today))[0]


async def _forecast(reads: Reads, roster: Roster, rows: Sequence[Row], year: int, today: date) -> list[Judged]:
    rules, as_of = await roster.quota_rules(), min(today, date(year, 12, 31))
    not_counted = (await roster.counting_rules()).not_counted
    planned = await queries.planned_days(reads, year, as_of, not_counted)
    told = await outside(reads, year)
    return [
        Judged(
            row, _of(row, told.days, planned.get(row["person"], frozenset()), as_of, rules), told.trips[row["person"]]
        )
        for row in rows
    ]


def _of(
    row: Row, days: Mapping[str, frozenset[date]], planned: frozenset[date], as_of: date, rules: QuotaRules
) -> Forecast:
    spans = tuple(Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["spans"])
    every = days.get(row["person"], frozenset())
    counted = frozenset(day for day in every if any(one.from_date <= day <= one.until_date for one in spans))
    return forecast(spans, counted, planned, as_of, rules)


@dataclass(frozen=True)
class Shown:
    """Somebody who owes no figure: a zone's officer, a group's leader or deputy."""

    person: str
    name: str
    post: str
    of: str
    of_zh: str
    days: int
    trips: int


async def shown(reads: Reads, year: int, today: date) -> list[Shown]:
    """三(一): the zones' officers owe 足够 time and the groups' leaders no figure: shown with zero rows, not judged."""
    on, told = min(today, date(year, 12, 31)), await outside(reads, year)
    roster = Roster(reads)
    return [
        Shown(
            person=row["person"],
            name=row["name"],
            post=row["role"],
            of=row["of"],
            of_zh=row["of_zh"],
            days=len(told.days.get(row["person"], ())),
            trips=told.trips[row["person"]],
        )
        for row in [*await roster.heads(on, [ZONE]), *await roster.leaders(on)]
    ]
