"""What the rules need to remember of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from services.reporting.domain.report.values import Figure, Indicator, Step
from services.reporting.domain.values import Reminder

_NEVER = datetime.min.replace(tzinfo=UTC)


class Status(StrEnum):
    """Where the report stands on its path."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    SENT_BACK = "sent_back"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


STATUS_ZH = dict(
    zip(Status, ("未开启", "待起草", "待审核", "待签发", "退回修改", "已报送", "商务局退回", "已接收"), strict=True)
)


@dataclass(frozen=True)
class Report:
    """One group's report of one period."""

    status: Status = Status.NOT_OPEN
    group: str = ""
    period: str = ""
    ends_at: datetime = _NEVER
    due_at: datetime = _NEVER
    contribution_due_at: datetime = _NEVER
    clock_stops_at: Step = Step.SIGN_OFF
    reminders: tuple[Reminder, ...] = ()
    """Those still to come."""
    responsible_units: tuple[str, ...] = ()
    contributed: frozenset[str] = frozenset()
    contributions_closed: bool = False
    provisional: bool = False
    draft: int = 0
    drafted_by: str = ""
    figures: tuple[Figure, ...] = ()
    """Those of the latest draft."""
    discrepancies: int = 0
    """Of the latest draft."""
    reviews: Mapping[str, str] = field(default_factory=dict)
    """Of the latest draft: unit to the person who reviewed for it."""
    delegate: str | None = None
    delegated_by: str | None = None
    signed_by: str = ""
    submission: int = 0
    stopped_at: datetime | None = None
    """When the clock stopped."""
    late_seconds: int = 0
    missed: bool = False
    frozen: Mapping[Indicator, Figure] | None = None
    official: Mapping[Indicator, Decimal] = field(default_factory=dict)
    """The closed month's figures as they now stand: frozen, then restated."""
    restatement: int = 0

    @property
    def opened(self) -> bool:
        return self.status is not Status.NOT_OPEN

    @property
    def reached(self) -> Step | None:
        """The last step done on the way, null when nothing was drafted or the draft was sent back."""
        return {
            Status.DRAFTED: Step.DRAFT,
            Status.REVIEWED: Step.REVIEW,
            Status.SUBMITTED: Step.SUBMIT,
            Status.ACCEPTED: Step.SUBMIT,
        }.get(self.status)

    @property
    def waiting_for(self) -> Step:
        """The step that comes next."""
        return {Status.DRAFTED: Step.REVIEW, Status.REVIEWED: Step.SIGN_OFF}.get(self.status, Step.DRAFT)
