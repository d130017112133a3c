"""The expense rulebook: the two reception rule sets and the limits of travel. Its figures are data
(`data/rulebooks/expenses.yaml`); here stands only their shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.outreach.domain.values import Paper


class OnBreach(StrEnum):
    """What a breach of a rule brings: the claim is refused, or goes to the district for approval."""

    REFUSE = "refuse"
    APPROVAL = "approval"


class RuleId(StrEnum):
    """Every rule that the product checks; the rulebook names, words and grades each."""

    OFFICIAL_PAPERS = "reception.official.papers"
    OFFICIAL_MEALS = "reception.official.meals"
    OFFICIAL_MEAL_PRICE = "reception.official.meal_price"
    BUSINESS_PAPERS = "reception.business.papers"
    BUSINESS_MEALS = "reception.business.meals"
    BUSINESS_MEAL_PRICE = "reception.business.meal_price"
    COMPANIONS = "reception.companions"
    NO_ALCOHOL = "reception.no_alcohol"
    NO_TOBACCO = "reception.no_tobacco"
    TRIP_APPROVED = "travel.trip_approved"
    TRIP_DAYS = "travel.trip_days"
    LODGING = "travel.lodging"
    MEALS = "travel.meals"
    LOCAL_TRANSPORT = "travel.local_transport"
    ABROAD = "travel.abroad_approval"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words, where it is from, and what its breach brings."""

    id: RuleId
    zh: str
    en: str
    source: str
    on_breach: OnBreach


@dataclass(frozen=True, slots=True)
class ReceptionSet:
    """公务接待 or 商务接待: papers that are needed (one of each tuple), working meals, and yuan per person and meal."""

    papers: tuple[tuple[Paper, ...], ...]
    meals: int
    meal_price: Decimal


@dataclass(frozen=True, slots=True)
class TravelLimits:
    """Yuan: lodging per person and night, meals and local transport per person and day."""

    lodging: Decimal
    meals: Decimal
    local_transport: Decimal


@dataclass(frozen=True, slots=True)
class CompanionLimit:
    """The district's settings `reception.companions…`: at most `most` for up to `guests` guests, above that `share`."""

    most: int
    guests: int
    share: Fraction

    def allowed(self, guests: int) -> int:
        """How many may accompany so many guests."""
        return self.most if guests <= self.guests else int(guests * self.share)


@dataclass(frozen=True, slots=True)
class ExpenseRulebook:
    """The rules by which expenses are judged; `version` is kept in every claim."""

    version: str
    rules: Mapping[RuleId, Rule]
    official: ReceptionSet
    business: ReceptionSet
    places: Mapping[str, TravelLimits]
    default: TravelLimits

    def limits_at(self, place: str) -> tuple[str, TravelLimits]:
        """The limits of the most exactly named place that occurs in the text, else the default."""
        named = max((name for name in self.places if name in place), key=len, default="")
        return (named, self.places[named]) if named else ("其他地区", self.default)
