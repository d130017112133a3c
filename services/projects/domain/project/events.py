"""What may happen to a project (项目)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.projects.domain.values import (
    ContractKind,
    Conversion,
    Origin,
    Party,
    ProjectType,
    Proof,
    Referee,
    Stage,
    Status,
)
from sevenx.kernel.types import Money, Ratio


@dataclass(frozen=True, slots=True)
class ProjectOpened:
    """A project was opened from a qualified lead, with what the lead knew. The investor and the later project company
    are two."""

    lead: str
    name: str
    project_type: ProjectType
    content: str
    """建设内容: what is to be built or done."""
    investor: Party
    origin: Origin
    origin_place: str
    industry: str
    group: str
    finder: str
    """The unit that found it (首报单位 as far as registered)."""
    opened_on: date
    opened_by: str
    industry_code: str | None = None
    planned_investment: Money | None = None
    referred_by: Party | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFiled:
    """A document was filed by its hash. The bytes are not on the bus; whoever has them can check them against it."""

    kind: str
    title: str
    sha256: str
    dated: date
    """The document's own date."""
    filed_on: date
    filed_by: str
    filed_for: str | None = None
    """The unit in whose name it was filed."""


@dataclass(frozen=True, slots=True)
class EvidenceWithdrawn:
    """A document filed by mistake no longer counts; the filing stays on record."""

    kind: str
    sha256: str
    reason: str
    withdrawn_on: date
    withdrawn_by: str


@dataclass(frozen=True, slots=True)
class AgreedDateSet:
    """The date by which a stage is to be reached, as agreed with the investor; a later one replaces it, with reason."""

    stage: Stage
    agreed_on: date
    """The agreed date itself."""
    set_on: date
    set_by: str
    previous: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NegotiationStarted:
    """洽谈: the first substantive talk, proved by minutes or by the investor's confirmation."""

    started_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    """Version of the evidence rulebook that was satisfied."""


@dataclass(frozen=True, slots=True)
class IntentSigned:
    """A letter of intent (意向书) or framework agreement (框架协议) was signed. It is no contract: the stage stays."""

    kind: ContractKind
    title: str
    signed_on: date
    sha256: str
    recorded_by: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class ProjectSigned:
    """签约: the formal contract (正式合同) was signed. `amount` is in yuan; `conversion` says how, if it was another
    currency."""

    contract_number: str
    contract_title: str
    contract_sha256: str
    amount: Money
    signed_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class CompanyRegistered:
    """The project company was registered (履约: company registered / formally signed)."""

    company: Party
    registered_on: date
    recorded_by: str
    sha256: str | None = None
    """Its licence, if filed."""


@dataclass(frozen=True, slots=True)
class ProjectCodeAssigned:
    """The national project code (GB/T 40058-2021) is known."""

    code: str
    assigned_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class ProjectLanded:
    """落地, at exactly one landing unit (clause 二(一))."""

    landing_unit: str
    landed_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None
    """The date that had been agreed for this stage, against which it is judged."""


@dataclass(frozen=True, slots=True)
class ConstructionStarted:
    """开工, or what the rulebook puts in its place where nothing is built."""

    started_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProductionStarted:
    """投产, or opening for business."""

    started_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CapacityReached:
    """达产: the capacity promised in the contract."""

    reached_on: date
    recorded_by: str
    evidence: tuple[Proof, ...]
    rulebook: str
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The status changed, with reason and date; the stage did not."""

    status: Status
    previous: Status
    since: date
    reason: str
    changed_by: str


@dataclass(frozen=True, slots=True)
class SharesOf:
    """Which shares: of one cohort (`units` or `groups`) in one indicator (`all` unless decided apart)."""

    cohort: str
    indicator: str


@dataclass(frozen=True, slots=True)
class StageCorrected:
    """A stage was entered wrongly and is taken back. What the later stages had settled no longer holds: their dates,
    the landing unit (below `landed`), the contract (below `signed`) and the shares named in `void_shares`."""

    from_stage: Stage
    to_stage: Stage
    reason: str
    corrected_on: date
    corrected_by: str
    void_shares: tuple[SharesOf, ...] = ()
    holds_since: date | None = None
    """When `to_stage`, which holds again, had been reached."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """A payment voucher: number, amount in yuan, date of payment, payer, and the SHA-256 of its scan."""

    number: str
    amount: Money
    paid_on: date
    payer: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FundsClaimed:
    """到位资金 was claimed for a month. `claim` counts within the project: 1, 2, 3 …"""

    claim: int
    claimant: str
    """The unit: the landing unit or a lead unit of the group."""
    claimed_by: str
    amount: Money
    month: str
    vouchers: tuple[Voucher, ...]
    claimed_on: date
    referee: Referee
    """Who decides on it: the district office where the Commerce Bureau or its group is a party."""
    note: str = ""
    conversion: Conversion | None = None


@dataclass(frozen=True, slots=True)
class FundsChecked:
    """First check (初审): the amount that counts in monthly figures, at most what was claimed."""

    claim: int
    claimed: Money
    amount: Money
    month: str
    checked_on: date
    checked_by: str
    referee: Referee
    reason: str = ""
    """Why it is less than claimed."""


@dataclass(frozen=True, slots=True)
class FundsRecognised:
    """Joint recognition (联合认定): the amount that counts in assessment, at most what the first check left."""

    claim: int
    checked: Money
    amount: Money
    month: str
    bodies: tuple[str, ...]
    """The units that recognised; the claimant is never among them."""
    referee: Referee
    minutes_sha256: str
    recognised_on: date
    recognised_by: str
    reason: str = ""
    """Why it is less than checked."""
    excess_note: str = ""
    """Why the project's recognised funds may stand above the contract amount."""


@dataclass(frozen=True, slots=True)
class FundsReversed:
    """Funds that had counted no longer do. `amount` leaves the checked figure and `off_recognised` the recognised one;
    what is left of the claim in both stands beside it."""

    claim: int
    amount: Money
    off_recognised: Money
    checked_left: Money
    recognised_left: Money
    reason: str
    reversed_on: date
    reversed_by: str
    referee: Referee


class SharePart(StrEnum):
    """As what a holder has its part."""

    FINDER = "finder"
    GROUP = "group"
    LANDING_UNIT = "landing_unit"
    HELPER = "helper"


class ShareBasis(StrEnum):
    """`default`: the district's ratio; `agreed`: by those concerned; `decided`: a dispute was decided."""

    DEFAULT = "default"
    AGREED = "agreed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class CreditShare:
    """One holder's part, 1 being the whole."""

    part: SharePart
    holder: str
    share: Ratio


@dataclass(frozen=True, slots=True)
class CreditShared:
    """Who gets which part of a project within one cohort and indicator: the shares sum to one (clause 二(一))."""

    cohort: str
    indicator: str
    shares: tuple[CreditShare, ...]
    basis: ShareBasis
    shared_on: date
    shared_by: str
    reason: str = ""


PROJECT_EVENTS = (
    ProjectOpened,
    EvidenceFiled,
    EvidenceWithdrawn,
    AgreedDateSet,
    NegotiationStarted,
    IntentSigned,
    ProjectSigned,
    CompanyRegistered,
    ProjectCodeAssigned,
    ProjectLanded,
    ConstructionStarted,
    ProductionStarted,
    CapacityReached,
    StatusChanged,
    StageCorrected,
    FundsClaimed,
    FundsChecked,
    FundsRecognised,
    FundsReversed,
    CreditShared,
)
