"""Two clocks. Wall time stamps ids, recorded_at, tokens and seals; business time decides deadlines.

Business time is wall time, unless the deployment's genesis event fixed a simulated clock: then it stands still and
moves only by `tick`, so that a year can be played in seconds.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Deadlines are days in China; storage is UTC."""


def wall_now() -> datetime:
    """Now, UTC, to the microsecond."""
    return datetime.now(UTC)


class BusinessClock:
    """The business time of one process: follows the wall until a simulated time is set, and never goes back."""

    def __init__(self) -> None:
        self._simulated: datetime | None = None

    @property
    def simulated(self) -> bool:
        return self._simulated is not None

    def now(self) -> datetime:
        """Business time, UTC."""
        return self._simulated or wall_now()

    def advance(self, to: datetime) -> None:
        """Set simulated time to `to` (aware). Going back is a ValueError: events would precede their causes."""
        if to.tzinfo is None:
            raise ValueError("a simulated time needs a zone")
        if self._simulated is not None and to < self._simulated:
            raise ValueError(f"simulated time stands at {self._simulated.isoformat()} and cannot go back to {to}")
        self._simulated = to.astimezone(UTC)
