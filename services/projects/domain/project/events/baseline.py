"""A project of the old ledgers (历史台账): what was on record before the system, taken over once and approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Origin, Party, ProjectType, Stage, Status
from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class StageDate:
    """The real day on which a stage was reached."""

    stage: Stage
    on: date


@dataclass(frozen=True, slots=True)
class BaselineSource:
    """Where in which ledger a project stood."""

    file: str
    """The file's name."""
    sha256: str
    """Of the file's bytes, hex."""
    row: int
    """The row as a spreadsheet numbers it, from 1 on."""


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """Evidence (待补) that the rulebook asks for at a stage and that the ledger does not give."""

    stage: Stage
    any_of: tuple[str, ...]
    """Kinds of document, one of which will do."""


@dataclass(frozen=True, slots=True)
class ProjectBaselined:
    """A project of an old ledger was taken over with the stages that it had reached; it waits for the Commerce Bureau's
    approval. Nothing of it is new credit: it counts in no month and gives no shares."""

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
    """Every stage up to `stage`, in order."""
    source: BaselineSource
    missing: tuple[MissingEvidence, ...]
    """待补, in the order of the stages."""
    rulebook: str
    """Version of the evidence rulebook by which `missing` was found."""
    baselined_on: date
    baselined_by: str
    landing_unit: str | None = None
    contract_number: str | None = None
    contract_amount: Money | None = None
    baselined_funds: Money | None = None
    """Funds in place that were recognised of old, one figure in yuan; it stands beside and is never new credit."""
    industry_code: str | None = None
    planned_investment: Money | None = None


@dataclass(frozen=True, slots=True)
class BaselineApproved:
    """The Commerce Bureau stands for what was taken over: from now on the project goes on from its stage."""

    approved_on: date
    approved_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BaselineRejected:
    """What was taken over does not hold; the project is over."""

    reason: str
    rejected_on: date
    rejected_by: str
