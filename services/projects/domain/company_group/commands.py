"""What may be asked of the graph of parents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.enterprise.commands import MergeEnterprises, UndoMerge


@dataclass(frozen=True, slots=True)
class AssignParent:
    """That both are registered is known to the caller."""

    enterprise: str
    parent: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RemoveParent:
    enterprise: str
    reason: str
    today: date
    by: str


CompanyGroupCommand = AssignParent | RemoveParent | MergeEnterprises | UndoMerge
