"""Words that trips, quotas and budgets share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TripKind(StrEnum):
    """What a trip is for. Meetings and training do not count towards the quota (三(一): 实质招商)."""

    INVESTMENT = "investment"
    MEETING = "meeting"
    TRAINING = "training"
    ACTIVITY = "activity"


class ApprovalLevel(StrEnum):
    """Whose approval a trip needs: the unit's head, the group's leader, or the district (for the heads themselves)."""

    UNIT = "unit"
    GROUP = "group"
    DISTRICT = "district"


class Fund(StrEnum):
    """三(四): the Finance Bureau's special fund for district-level activities, or a unit's own fund."""

    SPECIAL = "special"
    OWN = "own"


class ExpenseKind(StrEnum):
    """What money is spent on; the two receptions have rule sets of their own."""

    OFFICIAL_RECEPTION = "official_reception"
    BUSINESS_RECEPTION = "business_reception"
    TRAVEL = "travel"
    ACTIVITY = "activity"
    OTHER = "other"


class Paper(StrEnum):
    """A document behind a reception: 公函, 邀请函, 来访函, 审批单, 接待清单, 票据."""

    OFFICIAL_LETTER = "official_letter"
    INVITATION = "invitation"
    VISIT_LETTER = "visit_letter"
    APPROVAL_FORM = "approval_form"
    GUEST_LIST = "guest_list"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Destination:
    """A place of a trip. `outside_city`: outside Jiaozuo (三(一): 外出)."""

    place: str
    province: str
    outside_city: bool
    abroad: bool


@dataclass(frozen=True, slots=True)
class CountingRules:
    """The settings by which days were counted: enterprises to visit on a day, and kinds of trip that do not count."""

    named_enterprises: int
    not_counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBreach:
    """A rule of the rulebook that a claim does not keep: what is allowed and what was claimed, as a person reads it."""

    rule: str
    zh: str
    en: str
    limit: str
    actual: str
