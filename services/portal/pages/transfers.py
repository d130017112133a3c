"""Which forms about a lead's transfer (流转) its page offers a visitor; the projects' service alone decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.portal.pages.view import Row
from services.portal.visit import Visit

HOLDERS = ("liaison", "lead_unit_head", "group_leader", "group_deputy")


def transfer_actions(visit: Visit, lead: Row, transfers: Sequence[Row]) -> dict[str, Any]:
    """Ask where nothing waits; of the one that waits: accept or decline by the receiver, withdraw by who has it."""
    holds, group, finder = visit.principal.holds, [lead["group_id"]], [lead["finder"]]
    if lead["status"] not in ("registered", "qualified"):
        return {}
    has = any(holds(role, group) for role in HOLDERS) or bool(holds("commerce_bureau", [visit.principal.district]))
    has = has or bool(holds("unit_liaison", finder) or holds("unit_head", finder))
    open_one = next((one for one in transfers if one["state"] == "asked"), None)
    if open_one is None:
        return {"transfer": has}
    unit, to_group = [open_one["to_unit"]], [open_one["to_group"]]
    receives = holds("unit_head", unit) or holds("unit_liaison", unit)
    receives = receives or holds("liaison", to_group) or holds("lead_unit_head", to_group)
    return {
        "transfer_accept": open_one if receives and open_one["asked_by"] != visit.subject else None,
        "transfer_decline": open_one if receives else None,
        "transfer_withdraw": open_one if has else None,
    }
