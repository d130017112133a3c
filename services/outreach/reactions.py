"""Events that become commands to quotas: appointments, trips, and the months of a year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from services.outreach import queries
from services.outreach.deciders import QUOTA, QUOTA_YEAR
from services.outreach.domain.quota.commands import CountDays, LeavePost, OpenQuota, OpenQuotaYear, ReviewQuota
from services.outreach.ids import quota_id, quota_year_id
from services.outreach.roster import Roster, business_day
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads


async def open_quota(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(一): who becomes principal head of a sub-district or department owes the quota from then on."""
    roster, data = Roster(reads), event.data
    if await roster.kind_of(event.stream) not in await roster.principal_kinds():
        return
    first: date = data["effective"]
    year = max(first.year, business_day(event.meta.occurred_at).year)
    command = OpenQuota(
        person=data["person"],
        name=data["name"],
        unit=event.stream,
        year=year,
        from_date=first,
        until_date=date(year, 12, 31),
        rules=await roster.quota_rules(),
    )
    await desk.give(QUOTA, quota_id(event.stream, data["person"], year), command)


async def close_quota(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(一), prorated: who leaves the post owes no more than his days in it."""
    roster, data = Roster(reads), event.data
    effective: date = data["effective"]
    rules = await roster.quota_rules()
    for year in sorted({effective.year, max(effective.year, business_day(event.meta.occurred_at).year)}):
        command = LeavePost(effective, data["reason"], rules)
        await desk.give(QUOTA, quota_id(event.stream, data["person"], year), command)


async def begin_year(event: Recorded, reads: Reads, desk: Desk) -> None:
    """A quota was opened: its year is looked at from now on, and trips that were completed before are counted."""
    data, today = event.data, business_day(event.meta.occurred_at)
    district = event.meta.district
    await desk.give(QUOTA_YEAR, quota_year_id(district, data["year"]), OpenQuotaYear(data["year"], today))
    by_trip: dict[str, list[date]] = defaultdict(list)
    for row in await queries.counted_days(reads, data["person"], data["year"]):
        by_trip[row["stream"]].append(row["day"])
    for trip, days in sorted(by_trip.items()):
        await desk.give(QUOTA, event.stream, CountDays(trip, tuple(days)))


async def count_days(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(一): a completed trip's days, or what a correction leaves of them, count in each quota of the traveller."""
    data = event.data
    days: tuple[date, ...] = tuple(data["counted_days"])
    years = {day.year for day in (*days, *data.get("days_were", ()))}
    for row in await queries.quotas_of(reads, data["traveller"], years):
        of_year = tuple(day for day in days if day.year == row["year"])
        await desk.give(QUOTA, row["stream"], CountDays(event.stream, of_year))


def _has_days(event: Recorded) -> bool:
    return bool(event.data["counted_days"] or event.data.get("days_were"))


async def review_quotas(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(一): a month is over; every quota of the year that is not fulfilled, or that a shortfall stands against, is
    forecast. What is planned is read in one query, and what changed is written in one commit."""
    year, as_of = event.data["year"], event.data["as_of"]
    roster = Roster(reads)
    rules, least = await roster.quota_rules(), await roster.forecast_after_days()
    planned = await queries.planned_days(reads, year, as_of, (await roster.counting_rules()).not_counted)
    commands = [
        (QUOTA, row["stream"], ReviewQuota(as_of, planned.get(row["person"], frozenset()), least, rules))
        for row in await queries.to_review(reads, year)
    ]
    await desk.give_all(commands)


async def open_next_year(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(一): whoever is in a post on New Year's Day owes the new year's quota."""
    roster, year = Roster(reads), event.data["year"] + 1
    rules = await roster.quota_rules()
    first, last = date(year, 1, 1), date(year, 12, 31)
    leaving = await roster.releases(first, last)
    commands = []
    for head in await roster.heads(first, await roster.principal_kinds()):
        ends = leaving.get((head["of"], head["person"]))
        until = last if ends is None else ends - timedelta(days=1)
        command = OpenQuota(head["person"], head["name"], head["of"], year, first, until, rules)
        commands.append((QUOTA, quota_id(head["of"], head["person"], year), command))
    await desk.give_all(commands)


REACTIONS = (
    Reaction("open-quota", ("registry.UnitHeadAppointed",), open_quota),
    Reaction("close-quota", ("registry.UnitHeadReleased",), close_quota),
    Reaction("begin-quota-year", ("outreach.QuotaOpened",), begin_year),
    Reaction("count-days", ("outreach.TripCompleted", "outreach.TripCompletionCorrected"), count_days, _has_days),
    Reaction("review-quotas", ("outreach.QuotaForecastDue",), review_quotas),
    Reaction("open-next-year", ("outreach.QuotaYearEnded",), open_next_year),
)
