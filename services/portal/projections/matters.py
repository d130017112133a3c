"""Procedures (手续办理) and problems (问题协调)."""

from __future__ import annotations

from typing import Any

from services.portal.tables import metadata
from services.portal.tables.matters import problem, procedure
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


def _of(event: Recorded, *names: str) -> dict[str, Any]:
    return {name: event.data[name] for name in names}


@_on("projects.ProcedureRequested")
def requested(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        procedure,
        **_of(event, "unit", "kind", "title", "promised_on"),
        about=data["project"],
        group_id=data["group"],
        text=data["note"],
        asked_by=data["requested_by"],
        asked_on=data["requested_on"],
        state="requested",
        overdue=False,
    )


@_on("projects.ProcedureAccepted")
def accepted(event: Recorded, rows: Changes) -> None:
    state = {} if event.data["stopped"] else {"state": "accepted"}
    rows.set(procedure, **_of(event, "accepted_on"), **state)


@_on("projects.SupplementAsked")
def supplement_asked(event: Recorded, rows: Changes) -> None:
    rows.set(procedure, state="stopped", stopped_since=event.data["asked_on"], materials=event.data["materials"])


@_on("projects.SupplementGiven")
def supplement_given(event: Recorded, rows: Changes) -> None:
    state = "accepted" if event.data["accepted"] else "requested"
    rows.set(procedure, state=state, stopped_since=None, **_of(event, "promised_on"))


@_on("projects.PromisedDateMoved")
def promise_moved(event: Recorded, rows: Changes) -> None:
    rows.set(procedure, **_of(event, "promised_on"))


_ENDS = {
    "ProcedureGranted": ("granted", ("document_number", "sha256", "working_days")),
    "ProcedureRefused": ("refused", ("document_number", "sha256", "working_days", "reason")),
    "ProcedureWithdrawn": ("withdrawn", ("working_days", "reason")),
}
"""By event the state, which also names the field of the day, and what else it says."""


@_on(*(f"projects.{name}" for name in _ENDS))
def ended(event: Recorded, rows: Changes) -> None:
    state, said = _ENDS[event.name]
    rows.set(procedure, state=state, closed_on=event.data[f"{state}_on"], stopped_since=None, **_of(event, *said))


@_on("projects.ProcedureOverdue")
def procedure_overdue(_: Recorded, rows: Changes) -> None:
    rows.set(procedure, overdue=True)


@_on("projects.ProblemRaised")
def raised(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        problem,
        **_of(event, "about", "kind", "title", "text", "promised_on"),
        group_id=data["group"],
        unit=data["owner"],
        asked_by=data["raised_by"],
        asked_on=data["raised_on"],
        level="group",
        state="open",
        overdue=False,
    )


@_on("projects.ProblemEscalated", "projects.ProblemReturned")
def moved(event: Recorded, rows: Changes) -> None:
    rows.set(problem, level=event.data["to_level"], unit=event.data["owner"])


@_on("projects.ProblemClosed")
def closed(event: Recorded, rows: Changes) -> None:
    rows.set(problem, state=event.data["outcome"], **_of(event, "closed_on", "reason", "working_days"))


@_on("projects.ProblemReopened")
def reopened(event: Recorded, rows: Changes) -> None:
    again = {"state": "open", "overdue": False, "closed_on": None, "reason": None, "working_days": None}
    rows.set(problem, **again, **_of(event, "promised_on"))


@_on("projects.ProblemOverdue")
def problem_overdue(_: Recorded, rows: Changes) -> None:
    rows.set(problem, overdue=True)
