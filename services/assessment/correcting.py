"""What a correction of points makes of the scores that it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.assessment.deciders import SCORE, YEAR
from services.assessment.domain.score.commands import CorrectScore
from services.assessment.domain.score.decide import Score, correction
from services.assessment.domain.values import PointsCorrection
from services.assessment.domain.year.state import Year
from services.assessment.ids import score_id, year_id
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem, Rejection

Given = tuple[Decider[Any], str, Any]


@dataclass(frozen=True)
class OneCorrection:
    """A score's own command, and what it makes of the score."""

    command: CorrectScore
    correction: PointsCorrection


async def one_correction(
    desk: CommandDesk, year: int, appeal: int, indicator: str | None, points: Decimal, reason: str
) -> tuple[str, OneCorrection]:
    """The score's stream and correction that an upheld appeal asks for. Problem 404 for an appeal that there is not,
    422 where no indicator is named or the points cannot be."""
    state: Year = await desk.state(YEAR, year_id(desk.principal.district, year))
    found = state.appeals.get(appeal)
    if found is None:
        known = "、".join(map(str, state.appeals)) or "无"
        en = f"There is no appeal {appeal}; there are {', '.join(map(str, state.appeals)) or 'none'}."
        raise Problem(404, "unknown-appeal", f"没有第{appeal}号申诉；现有：{known}。", en)
    wanted = indicator or found.indicator
    if wanted is None:
        raise Problem(
            422,
            "indicator-missing",
            "申诉未指明指标，请在 indicator 中填写要更正的指标。",
            "The appeal names no indicator: say in `indicator` which one is corrected.",
        )
    stream = score_id(year, found.subject)
    score: Score = await desk.state(SCORE, stream)
    fix = _correction(score, wanted, points)
    command = CorrectScore(wanted, points, reason, desk.principal.subject, desk.today(), appeal=appeal)
    return stream, OneCorrection(command, fix)


async def corrected_scores(
    desk: CommandDesk, year: int, wanted: Sequence[tuple[str, str, Decimal]], reason: str
) -> tuple[tuple[PointsCorrection, ...], list[Given]]:
    """What corrections (subject, indicator, points) of a frozen assessment make, and the scores' commands. Several of
    one subject build on one another."""
    state: Year = await desk.state(YEAR, year_id(desk.principal.district, year))
    streams = {subject: score_id(year, subject) for subject, _, _ in wanted}
    scores = await desk.states([(SCORE, stream) for stream in streams.values()])
    fixes: list[PointsCorrection] = []
    commands: list[Given] = []
    for subject, indicator, points in wanted:
        stream = streams[subject]
        fix = _correction(scores[stream], indicator, points)
        by, today = desk.principal.subject, desk.today()
        command = CorrectScore(indicator, points, reason, by, today, version=state.version + 1)
        decided = SCORE.decide(command, scores[stream])
        if not isinstance(decided, Rejection):
            scores[stream] = SCORE.fold(decided, scores[stream])
        fixes.append(fix)
        commands.append((SCORE, stream, command))
    return tuple(fixes), commands


def _correction(score: Score, indicator: str, points: Decimal) -> PointsCorrection:
    fix = correction(score, indicator, points)
    if isinstance(fix, Rejection):
        raise Problem.of(fix)
    return fix
