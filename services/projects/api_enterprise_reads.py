"""Lists and pages of enterprises. The register is for everybody who works on projects; what it is about an enterprise's
leads and projects, each sees as far as they are his."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects.api_types import EnterpriseId
from services.projects.domain.values import Origin
from services.projects.enterprise_desk import unknown_enterprise
from services.projects.enterprise_merges import Merges
from services.projects.enterprise_page import EnterprisePages
from services.projects.visibility import check_reader
from sevenx.kernel.bodies import Line
from sevenx.kernel.http import Asking, ReadModel

router = APIRouter(prefix="/enterprises", tags=["enterprises 客商"])
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{6}-E-[0-9]{4}-[0-9]+$", description="`next` of a page")]
Industry = Annotated[
    str | None, Query(pattern=r"^[A-T][0-9]{0,4}$", description="The beginning of a code of GB/T 4754, such as C32")
]
Sort = Annotated[str, Query(pattern="^(newest|name)$", description="newest: the latest registered first")]


@router.get("")
async def list_enterprises(
    asking: Asking,
    reads: ReadModel,
    q_: Annotated[Line | None, Query(alias="q", description="Part of a name, or a code")] = None,
    origin: Origin | None = None,
    on_list: Annotated[Line | None, Query(alias="list", description="On this list, of any year")] = None,
    industry: Industry = None,
    sort: Sort = "newest",
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Rows on a page")] = 50,
) -> m.EnterprisePage:
    """Enterprises by any of their names (any part of two characters or more is found by index), origin, list and
    industry."""
    check_reader(asking)
    rows = await reads.rows(q.page(q_, origin, on_list, industry, sort, cursor, limit))
    last = str(rows[limit - 1]["stream"]) if len(rows) > limit else None
    pages = EnterprisePages(reads, asking, await Merges.read(reads))
    return m.EnterprisePage(items=[m.EnterpriseView(**pages.shown(row)) for row in rows[:limit]], next=last)


@router.get("/{enterprise}")
async def page(enterprise: EnterpriseId, asking: Asking, reads: ReadModel) -> m.EnterprisePageView:
    """An enterprise with its names, lists, group of companies, leads, projects, referrals and events; of leads and
    projects what is for this reader. One that was merged stays readable, and `merged_into` says what it is."""
    check_reader(asking)
    row = await reads.one(q.one(enterprise))
    if row is None:
        raise unknown_enterprise(enterprise)
    return await EnterprisePages(reads, asking, await Merges.read(reads)).page(row)
