"""How transfers of leads become rows."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.protection_tables import protection
from services.projects.transfer_tables import transfer
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

transfer_projections = Projections(t.metadata)
_on = transfer_projections.on
_ASKED = ("from_unit", "from_group", "to_unit", "to_group", "share", "reason", "asked_on", "asked_by")


@_on("projects.LeadTransferAsked")
def asked(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(transfer, data["transfer"], **{key: data[key] for key in _ASKED}, state="asked")


@_on("projects.LeadTransferred")
def transferred(event: Recorded, rows: Changes) -> None:
    """The receiver works on it from now on; who had found it stays on record."""
    data = event.data
    ended = {"ended_on": data["accepted_on"], "ended_by": data["accepted_by"]}
    rows.set(transfer, data["transfer"], state="accepted", **ended)
    rows.set(t.lead, finder=data["to_unit"], group_id=data["to_group"], parts=plain(data["parts"]))


@_on("projects.LeadTransferEnded")
def ended(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("ended_on", "ended_by")}
    rows.set(transfer, data["transfer"], state=data["outcome"], answer=data["reason"], **kept)


@_on("projects.ReportMoved")
def report_moved(event: Recorded, rows: Changes) -> None:
    rows.set(protection, event.data["lead"], finder=event.data["unit"], group_id=event.data["group"])
