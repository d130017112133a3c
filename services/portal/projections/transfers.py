"""Transfers of leads (流转)."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import projects as t
from services.portal.tables.transfers import lead_transfer
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on
_ASKED = ("from_unit", "from_group", "to_unit", "to_group", "share", "reason", "asked_on", "asked_by")


@_on("projects.LeadTransferAsked")
def asked(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(lead_transfer, data["transfer"], **{key: data[key] for key in _ASKED}, state="asked")


@_on("projects.LeadTransferred")
def transferred(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(lead_transfer, data["transfer"], state="accepted", ended_on=data["accepted_on"])
    rows.set(t.lead, finder=data["to_unit"], group_id=data["to_group"], parts=plain(data["parts"]))


@_on("projects.LeadTransferEnded")
def ended(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {"state": data["outcome"], "ended_on": data["ended_on"], "answer": data["reason"]}
    rows.set(lead_transfer, data["transfer"], **kept)


@_on("projects.ReportMoved")
def report_moved(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], unit=event.data["unit"], group_id=event.data["group"])
