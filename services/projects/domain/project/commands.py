"""What may be asked of a project. Facts that the caller knows (dates, persons, what the registry and the rulebook say)
stand in the command; `decide` has no clock and reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.domain.exchange import NO_EXCHANGE, Exchange
from services.projects.domain.gates_rulebook import GatesRulebook
from services.projects.domain.project.baseline_commands import BaselineCommand
from services.projects.domain.project.contract_commands import ContractCommand
from services.projects.domain.project.events import CreditShare, ShareBasis, Voucher
from services.projects.domain.project.gate_commands import GateCommand
from services.projects.domain.project.promise_commands import PromiseCommand
from services.projects.domain.project.statistics_commands import StatisticsCommand
from services.projects.domain.rulebook import EvidenceRulebook
from services.projects.domain.values import (
    Commerce,
    ContractKind,
    Conversion,
    CreditPart,
    Document,
    Origin,
    Party,
    ProjectType,
    Referee,
    Stage,
    Status,
)


@dataclass(frozen=True, slots=True)
class OpenProject:
    """Open a project from a lead and begin to negotiate; `documents` prove the first talk."""

    lead: str
    name: str
    project_type: ProjectType
    content: str
    investor: Party
    origin: Origin
    origin_place: str
    industry: str
    group: str
    finder: str
    started_on: date
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    today: date
    by: str
    industry_code: str | None = None
    planned_investment: Decimal | None = None
    referred_by: Party | None = None
    parts: tuple[CreditPart, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEvidence:
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    today: date
    by: str
    filed_for: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawEvidence:
    kind: str
    sha256: str
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AgreeDates:
    """Set or change agreed dates of stages that are still to come."""

    dates: tuple[tuple[Stage, date], ...]
    today: date
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordIntent:
    """Record a letter of intent or a framework agreement."""

    kind: ContractKind
    title: str
    signed_on: date
    sha256: str
    today: date
    by: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign the formal contract, with the agreed date of every stage to come. `amount` in yuan may be left out where the
    conversion makes it. `gates_from` is the day from which on the district demands the gates before it; None as long as
    it does not."""

    contract_kind: ContractKind
    contract_number: str
    contract_title: str
    amount: Decimal | None
    signed_on: date
    agreed: tuple[tuple[Stage, date], ...]
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    gates: GatesRulebook
    gates_from: date | None
    today: date
    by: str
    conversion: Conversion | None = None
    exchange: Exchange = NO_EXCHANGE


@dataclass(frozen=True, slots=True)
class RegisterCompany:
    company: Party
    registered_on: date
    today: date
    by: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class AssignProjectCode:
    code: str
    assigned_on: date
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class Land:
    """Land at one landing unit. `unit_kind` is what the registry says of it, the two shares the district's default."""

    landing_unit: str
    unit_kind: str
    landed_on: date
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    finder_share: Decimal
    landing_share: Decimal
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class StartConstruction:
    started_on: date
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class StartProduction:
    started_on: date
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ReachCapacity:
    reached_on: date
    documents: tuple[Document, ...]
    rulebook: EvidenceRulebook
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ChangeStatus:
    status: Status
    since: date
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class CorrectStage:
    """Take a wrongly entered stage back to an earlier one."""

    to_stage: Stage
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ClaimFunds:
    """Claim funds in place. `lead_units` are those of the project's group, as the registry says. Without `amount` it is
    what the conversion makes, or all vouchers; the amount of a voucher with a conversion may be zero: computed."""

    claimant: str
    amount: Decimal | None
    month: str
    vouchers: tuple[Voucher, ...]
    lead_units: tuple[str, ...]
    commerce: Commerce
    today: date
    by: str
    note: str = ""
    conversion: Conversion | None = None
    exchange: Exchange = NO_EXCHANGE


@dataclass(frozen=True, slots=True)
class CheckFunds:
    """First check; `office` is for which office the person acts."""

    claim: int
    amount: Decimal
    office: Referee
    today: date
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecogniseFunds:
    """Joint recognition. `required` are the bodies that the district's setting names."""

    claim: int
    amount: Decimal
    bodies: tuple[str, ...]
    required: tuple[str, ...]
    commerce: Commerce
    minutes_sha256: str
    office: Referee
    today: date
    by: str
    reason: str = ""
    excess_note: str = ""


@dataclass(frozen=True, slots=True)
class ReverseFunds:
    claim: int
    amount: Decimal
    reason: str
    office: Referee
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ShareCredit:
    """Settle who has which part, by agreement or by decision of a dispute."""

    cohort: str
    indicator: str
    shares: tuple[CreditShare, ...]
    basis: ShareBasis
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RecordProjectTalk:
    """Record a talk or visit; `sha256` of its minutes, where there are any."""

    held_on: date
    place: str
    summary: str
    today: date
    by: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class JudgeProgress:
    """By the clock: judge as of `on` whether the project has stalled, and its light."""

    on: date


AdvanceCommand = StartConstruction | StartProduction | ReachCapacity
DecideClaim = CheckFunds | RecogniseFunds | ReverseFunds
ProjectCommand = (
    OpenProject
    | FileEvidence
    | WithdrawEvidence
    | AgreeDates
    | RecordIntent
    | Sign
    | RegisterCompany
    | AssignProjectCode
    | Land
    | AdvanceCommand
    | ChangeStatus
    | CorrectStage
    | ClaimFunds
    | DecideClaim
    | ShareCredit
    | RecordProjectTalk
    | GateCommand
    | PromiseCommand
    | ContractCommand
    | StatisticsCommand
    | BaselineCommand
)
