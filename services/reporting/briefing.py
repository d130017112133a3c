"""A hearing's briefing pack (汇报材料), put together from the read model."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from services.reporting import briefing_queries as b
from services.reporting import queries
from services.reporting.domain.hearing.values import (
    DirectiveBrief,
    GroupBrief,
    HeadBrief,
    Pack,
    ProjectBrief,
    ReportBrief,
    ReportOutcome,
    Results,
    UnitBrief,
)
from services.reporting.domain.report.values import Indicator
from services.reporting.project_figures import FUNDS
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_FEN = Decimal("0.01")
_OF_FUNDS = Indicator.FUNDS_IN_PLACE, FUNDS["recognised"]


@dataclass(frozen=True)
class _Lists:
    """What groups and units share: the lists of the pack."""

    reports: tuple[ReportBrief, ...]
    projects: tuple[ProjectBrief, ...]
    directives: tuple[DirectiveBrief, ...]


async def reporters(reads: Reads, at: datetime) -> tuple[str, ...]:
    """三(一): who is heard: every group, then every unit that leads one or is responsible in one."""
    groups = [row["id"] for row in await queries.groups(reads)]
    units = dict.fromkeys(row["unit"] for row in await b.group_units(reads, at))
    return (*groups, *units)


async def pack_of(reads: Reads, hearing: Row, as_of: datetime) -> Pack:
    """The pack of a hearing (a row of `hearing`): what was recorded within the time that it covers, and how reports,
    projects and directives stand now."""
    since, until = hearing["covers_from"], hearing["covers_until"]
    lists = _Lists(
        tuple(map(_report, await b.reports_due(reads, since, until))),
        tuple(map(_project, await b.projects_in_trouble(reads))),
        tuple(map(_directive, await b.open_directives(reads))),
    )
    sums = await b.results(reads, since, until)
    return Pack(
        covers_from=since,
        covers_until=until,
        as_of=as_of,
        groups=await _groups(reads, sums, lists),
        units=await _units(reads, hearing, sums, lists),
        reports=lists.reports,
        projects=lists.projects,
        directives=lists.directives,
    )


async def _groups(reads: Reads, sums: Sequence[Row], lists: _Lists) -> tuple[GroupBrief, ...]:
    by_group = _results(sums, "group")
    outcomes = Counter((one.group, one.outcome) for one in lists.reports)
    lights = Counter((one.group, one.light) for one in lists.projects)
    stalled = Counter(one.group for one in lists.projects if one.stalled_since is not None)
    given = Counter(one.group for one in lists.directives)
    overdue = Counter(one.group for one in lists.directives if one.overdue)
    return tuple(
        GroupBrief(
            group=row["id"],
            number=row["number"],
            zh=row["zh"],
            en=row["en"],
            results=by_group[row["id"]],
            reports_on_time=outcomes[row["id"], ReportOutcome.ON_TIME],
            reports_late=outcomes[row["id"], ReportOutcome.LATE],
            reports_missing=outcomes[row["id"], ReportOutcome.MISSING],
            stalled=stalled[row["id"]],
            red=lights[row["id"], "red"],
            yellow=lights[row["id"], "yellow"],
            directives_open=given[row["id"]],
            directives_overdue=overdue[row["id"]],
        )
        for row in await queries.groups(reads)
    )


async def _units(reads: Reads, hearing: Row, sums: Sequence[Row], lists: _Lists) -> tuple[UnitBrief, ...]:
    since, until = hearing["covers_from"], hearing["covers_until"]
    by_finder = _results(sums, "finder")
    landed = await b.landed_here(reads, since, until)
    contributions = {row["unit"]: row for row in await b.contributions_not_in_time(reads, since, until)}
    trips = await b.trips(reads, since, until)
    trips_of = Counter[str]()
    for row in trips:
        trips_of[row["unit"]] += row["trips"]
    heads = _heads(await b.heads(reads, b.year_of(until - timedelta(microseconds=1))), trips)
    given = Counter(one.owner for one in lists.directives)
    overdue = Counter(one.owner for one in lists.directives if one.overdue)
    none = {"late": 0, "missing": 0}
    return tuple(
        UnitBrief(
            unit=one,
            zh=rows[0]["zh"],
            en=rows[0]["en"],
            groups=tuple(row["group"] for row in rows),
            results=by_finder[one],
            landed_here=landed.get(one, 0),
            contributions_late=contributions.get(one, none)["late"],
            contributions_missing=contributions.get(one, none)["missing"],
            trips=trips_of[one],
            heads=tuple(heads[one]),
            directives_open=given[one],
            directives_overdue=overdue[one],
        )
        for one, rows in _by_unit(await b.group_units(reads, until)).items()
    )


def _by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["unit"], []).append(row)
    return found


def _heads(quotas: Iterable[Row], trips: Iterable[Row]) -> dict[str, list[HeadBrief]]:
    """By unit. Somebody else's trips count in the unit's number alone."""
    travelled = {(row["unit"], row["traveller"]): row for row in trips}
    found: dict[str, list[HeadBrief]] = defaultdict(list)
    for row in quotas:
        went = travelled.get((row["unit"], row["person"]), {"trips": 0, "days": 0})
        found[row["unit"]].append(
            HeadBrief(
                person=row["person"],
                name=row["name"],
                trips=went["trips"],
                counted_days=int(went["days"]),
                counted_in_year=row["counted_days"],
                required_by_now=row["required_by_now"],
                shortfall_days=row["shortfall_days"],
            )
        )
    return found


def _results(sums: Iterable[Row], by: str) -> dict[str, Results]:
    """The results of each group or finder; zeros for whoever has none."""
    values: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in sums:
        values[row[by]][row["indicator"]] += row["value"]
    found: dict[str, Results] = defaultdict(lambda: _result({}))
    found.update({key: _result(one) for key, one in values.items()})
    return found


def _result(sums: Mapping[str, Decimal]) -> Results:
    checked, recognised = _OF_FUNDS

    def count(indicator: Indicator) -> int:
        return int(sums.get(indicator, 0))

    def amount(indicator: str) -> Decimal:
        return Decimal(sums.get(indicator, 0)).quantize(_FEN)

    return Results(
        leads=count(Indicator.LEADS),
        signed=count(Indicator.SIGNED_COUNT),
        signed_amount=amount(Indicator.SIGNED_AMOUNT),
        landed=count(Indicator.LANDED_COUNT),
        started=count(Indicator.STARTED_COUNT),
        produced=count(Indicator.PRODUCED_COUNT),
        funds_checked=amount(checked),
        funds_recognised=amount(recognised),
    )


def _report(row: Row) -> ReportBrief:
    submitted, missed = row["submission"] > 0, row["missed"]
    outcome = ReportOutcome.LATE if submitted and missed else ReportOutcome.ON_TIME if submitted else None
    outcome = outcome or (ReportOutcome.MISSING if missed else ReportOutcome.OPEN)
    return ReportBrief(row["stream"], row["group"], row["period"], outcome)


def _project(row: Row) -> ProjectBrief:
    return ProjectBrief(
        project=row["stream"],
        name=row["name"],
        group=row["group"],
        finder=row["finder"],
        light=row["light"],
        reasons_zh=tuple(row["light_reasons"] or ()),
        stalled_since=row["stalled_since"],
        stage=row["stage"],
    )


def _directive(row: Row) -> DirectiveBrief:
    return DirectiveBrief(
        directive=row["stream"],
        title=row["title"],
        owner=row["owner"],
        group=row["group"],
        due_on=row["due_on"],
        status=row["status"],
        overdue=row["overdue"],
        hearing=row["hearing"],
    )
