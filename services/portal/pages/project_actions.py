"""Which forms a project's page offers a visitor. It mirrors the permissions of the projects' service so that nobody is
offered what would be refused for his role; the service alone decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.portal.pages.baselines import baseline_actions
from services.portal.pages.commitments import gate_actions, promise_actions
from services.portal.pages.contracts import contract_actions
from services.portal.pages.view import STAGES, Offered, Row
from services.portal.visit import Visit

NEXT = {
    "negotiating": "sign",
    "signed": "land",
    "landed": "start-construction",
    "started": "start-production",
    "in_production": "reach-capacity",
}
"""The step that takes a project out of a stage."""


def actions_for(
    visit: Visit, project: Row, parts: Mapping[str, list[dict[str, Any]]], lead_units: Collection[str] = ()
) -> Offered:
    """The forms by name; a value says what the form needs to know (claims, say, by their numbers). `lead_units` are
    those of the project's group."""
    of_old = baseline_actions(visit, project, parts)
    if of_old is not None:
        return Offered(of_old)
    holds, district = visit.principal.holds, visit.principal.district
    group, finder, landing = [project["group_id"]], [project["finder"]], [project["landing_unit"] or ""]
    commerce = bool(holds("commerce_bureau", [district]))
    office = bool(holds("district_office", [district]))
    group_work = bool(holds("liaison", group) or holds("lead_unit_head", group))
    at_landing = bool(holds("unit_liaison", landing) or holds("unit_head", landing))
    at_finder = bool(holds("unit_liaison", finder) or holds("unit_head", finder))
    daily = group_work or at_landing or commerce
    over = project["status"] in ("lost", "terminated")
    found: dict[str, Any] = dict(promise_actions(group_work or commerce, daily, commerce or office, over))
    if over:
        return Offered({**found, "status": group_work or commerce})
    found |= contract_actions(project, group_work or commerce)
    found |= gate_actions(commerce or office, bool(holds("lead_unit_head", group)), parts["gates"])
    if daily or at_finder:
        found["talk"] = found["evidence"] = True
    if group_work or at_landing:
        found["procedure"] = True
    if daily or at_finder or holds("group_leader", group) or holds("group_deputy", group):
        found["problem"] = True
    step = NEXT.get(project["stage"])
    if step and (group_work or commerce or (daily and step.startswith(("start", "reach")))):
        found["next"] = step
    if daily and project["stage"] != "negotiating":
        found["dates"] = STAGES[STAGES.index(project["stage"]) + 1 :]
        if not project["company_name"]:
            found["company"] = True
    claimants = claiming_units(visit, project, lead_units)
    if claimants and project["stage"] != "negotiating":
        found["claim"] = claimants
    offices = {name for name, held in (("commerce_bureau", commerce), ("district_office", office)) if held}
    found |= funds_actions(parts["claims"], offices)
    if group_work or commerce:
        found["status"] = True
    return Offered(found)


def claiming_units(visit: Visit, project: Row, lead_units: Collection[str]) -> list[str]:
    """Units in whose name the visitor may claim funds: his own, where it is the landing unit or leads the group; the
    group's liaison for each lead unit."""
    own = set(visit.scopes("unit_liaison", "unit_head")) & {*lead_units, project["landing_unit"]}
    led = set(lead_units) if visit.principal.holds("liaison", [project["group_id"]]) else set()
    return sorted(own | led)


def funds_actions(claims: list[dict[str, Any]], offices: set[str]) -> dict[str, Any]:
    """Claims that wait for the visitor's office, and those that it could reverse."""
    mine = [one for one in claims if one["referee"] in offices]
    return {
        "check": [one for one in mine if one["step"] == "claimed"],
        "recognise": [one for one in mine if one["step"] == "checked" and float(one["checked"]) > 0],
        "reverse": [one for one in mine if float(one["checked"] or 0) > 0],
    }
