"""What a finding is made of: an event as evidence, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Evidence:
    """An event of the log. `recorded_at` is business time (Meta.occurred_at): when time is simulated, the wall clock
    says nothing about a delay."""

    position: str
    stream: str
    name: str
    """`area.EventName`."""
    recorded_at: datetime
    actor: str

    @property
    def recorded_on(self) -> date:
        """The business day in China."""
        return self.recorded_at.astimezone(_CHINA).date()


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a finding concerns, as far as the log tells."""

    units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    title: str = ""
    """What the subject is called."""
