"""Duplicates of enterprises: what looks like one, before registering and after; the Commerce Bureau merges what is one
and dismisses what is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects.api_types import EnterpriseId
from services.projects.deciders import COMPANY_GROUPS, ENTERPRISE
from services.projects.domain.enterprise.commands import DismissDuplicate, MergeEnterprises, UndoMerge
from services.projects.domain.enterprise.duplicates import by_age
from services.projects.enterprise_desk import company_groups_id, registered, unknown_enterprise
from services.projects.enterprise_likes import Like, likes, mention_of
from services.projects.visibility import check_reader
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
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


@router.post("/{enterprise}/merge")
async def merge(enterprise: EnterpriseId, body: m.MergeBody, desk: Commands) -> Answer:
    """Find another enterprise to be this one (合并): what is known of it holds of this one from now on, its id leads
    here, and it stays readable."""
    one, other = await registered(desk, enterprise), await registered(desk, body.absorbed)
    command = MergeEnterprises(
        survivor=enterprise,
        absorbed=body.absorbed,
        reason=body.reason,
        today=desk.today(),
        by=desk.principal.subject,
        codes=(one.code, other.code),
        despite_codes=body.despite_codes,
    )
    return await desk.give_all(_everywhere(desk, enterprise, body.absorbed, command))


@router.post("/{enterprise}/merge/undo")
async def undo_merge(enterprise: EnterpriseId, body: m.UndoMergeBody, desk: Commands) -> Answer:
    """Take a merge back (撤销合并), with the reason: the two are two again."""
    for one in (enterprise, body.absorbed):
        await registered(desk, one)
    command = UndoMerge(enterprise, body.absorbed, body.reason, desk.today(), desk.principal.subject)
    return await desk.give_all(_everywhere(desk, enterprise, body.absorbed, command))


def _everywhere(
    desk: CommandDesk, survivor: str, absorbed: str, command: MergeEnterprises | UndoMerge
) -> list[tuple[Decider[Any], str, Any]]:
    """Both enterprises, and the groups of companies, where no circle may close."""
    given: list[tuple[Decider[Any], str, Any]] = [
        (ENTERPRISE, one, command) for one in dict.fromkeys((survivor, absorbed))
    ]
    return [*given, (COMPANY_GROUPS, company_groups_id(desk.principal.district), command)]


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
