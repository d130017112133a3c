"""What happens to a finding. Positions are `area/stream@version`; days are Shanghai business dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sevenx.kernel.types import Money


class FindingKind(StrEnum):
    """补录倒签 back_dated: the business date lies long before its recording. 凭证重复使用 voucher_used_twice."""

    BACK_DATED = "back_dated"
    VOUCHER_USED_TWICE = "voucher_used_twice"


class FindingRule(StrEnum):
    """By which rule: more days than the limit, after its month was closed; one number, one scan (SHA-256)."""

    OVER_LIMIT = "over_limit"
    CLOSED_MONTH = "closed_month"
    SAME_NUMBER = "same_number"
    SAME_SHA256 = "same_sha256"


class Outcome(StrEnum):
    """属实 confirmed, 已说明 explained, 不成立 dismissed."""

    CONFIRMED = "confirmed"
    EXPLAINED = "explained"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class FindingRaised:
    """The log bears out a doubt; the events that do are its evidence. Raised once for its evidence."""

    kind: FindingKind
    subjects: tuple[str, ...]
    """Streams that it is about, such as projects."""
    evidence: tuple[str, ...]
    """Positions of the events, the earlier first."""
    title_zh: str
    title_en: str
    detail: str
    """In Chinese; `detail_en` is the same in English."""
    detail_en: str
    rules: tuple[FindingRule, ...]
    units: tuple[str, ...]
    """The units that it concerns: they answer."""
    groups: tuple[str, ...]
    persons: tuple[str, ...]
    """Who recorded the evidence: none of them concludes."""
    amount: Money | None
    """The voucher's amount in yuan, of the later use."""
    days: int | None
    """Of a back-dated entry: days from the business date to its recording, the most of them."""
    resubmission: bool
    """The earlier claim had been reversed or paid back when the voucher was used again."""
    raised_for: date
    """The business day on which the (later) evidence was recorded."""
    answer_by: date


@dataclass(frozen=True, slots=True)
class FindingAnswered:
    """A unit concerned explained itself; a later answer adds to the earlier one."""

    answer: int
    text: str
    unit: str | None
    """Null where a group's liaison answered for the group."""
    sha256: str | None
    """Of a document that bears the answer out."""
    answered_by: str
    answered_on: date


@dataclass(frozen=True, slots=True)
class FindingConcluded:
    """The supervision office concluded."""

    kind: FindingKind
    outcome: Outcome
    reason: str
    units: tuple[str, ...]
    subjects: tuple[str, ...]
    concluded_by: str
    concluded_on: date


FINDING_EVENTS = (FindingRaised, FindingAnswered, FindingConcluded)
