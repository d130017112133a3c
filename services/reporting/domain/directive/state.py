"""What the rules need to remember of a directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.reporting.domain.values import Reminder


class DirectiveStatus(StrEnum):
    """Where the directive stands. An extension asked for does not change it."""

    NOT_REGISTERED = "not_registered"
    REGISTERED = "registered"
    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    VERIFIED = "verified"
    CLOSED = "closed"


DIRECTIVE_STATUS_ZH = dict(
    zip(DirectiveStatus, ("未立项", "已立项", "已交办", "已签收", "待核验", "已核验", "已销号"), strict=True)
)


@dataclass(frozen=True)
class Request:
    """An extension that was asked for and is not decided."""

    number: int
    new_due_on: date
    in_time: bool


@dataclass(frozen=True)
class Directive:
    """One directive."""

    status: DirectiveStatus = DirectiveStatus.NOT_REGISTERED
    title: str = ""
    text: str = ""
    hearing: str | None = None
    owner: str | None = None
    group: str | None = None
    due_on: date | None = None
    reminders: tuple[Reminder, ...] = ()
    """Those that were not sent yet, the earliest first."""
    judged: date | None = None
    """The last due day of which the clock has said that it was missed."""
    overdue_times: int = 0
    feedback: int = 0
    finished_on: date | None = None
    """The day of the latest feedback that says done, while it stands."""
    requests: int = 0
    pending: Request | None = None
    worked: frozenset[str] = frozenset()
    """Persons who acted for the owner: none of them verifies or closes."""

    @property
    def running(self) -> bool:
        """Issued and neither verified nor closed."""
        return self.status in (DirectiveStatus.ISSUED, DirectiveStatus.ACKNOWLEDGED, DirectiveStatus.ANSWERED)

    @property
    def waits_for_office(self) -> bool:
        """The next step is the supervision office's: its own delay makes no owner overdue."""
        return self.status is DirectiveStatus.ANSWERED or (self.pending is not None and self.pending.in_time)
