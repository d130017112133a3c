"""The lists that belong to an enterprise, a page at a time: its page shows the beginning of each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects.api_referrals import ReferralList
from services.projects.api_types import EnterpriseId
from services.projects.enterprise_desk import unknown_enterprise
from services.projects.enterprise_merges import Merges
from services.projects.enterprise_page import EnterprisePages, Parts
from services.projects.visibility import check_reader
from sevenx.kernel.auth import Principal
from sevenx.kernel.http import Asking, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(prefix="/enterprises/{enterprise}", tags=["enterprises 客商"])
Limit = Annotated[int, Query(ge=1, le=500, description="Rows on a page")]
Lead = Annotated[str, Query(pattern=r"^([0-9]{6}-L-[0-9]{4}-[0-9]+)?$", description="`next` of a page")]
Project = Annotated[str, Query(pattern=r"^([0-9]{6}-P-[0-9]{4}-[0-9]+)?$", description="`next` of a page")]
Referral = Annotated[int, Query(ge=0, le=999_999, description="`next` of a page")]
Event = Annotated[str, Query(pattern=r"^([0-9]{6}-E[0-9G-]*@[1-9][0-9]{0,8})?$", description="`next` of a page")]


@router.get("/leads")
async def leads(
    enterprise: EnterpriseId, asking: Asking, reads: ReadModel, cursor: Lead = "", limit: Limit = 50
) -> m.LeadLines:
    """Its leads in the order of their numbers, of those that the reader works on; offices see all."""
    found = await (await _parts(enterprise, asking, reads)).leads(cursor, limit)
    return m.LeadLines(items=found[:limit], next=found[limit - 1].id if len(found) > limit else None)


@router.get("/projects")
async def projects(
    enterprise: EnterpriseId, asking: Asking, reads: ReadModel, cursor: Project = "", limit: Limit = 50
) -> m.ProjectLines:
    """Its projects in the order of their numbers, of those that are signed or that the reader works on."""
    found = await (await _parts(enterprise, asking, reads)).projects(cursor, limit)
    return m.ProjectLines(items=found[:limit], next=found[limit - 1].id if len(found) > limit else None)


@router.get("/referrals")
async def referrals(
    enterprise: EnterpriseId, asking: Asking, reads: ReadModel, cursor: Referral = 0, limit: Limit = 50
) -> ReferralList:
    """Who brought it, and whom it brought, in the order of recording."""
    found = await (await _parts(enterprise, asking, reads)).referrals(cursor, limit)
    return ReferralList(items=found[:limit], next=found[limit - 1].referral if len(found) > limit else None)


@router.get("/events")
async def events(
    enterprise: EnterpriseId, asking: Asking, reads: ReadModel, cursor: Event = "", limit: Limit = 50
) -> m.EventLines:
    """Its events and those of what was merged into it, the latest first."""
    stream, _, version = cursor.partition("@")
    before = (stream, int(version)) if cursor else None
    found = await (await _parts(enterprise, asking, reads)).events(before, limit)
    last = found[limit - 1] if len(found) > limit else None
    return m.EventLines(items=found[:limit], next=f"{last.id}@{last.version}" if last else None)


async def _parts(enterprise: str, asking: Principal, reads: Reads) -> Parts:
    check_reader(asking)
    row = await reads.one(q.one(enterprise))
    if row is None:
        raise unknown_enterprise(enterprise)
    return await EnterprisePages(reads, asking, await Merges.read(reads)).parts(row)
