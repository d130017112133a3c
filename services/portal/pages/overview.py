"""`/overview`: the district on one page, for leaders."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request, Response

from services.portal.pages import charts, view
from services.portal.pages.view import STAGES, Row
from services.portal.pages.wording import Names, word
from services.portal.queries import figures, outreach, projects, reports, roster, supervision
from services.portal.queries.periods import Spans
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter()

LIGHTS = ("red", "yellow", "green")
OVER = ("lost", "terminated")
"""A project with such a status is no longer in the pipeline."""
_AHEAD = timedelta(days=30)


@router.get("/overview")
async def overview(request: Request, visit: Visitor, reads: ReadModel) -> Response:
    """Stages and lights by group, figures against targets, reports, trips, directives and what is due soon."""
    names = await view.names_for(reads, visit)
    groups = await roster.groups(reads)
    pipeline = await projects.pipeline(reads)
    current = await reports.current(reads, visit.now)
    counts = stage_counts(pipeline, await projects.open_leads(reads))
    until = visit.today + _AHEAD
    directives = await supervision.due_until(reads, until)
    return await view.show(
        request,
        "overview.html",
        visit,
        names,
        groups=groups,
        stages=("lead", *STAGES),
        counts=counts,
        in_pipeline=sum(counts["", stage] for stage in STAGES),
        stage_chart=stage_chart(groups, counts, names),
        lights=light_counts(pipeline),
        red=await projects.in_light(reads, visit.principal, "red"),
        over=sum(row["projects"] for row in pipeline if row["status"] in OVER),
        figures=await month_figures(reads, visit, groups, current),
        reports=view.by(current, "group_id"),
        period=current[0]["period"] if current else visit.period,
        quotas=await outreach.quotas(reads, visit.today.year),
        due=await projects.agreed_until(reads, visit.principal, visit.today, until),
        reports_due=[
            one
            for one in await reports.due_until(reads, visit.now + _AHEAD)
            if not current or one["period"] != current[0]["period"]
        ],
        directives_due=[one for one in directives if one["due_on"] >= visit.today],
        overdue=[one for one in directives if one["due_on"] < visit.today],
        hearings_due=await supervision.hearings_until(reads, until),
    )


def stage_counts(pipeline: list[Row], leads: dict[str, int]) -> dict[tuple[str, str], int]:
    """How many stand where, by group and stage; `lead` for leads; the group `` is the district."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in pipeline:
        if row["status"] not in OVER:
            for group in (row["group_id"], ""):
                counts[group, row["stage"]] += row["projects"]
    for group, count in leads.items():
        counts[group, "lead"] += count
        counts["", "lead"] += count
    return counts


def stage_chart(groups: list[Row], counts: dict[tuple[str, str], int], names: Names) -> dict[str, Any]:
    """The groups' projects as bars, stacked by stage."""
    series = {
        word("stage", stage, names.language): [counts[group["id"], stage] for group in groups]
        for stage in ("lead", *STAGES)
    }
    links = [f"/projects?group={group['id']}" for group in groups]
    return charts.stacked([names.group(group["id"]) for group in groups], series, links)


def light_counts(pipeline: list[Row]) -> dict[tuple[str, str], int]:
    """Projects in the pipeline by group and light; the group `` is the district."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in pipeline:
        if row["status"] not in OVER:
            for group in (row["group_id"], ""):
                counts[group, row["light"]] += row["projects"]
    return counts


async def month_figures(reads: Reads, visit: Visit, groups: list[Row], current: list[Row]) -> dict[Any, Any]:
    """Month, cumulative, target and completion by group and indicator; the group `` is the district."""
    days = (25, 31)
    if visit.deployment is not None:
        days = (visit.deployment["month_last_day"], visit.deployment["december_last_day"])
    spans = Spans.of(current[0]["period"] if current else visit.period, *days)
    basis = (await roster.settings(reads)).get("funds.monthly_basis", "first_checked")
    wanted = {"signed_count": "signed_count", "signed_amount": "signed_amount"}
    wanted["funds_in_place"] = {"claimed": "funds_claimed", "recognised": "funds_recognised"}.get(
        basis, "funds_in_place"
    )
    rows = view.by(
        await figures.sums(reads, list(wanted.values()), spans.month, spans.year, spans.before), "group_id", "indicator"
    )
    targets = await figures.targets(reads, spans.year[1].year)
    found: dict[Any, Any] = {}
    for indicator, entry in wanted.items():
        total = {"month": Decimal(0), "cumulative": Decimal(0), "target": Decimal(0)}
        for group in groups:
            row = rows.get((group["id"], entry), {})
            one = {
                "month": row.get("month") or Decimal(0),
                "cumulative": row.get("cumulative") or Decimal(0),
                "target": targets.get((group["id"], indicator), Decimal(0)),
            }
            found[group["id"], indicator] = with_completion(one)
            total = {key: total[key] + one[key] for key in total}
        found["", indicator] = with_completion(total)
    return found


def with_completion(figure: dict[str, Decimal]) -> dict[str, Any]:
    """The figure with the part of its target that is reached; null without a target."""
    target = figure["target"]
    return {**figure, "completion": figure["cumulative"] / target if target else None}
