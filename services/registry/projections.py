"""How the registry's events write its read model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.registry import tables as t
from services.registry.domain.names import spelling
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(t.metadata, version=2, include=[t.roster_posts.projections])

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


@projections.on("registry.DistrictEstablished")
def district_established(event: Recorded, rows: Changes) -> None:
    rows.put(t.district, **event.data)


@projections.on("registry.NoticeRecorded")
def notice_recorded(event: Recorded, rows: Changes) -> None:
    notice = event.data
    rows.set(
        t.district,
        notice_number=notice["number"],
        notice_issued=notice["issued"],
        notice_assumed=notice["assumed"],
    )


@projections.on("registry.CalendarPublished")
def calendar_published(event: Recorded, rows: Changes) -> None:
    published = event.data
    rows.put(
        t.calendar,
        published["year"],
        provisional=published["provisional"],
        days_off=[day.isoformat() for day in published["days_off"]],
        workdays=[day.isoformat() for day in published["workdays"]],
        source=published["source"],
    )


@projections.on("registry.SettingChanged")
def setting_changed(event: Recorded, rows: Changes) -> None:
    setting = dict(event.data)
    rows.put(t.setting, setting.pop("key"), **setting, since=event.meta.occurred_at)


@projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    industry = dict(event.data)
    rows.put(t.industry, industry.pop("industry"), **industry)


@projections.on("registry.OverlapDecided")
def overlap_decided(event: Recorded, rows: Changes) -> None:
    decided = event.data
    rows.put(
        t.overlap_decision,
        decided["industry"],
        group_id=decided["group"],
        reason=decided["reason"],
        decided_on=decided["decided_on"],
    )


@projections.on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    unit = event.data
    rows.put(
        t.unit,
        zh=unit["zh"],
        en=unit["en"],
        kind=unit["kind"],
        in_x_department=unit["in_x_department"],
        name_source=unit["name_source"],
        merged_into=None,
        merged_on=None,
    )
    rows.put(t.unit_title, event.version, zh=unit["zh"], en=unit["en"], effective=None)
    for alias in unit["aliases"]:
        _name(rows, alias["name"], alias["source"])
    _name(rows, unit["zh"], unit["name_source"])


@projections.on("registry.UnitAliasAdded")
def unit_alias_added(event: Recorded, rows: Changes) -> None:
    _name(rows, event.data["name"], event.data["source"])


@projections.on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    renamed = event.data
    rows.set(t.unit, zh=renamed["zh"], en=renamed["en"], name_source=renamed["reason"])
    _name(rows, renamed["former_zh"], "former")
    _name(rows, renamed["zh"], renamed["reason"])
    rows.put(t.unit_title, event.version, zh=renamed["zh"], en=renamed["en"], effective=renamed["effective"])


@projections.on("registry.UnitParentSet")
def unit_parent_set(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit_parent, event.version, parent=event.data["parent"], effective=event.data["effective"])


@projections.on("registry.UnitMerged")
def unit_merged(event: Recorded, rows: Changes) -> None:
    rows.set(t.unit, merged_into=event.data["into"], merged_on=event.data["effective"])


def _name(rows: Changes, name: str, source: str) -> None:
    rows.put(t.unit_name, name, spelling=spelling(name), source=source)


@projections.on("registry.PersonRegistered")
def person_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.person, zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(t.work_group, **event.data)


@projections.on("registry.DutiesSet")
def duties_set(event: Recorded, rows: Changes) -> None:
    rows.set(t.work_group, duties=event.data["text"], duty_items=event.data["items"])


@projections.on(*(f"registry.{name}" for name in _MEMBERS))
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


@projections.on("registry.LiaisonEndAnnounced", "registry.UnitLiaisonEndAnnounced")
def liaison_end_announced(event: Recorded, rows: Changes) -> None:
    told, role = event.data, "unit_liaison" if event.name.startswith("Unit") else "liaison"
    if told["ends_on"] is None:
        rows.delete(t.post_ending, role)
    else:
        rows.put(t.post_ending, role, person=told["person"], ends_on=told["ends_on"], reason=told["reason"])


@projections.on("registry.LiaisonDesignated", "registry.UnitLiaisonDesignated")
def liaison_designated(event: Recorded, rows: Changes) -> None:
    rows.delete(t.post_ending, "unit_liaison" if event.name.startswith("Unit") else "liaison")


@projections.on("registry.PostHandedOver", "registry.UnitPostHandedOver")
def post_handed_over(event: Recorded, rows: Changes) -> None:
    told = dict(event.data)
    rows.put(t.handover, event.version, role=_HANDED_OVER[event.name, told.pop("post")], **told)


@projections.on("registry.AnnualPlanAdopted")
def annual_plan_adopted(event: Recorded, rows: Changes) -> None:
    plan = dict(event.data)
    rows.put(t.annual_plan, plan.pop("year"), plan.pop("version"), **plan)


@projections.on("registry.TargetSet")
def target_set(event: Recorded, rows: Changes) -> None:
    target = event.data
    key = (target["year"], target["indicator"], target["unit"] or "")
    rows.put(t.target, *key, value=target["value"], measure=target["measure"])


@projections.on("registry.PlanDrafted")
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


@projections.on("registry.PlanSubmitted", "registry.PlanApproved", "registry.PlanReturned", "registry.PlanAdopted")
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


@projections.on("registry.MonthlyTargetsSet")
def monthly_targets_set(event: Recorded, rows: Changes) -> None:
    told = event.data
    months = [str(value) for value in told["months"]]
    rows.put(t.monthly_target, told["year"], told["indicator"], measure=told["measure"], months=months)
