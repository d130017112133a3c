"""What may be asked of a project of the old ledgers (历史台账)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.domain.project.events import BaselineSource, StageDate
from services.projects.domain.rulebook import EvidenceRulebook
from services.projects.domain.values import Origin, Party, ProjectType, Stage, Status


@dataclass(frozen=True, slots=True)
class BaselineProject:
    """Take over one row of a ledger. `landing_kind` is what the registry says of the landing unit; amounts in yuan."""

    name: str
    project_type: ProjectType
    content: str
    investor: Party
    origin: Origin
    origin_place: str
    industry: str
    group: str
    finder: str
    stage: Stage
    status: Status
    reached: tuple[StageDate, ...]
    source: BaselineSource
    rulebook: EvidenceRulebook
    today: date
    by: str
    landing_unit: str | None = None
    landing_kind: str | None = None
    contract_number: str | None = None
    contract_amount: Decimal | None = None
    baselined_funds: Decimal | None = None
    industry_code: str | None = None
    planned_investment: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ApproveBaseline:
    today: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RejectBaseline:
    reason: str
    today: date
    by: str


BaselineCommand = BaselineProject | ApproveBaseline | RejectBaseline
