"""What the rules need to remember of a hearing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

_NEVER = datetime.min.replace(tzinfo=UTC)


class HearingStatus(StrEnum):
    """Where the hearing stands."""

    NOT_SCHEDULED = "not_scheduled"
    SCHEDULED = "scheduled"
    HELD = "held"
    MINUTES_DRAFTED = "minutes_drafted"
    MINUTES_APPROVED = "minutes_approved"
    MINUTES_ISSUED = "minutes_issued"


HEARING_STATUS_ZH = dict(
    zip(HearingStatus, ("未安排", "已安排", "已召开", "纪要待审", "纪要已审", "纪要已印发"), strict=True)
)


@dataclass(frozen=True)
class Hearing:
    """One bi-monthly hearing."""

    status: HearingStatus = HearingStatus.NOT_SCHEDULED
    number: int = 0
    year: int = 0
    month: int = 0
    covers_from: datetime = _NEVER
    covers_until: datetime = _NEVER
    planned_on: date = date.min
    reporters: tuple[str, ...] = ()
    pack: int = 0
    """The latest pack; 0 when none was prepared."""
    pack_sha256: str = ""
    covered: bool = False
    """A pack was prepared after the end of what the hearing covers: the next hearing begins there."""
    held_on: date = date.min
    draft: int = 0
    draft_sha256: str = ""
    drafted_by: str = ""
    approved_by: str = ""

    @property
    def scheduled(self) -> bool:
        return self.status is not HearingStatus.NOT_SCHEDULED
