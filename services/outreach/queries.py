"""What is asked of the read model about trips and quotas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, any_, literal, or_, select

from services.outreach.domain.trip.state import TripStatus
from services.outreach.tables import quota, trip, trip_day, unit, visit
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_DAY = timedelta(days=1)
MOST = 500
"""Rows of a list at most; filters and `before` lead further."""


async def trips(
    reads: Reads,
    *,
    travellers: Sequence[str] | None = None,
    of_unit: str | None = None,
    of_group: str | None = None,
    month: tuple[date, date] | None = None,
    status: str | None = None,
    overdue: bool | None = None,
    most: int = MOST,
) -> list[Row]:
    """Trips with their unit's name, the latest first. `month` takes those that touch the days of it."""
    c = trip.c
    wanted: list[ColumnElement[bool]] = []
    if travellers is not None:
        wanted.append(c.traveller.in_(travellers))
    if of_unit is not None:
        wanted.append(c.unit == of_unit)
    if of_group is not None:
        wanted.append(c.group == of_group)
    if month is not None:
        wanted += [c.starts_on <= month[1], c.ends_on >= month[0]]
    if status is not None:
        wanted.append(c.status == status)
    if overdue is not None:
        wanted.append(c.result_overdue.is_(overdue))
    return await _trips(reads, and_(True, *wanted), most)


async def to_approve(reads: Reads, approver: ColumnElement[bool], but: str) -> list[Row]:
    """Requested trips that whoever the condition describes may decide on; not those of `but` himself."""
    c = trip.c
    own = or_(c.traveller == but, c.requested_by == but, literal(but) == any_(c.companions))
    return await _trips(reads, and_(c.status == TripStatus.REQUESTED, approver, ~own), MOST)


async def my_trips(reads: Reads, person: str) -> list[Row]:
    """Trips that a person makes, goes along on, or has asked for."""
    c = trip.c
    mine = or_(c.traveller == person, c.requested_by == person, literal(person) == any_(c.companions))
    return await _trips(reads, mine, MOST)


async def _trips(reads: Reads, wanted: ColumnElement[bool], most: int) -> list[Row]:
    return await reads.rows(
        select(trip, unit.c.zh.label("unit_zh"))
        .join(unit, unit.c.stream == trip.c.unit, isouter=True)
        .where(wanted)
        .order_by(trip.c.starts_on.desc(), trip.c.stream.desc())
        .limit(most)
    )


async def one_trip(reads: Reads, stream: str) -> Row | None:
    found = await _trips(reads, trip.c.stream == stream, 1)
    return found[0] if found else None


async def visits(reads: Reads, stream: str) -> list[Row]:
    """A trip's visits in their order, withdrawn ones with the reason."""
    return await reads.rows(select(visit).where(visit.c.stream == stream).order_by(visit.c.visit))


async def days_of(reads: Reads, stream: str) -> list[date]:
    """The days of a trip that count."""
    rows = await reads.rows(select(trip_day.c.day).where(trip_day.c.stream == stream).order_by(trip_day.c.day))
    return [row["day"] for row in rows]


async def counted_days(reads: Reads, person: str, year: int) -> list[Row]:
    """The days (columns stream, day) that a person's trips count for in a year; a day may come twice."""
    c = trip_day.c
    within = c.day.between(date(year, 1, 1), date(year, 12, 31))
    return await reads.rows(select(c.stream, c.day).where(c.traveller == person, within).order_by(c.stream, c.day))


async def planned_days(
    reads: Reads, year: int, as_of: date, not_counted: Collection[str]
) -> dict[str, frozenset[date]]:
    """By traveller: the days of a year of approved trips outside whose result is not in and not overdue."""
    c = trip.c
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = await reads.rows(
        select(c.traveller, c.starts_on, c.ends_on).where(
            c.status == TripStatus.APPROVED,
            c.outside,
            c.kind.not_in(not_counted),
            c.starts_on <= last,
            c.ends_on >= first,
            c.result_due_on >= as_of,
        )
    )
    planned: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        begin, end = max(row["starts_on"], first), min(row["ends_on"], last)
        planned[row["traveller"]] |= {begin + n * _DAY for n in range((end - begin).days + 1)}
    return {traveller: frozenset(days) for traveller, days in planned.items()}


async def quotas_of(reads: Reads, person: str, years: Collection[int]) -> list[Row]:
    """A person's quotas (columns stream, year) of some years."""
    c = quota.c
    wanted = select(c.stream, c.year).where(c.person == person, c.year.in_(years))
    return await reads.rows(wanted.order_by(c.stream))


async def to_review(reads: Reads, year: int) -> list[Row]:
    """Quotas (columns stream, person) of a year that may fall short: not fulfilled, or with a shortfall noted."""
    c = quota.c
    open_ = or_(~c.fulfilled, c.shortfall_days > 0)
    return await reads.rows(select(c.stream, c.person).where(c.year == year, open_).order_by(c.stream))


async def quotas(reads: Reads, year: int, of_unit: str | None = None) -> list[Row]:
    """The quotas of a year with their units' names: every head has a row, also without any trip."""
    wanted = [quota.c.year == year] + ([quota.c.unit == of_unit] if of_unit else [])
    return await reads.rows(
        select(quota, unit.c.zh.label("unit_zh"), unit.c.kind.label("unit_kind"))
        .join(unit, unit.c.stream == quota.c.unit, isouter=True)
        .where(*wanted)
        .order_by(quota.c.counted_days, quota.c.unit, quota.c.person)
    )


async def one_quota(reads: Reads, stream: str) -> Row | None:
    return await reads.one(
        select(quota, unit.c.zh.label("unit_zh"), unit.c.kind.label("unit_kind"))
        .join(unit, unit.c.stream == quota.c.unit, isouter=True)
        .where(quota.c.stream == stream)
    )
