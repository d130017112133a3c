"""A report's path as a row of steps, and the step that is the visitor's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.portal.pages.view import Offered, Row
from services.portal.visit import Visit

STEPS = ("draft", "review", "sign_off", "submit", "accept")
_DONE = {
    "open": 0,
    "sent_back": 0,
    "drafted": 1,
    "reviewed": 2,
    "submitted": 4,
    "returned": 0,
    "accepted": 5,
}
"""How many steps stand, by status: a draft that was sent back or returned is to be written anew."""
_BY = {
    "ReportDrafted": ("draft", "drafted_by"),
    "ReportReviewed": ("review", "reviewed_by"),
    "ReportSignedOff": ("sign_off", "signed_by"),
    "ReportSubmitted": ("submit", None),
    "ReportAccepted": ("accept", "accepted_by"),
}


def path_of(report: Row, events: Sequence[Row]) -> list[dict[str, Any]]:
    """Each step with who did it and when: of the latest draft, since every draft begins the path anew."""
    found: list[dict[str, Any]] = [{"step": step, "state": "", "done": []} for step in STEPS]
    for event in events:
        if event["name"] == "ReportDrafted":
            for one in found:
                one["done"] = []
        if event["name"] in _BY:
            step, field = _BY[event["name"]]
            by = event["data"].get(field) if field else None
            found[STEPS.index(step)]["done"].append(
                {"by": by, "at": event["occurred_at"], "unit": event["data"].get("unit")}
            )
    standing = _DONE[report["status"]]
    for n, one in enumerate(found):
        one["state"] = "done" if n < standing else "now" if n == standing else ""
    if report["status"] in ("sent_back", "returned"):
        found[0]["state"] = "back"
    return found


def actions_for(visit: Visit, report: Row) -> Offered:
    """The forms by name, by the permissions of reporting; the owner alone decides."""
    holds, group, status = visit.principal.holds, [report["group_id"]], report["status"]
    with_bureau = status in ("submitted", "accepted")
    found: dict[str, Any] = {}
    if holds("liaison", group) and not with_bureau:
        found["draft"] = True
    headed = visit.scopes("unit_head")
    outstanding = report["lead_units"] if report["outstanding"] is None else report["outstanding"]
    if status in ("drafted", "reviewed"):
        led = [unit for unit in report["lead_units"] if unit in headed]
        found["review"] = [unit for unit in led if unit in outstanding and status == "drafted"]
        if holds("group_leader", group):
            found["send_back"] = [*led, ""]
        elif led:
            found["send_back"] = led
    leader = bool(holds("group_leader", group))
    if status == "reviewed" and (leader or report["delegate"] == visit.subject):
        found["sign_off"] = True
    if leader and not with_bureau:
        found["delegate"] = True
    if not with_bureau:
        mine = {*headed, *visit.scopes("unit_liaison")}
        found["contribute"] = [unit for unit in report["responsible_units"] if unit in mine]
    if holds("commerce_bureau", [visit.principal.district]):
        found["accept"] = status == "submitted"
        found["restate"] = bool(report["frozen"])
    return Offered(found)
