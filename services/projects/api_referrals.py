"""Referrals (以企引企、以商招商): who brought whom, the chains and the batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field
from sqlalchemy import select

from services.projects import protection_models as m
from services.projects import referral_queries as q
from services.projects import tables as t
from services.projects.api_types import View
from services.projects.deciders import REFERRALS
from services.projects.domain.referral.commands import RecordReferral, WithdrawReferral
from services.projects.domain.values import Stage, Status
from services.projects.enterprise_desk import investor_of
from services.projects.project_rows import unsigned
from services.projects.protection_desk import referrals_id, registered, scopes_of, unknown_lead
from services.projects.referral_desk import investor_of_lead, known_party, named_in_chains
from services.projects.referral_graph import Graph
from services.projects.visibility import MASK, check_reader, shown
from sevenx.kernel.auth import Principal
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel

router = APIRouter(prefix="/referrals", tags=["referrals 以企引企"])
ReferralNumber = Annotated[int, Path(ge=1, le=999_999, examples=[1])]
PartyKey = Annotated[
    str | None,
    Query(
        pattern=r"^([0-9A-Z]{18}|n-[0-9a-f]{16})$",
        description="Key of the party: its credit code, or what another answer calls it",
        examples=["91000000MA0000001R"],
    ),
]


class PartyView(View):
    key: str | None = Field(description="Credit code, or `n-` and a hash of the name; null where the name is masked")
    name: str = Field(description="Masked where nothing is signed and the reader does not work on it")


class ReferrerView(PartyView):
    direct: int = Field(description="Investors that it brought itself")
    batch: int = Field(description="All that came through it (带来一批)")
    generations: int
    direct_projects: int = Field(description="Projects of investors that it brought itself; without extensions")
    indirect_projects: int = Field(description="Projects of those who came through them")
    signed: int = Field(description="Contracts signed by those whom it brought")
    contract_amount: Decimal = Field(description="Their amounts, yuan")


class ReferrerList(View):
    items: list[ReferrerView]


class BroughtProject(View):
    """A project that came through a referrer; masked while it is unsigned and the reader works elsewhere."""

    id: str
    name: str
    generation: int = Field(description="1: of an investor that it brought itself")
    stage: Stage
    status: Status
    contract_amount: Decimal | None
    extends: str | None = Field(description="The project that it extends (增资), where it is no project of its own")


class ChainView(ReferrerView):
    """An investor's place in the graph."""

    depth: int = Field(description="How many stand above it")
    brought_by: list[PartyView] = Field(description="Who brought it, who brought that one … up to the first")
    brought: list[list[PartyView]] = Field(description="Whom it brought, by generation")
    projects: list[BroughtProject] = Field(description="What became of it (一个带一批): every project, by generation")


class ReferralView(View):
    referral: int
    referrer: PartyView
    referred: PartyView
    lead: str | None
    note: str


class ReferralList(View):
    items: list[ReferralView]
    next: int | None = Field(description="`cursor` of the next page; null on the last")


@router.post("", status_code=201)
async def record(body: m.ReferralBody, desk: Commands, reads: ReadModel) -> Answer:
    """Record who brought whom. A chain cannot close a circle, and an investor is brought by one. A lead that is named
    tells who brought its own investor: of another's, it is refused."""
    scopes = scopes_of(await registered(desk, body.lead)) if body.lead else {}
    referrer = await investor_of(desk, body.referrer.party())
    referred = await investor_of(desk, body.referred.party())
    command = RecordReferral(
        referrer,
        referred,
        desk.today(),
        desk.principal.subject,
        body.lead,
        body.note,
        lead_investor=await investor_of_lead(desk, reads, body.lead) if body.lead else None,
        referred_keys=(await known_party(desk, reads, referred)).keys if body.lead else frozenset(),
        named=await named_in_chains(desk, reads, referrer, referred),
    )
    return await desk.give(REFERRALS, referrals_id(desk.principal.district), command, scopes)


