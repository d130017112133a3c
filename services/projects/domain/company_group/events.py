"""What may happen to groups of companies (企业集团): who is whose parent. One stream holds a district's whole graph, so
that no two of them can close a circle at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.enterprise.events import EnterprisesMerged, MergeUndone


@dataclass(frozen=True, slots=True)
class ParentAssigned:
    """An enterprise belongs to another, its parent (母公司)."""

    enterprise: str
    parent: str
    previous: str | None
    assigned_on: date
    assigned_by: str


@dataclass(frozen=True, slots=True)
class ParentRemoved:
    """An enterprise has no parent any more, or had it by mistake."""

    enterprise: str
    parent: str
    reason: str
    removed_on: date
    removed_by: str


COMPANY_GROUP_EVENTS = (ParentAssigned, ParentRemoved, EnterprisesMerged, MergeUndone)
