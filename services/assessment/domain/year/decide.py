"""What a year's assessment answers to each command. The rules stand in `rating`, `appeals` and `closing`."""

from __future__ import annotations

from typing import Any

from services.assessment.domain.year import appeals, closing, rating
from services.assessment.domain.year import commands as c
from services.assessment.domain.year.refusals import CLAUSE
from services.assessment.domain.year.state import Phase, Year
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

NOT_CALCULATED = Rejection(
    "not-calculated",
    zh="本年度尚未测算；请先公布考核办法并测算。",
    en="This year was not calculated yet: publish its rulebook and calculate first.",
    rule=CLAUSE,
    status=404,
)


def decide(command: Any, state: Year) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, c.RecordCalculation):
        return rating.record(command, state)
    if state.phase is Phase.OPEN:
        return NOT_CALCULATED
    match command:
        case c.MakeFirstRating():
            return rating.make_first_rating(command, state)
        case c.Publicize():
            return rating.publicize(command, state)
        case c.EndPublicNotice():
            return rating.end_public_notice(command, state)
        case c.FileAppeal():
            return appeals.file_appeal(command, state)
        case c.UpholdAppeal():
            return appeals.uphold(command, state)
        case c.DismissAppeal():
            return appeals.dismiss(command, state)
        case _:
            return _closing(command, state)


def _closing(command: Any, state: Year) -> Decision:
    match command:
        case c.ApplyVeto():
            return closing.apply_veto(command, state)
        case c.LiftVeto():
            return closing.lift_veto(command, state)
        case c.Settle():
            return closing.settle(command, state)
        case c.Freeze():
            return closing.freeze(command, state)
        case c.CorrectAssessment():
            return closing.correct(command, state)
        case c.AdviseCommendation():
            return closing.advise_commendation(command, state)
        case _:
            raise TypeError(f"{type(command).__name__} is no command to a year's assessment")
