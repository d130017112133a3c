"""How the ledger of promises becomes rows."""

from __future__ import annotations

from typing import Any

from services.projects import tables as t
from services.projects.domain.project.state import PromiseState
from services.projects.promise_tables import promise
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

promise_projections = Projections(t.metadata)
_URGENCY = {PromiseState.OVERDUE: 0, PromiseState.OPEN: 1}
_HOLDS = ("text", "due", "clause", "value", "unit", "gate", "basis_sha256")


def _in(state: PromiseState) -> dict[str, Any]:
    return {"state": state.value, "urgency": _URGENCY.get(state, 2)}


@promise_projections.on("projects.PromiseMade")
def made(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in (*_HOLDS, "party", "kind", "recorded_on", "recorded_by")}
    rows.put(promise, data["promise"], **kept, **_in(PromiseState.OPEN), reason="")


@promise_projections.on("projects.PromiseAmended")
def amended(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in (*_HOLDS, "reason")}
    moved = {} if data["due"] == data["due_was"] else _in(PromiseState.OPEN)
    rows.set(promise, data["promise"], **kept, **moved)


@promise_projections.on("projects.PromiseFulfilled")
def fulfilled(event: Recorded, rows: Changes) -> None:
    data = event.data
    end = {"ended_on": data["fulfilled_on"], "reached": data["value"], "evidence_sha256": data["evidence_sha256"]}
    rows.set(promise, data["promise"], **end, **_in(PromiseState.FULFILLED))


@promise_projections.on("projects.PromiseBroken")
def broken(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(promise, data["promise"], ended_on=data["broken_on"], reason=data["reason"], **_in(PromiseState.BROKEN))


@promise_projections.on("projects.PromiseWithdrawn")
def withdrawn(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        promise, data["promise"], ended_on=data["withdrawn_on"], reason=data["reason"], **_in(PromiseState.WITHDRAWN)
    )


@promise_projections.on("projects.PromiseOverdue")
def overdue(event: Recorded, rows: Changes) -> None:
    rows.set(promise, event.data["promise"], **_in(PromiseState.OVERDUE))
