"""The rules of a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from services.assessment.domain.score.commands import CorrectScore, RecordScore
from services.assessment.domain.score.events import Part, ScoreCalculated, ScoreCorrected, ScoreFactsListed, ScoreItem
from services.assessment.domain.score.totals import total_of
from services.assessment.domain.values import PointsCorrection
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(五)"
FACTS_IN_SCORE = 100
"""Facts of one item that the score itself holds; further ones are listed before it."""
FACTS_IN_LIST = 500
"""Facts of one ScoreFactsListed, so that no record grows without bound."""


@dataclass(frozen=True)
class Score:
    """The latest calculation of a subject's score, with what was corrected since. Items are without their facts."""

    subject: str = ""
    calculation: int = 0
    scale: Decimal = Decimal(1)
    total: Decimal = Decimal(0)
    items: Mapping[str, ScoreItem] = field(default_factory=dict)


def decide(command: Any, state: Score) -> Decision:
    """The events that the command causes, or why it is refused."""
    match command:
        case RecordScore():
            return record(command, state)
        case CorrectScore():
            return correct(command, state)
        case _:
            raise TypeError(f"{type(command).__name__} is no command to a score")


def record(command: RecordScore, state: Score) -> Decision:
    """A calculation is recorded once: lists of further facts, then the score that speaks of them."""
    if command.calculation <= state.calculation:
        return []
    scored, held = command.scored, FACTS_IN_SCORE if command.with_facts else 0
    lists = [one for item in scored.items for one in _listed(command.calculation, item)] if command.with_facts else []
    return [
        *lists,
        ScoreCalculated(
            year=command.year,
            cohort=scored.cohort,
            subject=scored.subject,
            subject_name=scored.subject_name,
            rulebook=command.rulebook,
            calculation=command.calculation,
            total=scored.total,
            items=tuple(replace(one, facts=one.facts[:held]) for one in scored.items),
            as_of=command.as_of,
            provisional=command.provisional,
            scale=scored.scale,
        ),
    ]


def _listed(calculation: int, item: ScoreItem) -> Iterator[ScoreFactsListed]:
    beyond = item.facts[FACTS_IN_SCORE:]
    for n, start in enumerate(range(0, len(beyond), FACTS_IN_LIST), 1):
        yield ScoreFactsListed(calculation, item.indicator, n, beyond[start : start + FACTS_IN_LIST])


def correct(command: CorrectScore, state: Score) -> Decision:
    """三(五): points are corrected in the open, within what the indicator can give or take; the facts stay."""
    found = correction(state, command.indicator, command.now)
    if isinstance(found, Rejection):
        return found
    if found.was == found.now:
        return []
    return [
        ScoreCorrected(
            calculation=state.calculation,
            indicator=command.indicator,
            was=found.was,
            now=found.now,
            total_was=found.total_was,
            total_now=found.total_now,
            reason=command.reason.strip(),
            corrected_by=command.by,
            corrected_on=command.today,
            appeal=command.appeal,
            version=command.version,
        )
    ]


def correction(state: Score, indicator: str, now: Decimal) -> PointsCorrection | Rejection:
    """What setting an indicator's points to `now` makes of the score, or why that cannot be."""
    item = state.items.get(indicator)
    if item is None or not item.applies:
        usable = [name for name, one in state.items.items() if one.applies]
        return Rejection(
            "unknown-indicator",
            zh=f"该得分没有可更正的指标 {indicator}；可更正：{'、'.join(usable) or '无'}。",
            en=f"This score has no indicator {indicator} to correct; it has {', '.join(usable) or 'none'}.",
            rule=CLAUSE,
            details={"indicator": indicator, "indicators": usable},
            field="indicator",
        )
    least, most = (-item.max_points, Decimal(0)) if item.part is Part.DEDUCTION else (Decimal(0), item.max_points)
    if not least <= now <= most:
        return Rejection(
            "points-out-of-range",
            zh=f"指标“{item.zh}”的得分应在 {least} 至 {most} 之间，给出的是 {now}。",
            en=f"The points of “{item.en}” lie between {least} and {most}; {now} was given.",
            rule=CLAUSE,
            details={"least": str(least), "most": str(most)},
            field="points",
        )
    changed = {**state.items, indicator: replace(item, points=now)}
    return PointsCorrection(
        subject=state.subject,
        indicator=indicator,
        was=item.points,
        now=now,
        total_was=state.total,
        total_now=total_of(changed.values(), state.scale),
    )


def evolve(state: Score, event: Any) -> Score:
    """The state after the event."""
    match event:
        case ScoreCalculated():
            items = {one.indicator: replace(one, facts=()) for one in event.items}
            return Score(event.subject, event.calculation, event.scale, event.total, items)
        case ScoreCorrected():
            item = replace(state.items[event.indicator], points=event.now)
            return replace(state, total=event.total_now, items={**state.items, event.indicator: item})
        case _:
            return state
