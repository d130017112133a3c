"""Lists and pages of the area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query
from sqlalchemy import Table

from services.projects import api_views as v
from services.projects import contract_queries as cq
from services.projects import matter_queries as mq
from services.projects import queries as q
from services.projects import tables as t
from services.projects.api_baseline import baseline_of
from services.projects.api_types import LeadId, Month, ProjectId, View
from services.projects.contract_models import AmendmentView, ExtensionLine, StatisticsMonth, WithExtensions
from services.projects.contract_tables import amendment
from services.projects.domain.project.state import ZERO
from services.projects.domain.values import STAGES, ProjectType, Proof, Referee, Stage
from services.projects.gate_models import GateView
from services.projects.gate_tables import gate
from services.projects.list_filters import LeadsAsked, ProjectsAsked
from services.projects.project_rows import readable, unsigned
from services.projects.promise_models import PromiseView
from services.projects.promise_tables import promise
from services.projects.protection_desk import unknown_lead
from services.projects.rulebooks import evidence_rulebook
from services.projects.transfer_tables import transfer
from services.projects.visibility import check_reader, shown, works_on
from sevenx.kernel.http import Asking, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["lists 查询"])
ViewT = TypeVar("ViewT", bound=View)

Limit = Annotated[int, Query(ge=1, le=500, description="Rows on a page")]
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{6}-[LP]-[0-9]{4}-[0-9]+$", description="`next` of a page")]


@router.get("/leads")
async def list_leads(
    asking: Asking, asked: LeadsAsked, reads: ReadModel, cursor: Cursor = None, limit: Limit = 50
) -> v.LeadPage:
    """Leads by title, investor or number. An investor that has not signed is masked for those who don't work on it, and
    not found by them."""
    rows = await reads.rows(asked.page(cursor, limit))
    items = [v.LeadView(**shown(asking, row, unsigned=True)) for row in rows[:limit]]
    return v.LeadPage(items=items, next=_next(rows, limit))


@router.get("/leads/{lead_id}")
async def lead(lead_id: LeadId, asking: Asking, reads: ReadModel) -> v.LeadPageView:
    """One lead, with its talks and transfers for those who work on it."""
    check_reader(asking)
    row = await reads.one(q.of_stream(t.lead, lead_id))
    if row is None:
        raise unknown_lead(lead_id)
    mine = works_on(asking, row)
    return v.LeadPageView(
        **shown(asking, row, unsigned=True),
        talks=await _of(v.TalkView, t.talk, lead_id, reads) if mine else [],
        transfers=await _of(v.TransferView, transfer, lead_id, reads) if mine else [],
    )


@router.get("/projects")
async def list_projects(
    asking: Asking, asked: ProjectsAsked, reads: ReadModel, cursor: Cursor = None, limit: Limit = 50
) -> v.ProjectPage:
    """Projects by name, investor, company, project code or number. What is not signed yet is masked for those who don't
    work on it, and not found by them."""
    rows = await reads.rows(asked.page(cursor, limit))
    items = [v.ProjectView(**shown(asking, row, unsigned(row))) for row in rows[:limit]]
    return v.ProjectPage(items=items, next=_next(rows, limit))


@router.get("/projects/{project_id}")
async def project(project_id: ProjectId, asking: Asking, reads: ReadModel) -> v.ProjectPageView:
    """A project with its stages, dates, evidence, funds, credit, gates, promises, amendments, extensions and
    statistics, and what the next stage lacks."""
    row = await readable(project_id, asking, reads)
    funds = v.FundsTotals(**(await reads.one(q.funds_totals(project_id)) or {}))
    extensions = [
        ExtensionLine(**shown(asking, one, unsigned(one))) for one in await reads.rows(cq.extensions_of(project_id))
    ]
    filed = await reads.rows(q.of_stream(t.evidence, project_id))
    return v.ProjectPageView(
        **row,
        stages=sorted(await _of(v.StageView, t.project_stage, project_id, reads), key=lambda one: one.stage.rank),
        agreed_dates=sorted(await _of(v.AgreedDateView, t.agreed_date, project_id, reads), key=lambda s: s.stage.rank),
        evidence=[v.EvidenceView(**one) for one in filed],
        intents=await _of(v.IntentView, t.intent, project_id, reads),
        talks=await _of(v.TalkView, t.talk, project_id, reads),
        claims=await _of(v.ClaimView, t.funds_claim, project_id, reads),
        funds=funds,
        credit=await _of(v.CreditView, t.credit, project_id, reads),
        gates=await _of(GateView, gate, project_id, reads),
        promises=await _of(PromiseView, promise, project_id, reads),
        amendments=await _of(AmendmentView, amendment, project_id, reads),
        extensions=extensions,
        with_extensions=_together(row, funds, extensions),
        statistics=[StatisticsMonth(**one) for one in await reads.rows(cq.statistics_of(project_id))],
        next_stage=_next_stage(row, filed),
        baseline=await baseline_of(project_id, reads) if row["baseline_standing"] else None,
    )


@router.get("/projects/{project_id}/timeline")
async def timeline(project_id: ProjectId, asking: Asking, reads: ReadModel) -> v.Timeline:
    """Every event of the project and of its procedures and problems, as it was."""
    await readable(project_id, asking, reads)
    rows = await reads.rows(mq.timeline(project_id))
    return v.Timeline(id=project_id, events=[v.TimelineEntry(**row) for row in rows])


@router.get("/funds")
async def funds(
    asking: Asking,
    reads: ReadModel,
    project: Annotated[str | None, Query(pattern=r"^[0-9]{6}-P-[0-9]{4}-[0-9]+$")] = None,
    month: Month | None = None,
    step: Annotated[str | None, Query(pattern="^(claimed|checked|recognised)$")] = None,
    referee: Referee | None = None,
    limit: Limit = 200,
) -> v.ClaimList:
    """Claims of funds in place, oldest month first: what waits for whom."""
    check_reader(asking)
    rows = await reads.rows(q.claims(project, month, step, referee, limit))
    return v.ClaimList(items=[v.ClaimView(**row) for row in rows])


@router.get("/summary")
async def summary(asking: Asking, reads: ReadModel) -> v.Summary:
    """Projects by group, stage and status, with contract amounts and funds."""
    check_reader(asking)
    return v.Summary(rows=[v.SummaryRow(**row) for row in await reads.rows(q.summary())])


@router.get("/evidence-rulebook")
async def rulebook(asking: Asking) -> v.RulebookView:
    """Which documents each stage needs, by type of project. One of `any_of` will do."""
    check_reader(asking)
    rules = evidence_rulebook()
    return v.RulebookView(
        version=rules.version,
        kinds={kind: v.KindView(zh=name.zh, en=name.en) for kind, name in rules.kinds.items()},
        requirements=[
            v.RequirementView(stage=stage, project_type=kind, any_of=list(need.any_of))
            for (stage, kind), needs in rules.needs.items()
            for need in needs
        ],
    )


async def _of(view: type[ViewT], table: Table, stream: str, reads: Reads) -> list[ViewT]:
    return [view(**row) for row in await reads.rows(q.of_stream(table, stream))]


def _together(row: Mapping[str, Any], funds: v.FundsTotals, extensions: Sequence[ExtensionLine]) -> WithExtensions:
    """One project counts once: the base and the increments of what extends it."""
    increment = sum((one.contract_amount or ZERO for one in extensions), ZERO)
    return WithExtensions(
        extensions=len(extensions),
        contract_amount=(row["contract_amount"] or ZERO) + increment,
        increment=increment,
        checked=funds.checked + sum((one.checked for one in extensions), ZERO),
        recognised=funds.recognised + sum((one.recognised for one in extensions), ZERO),
    )


def _next(rows: Sequence[Mapping[str, Any]], limit: int) -> str | None:
    return str(rows[limit - 1]["stream"]) if len(rows) > limit else None


def _next_stage(row: Mapping[str, Any], filed: Sequence[Mapping[str, Any]]) -> v.NextStage | None:
    at = Stage(row["stage"])
    if at is Stage.AT_CAPACITY:
        return None
    rules, stage = evidence_rulebook(), STAGES[at.rank + 1]
    proofs = [Proof(one["kind"], one["sha256"]) for one in filed if not one["withdrawn"]]
    missing = rules.missing(stage, ProjectType(row["project_type"]), proofs)
    return v.NextStage(
        stage=stage,
        missing=[v.MissingView(any_of=list(need.any_of), zh=rules.zh(need), en=rules.en(need)) for need in missing],
    )
