"""Commands to a directive. `at` is business time (UTC); `by` is the id of who gives the command.

`for_owner` tells of a supervising person that he holds a post in the owner unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.directive.reminding import Reminding


@dataclass(frozen=True)
class RegisterDirective:
    """Take a matter on (立项)."""

    at: datetime
    title: str
    text: str
    basis: str
    hearing: str | None
    by: str


@dataclass(frozen=True)
class IssueDirective:
    """Give it to an owner unit (交办)."""

    at: datetime
    owner: str
    group: str | None
    due_on: date
    by: str
    reminding: Reminding


@dataclass(frozen=True)
class AcknowledgeDirective:
    """The owner has received it (签收)."""

    at: datetime
    by: str


@dataclass(frozen=True)
class GiveFeedback:
    """The owner tells how it stands (反馈); `done` asks for verification."""

    at: datetime
    text: str
    done: bool
    documents: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class RequestExtension:
    """The owner asks for a later due day (延期申请)."""

    at: datetime
    new_due_on: date
    reason: str
    by: str


@dataclass(frozen=True)
class GrantExtension:
    """Grant it; `due_on` None: the day that was asked for."""

    at: datetime
    due_on: date | None
    by: str
    for_owner: bool
    reminding: Reminding


@dataclass(frozen=True)
class RefuseExtension:
    """Refuse it, with the reason."""

    at: datetime
    reason: str
    by: str
    for_owner: bool


@dataclass(frozen=True)
class VerifyDirective:
    """Say whether what the owner calls done is done (核验)."""

    at: datetime
    passed: bool
    note: str
    by: str
    for_owner: bool


@dataclass(frozen=True)
class CloseDirective:
    """Strike it off (销号): completed after a verification that passed, or `withdrawn` with a reason."""

    at: datetime
    withdrawn: bool
    reason: str
    by: str
    for_owner: bool


@dataclass(frozen=True)
class RemindOwner:
    """The clock: a reminder has come due."""

    at: datetime


@dataclass(frozen=True)
class JudgeDirective:
    """The clock: the due day has passed."""

    at: datetime
