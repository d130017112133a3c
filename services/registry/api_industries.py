"""Industries as a tree, and where a lead's text leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import select

from services.registry import queries as q
from services.registry import tables as t
from services.registry.domain.district.events import ClaimKind, IndustryClaim, IndustryListed, OverlapDecided
from services.registry.domain.district.industries import Decisions, Industries, groups_of
from services.registry.domain.routing import route
from services.registry.industry_views import CandidateView, ClaimView, DecisionView, IndustryView, RoutingView, WordView
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["industries 产业"])
Row = Mapping[str, Any]
_Text = Annotated[
    str, Query(min_length=1, max_length=2000, description="What the lead is about", examples=["年产5万吨铝箔（模拟）"])
]


@router.get("/industries")
async def list_industries(reads: ReadModel) -> list[IndustryView]:
    """Industries with the groups whose duties claim them, the tree by `parent`. Several groups are an overlap, which
    the district office decides (一); an indicator is each group's own."""
    rows = await reads.rows(q.industries())
    industries = {row["industry"]: _listed(row) for row in rows}
    return [_view(row, industries) for row in rows]


@router.get("/industries/route")
async def route_text(
    reads: ReadModel,
    text: _Text,
) -> RoutingView:
    """Which group a lead's text belongs to by the groups' duties (一), with the words that speak for each candidate.

    Nothing is stored. Where duties overlap, all groups that claim the industry are shown and nothing is chosen: the
    district office decides by `POST /industries/{industry}/decision`. Without a candidate the Commerce Bureau assigns
    the lead by hand.
    """
    industries, decisions = await _tree(reads)
    groups = {row["stream"]: row for row in await reads.rows(select(t.work_group))}
    found = route(text, industries, decisions)
    return RoutingView(
        outcome=found.outcome,
        group=found.group,
        candidates=[
            CandidateView(
                group=one.group,
                zh=groups[one.group]["zh"] if one.group in groups else one.group,
                en=groups[one.group]["en"] if one.group in groups else one.group,
                score=one.score,
                words=[WordView(word=w.word, industry=w.industry, points=w.points) for w in one.words],
            )
            for one in found.candidates
        ],
        overlaps=list(found.overlaps),
    )


async def _tree(reads: Reads) -> tuple[Industries, Decisions]:
    rows = await reads.rows(q.industries())
    decisions = {
        row["industry"]: OverlapDecided(row["industry"], row["decided_group"], row["reason"], row["decided_on"])
        for row in rows
        if row["decided_group"]
    }
    return {row["industry"]: _listed(row) for row in rows}, decisions


def _listed(row: Row) -> IndustryListed:
    claims = tuple(
        IndustryClaim(claim["group"], ClaimKind(claim["kind"]), tuple(claim["names"])) for claim in row["claims"]
    )
    return IndustryListed(
        row["industry"],
        row["zh"],
        row["en"],
        row["indicator"],
        claims,
        row["parent"],
        tuple(row["keywords"]),
        row["keywords_source"],
    )


def _view(row: Row, industries: Industries) -> IndustryView:
    decided = row["decided_group"] and DecisionView(
        group=row["decided_group"], reason=row["reason"], decided_on=row["decided_on"]
    )
    return IndustryView(
        id=row["industry"],
        zh=row["zh"],
        en=row["en"],
        indicator=row["indicator"],
        claims=[ClaimView(**claim) for claim in row["claims"]],
        groups=list(groups_of(row["industry"], industries)),
        overlap=not row["indicator"] and len({claim["group"] for claim in row["claims"]}) > 1,
        decision=decided,
        parent=row["parent"],
        keywords=row["keywords"],
        keywords_source=row["keywords_source"],
    )
