"""How projects of old ledgers (历史台账) become rows."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.baseline_tables import baseline, missing_evidence
from services.projects.domain.project.state import BaselineStanding
from services.projects.domain.values import Light, Status
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.search import tell

baseline_projections = Projections(t.metadata)
_on = baseline_projections.on
_SAME = (
    "name", "project_type", "content", "origin", "origin_place", "industry", "industry_code", "finder",
    "planned_investment", "stage", "status", "landing_unit", "contract_number", "contract_amount",
)  # fmt: skip


@_on("projects.ProjectBaselined")
def baselined(event: Recorded, rows: Changes) -> None:
    """A project with the stages of the ledger, each without a document; its progress counts from this day."""
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
        light=Light.GREEN.value,
        light_since=data["baselined_on"],
        light_reasons=[],
        baseline_standing=BaselineStanding.PENDING.value,
    )
    tell(rows, t.project_text, name=data["name"], investor=data["investor"]["name"])
    for one in data["reached"]:
        rows.put(
            t.project_stage,
            one["stage"],
            reached_on=one["on"],
            rulebook=data["rulebook"],
            evidence=[],
            recorded_by=data["baselined_by"],
            baselined=True,
        )
    for number, item in enumerate(data["missing"], 1):
        rows.put(missing_evidence, number, stage=item["stage"], any_of=list(item["any_of"]))
    source = data["source"]
    kept = {key: data[key] for key in ("rulebook", "baselined_funds", "baselined_on", "baselined_by")}
    rows.put(
        baseline,
        **kept,
        file=source["file"],
        sha256=source["sha256"],
        row=source["row"],
        standing=BaselineStanding.PENDING.value,
    )


@_on("projects.BaselineApproved")
def approved(event: Recorded, rows: Changes) -> None:
    data, standing = event.data, BaselineStanding.APPROVED.value
    decided = {"decided_on": data["approved_on"], "decided_by": data["approved_by"], "note": data["note"]}
    rows.set(baseline, standing=standing, **decided)
    rows.set(t.project, baseline_standing=standing)


@_on("projects.BaselineRejected")
def rejected(event: Recorded, rows: Changes) -> None:
    """A rejected one is over."""
    data, standing = event.data, BaselineStanding.REJECTED.value
    decided = {"decided_on": data["rejected_on"], "decided_by": data["rejected_by"], "note": data["reason"]}
    rows.set(baseline, standing=standing, **decided)
    over = {"status": Status.TERMINATED.value, "status_since": data["rejected_on"], "status_reason": data["reason"]}
    rows.set(t.project, baseline_standing=standing, **over)
