"""What may happen to a problem of a project or lead (clause 三(二): 及时协调解决有关问题)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """Who coordinates it: the group, then the Commerce Bureau, then the district."""

    GROUP = "group"
    COMMERCE_BUREAU = "commerce_bureau"
    DISTRICT_OFFICE = "district_office"


class Outcome(StrEnum):
    SOLVED = "solved"
    NOT_SOLVABLE = "not_solvable"


@dataclass(frozen=True, slots=True)
class ProblemRaised:
    """A problem was raised. `about` is a project or a lead, `kind` one of the rulebook's."""

    about: str
    group: str
    owner: str
    """The unit that is to solve it."""
    kind: str
    title: str
    text: str
    working_days: int
    """Within how many working days, by the rulebook."""
    promised_on: date
    rulebook: str
    raised_by: str
    raised_on: date


@dataclass(frozen=True, slots=True)
class ProblemHandled:
    """Something was done about it. `step` counts what is done, escalated and returned."""

    about: str
    group: str
    owner: str
    title: str
    step: int
    measure: str
    raised_by: str
    handled_by: str
    handled_on: date


@dataclass(frozen=True, slots=True)
class ProblemEscalated:
    """It was passed to the next level."""

    about: str
    group: str
    owner: str
    title: str
    step: int
    from_level: Level
    to_level: Level
    reason: str
    raised_by: str
    escalated_by: str
    escalated_on: date


@dataclass(frozen=True, slots=True)
class ProblemReturned:
    """A level gave it back to the one below, to its owner or another one."""

    about: str
    group: str
    owner: str
    previous_owner: str
    title: str
    step: int
    from_level: Level
    to_level: Level
    reason: str
    raised_by: str
    returned_by: str
    returned_on: date


@dataclass(frozen=True, slots=True)
class ProblemClosed:
    """It was found to be solved, or not solvable. `working_days` were used in all, without those for which it was
    closed."""

    about: str
    group: str
    owner: str
    title: str
    kind: str
    outcome: Outcome
    reason: str
    working_days: int
    late: bool
    raised_by: str
    closed_by: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class ProblemReopened:
    """The closing was wrong: the problem stands again, with a new promise."""

    about: str
    group: str
    owner: str
    title: str
    reason: str
    promised_on: date
    raised_by: str
    reopened_by: str
    reopened_on: date


@dataclass(frozen=True, slots=True)
class ProblemOverdue:
    """The promised date has passed and it is not closed. Stated once for each promise."""

    about: str
    group: str
    owner: str
    title: str
    level: Level
    promised_on: date
    raised_by: str
    overdue_on: date


PROBLEM_EVENTS = (
    ProblemRaised,
    ProblemHandled,
    ProblemEscalated,
    ProblemReturned,
    ProblemClosed,
    ProblemReopened,
    ProblemOverdue,
)
