"""Duplicates of enterprises: what looks like one, before registering and after, and what the Commerce Bureau finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query

from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects.api_types import EnterpriseId
from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise.commands import DismissDuplicate
from services.projects.domain.enterprise.duplicates import by_age
from services.projects.enterprise_desk import registered, unknown_enterprise
from services.projects.enterprise_likes import Like, likes, mention_of
from services.projects.visibility import check_reader
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel

router = APIRouter(prefix="/enterprises", tags=["enterprises 客商"])
Least = Annotated[float, Query(ge=0, le=1, description="Scores below are left out")]
SHOWN = 20


@router.post("/check")
async def check(body: m.CheckBody, asking: Asking, reads: ReadModel, least: Least = 0.5) -> m.DuplicateList:
    """Who looks like this enterprise, before it is registered (登记前查重). Nothing is changed."""
    check_reader(asking)
    return _shown(await likes(reads, body.mention(), least=least))


@router.get("/proposed-merges")
async def proposed_merges(
    asking: Asking, reads: ReadModel, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> m.ProposalList:
    """Pairs that look like one and wait for the Commerce Bureau (疑似重复), those most alike first."""
    check_reader(asking)
    return m.ProposalList(items=[m.ProposalView(**row) for row in await reads.rows(q.proposed(limit))])


@router.get("/{enterprise}/duplicates")
async def duplicates(enterprise: EnterpriseId, asking: Asking, reads: ReadModel, least: Least = 0.5) -> m.DuplicateList:
    """Who looks like a registered enterprise (查重), the most alike first."""
    check_reader(asking)
    mention = await mention_of(reads, enterprise)
    if not mention.names:
        raise unknown_enterprise(enterprise)
    return _shown(await likes(reads, mention, besides=enterprise, least=least))


@router.post("/{enterprise}/duplicates/dismiss")
async def dismiss(enterprise: EnterpriseId, body: m.DismissBody, desk: Commands) -> Answer:
    """Find two enterprises to be two, with the reason; they are not proposed again."""
    for one in (enterprise, body.other):
        await registered(desk, one)
    first, second = by_age(enterprise, body.other)
    command = DismissDuplicate(first, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(ENTERPRISE, second, command)


def _shown(found: Iterable[Like]) -> m.DuplicateList:
    items = [
        m.DuplicateView(
            id=one.id,
            name=one.name,
            code=one.code,
            score=one.found.score,
            likely=one.found.likely,
            ground=one.found.ground,
            by=one.found.by,
        )
        for one in found
    ]
    return m.DuplicateList(items=items[:SHOWN])
