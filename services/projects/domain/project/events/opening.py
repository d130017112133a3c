"""What a project is and by what it is known: its opening, evidence, agreed dates, company, code and status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import ContractKind, CreditPart, Origin, Party, ProjectType, Stage, Status
from sevenx.kernel.types import Money


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
    """The unit that found it (首报单位 as far as registered), or to which its lead was transferred."""
    opened_on: date
    opened_by: str
    industry_code: str | None = None
    planned_investment: Money | None = None
    referred_by: Party | None = None
    parts: tuple[CreditPart, ...] = ()
    """Of a lead that was transferred (流转): who has which part of the credit of finder and group; they sum to one."""


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
class IntentSigned:
    """A letter of intent (意向书) or framework agreement (框架协议) was signed. It is no contract: the stage stays."""

    kind: ContractKind
    title: str
    signed_on: date
    sha256: str
    recorded_by: str
    amount: Money | None = None


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
class StatusChanged:
    """The status changed, with reason and date; the stage did not."""

    status: Status
    previous: Status
    since: date
    reason: str
    changed_by: str
