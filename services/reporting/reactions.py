"""Events that become commands to reports."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from services.reporting import queries
from services.reporting.deciders import REPORT
from services.reporting.domain.periods import Period
from services.reporting.domain.report.commands import FreezeFigures, MoveDeadline
from services.reporting.domain.report.schedule import schedule
from services.reporting.figures import figures_of
from services.reporting.projections import CLOSING_AREAS
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads


async def freeze_closed_periods(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(三): an area has closed a month; where it was the last one that was waited for, the figures freeze.

    Every marker looks, and whichever is read last finds them all.
    """
    for ends_at, reports in groupby(await queries.to_freeze(reads, event.data["as_of"]), itemgetter("ends_at")):
        cut = await queries.cut_at(reads, ends_at)
        if cut is None:
            continue
        for row in reports:
            await desk.give(REPORT, row["stream"], FreezeFigures(await figures_of(reads, row), cut))


def of_a_month(event: Recorded) -> bool:
    """A report's period is a month; the year closes with its December."""
    return bool(event.data["kind"] == "month")


async def follow_calendar(event: Recorded, reads: Reads, desk: Desk) -> None:
    """A year's calendar was published, or withdrawn again: due times still ahead are calculated anew, under each
    period's own rules."""
    calendar = await queries.work_calendar(reads)
    reason = f"{event.name} {event.data['year']}: {event.data.get('source') or event.data['reason']}"
    for row in await queries.awaiting_deadline(reads):
        dates = schedule(Period.parse(row["period"]), queries.rules_of(row), calendar)
        await desk.give(REPORT, row["stream"], MoveDeadline(event.meta.occurred_at, dates, reason))


REACTIONS = (
    Reaction(
        "freeze-closed-periods",
        tuple(f"{area}.PeriodClosed" for area in CLOSING_AREAS),
        freeze_closed_periods,
        of_a_month,
    ),
    Reaction("follow-calendar", ("registry.CalendarPublished", "registry.CalendarWithdrawn"), follow_calendar),
)
