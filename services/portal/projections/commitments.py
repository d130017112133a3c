"""A project's gates before the contract and its ledger of promises."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import projects as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on
_HOLDS = ("text", "due", "clause", "value", "unit", "gate", "basis_sha256")


@_on("projects.GateHeld")
def gate_held(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("gate", "held_on", "body", "outcome", "reference", "document_sha256", "conditions")
    kept = {key: data[key] for key in same}
    rows.put(t.project_gate, data["number"], **kept, departments=plain(data["departments"]), taken_back=False)


@_on("projects.GateTakenBack")
def gate_taken_back(event: Recorded, rows: Changes) -> None:
    rows.set(t.project_gate, event.data["number"], taken_back=True)


@_on("projects.PromiseMade")
def promise_made(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in (*_HOLDS, "party", "kind")}
    rows.put(t.project_promise, data["promise"], **kept, state="open")


@_on("projects.PromiseAmended")
def promise_amended(event: Recorded, rows: Changes) -> None:
    """An overdue promise with another due date is open again."""
    data = event.data
    moved = {} if data["due"] == data["due_was"] else {"state": "open"}
    rows.set(t.project_promise, data["promise"], **{key: data[key] for key in (*_HOLDS, "reason")}, **moved)


@_on("projects.PromiseFulfilled")
def promise_fulfilled(event: Recorded, rows: Changes) -> None:
    data = event.data
    end = {"ended_on": data["fulfilled_on"], "reached": data["value"], "evidence_sha256": data["evidence_sha256"]}
    rows.set(t.project_promise, data["promise"], state="fulfilled", **end)


@_on("projects.PromiseBroken")
def promise_broken(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.project_promise, data["promise"], state="broken", ended_on=data["broken_on"], reason=data["reason"])


@_on("projects.PromiseWithdrawn")
def promise_withdrawn(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        t.project_promise, data["promise"], state="withdrawn", ended_on=data["withdrawn_on"], reason=data["reason"]
    )


@_on("projects.PromiseOverdue")
def promise_overdue(event: Recorded, rows: Changes) -> None:
    rows.set(t.project_promise, event.data["promise"], state="overdue")
