"""How the events of groups, posts and plans write the registry's read model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.registry import tables as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

of_groups = Projections(t.metadata)

_HANDED_OVER = {
    ("PostHandedOver", "leader"): "group_leader",
    ("PostHandedOver", "deputy"): "group_deputy",
    ("PostHandedOver", "liaison"): "liaison",
    ("UnitPostHandedOver", "head"): "unit_head",
    ("UnitPostHandedOver", "liaison"): "unit_liaison",
}
_LATER = (
    "submitted_by",
    "submitted_on",
    "decided_by",
    "decided_on",
    "reason",
    "adopted_by",
    "adopted_on",
)
_MEMBERS = {
    "LeadUnitAssigned": ("lead", True),
    "LeadUnitWithdrawn": ("lead", False),
    "ResponsibleUnitAssigned": ("responsible", True),
    "ResponsibleUnitWithdrawn": ("responsible", False),
}


@of_groups.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(t.work_group, **event.data)


@of_groups.on("registry.DutiesSet")
def duties_set(event: Recorded, rows: Changes) -> None:
    rows.set(t.work_group, duties=event.data["text"], duty_items=event.data["items"])


@of_groups.on(*(f"registry.{name}" for name in _MEMBERS))
def member_changed(event: Recorded, rows: Changes) -> None:
    part, begins = _MEMBERS[event.name]
    told = event.data
    rows.put(
        t.group_member,
        event.version,
        part=part,
        unit=told["unit"],
        begins=begins,
        effective=told["effective"],
        position=told.get("position"),
        as_named=told.get("as_named"),
        industry=told.get("industry"),
    )


@of_groups.on("registry.LiaisonEndAnnounced", "registry.UnitLiaisonEndAnnounced")
def liaison_end_announced(event: Recorded, rows: Changes) -> None:
    told, role = event.data, "unit_liaison" if event.name.startswith("Unit") else "liaison"
    if told["ends_on"] is None:
        rows.delete(t.post_ending, role)
    else:
        rows.put(t.post_ending, role, person=told["person"], ends_on=told["ends_on"], reason=told["reason"])


@of_groups.on("registry.LiaisonDesignated", "registry.UnitLiaisonDesignated")
def liaison_designated(event: Recorded, rows: Changes) -> None:
    rows.delete(t.post_ending, "unit_liaison" if event.name.startswith("Unit") else "liaison")


@of_groups.on("registry.PostHandedOver", "registry.UnitPostHandedOver")
def post_handed_over(event: Recorded, rows: Changes) -> None:
    told = dict(event.data)
    rows.put(t.handover, event.version, role=_HANDED_OVER[event.name, told.pop("post")], **told)


@of_groups.on("registry.AnnualPlanAdopted")
def annual_plan_adopted(event: Recorded, rows: Changes) -> None:
    plan = dict(event.data)
    rows.put(t.annual_plan, plan.pop("year"), plan.pop("version"), **plan)


@of_groups.on("registry.TargetSet")
def target_set(event: Recorded, rows: Changes) -> None:
    target = event.data
    key = (target["year"], target["indicator"], target["unit"] or "")
    rows.put(t.target, *key, value=target["value"], measure=target["measure"])


@of_groups.on("registry.PlanDrafted")
def plan_drafted(event: Recorded, rows: Changes) -> None:
    plan = event.data
    rows.put(
        t.plan_version,
        plan["year"],
        plan["version"],
        title=plan["title"],
        document_sha256=plan["document_sha256"],
        targets=[_planned(target) for target in plan["targets"]],
        status="draft",
        drafted_by=plan["drafted_by"],
        drafted_on=plan["drafted_on"],
        **dict.fromkeys(_LATER),
    )
    if plan["supersedes"] is not None:
        rows.set(t.plan_version, plan["year"], plan["supersedes"], status="superseded")


def _planned(target: Mapping[str, Any]) -> dict[str, Any]:
    """A planned target as JSON, its decimals as texts."""
    return {
        "indicator": target["indicator"],
        "measure": target["measure"],
        "value": str(target["value"]),
        "months": [str(value) for value in target["months"]],
        "parts": [{"unit": part["unit"], "value": str(part["value"])} for part in target["parts"]],
    }


@of_groups.on("registry.PlanSubmitted", "registry.PlanApproved", "registry.PlanReturned", "registry.PlanAdopted")
def plan_went_on(event: Recorded, rows: Changes) -> None:
    told = event.data
    changed = {
        "PlanSubmitted": lambda: {"submitted_by": told["submitted_by"], "submitted_on": told["submitted_on"]},
        "PlanApproved": lambda: {"decided_by": told["approved_by"], "decided_on": told["approved_on"]},
        "PlanReturned": lambda: {
            "decided_by": told["returned_by"],
            "decided_on": told["returned_on"],
            "reason": told["reason"],
        },
        "PlanAdopted": lambda: {"adopted_by": told["adopted_by"], "adopted_on": told["adopted_on"]},
    }[event.name]()
    status = event.name.removeprefix("Plan").lower()
    rows.set(t.plan_version, told["year"], told["version"], status=status, **changed)


@of_groups.on("registry.MonthlyTargetsSet")
def monthly_targets_set(event: Recorded, rows: Changes) -> None:
    told = event.data
    months = [str(value) for value in told["months"]]
    rows.put(t.monthly_target, told["year"], told["indicator"], measure=told["measure"], months=months)
