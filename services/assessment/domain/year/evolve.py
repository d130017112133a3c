"""How a year's assessment changes by each event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.assessment.domain.values import ranked
from services.assessment.domain.year import events as e
from services.assessment.domain.year.refusals import with_total
from services.assessment.domain.year.state import Appeal, AppealState, Phase, Year


def evolve(state: Year, event: Any) -> Year:
    """The state after the event."""
    match event:
        case e.CalculationMade():
            return _calculated(state, event)
        case e.FirstRatingMade():
            return replace(state, phase=Phase.RATED, rated_by=event.rated_by)
        case e.ResultPublicized():
            return replace(state, phase=Phase.PUBLIC, until_at=event.until_at)
        case e.PublicNoticeEnded():
            return replace(state, notice_ended=True)
        case e.AppealFiled():
            filed = Appeal(event.appellant, event.subject, event.filed_by, indicator=event.indicator)
            return replace(state, appeals={**state.appeals, event.appeal: filed})
        case e.AppealUpheld():
            now = with_total(state.ranking, event.subject, event.correction.total_now)
            return replace(_reviewed(state, event.appeal, AppealState.UPHELD), ranking=ranked(now))
        case e.AppealDismissed():
            return _reviewed(state, event.appeal, AppealState.DISMISSED)
        case e.VetoApplied():
            return _reranked(replace(state, vetoes=state.vetoes | {(event.subject, event.veto)}))
        case e.VetoLifted():
            return _reranked(replace(state, vetoes=state.vetoes - {(event.subject, event.veto)}))
        case e.AssessmentSettled():
            return replace(state, phase=Phase.SETTLED, settled_by=event.settled_by)
        case e.AssessmentFrozen():
            return replace(state, phase=Phase.FROZEN, version=event.version)
        case e.AssessmentCorrected():
            return replace(state, version=event.version, ranking=event.ranking)
        case e.CommendationAdvised():
            return replace(state, commended=state.commended | {(event.subject, event.person)})
        case _:
            return state


def _calculated(state: Year, event: e.CalculationMade) -> Year:
    return replace(
        state,
        phase=Phase.CALCULATED,
        year=event.year,
        calculation=event.calculation,
        rulebook=event.rulebook,
        provisional=event.provisional,
        as_of=event.as_of,
        ends_at=event.ends_at,
        months=state.months | {event.month} if event.month else state.months,
        ranking=event.ranking,
        rated_by="",
    )


def _reviewed(state: Year, number: int, outcome: AppealState) -> Year:
    return replace(state, appeals={**state.appeals, number: replace(state.appeals[number], state=outcome)})


def _reranked(state: Year) -> Year:
    again = (replace(one, vetoed=state.vetoed(one.subject)) for one in state.ranking)
    return replace(state, ranking=ranked(again))
