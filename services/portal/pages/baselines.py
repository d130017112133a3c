"""What a project's page shows of an old ledger (历史台账), and what it offers to whoever decides on it. The projects'
service alone decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.view import Row
from services.portal.visit import Visit

Rows = list[dict[str, Any]]


def missing_rows(parts: Mapping[str, Rows]) -> Rows:
    """待补: of the stages that still hold by the ledger, what no document filed since satisfies."""
    kinds = {one["kind"] for one in parts["evidence"] if not one["withdrawn"]}
    stages = {one["stage"] for one in parts["stages"] if one["baselined"]}
    lacking = [one for one in parts["missing"] if one["stage"] in stages and kinds.isdisjoint(one["any_of"])]
    return sorted(lacking, key=lambda one: int(one["number"]))


def baseline_actions(visit: Visit, project: Row, parts: Mapping[str, Rows]) -> dict[str, Any] | None:
    """The only forms of a project that is not approved (yet), None for any other: evidence for those who work on it,
    the decision for the Commerce Bureau, never for whoever took it over."""
    if project["baseline"] not in ("pending", "rejected"):
        return None
    if project["baseline"] == "rejected":
        return {}
    holds, commerce = visit.principal.holds, visit.principal.holds("commerce_bureau", [visit.principal.district])
    scopes = {
        "liaison": project["group_id"],
        "lead_unit_head": project["group_id"],
        "unit_liaison": (project["finder"], project["landing_unit"] or ""),
        "unit_head": (project["finder"], project["landing_unit"] or ""),
    }
    works = any(holds(role, [of] if isinstance(of, str) else list(of)) for role, of in scopes.items())
    taken_over_by = {one["baselined_by"] for one in parts["baseline"]}
    decides = bool(commerce) and visit.principal.subject not in taken_over_by
    found: dict[str, Any] = {}
    if works or commerce:
        found["evidence"] = True
    if decides:
        found["baseline"] = True
    return found
