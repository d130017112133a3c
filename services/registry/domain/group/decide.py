"""The rules about a group: its forming, its units and its duties. Posts and plans have modules of their own."""

from __future__ import annotations

from services.registry.domain.correction import RollBackImport, roll_back
from services.registry.domain.ids import refuse_id
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import (
    AdoptAnnualPlan,
    AdoptPlan,
    AnnounceLiaisonEnd,
    AppointDeputy,
    AppointLeader,
    ApprovePlan,
    AssignLeadUnit,
    AssignResponsibleUnit,
    Command,
    DesignateLiaison,
    DraftPlan,
    FormGroup,
    HandOverDeputy,
    HandOverLeader,
    HandOverLiaison,
    ReleaseDeputy,
    ReleaseLeader,
    ReturnPlan,
    SetDuties,
    SetTarget,
    SubmitPlan,
    WithdrawLeadUnit,
    WithdrawResponsibleUnit,
)
from .events import (
    DutiesSet,
    GroupFormed,
    LeadUnitAssigned,
    LeadUnitWithdrawn,
    ResponsibleUnitAssigned,
    ResponsibleUnitWithdrawn,
)
from .plan_versions import adopt, approve, draft, send_back, submit
from .plans import adopt_plan, set_target
from .posts import (
    announce_liaison_end,
    appoint_deputy,
    appoint_leader,
    designate_liaison,
    hand_over_deputy,
    hand_over_leader,
    hand_over_liaison,
    release_deputy,
    release_leader,
)
from .state import Group


def decide(command: Command, state: Group) -> Decision:
    if isinstance(command, FormGroup):
        return form(command, state)
    if state.number == 0:
        return Rejection(
            "group-unknown", zh="该招商小组尚未成立。", en="The group is not formed.", rule="一", status=404
        )
    match command:
        case AssignLeadUnit():
            return assign_lead_unit(command, state)
        case WithdrawLeadUnit():
            return withdraw_lead_unit(command, state)
        case AssignResponsibleUnit():
            return assign_responsible_unit(command, state)
        case WithdrawResponsibleUnit():
            return withdraw_responsible_unit(command, state)
        case SetDuties():
            return set_duties(command, state)
        case AppointLeader():
            return appoint_leader(command, state)
        case ReleaseLeader():
            return release_leader(command, state)
        case AppointDeputy():
            return appoint_deputy(command, state)
        case ReleaseDeputy():
            return release_deputy(command, state)
        case DesignateLiaison():
            return designate_liaison(command, state)
        case HandOverLeader():
            return hand_over_leader(command, state)
        case HandOverDeputy():
            return hand_over_deputy(command, state)
        case HandOverLiaison():
            return hand_over_liaison(command, state)
        case AnnounceLiaisonEnd():
            return announce_liaison_end(command, state)
        case AdoptAnnualPlan():
            return adopt_plan(command, state)
        case SetTarget():
            return set_target(command, state)
        case DraftPlan():
            return draft(command, state)
        case SubmitPlan():
            return submit(command, state)
        case ApprovePlan():
            return approve(command, state)
        case ReturnPlan():
            return send_back(command, state)
        case AdoptPlan():
            return adopt(command, state)
        case RollBackImport():
            return roll_back(command, state)


def form(command: FormGroup, state: Group) -> Decision:
    """一: a group is formed once, under its number."""
    if command.number < 1:
        return Rejection("group-number", zh="小组序号从1起。", en="Groups are numbered from one.", rule="一")
    if state.number == 0:
        return [GroupFormed(command.number, command.zh, command.en, command.clause, command.formed_on, command.assumed)]
    if (state.number, state.zh) == (command.number, command.zh):
        return []
    return Rejection(
        "group-differs",
        zh=f"该编号已是{state.zh}，与{command.zh}不符。",
        en=f"The id is {state.zh} already, not {command.zh}.",
        rule="一",
        status=409,
    )


def assign_lead_unit(command: AssignLeadUnit, state: Group) -> Decision:
    """一, 三（二）: a group has one or two lead units, each with its industry where the notice states one."""
    if refused := refuse_id("U", command.unit):
        return refused
    if state.is_lead(command.unit):
        return []
    if state.is_responsible(command.unit):
        return _both_parts(command.unit, state)
    position = state.last_position + 1
    return [LeadUnitAssigned(command.unit, command.as_named, command.industry, position, command.effective)]


def withdraw_lead_unit(command: WithdrawLeadUnit, state: Group) -> Decision:
    """三（二）: somebody must run the group's daily work, so that the last lead unit stays."""
    if not state.is_lead(command.unit):
        return []
    if len(state.lead_units) == 1:
        return Rejection(
            "last-lead-unit",
            zh=f"{state.zh}须至少有一个牵头单位；请先指定新的牵头单位。",
            en=f"{state.en} needs a lead unit; assign the new one first.",
            rule="三（二）",
            status=409,
        )
    return [LeadUnitWithdrawn(command.unit, command.effective, command.reason)]


def assign_responsible_unit(command: AssignResponsibleUnit, state: Group) -> Decision:
    """一: a unit is a responsible unit once, though group four names the natural resources branch under two names."""
    if refused := refuse_id("U", command.unit):
        return refused
    if state.is_responsible(command.unit):
        return []
    if state.is_lead(command.unit):
        return _both_parts(command.unit, state)
    position = state.last_position + 1
    return [ResponsibleUnitAssigned(command.unit, command.as_named, position, command.effective)]


def withdraw_responsible_unit(command: WithdrawResponsibleUnit, state: Group) -> Decision:
    """一: a unit's part may end; past reports keep it."""
    if not state.is_responsible(command.unit):
        return []
    return [ResponsibleUnitWithdrawn(command.unit, command.effective, command.reason)]


def set_duties(command: SetDuties, state: Group) -> Decision:
    """一: the duties stand verbatim; an item is a stretch of their text."""
    strange = [item for item in command.items if item not in command.text]
    if strange or not command.text.strip():
        return Rejection(
            "duties-differ",
            zh=f"下列职责条目不在职责原文中：{'、'.join(strange)}。" if strange else "请填写工作职责。",
            en=f"These items do not stand in the duties' text: {', '.join(strange)}."
            if strange
            else "Give the duties.",
            rule="一",
            details={"items": strange},
        )
    if (state.duties, state.duty_items) == (command.text, command.items):
        return []
    return [DutiesSet(command.text, command.items, command.clause)]


def _both_parts(unit: str, state: Group) -> Rejection:
    return Rejection(
        "lead-and-responsible",
        zh=f"{unit}不能在{state.zh}中既是牵头单位又是责任单位。",
        en=f"{unit} cannot be both a lead unit and a responsible unit of {state.en}.",
        rule="一",
        status=409,
    )
