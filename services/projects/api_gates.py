"""Gates before the contract (前置程序): what was held, what is missing, and the rulebook that asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path

from services.projects import gate_models as m
from services.projects import queries as q
from services.projects.api_types import ProjectId
from services.projects.deciders import PROJECT
from services.projects.domain.gates_rulebook import GatesRulebook
from services.projects.domain.project.events import Gate, GateOutcome
from services.projects.domain.project.gate_commands import RecordGate, TakeGateBack
from services.projects.domain.values import ProjectType, Stage
from services.projects.gate_tables import gate
from services.projects.project_desk import existing, scopes_of
from services.projects.project_rows import readable
from services.projects.roster import roster_of
from services.projects.rulebooks import gates_rulebook
from services.projects.visibility import check_reader
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel

router = APIRouter(tags=["gates 前置程序"])
GateNumber = Annotated[int, Path(ge=1, le=9999, examples=[1])]
Row = Mapping[str, Any]


@router.post("/projects/{project_id}/gates", status_code=201)
async def record_gate(project_id: ProjectId, body: m.RecordGateBody, desk: Commands, reads: ReadModel) -> Answer:
    """Record that a gate was held: 初判, 部门联审, 合法性审核, 公平竞争审查, 集体决策. A failed one may be held again;
    all are kept."""
    state = await existing(desk, project_id)
    (await roster_of(reads)).check_units(*body.departments)
    command = RecordGate(
        gate=body.gate,
        held_on=body.held_on,
        body=body.body,
        departments=tuple(dict.fromkeys(body.departments)),
        outcome=body.outcome,
        reference=body.reference,
        document_sha256=body.document_sha256,
        today=desk.today(),
        by=desk.principal.subject,
        conditions=body.conditions,
    )
    judging = state.opened.group if state.opened and body.gate is Gate.PRELIMINARY else None
    return await desk.give(PROJECT, project_id, command, {"judging": judging})


@router.post("/projects/{project_id}/gates/{number}/take-back")
async def take_gate_back(project_id: ProjectId, number: GateNumber, body: m.TakeGateBackBody, desk: Commands) -> Answer:
    """Take back a gate that was recorded by mistake; what was held before it holds again."""
    await existing(desk, project_id)
    command = TakeGateBack(number, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.get("/projects/{project_id}/gates")
async def gates(project_id: ProjectId, asking: Asking, reads: ReadModel) -> m.GatesView:
    """All gates that were held, and those that are missing for the project's type and amount: the contract's, before it
    the planned investment."""
    row = await readable(project_id, asking, reads)
    held, rules = await reads.rows(q.of_stream(gate, project_id)), gates_rulebook()
    signed = await reads.one(q.stage_of(project_id, Stage.SIGNED))
    return m.GatesView(
        held=[m.GateView(**one) for one in held],
        missing=missing(row, held, rules, signed["reached_on"] if signed else date.max),
        required_from=(await roster_of(reads)).gates_required_from(),
        rulebook=rules.version,
    )


def missing(project: Row, held: Sequence[Row], rules: GatesRulebook, by: date) -> list[m.MissingGateView]:
    """What a project still lacks; once it is signed, what it lacked on that day."""
    amount = project["planned_investment"] if project["contract_amount"] is None else project["contract_amount"]
    latest: dict[str, Row] = {}
    for one in sorted(held, key=lambda one: (one["held_on"], one["number"])):
        if not one["taken_back"] and one["held_on"] <= by:
            latest[one["gate"]] = one
    return [
        m.MissingGateView(gate=of, zh=rules.names[of].zh, en=rules.names[of].en, failed=of in latest)
        for of in rules.required(ProjectType(project["project_type"]), amount)
        if of not in latest or latest[of]["outcome"] == GateOutcome.FAILED
    ]


@router.get("/gates-rulebook")
async def rulebook(asking: Asking) -> m.GatesRulebookView:
    """Which gates a project passes before its contract, by type of project and by amount."""
    check_reader(asking)
    rules = gates_rulebook()
    return m.GatesRulebookView(
        version=rules.version,
        needs=[
            m.GateNeedView(gate=of, zh=rules.names[of].zh, en=rules.names[of].en, project_type=kind, from_amount=amount)
            for (kind, of), amount in rules.needs.items()
        ],
    )
