"""Words that leads and projects share: kinds, parties, and what a document or a converted amount says of itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from sevenx.kernel.types import DecimalType, Money, Ratio

Quantity = Annotated[Decimal, DecimalType(20, 4)]
"""A value with a unit of its own: mu, yuan, persons …"""


class Origin(StrEnum):
    """Where the investor comes from; only what lies outside the province counts in most of the city's columns."""

    DISTRICT = "district"
    CITY = "city"
    PROVINCE = "province"
    PROVINCE_EXTERNAL = "province_external"
    FOREIGN = "foreign"


class LeadSource(StrEnum):
    """How the lead came in (clause 二(三): 以企引企、以商招商)."""

    OWN_VISIT = "own_visit"
    INVESTOR_CAME = "investor_came"
    REFERRAL = "referral"
    PROMOTION_EVENT = "promotion_event"
    ASSOCIATION = "association"
    PLATFORM = "platform"
    HIGHER_LEVEL = "higher_level"
    OTHER = "other"


class ProjectType(StrEnum):
    """What decides the evidence that a stage needs."""

    NEW_LAND = "new_land"
    LEASED_PLANT = "leased_plant"
    TECHNICAL_UPGRADE = "technical_upgrade"
    FINANCIAL_INSTITUTION = "financial_institution"
    PRIVATE_SCHOOL_OR_CARE = "private_school_or_care"
    FACILITY_FARMING = "facility_farming"
    PPP_OR_SPECIAL_BOND = "ppp_or_special_bond"


class Stage(StrEnum):
    """洽谈 签约 落地 开工 投产 达产, in this order. Before them stands 线索, which is a lead of its own."""

    NEGOTIATING = "negotiating"
    SIGNED = "signed"
    LANDED = "landed"
    STARTED = "started"
    IN_PRODUCTION = "in_production"
    AT_CAPACITY = "at_capacity"

    @property
    def rank(self) -> int:
        """0 for negotiating … 5 for at capacity."""
        return STAGES.index(self)


STAGES = tuple(Stage)

STAGE_ZH = dict(zip(STAGES, ("洽谈", "签约", "落地", "开工", "投产", "达产"), strict=True))


class Status(StrEnum):
    """How a project fares, apart from its stage: 正常 延期 休眠 流失 终止."""

    ACTIVE = "active"
    DELAYED = "delayed"
    DORMANT = "dormant"
    LOST = "lost"
    TERMINATED = "terminated"


ALIVE = (Status.ACTIVE, Status.DELAYED)
"""A project that moves on; a dormant or lost one is made active first."""
OVER = (Status.LOST, Status.TERMINATED)
STATUS_ZH = dict(zip(Status, ("正常推进", "延期", "休眠", "流失", "终止"), strict=True))


class ContractKind(StrEnum):
    """Only `formal` (正式合同) makes a project signed; the others are kept apart."""

    FORMAL = "formal"
    FRAMEWORK = "framework"
    LETTER_OF_INTENT = "letter_of_intent"


class Referee(StrEnum):
    """Which office decides on a claim."""

    COMMERCE_BUREAU = "commerce_bureau"
    DISTRICT_OFFICE = "district_office"


class Light(StrEnum):
    """A project's traffic light, the milder first: 绿 黄 红."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def gravity(self) -> int:
        """0 for green, 1 for yellow, 2 for red."""
        return list(Light).index(self)


LIGHT_ZH = dict(zip(Light, ("绿灯", "黄灯", "红灯"), strict=True))


@dataclass(frozen=True, slots=True)
class Commerce:
    """Who the Commerce Bureau is here: its unit, and the groups that it leads (clause 一(二): group two)."""

    unit: str
    groups: tuple[str, ...]

    def is_party(self, units: Collection[str | None], groups: Collection[str]) -> bool:
        """Whether the Commerce Bureau, or a group that it leads, is one of those concerned."""
        return self.unit in units or not set(self.groups).isdisjoint(groups)

    def referee(self, units: Collection[str | None], groups: Collection[str]) -> Referee:
        """The Commerce Bureau decides; where it or its group is a party, the district office does."""
        return Referee.DISTRICT_OFFICE if self.is_party(units, groups) else Referee.COMMERCE_BUREAU


@dataclass(frozen=True, slots=True)
class Party:
    """An enterprise as it was named: `code` is its unified social credit code (GB 32100), null for a foreign investor
    without one; `id` is its id in the register of enterprises, if it is named by it. Never a natural person."""

    name: str
    code: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document by what cannot be disputed: its kind, the SHA-256 of its bytes (hex) and its own date."""

    kind: str
    title: str
    sha256: str
    dated: date


@dataclass(frozen=True, slots=True)
class Proof:
    """A filed document that was counted for a decision."""

    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """How an amount in yuan was computed: yuan = amount x rate / `per`, rounded half up to the fen, the rate being the
    one that `source` published for `rate_on`."""

    currency: str
    """ISO 4217."""
    amount: Money
    """In that currency."""
    rate: Ratio
    """Yuan for `per` units of it."""
    rate_on: date
    per: int = 1
    """1 or 100, as published."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CreditPart:
    """One's part of the credit that finder and group of a lead get, 1 being the whole: of a lead that was transferred
    (流转) several have one."""

    unit: str
    group: str
    share: Ratio
