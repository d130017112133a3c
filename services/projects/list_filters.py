"""What the lists of leads and projects may be asked for, and their exports in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query
from sqlalchemy import Select

from services.projects import queries as q
from services.projects import tables as t
from services.projects.api_types import GroupId, IndustryId, KnownProject, UnitId
from services.projects.domain.lead.state import LeadStatus
from services.projects.domain.values import ProjectType, Stage, Status
from services.projects.visibility import check_reader
from sevenx.kernel.http import Asking
from sevenx.kernel.paging import Order

Words = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=60,
        description="Part of a name (by index, from one character on), or the number",
        examples=["铝板带"],
    ),
]


@dataclass(frozen=True)
class Asked:
    """Rows that somebody may read: those in which the words were found, the columns that narrow them (one that is None
    narrows nothing), and their order."""

    query: Select[Any]
    filters: Mapping[str, Any]
    order: Order

    def page(self, cursor: str | None, limit: int) -> Select[Any]:
        """One page, with a row more than `limit`."""
        return q.page(self.query, self.order, cursor, limit, **self.filters)

    def all_rows(self) -> Select[Any]:
        """All of them, for a cursor."""
        return q.all_of(self.query, self.order, **self.filters)


async def _leads(
    asking: Asking,
    group: GroupId | None = None,
    finder: UnitId | None = None,
    industry: IndustryId | None = None,
    status: LeadStatus | None = None,
    q_: Annotated[Words, Query(alias="q")] = None,
    sort: q.LeadSort = q.LeadSort.NUMBER,
) -> Asked:
    check_reader(asking)
    filters = {"group_id": group, "finder": finder, "industry": industry, "status": status}
    return Asked(q.searched(asking, t.lead, t.lead_text, q_), filters, q.LEAD_ORDERS[sort])


async def _projects(
    asking: Asking,
    group: GroupId | None = None,
    stage: Stage | None = None,
    status: Status | None = None,
    industry: IndustryId | None = None,
    project_type: ProjectType | None = None,
    landing_unit: UnitId | None = None,
    extends: KnownProject | None = None,
    q_: Annotated[Words, Query(alias="q")] = None,
    sort: q.ProjectSort = q.ProjectSort.NUMBER,
) -> Asked:
    check_reader(asking)
    filters = {
        "group_id": group,
        "stage": stage,
        "status": status,
        "industry": industry,
        "project_type": project_type,
        "landing_unit": landing_unit,
        "extends": extends,
    }
    return Asked(q.searched(asking, t.project, t.project_text, q_), filters, q.PROJECT_ORDERS[sort])


LeadsAsked = Annotated[Asked, Depends(_leads)]
ProjectsAsked = Annotated[Asked, Depends(_projects)]
