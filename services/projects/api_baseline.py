"""Projects of old ledgers (历史台账): their import, approval and what they still lack (待补)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.projects import baseline_models as m
from services.projects import baseline_queries as q
from services.projects.api_types import GroupId, ProjectId
from services.projects.baseline_file import LedgerFile
from services.projects.baseline_import import ledger_of, take_over
from services.projects.deciders import PROJECT
from services.projects.domain.project.baseline_commands import ApproveBaseline, BaselineProject, RejectBaseline
from services.projects.domain.project.baselining import missing_up_to
from services.projects.domain.rulebook import Requirement
from services.projects.domain.values import Stage
from services.projects.permissions import PERMISSIONS
from services.projects.project_desk import existing, scopes_of
from services.projects.project_rows import unsigned
from services.projects.rulebooks import evidence_rulebook
from services.projects.visibility import check_reader, shown
from sevenx.kernel.auth import authorize
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(prefix="/projects", tags=["baseline 历史台账"])
Limit = Annotated[int, Query(ge=1, le=500, description="Items on a page")]
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{6}-P-[0-9]{4}-[0-9]{1,15}~[0-9]{1,4}$")]


@router.post("/baseline")
async def import_ledger(body: m.ImportLedgerBody, desk: Commands, reads: ReadModel) -> m.ImportLedgerAnswer:
    """Take over the projects of an old ledger (历史台账) with their real dates; each waits for the Commerce Bureau.

    All of it is stored or, with an error anywhere, nothing: the problem `ledger-invalid` lists every error with its
    cell. With `dry_run` nothing is stored. The same file a second time says so and changes nothing.
    """
    authorize(desk.principal, PERMISSIONS[BaselineProject], {}, BaselineProject.__name__)
    earlier = await desk.earlier()
    file = LedgerFile(body.file, body.content)
    ledger = await ledger_of(desk, reads, file, body.mapping)
    given = None if body.dry_run or ledger.imported else await take_over(desk, ledger)
    rules = evidence_rulebook()
    rows = [
        m.BaselinedRow(
            row=one.row.number,
            project=one.stream,
            name=one.command.name,
            stage=one.command.stage,
            missing=len(missing_up_to(one.command.stage, one.command.project_type, rules)),
        )
        for one in ledger.rows
    ]
    return m.ImportLedgerAnswer(
        position=given.position if given else None,
        after=given.after if given else [],
        dry_run=body.dry_run,
        replayed=earlier is not None,
        unchanged=ledger.imported,
        file=file.name,
        sha256=file.sha256,
        projects=rows,
        missing=sum(one.missing for one in rows),
        baselined_funds=sum((one.command.baselined_funds or Decimal(0) for one in ledger.rows), Decimal(0)),
    )


@router.get("/missing-evidence")
async def missing_evidence(
    asking: Asking,
    reads: ReadModel,
    group: GroupId | None = None,
    stage: Stage | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> m.MissingPage:
    """What projects of old ledgers still lack (待补), by project. Filing one of `any_of` takes an item off."""
    check_reader(asking)
    after = None
    if cursor is not None:
        stream, _, number = cursor.partition("~")
        after = (stream, int(number))
    rows = await reads.rows(q.missing_page(group, stage, after, limit))
    items = [_line(shown(asking, row, unsigned(row))) for row in rows[:limit]]
    last = items[-1] if len(rows) > limit else None
    return m.MissingPage(items=items, next=f"{last.project}~{last.number}" if last else None)


@router.post("/{project_id}/baseline/approve")
async def approve_baseline(project_id: ProjectId, body: m.ApproveBaselineBody, desk: Commands) -> Answer:
    """Approve what was taken over (审定通过): the project goes on from its stage. Not by whoever took it over."""
    await existing(desk, project_id)
    command = ApproveBaseline(desk.today(), desk.principal.subject, body.note)
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.post("/{project_id}/baseline/reject")
async def reject_baseline(project_id: ProjectId, body: m.RejectBaselineBody, desk: Commands) -> Answer:
    """Reject what was taken over (审定未通过), with the reason: the project is over. Not by whoever took it over."""
    await existing(desk, project_id)
    command = RejectBaseline(body.reason, desk.today(), desk.principal.subject)
    return await desk.give(PROJECT, project_id, command, scopes_of)


async def baseline_of(project_id: str, reads: Reads) -> m.BaselineView | None:
    """The part `baseline` of a project's page; None for one that comes from a lead."""
    source = await reads.one(q.source_of(project_id))
    if source is None:
        return None
    rows = await reads.rows(q.missing_of(project_id))
    return m.BaselineView(**source, missing=[m.MissingItem(**_item(row)) for row in rows])


def _item(row: Mapping[str, Any]) -> dict[str, Any]:
    rules, need = evidence_rulebook(), Requirement(tuple(row["any_of"]))
    return {
        "number": row["number"],
        "stage": row["of_stage"],
        "any_of": row["any_of"],
        "zh": rules.zh(need),
        "en": rules.en(need),
    }


def _line(row: Mapping[str, Any]) -> m.MissingLine:
    return m.MissingLine(
        **_item(row),
        project=row["stream"],
        name=row["name"],
        group=row["group_id"],
        finder=row["finder"],
        landing_unit=row["landing_unit"],
        standing=row["baseline_standing"],
    )
