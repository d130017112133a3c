"""What may be asked of a problem."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from services.projects.domain.problem.events import Outcome
from services.projects.domain.terms import TermsRulebook
from services.projects.domain.values import Referee
from sevenx.district.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class RaiseProblem:
    about: str
    group: str
    owner: str
    kind: str
    title: str
    text: str
    rules: TermsRulebook
    calendar: WorkCalendar
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class HandleProblem:
    measure: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class EscalateProblem:
    """`office` is the deciding office of which the person is, if any; so below."""

    reason: str
    office: Referee | None
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ReturnProblem:
    reason: str
    office: Referee | None
    today: date
    by: str
    owner: str | None = None
    """Another owner."""


@dataclass(frozen=True, slots=True)
class CloseProblem:
    outcome: Outcome
    reason: str
    own_units: Collection[str]
    """The units for which the person acts."""
    office: Referee | None
    calendar: WorkCalendar
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ReopenProblem:
    reason: str
    calendar: WorkCalendar
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class JudgeProblem:
    """The clock's: whether it is overdue on a day."""

    today: date


ProblemStep = HandleProblem | EscalateProblem | ReturnProblem | CloseProblem
"""What happens to a problem that stands."""
ProblemCommand = RaiseProblem | ProblemStep | ReopenProblem | JudgeProblem
