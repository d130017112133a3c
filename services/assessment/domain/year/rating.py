"""The rules up to the public notice: calculation, first rating, publication and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.assessment.domain.values import CutMark, ranked
from services.assessment.domain.year.commands import EndPublicNotice, MakeFirstRating, Publicize, RecordCalculation
from services.assessment.domain.year.events import (
    CalculationMade,
    FirstRatingMade,
    PublicNoticeEnded,
    ResultPublicized,
)
from services.assessment.domain.year.refusals import CLAUSE, own_matter, wrong_phase
from services.assessment.domain.year.state import Phase, Year
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

BEFORE_PUBLIC = (Phase.OPEN, Phase.CALCULATED, Phase.RATED)


def record(command: RecordCalculation, state: Year) -> Decision:
    """三(五): what is measured may be calculated until the result is public. The clock calculates each month once, and
    never puts an earlier standing in the place of a later one."""
    if command.month is not None and _superseded(command, state):
        return Rejection(
            "calculation-superseded",
            zh=f"{command.month} 已由系统测算，或已有截至更晚时点的测算，或结果已经公示，系统不再测算。",
            en=f"The clock has calculated {command.month} already, there is a calculation as of a later instant, or "
            "the result is public.",
            rule=CLAUSE,
            details={"month": command.month, "phase": state.phase, "latest": state.as_of.isoformat()},
        )
    if state.phase not in BEFORE_PUBLIC:
        return wrong_phase(state, "重新测算", "calculate anew", wanted=BEFORE_PUBLIC)
    if command.calculation != state.calculation + 1:
        return Rejection(
            "calculation-overtaken",
            zh="同时有另一次测算完成，请重新发起。",
            en="Another calculation was made at the same time; calculate again.",
            rule=CLAUSE,
            details={"calculation": state.calculation},
            status=409,
        )
    totals = (replace(one, vetoed=state.vetoed(one.subject)) for one in command.totals)
    return [
        CalculationMade(
            year=command.year,
            calculation=command.calculation,
            rulebook=command.rulebook,
            as_of=command.as_of,
            provisional=not is_final(command),
            ranking=ranked(totals),
            ends_at=command.ends_at,
            calculated_by=command.by,
            month=command.month,
        )
    ]


def _superseded(command: RecordCalculation, state: Year) -> bool:
    """Refused rather than passed over, so that the scores which come in the same commit are not recorded either."""
    return command.month in state.months or command.as_of < state.as_of or state.phase not in BEFORE_PUBLIC


def is_final(command: RecordCalculation) -> bool:
    """三(五): a result rests on the whole year: calculated as of its end, after every area has closed it."""
    return command.as_of == command.ends_at and closes(command.cut, command.ends_at)


def closes(cut: tuple[CutMark, ...], ends_at: datetime) -> bool:
    """Whether the markers say that nothing before `ends_at` is still to come."""
    return bool(cut) and all(mark.as_of >= ends_at for mark in cut)


def make_first_rating(command: MakeFirstRating, state: Year) -> Decision:
    """三(五): 初评 by the assessment office, from a calculation of the whole year."""
    if state.phase not in (Phase.CALCULATED, Phase.RATED):
        return wrong_phase(state, "初评", "rate it", wanted=(Phase.CALCULATED,))
    if state.provisional:
        return Rejection(
            "calculation-provisional",
            zh="最近一次测算为阶段性测算（年度未结束，或尚有领域未关账），不能据以初评；请待各领域年度关账后重新测算。",
            en="The latest calculation is provisional: the year is not over, or not every area has closed it. "
            "Calculate again after that.",
            rule=CLAUSE,
            details={"as_of": state.as_of.isoformat(), "year_ends_at": state.ends_at.isoformat()},
            status=409,
        )
    if state.phase is Phase.RATED:
        return []
    return [
        FirstRatingMade(state.year, state.calculation, state.rulebook, state.ranking, command.by, command.today),
    ]


def publicize(command: Publicize, state: Year) -> Decision:
    """三(五): 公示 for the working days of the setting `assessment.public_working_days`, 5 by default. The day of the
    publication itself does not count."""
    if state.phase is not Phase.RATED:
        return wrong_phase(state, "公示", "make it public", wanted=(Phase.RATED,))
    return [
        ResultPublicized(
            year=state.year,
            calculation=state.calculation,
            ranking=state.ranking,
            publicized_on=command.today,
            until=command.until,
            until_at=command.until_at,
            working_days=command.working_days,
            provisional_calendar=command.provisional_calendar,
            publicized_by=command.by,
        )
    ]


def end_public_notice(command: EndPublicNotice, state: Year) -> Decision:
    """三(五): the public notice ends once, not before its time."""
    if state.phase is not Phase.PUBLIC or state.notice_ended or command.at < state.until_at:
        return []
    return [PublicNoticeEnded(state.year, state.until_at, state.open_appeals())]


def rated_by_same(state: Year, by: str) -> Rejection | None:
    """Nobody settles what he himself has rated."""
    if by != state.rated_by:
        return None
    return own_matter("初评人不能审定自己的初评结果。", "Nobody settles a result that he himself has rated.")
