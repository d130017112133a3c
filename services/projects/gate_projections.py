"""How gates before the contract become rows."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.gate_tables import gate
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

gate_projections = Projections(t.metadata)


@gate_projections.on("projects.GateHeld")
def gate_held(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = (
        "gate", "held_on", "body", "outcome", "reference", "document_sha256", "conditions", "recorded_on",
        "recorded_by",
    )  # fmt: skip
    kept = {key: data[key] for key in same}
    rows.put(gate, data["number"], **kept, departments=plain(data["departments"]), taken_back=False)
    rows.set(t.project, gated_on=data["recorded_on"])


@gate_projections.on("projects.GateTakenBack")
def gate_taken_back(event: Recorded, rows: Changes) -> None:
    rows.set(gate, event.data["number"], taken_back=True)
