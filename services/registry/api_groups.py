"""Commands on the groups: their posts, their units, their plans and targets."""

from __future__ import annotations

from fastapi import APIRouter

from services.registry.api_models import (
    AnnualPlanBody,
    AppointBody,
    DesignateBody,
    HandoverBody,
    LiaisonEndBody,
    MemberBody,
    ReleaseBody,
    TargetBody,
    WithdrawBody,
)
from services.registry.api_types import GroupId, UnitId
from services.registry.deciders import GROUP
from services.registry.domain.group.commands import (
    AdoptAnnualPlan,
    AnnounceLiaisonEnd,
    AppointDeputy,
    AppointLeader,
    AssignLeadUnit,
    AssignResponsibleUnit,
    Command,
    DesignateLiaison,
    HandOverDeputy,
    HandOverLeader,
    HandOverLiaison,
    ReleaseDeputy,
    ReleaseLeader,
    SetTarget,
    WithdrawLeadUnit,
    WithdrawResponsibleUnit,
)
from services.registry.facts import handed_over, person_name, unit_named
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands

router = APIRouter(prefix="/groups/{group_id}", tags=["groups 招商小组"])


async def _give(desk: CommandDesk, group_id: str, command: Command) -> Answer:
    return await desk.give(GROUP, group_id, command, {"group": group_id})


@router.post("/leader")
async def appoint_leader(group_id: GroupId, body: AppointBody, desk: Commands) -> Answer:
    """Appoint the leader (组长). A holder is released on the same day, and still stands in what is told of the past."""
    name, day = await person_name(desk, body.person), body.effective or desk.today()
    return await _give(desk, group_id, AppointLeader(body.person, name, day, body.assumed, body.basis))


@router.post("/leader/release")
async def release_leader(group_id: GroupId, body: ReleaseBody, desk: Commands) -> Answer:
    """Release the leader without a successor."""
    return await _give(desk, group_id, ReleaseLeader(body.effective or desk.today(), body.reason))


@router.post("/deputy")
async def appoint_deputy(group_id: GroupId, body: AppointBody, desk: Commands) -> Answer:
    """Appoint the deputy (副组长). Groups five to seven have none in the notice and may be given one."""
    name, day = await person_name(desk, body.person), body.effective or desk.today()
    return await _give(desk, group_id, AppointDeputy(body.person, name, day, body.assumed, body.basis))


@router.post("/deputy/release")
async def release_deputy(group_id: GroupId, body: ReleaseBody, desk: Commands) -> Answer:
    """Release the deputy without a successor."""
    return await _give(desk, group_id, ReleaseDeputy(body.effective or desk.today(), body.reason))


@router.post("/liaison")
async def designate_liaison(group_id: GroupId, body: DesignateBody, desk: Commands) -> Answer:
    """Designate the group's one liaison (三（三）), who files its monthly report: by its leader or deputy, the Commerce
    Bureau or the district office."""
    name, day = await person_name(desk, body.person), body.effective or desk.today()
    return await _give(desk, group_id, DesignateLiaison(body.person, name, day, body.basis))


@router.post("/leader/handover")
async def hand_over_leader(group_id: GroupId, body: HandoverBody, desk: Commands) -> Answer:
    """Hand the leader's post over (交接): release and appointment on one day, with what was handed over."""
    return await _give(desk, group_id, HandOverLeader(**await handed_over(desk, body)))


@router.post("/deputy/handover")
async def hand_over_deputy(group_id: GroupId, body: HandoverBody, desk: Commands) -> Answer:
    """Hand the deputy's post over (交接)."""
    return await _give(desk, group_id, HandOverDeputy(**await handed_over(desk, body)))


@router.post("/liaison/handover")
async def hand_over_liaison(group_id: GroupId, body: HandoverBody, desk: Commands) -> Answer:
    """Hand the liaison's post over (交接): one liaison before and one after, and the ledgers go with the post."""
    return await _give(desk, group_id, HandOverLiaison(**await handed_over(desk, body)))


@router.post("/liaison/end")
async def announce_liaison_end(group_id: GroupId, body: LiaisonEndBody, desk: Commands) -> Answer:
    """Announce that the liaison is to leave. He goes on until a successor begins; `/vacancies` warns until then."""
    return await _give(desk, group_id, AnnounceLiaisonEnd(body.ends_on, body.reason, desk.today()))


@router.post("/lead-units")
async def assign_lead_unit(group_id: GroupId, body: MemberBody, desk: Commands) -> Answer:
    """Make a unit a lead unit (牵头单位), which runs the group's daily work (三（二）)."""
    unit, day = await unit_named(desk, body.unit), body.effective or desk.today()
    return await _give(desk, group_id, AssignLeadUnit(unit, body.unit, body.industry, day))


@router.post("/lead-units/{unit_id}/withdraw")
async def withdraw_lead_unit(group_id: GroupId, unit_id: UnitId, body: WithdrawBody, desk: Commands) -> Answer:
    """End a unit's part as a lead unit. The last one stays."""
    return await _give(desk, group_id, WithdrawLeadUnit(unit_id, body.effective or desk.today(), body.reason))


@router.post("/responsible-units")
async def assign_responsible_unit(group_id: GroupId, body: MemberBody, desk: Commands) -> Answer:
    """Make a unit a responsible unit (责任单位)."""
    unit, day = await unit_named(desk, body.unit), body.effective or desk.today()
    return await _give(desk, group_id, AssignResponsibleUnit(unit, body.unit, day))


@router.post("/responsible-units/{unit_id}/withdraw")
async def withdraw_responsible_unit(group_id: GroupId, unit_id: UnitId, body: WithdrawBody, desk: Commands) -> Answer:
    """End a unit's part as a responsible unit."""
    return await _give(desk, group_id, WithdrawResponsibleUnit(unit_id, body.effective or desk.today(), body.reason))


@router.post("/annual-plans")
async def adopt_annual_plan(group_id: GroupId, body: AnnualPlanBody, desk: Commands) -> Answer:
    """Approve a version of the annual action plan (年度行动方案, 三（二）), as its leader or a district leader."""
    await person_name(desk, body.drafted_by)
    approved_on = body.approved_on or desk.today()
    command = AdoptAnnualPlan(
        body.year, body.title, body.document_sha256, body.drafted_by, desk.principal.subject, approved_on
    )
    return await _give(desk, group_id, command)


@router.post("/targets")
async def set_target(group_id: GroupId, body: TargetBody, desk: Commands) -> Answer:
    """Set a target of the year, or a unit's part of it; the parts never exceed the whole (三（二）)."""
    return await _give(desk, group_id, SetTarget(body.year, body.indicator, body.value, body.measure, body.unit))