@router.post("/{referral}/withdraw")
async def withdraw(referral: ReferralNumber, body: m.WithdrawReferralBody, desk: Commands) -> Answer:
    """Withdraw a referral that was recorded by mistake; it stays on record and no longer counts."""
    command = WithdrawReferral(referral, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(REFERRALS, referrals_id(desk.principal.district), command)


@router.get("")
async def list_referrals(
    asking: Asking,
    reads: ReadModel,
    cursor: Annotated[int, Query(ge=0, le=999_999, description="`next` of a page")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="Rows on a page")] = 50,
) -> ReferralList:
    """Referrals that hold, in the order of recording."""
    check_reader(asking)
    edges = await reads.rows(q.page(cursor, limit))
    graph = await Graph.read(reads, edges[:limit])
    last = int(edges[limit - 1]["referral"]) if len(edges) > limit else None
    return ReferralList(items=[referral_view(graph, asking, one) for one in graph.edges], next=last)


@router.get("/top")
async def top(asking: Asking, reads: ReadModel, limit: Annotated[int, Query(ge=1, le=100)] = 10) -> ReferrerList:
    """Who brought most: the largest batch first (二(三): 带来一批)."""
    check_reader(asking)
    parties = [row["party"] for row in await reads.rows(q.ranking(limit))]
    graph = await Graph.read(reads, await reads.rows(q.of_all(parties)))
    return ReferrerList(items=[_referrer(graph, asking, one) for one in parties])


@router.get("/chain")
async def of_party(
    asking: Asking,
    reads: ReadModel,
    party: PartyKey = None,
    lead: Annotated[str | None, Query(pattern=r"^[0-9]{6}-L-[0-9]{4}-[0-9]{4,}$")] = None,
) -> ChainView:
    """An investor's chain: who brought it, whom it brought. Asked by its key or by one of its leads."""
    check_reader(asking)
    key = party or await _investor_of(lead, reads)
    graph = await Graph.read(reads, await reads.rows(q.around(key)))
    if key not in graph.names:
        raise Problem(404, "no-referral", "没有该投资方的引荐记录。", "No referral tells of this party.")
    return ChainView(
        **_referrer(graph, asking, key).model_dump(),
        depth=len(graph.up(key)) - 1,
        brought_by=[_party(graph, asking, one) for one in graph.up(key)[1:]],
        brought=[[_party(graph, asking, one) for one in generation] for generation in graph.down(key)],
        projects=[_project(asking, generation, one) for generation, one in graph.projects(key)],
    )


async def _investor_of(lead: str | None, reads: ReadModel) -> str:
    if lead is None:
        raise Problem(
            422, "party-missing", "请给出 party 或 lead 之一。", "Name the investor by `party`, or one of its leads."
        )
    key = await reads.scalar(select(t.lead.c.investor_key).where(t.lead.c.stream == lead))
    if key is None:
        raise unknown_lead(lead)
    return str(key)


def referral_view(graph: Graph, principal: Principal, edge: Mapping[str, Any]) -> ReferralView:
    """A referral as this reader sees it."""
    return ReferralView(
        referral=edge["referral"],
        referrer=_party(graph, principal, edge["referrer_key"]),
        referred=_party(graph, principal, edge["referred_key"]),
        lead=edge["lead"],
        note=edge["note"],
    )


def _party(graph: Graph, principal: Principal, key: str) -> PartyView:
    name = graph.name(principal, key)
    return PartyView(key=None if name == MASK else key, name=name)


def _project(principal: Principal, generation: int, lead: Mapping[str, Any]) -> BroughtProject:
    seen = shown(principal, lead, unsigned(lead))
    same = {name: seen[name] for name in ("name", "stage", "status", "contract_amount", "extends")}
    return BroughtProject(id=lead["project"], generation=generation, **same)


def _referrer(graph: Graph, principal: Principal, key: str) -> ReferrerView:
    counted = graph.counted(key)
    return ReferrerView(**_party(graph, principal, key).model_dump(), **asdict(counted))
