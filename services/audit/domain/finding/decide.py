"""The rules of a finding's path: raised by the log, answered by whom it concerns, concluded by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from services.audit.domain.finding.commands import AnswerFinding, ConcludeFinding, RaiseFinding
from services.audit.domain.finding.events import (
    FindingAnswered,
    FindingConcluded,
    FindingKind,
    FindingRaised,
    Outcome,
)
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(五)"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules need to remember."""

    raised: FindingRaised | None = None
    answers: int = 0
    answered_by: frozenset[str] = frozenset()
    concluded: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        return self.raised.units if self.raised else ()

    @property
    def groups(self) -> tuple[str, ...]:
        return self.raised.groups if self.raised else ()


def finding_id(district: str, kind: FindingKind, evidence: Iterable[str]) -> str:
    """The stream of a finding: its kind and its evidence in any order, so that each is raised once."""
    digest = sha256("\0".join((kind, *sorted(evidence))).encode()).hexdigest()
    return f"{district}-A-{digest[:16]}"


def decide(command: Any, state: Finding) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, RaiseFinding):
        return raise_finding(command, state)
    if not isinstance(command, AnswerFinding | ConcludeFinding):
        raise TypeError(f"a finding has no command {type(command).__name__}")
    if state.raised is None:
        return Rejection("finding-unknown", "没有该审计疑点。", "There is no such finding.", rule=CLAUSE, status=404)
    if state.concluded:
        return Rejection(
            "finding-concluded",
            "该疑点已作出结论。",
            "The finding has been concluded.",
            rule=CLAUSE,
            status=409,
        )
    if isinstance(command, AnswerFinding):
        return answer(command, state)
    return conclude(command, state, state.raised)


def raise_finding(command: RaiseFinding, state: Finding) -> Decision:
    """Once for its evidence; again changes nothing, whatever was concluded meanwhile."""
    return [] if state.raised is not None else [command.finding]


def answer(command: AnswerFinding, state: Finding) -> Decision:
    """三(五): a unit or group that the finding concerns explains itself."""
    if not command.text.strip():
        return Rejection(
            "text-missing", "请写明情况说明。", "Give the explanation in words.", rule=CLAUSE, field="text"
        )
    if command.unit is not None and command.unit not in state.units:
        return Rejection(
            "unit-not-concerned",
            "该疑点不涉及这个单位。",
            "The finding does not concern this unit.",
            rule=CLAUSE,
            details={"units": list(state.units)},
            status=403,
            field="unit",
        )
    return [
        FindingAnswered(
            answer=state.answers + 1,
            text=command.text.strip(),
            unit=command.unit,
            sha256=command.sha256,
            answered_by=command.by,
            answered_on=command.today,
        )
    ]


def conclude(command: ConcludeFinding, state: Finding, raised: FindingRaised) -> Decision:
    """三(五): concluded by the supervision office, never by whom the finding concerns; confirmed only when the unit has
    answered or its time to answer is over."""
    if command.concerned or command.by in {*raised.persons, *state.answered_by}:
        return Rejection(
            "own-finding",
            "疑点涉及的单位、登记人和答复人不能对该疑点作出结论。",
            "Whom a finding concerns, who recorded its evidence and who answered it do not conclude it.",
            rule=CLAUSE,
            details={"units": list(raised.units)},
            status=403,
        )
    if not command.reason.strip():
        en = "Give the reason of the conclusion."
        return Rejection("reason-missing", "请写明结论理由。", en, rule=CLAUSE, field="reason")
    if command.outcome is Outcome.CONFIRMED and not state.answers and command.today <= raised.answer_by:
        return Rejection(
            "answer-awaited",
            f"相关单位可在 {raised.answer_by} 前（含当日）说明情况，此前不能认定属实。",
            f"The unit may answer until {raised.answer_by}; before that the finding cannot be confirmed.",
            rule=CLAUSE,
            details={"answer_by": raised.answer_by.isoformat()},
            status=409,
        )
    return [
        FindingConcluded(
            kind=raised.kind,
            outcome=command.outcome,
            reason=command.reason.strip(),
            units=raised.units,
            subjects=raised.subjects,
            concluded_by=command.by,
            concluded_on=command.today,
        )
    ]


def evolve(state: Finding, event: Any) -> Finding:
    """The finding after the event."""
    match event:
        case FindingRaised():
            return Finding(event)
        case FindingAnswered(answer=number, answered_by=by):
            return replace(state, answers=number, answered_by=state.answered_by | {by})
        case FindingConcluded():
            return replace(state, concluded=True)
    return state
