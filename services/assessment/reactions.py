"""Events that become commands to a year's assessment."""

from __future__ import annotations

from services.assessment import queries
from services.assessment.calculating import calculate
from services.assessment.deciders import YEAR
from services.assessment.domain.year.commands import Freeze
from services.assessment.domain.year.state import Phase
from services.assessment.ids import year_id
from services.assessment.projections import CLOSING_AREAS
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads

_CLOSED = tuple(f"{area}.PeriodClosed" for area in CLOSING_AREAS)
_FIXED = (Phase.PUBLIC, Phase.SETTLED, Phase.FROZEN)


async def calculate_closed_period(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(五): once every area has closed a month the year is calculated provisionally as of then, and once every area
    has closed the year as of its end. December's own marker is passed over: the year's comes with it.

    Every marker looks, and whichever is read last finds them all. The year itself decides: a month that was calculated,
    or behind which somebody has calculated as of a later instant, is refused, and its scores with it."""
    period = event.data["period"]
    year = int(period[:4])
    if period.endswith("-12") or await queries.cut(reads, period) is None:
        return
    if await queries.rulebook(reads, year) is None or await queries.clocked(reads, year, period):
        return
    now = await queries.assessment(reads, year)
    if now is not None and now["phase"] in _FIXED:
        return
    calculation = await calculate(reads, year, event.data["as_of"])
    number = now["calculation"] + 1 if now else 1
    await desk.give_all(calculation.commands(event.meta.district, number, None, period))


async def freeze_settled(event: Recorded, reads: Reads, desk: Desk) -> None:
    """三(五): what is settled freezes when every area has closed the year, whichever comes last."""
    if event.name == "PeriodClosed" and event.data["kind"] != "year":
        return
    for row in await queries.settled_years(reads):
        cut = await queries.cut(reads, str(row["year"]))
        if cut is not None:
            await desk.give(YEAR, year_id(event.meta.district, row["year"]), Freeze(cut))


REACTIONS = (
    Reaction("calculate-closed-period", _CLOSED, calculate_closed_period),
    Reaction("freeze-settled", (*_CLOSED, "assessment.AssessmentSettled"), freeze_settled),
)
