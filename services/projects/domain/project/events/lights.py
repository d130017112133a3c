"""What the clock and the facts bring about: a standstill and its end, the traffic light; and talks that were held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Light, Stage


@dataclass(frozen=True, slots=True)
class ProjectTalkRecorded:
    """A talk or visit about a project took place. Nobody who took part is named; `sha256` is that of its minutes."""

    talk: int
    """Counts within the project: 1, 2, 3 …"""
    held_on: date
    place: str
    summary: str
    recorded_by: str
    recorded_on: date
    latest_on: date
    """The day of the latest talk recorded so far, which is the progress that counts."""
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectStalled:
    """No progress for as many days as the stage allows (clause 三(五)): decided by the clock, once for a standstill."""

    stage: Stage
    since: date
    """The day of the last progress."""
    idle_days: int
    limit_days: int
    group: str
    unit: str
    """The landing unit, or the finder before the project has landed."""
    rulebook: str


@dataclass(frozen=True, slots=True)
class StallEnded:
    """The standstill is over: something moved, or the project's stage or status no longer asks for it."""

    stage: Stage
    stalled_since: date
    ended_on: date
    group: str
    unit: str


@dataclass(frozen=True, slots=True)
class LightReason:
    """Why a light is not green. `code` is stable; the texts are for people."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class LightChanged:
    """The project's light changed; it is green from the opening on. A green light has no reasons."""

    light: Light
    was: Light
    reasons: tuple[LightReason, ...]
    rulebook: str
    """Version of the rulebook by which it was judged."""
    as_of: date
    group: str
    unit: str
