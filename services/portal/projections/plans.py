"""Annual action plans (年度行动方案) in their versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.tables import metadata
from services.portal.tables import registry as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


@_on("registry.PlanDrafted")
def plan_drafted(event: Recorded, rows: Changes) -> None:
    plan = event.data
    rows.put(
        t.plan_version,
        plan["year"],
        plan["version"],
        **{name: plan[name] for name in ("title", "document_sha256", "drafted_by", "drafted_on")},
        targets=[_planned(target) for target in plan["targets"]],
        status="draft",
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


@_on("registry.PlanSubmitted")
def plan_submitted(event: Recorded, rows: Changes) -> None:
    told = event.data
    _gone_on(rows, told, "submitted", submitted_by=told["submitted_by"], submitted_on=told["submitted_on"])


@_on("registry.PlanApproved")
def plan_approved(event: Recorded, rows: Changes) -> None:
    told = event.data
    _gone_on(rows, told, "approved", decided_by=told["approved_by"], decided_on=told["approved_on"])


@_on("registry.PlanReturned")
def plan_returned(event: Recorded, rows: Changes) -> None:
    told = event.data
    decided = {"decided_by": told["returned_by"], "decided_on": told["returned_on"], "reason": told["reason"]}
    _gone_on(rows, told, "returned", **decided)


@_on("registry.PlanAdopted")
def plan_adopted(event: Recorded, rows: Changes) -> None:
    told = event.data
    _gone_on(rows, told, "adopted", adopted_by=told["adopted_by"], adopted_on=told["adopted_on"])


def _gone_on(rows: Changes, told: Mapping[str, Any], status: str, **changed: Any) -> None:
    rows.set(t.plan_version, told["year"], told["version"], status=status, **changed)


@_on("registry.AnnualPlanAdopted")
def annual_plan_adopted(event: Recorded, rows: Changes) -> None:
    plan = event.data
    same = ("title", "document_sha256", "approved_by", "approved_on")
    rows.put(t.annual_plan, plan["year"], plan["version"], **{name: plan[name] for name in same})


@_on("registry.MonthlyTargetsSet")
def monthly_targets_set(event: Recorded, rows: Changes) -> None:
    told = event.data
    rows.put(t.monthly_target, told["year"], told["indicator"], months=[str(value) for value in told["months"]])
