"""Projects of old ledgers (历史台账). Nothing of them counts in a month's figures."""

from __future__ import annotations

from services.portal.tables import baselines as b
from services.portal.tables import metadata
from services.portal.tables import projects as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.search import tell

_SAME = (
    "name", "project_type", "content", "origin", "origin_place", "industry", "finder", "planned_investment", "stage",
    "status", "landing_unit", "contract_number", "contract_amount",
)  # fmt: skip

projections = Projections(metadata)
_on = projections.on


@_on("projects.ProjectBaselined")
def baselined(event: Recorded, rows: Changes) -> None:
    data = event.data
    since = data["reached"][-1]["on"]
    rows.put(
        t.project,
        **{key: data[key] for key in _SAME},
        group_id=data["group"],
        investor_name=data["investor"]["name"],
        investor_code=data["investor"]["code"],
        investor_id=data["investor"]["id"],
        opened_on=data["baselined_on"],
        stage_since=since,
        status_since=since,
        signed_amount=data["contract_amount"],
        light="green",
        baseline="pending",
    )
    rows.put(t.work_item, group_id=data["group"])
    tell(rows, t.project_text, name=data["name"], investor=data["investor"]["name"])
    for one in data["reached"]:
        by = data["baselined_by"]
        rows.put(t.project_stage, one["stage"], reached_on=one["on"], recorded_by=by, baselined=True)
    for number, item in enumerate(data["missing"], 1):
        rows.put(b.missing_evidence, number, stage=item["stage"], any_of=list(item["any_of"]))
    source = {key: data["source"][key] for key in ("file", "sha256", "row")}
    kept = {key: data[key] for key in ("baselined_funds", "baselined_on", "baselined_by")}
    rows.put(b.project_baseline, **source, **kept, standing="pending")


@_on("projects.BaselineApproved")
def approved(event: Recorded, rows: Changes) -> None:
    data = event.data
    decided = {"decided_on": data["approved_on"], "decided_by": data["approved_by"], "note": data["note"]}
    rows.set(b.project_baseline, standing="approved", **decided)
    rows.set(t.project, baseline="approved")


@_on("projects.BaselineRejected")
def rejected(event: Recorded, rows: Changes) -> None:
    data = event.data
    decided = {"decided_on": data["rejected_on"], "decided_by": data["rejected_by"], "note": data["reason"]}
    rows.set(b.project_baseline, standing="rejected", **decided)
    over = {"status": "terminated", "status_since": data["rejected_on"], "status_reason": data["reason"]}
    rows.set(t.project, baseline="rejected", **over)
