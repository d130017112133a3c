"""How events of procedures become rows."""

from __future__ import annotations

from typing import Any

from services.projects.matter_tables import procedure
from services.projects.tables import metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

procedure_projections = Projections(metadata)
_on = procedure_projections.on


@_on("projects.ProcedureRequested")
def requested(event: Recorded, rows: Changes) -> None:
    same = ("project", "unit", "kind", "title", "note", "requested_by", "requested_on", "promised_on")
    rows.put(procedure, **_of(event, *same), group_id=event.data["group"], state="requested", overdue=False)


@_on("projects.ProcedureAccepted")
def accepted(event: Recorded, rows: Changes) -> None:
    """The clock may stand still already: then the state is that until it goes on."""
    rows.set(procedure, **_of(event, "accepted_on"), **({} if event.data["stopped"] else {"state": "accepted"}))


@_on("projects.SupplementAsked")
def supplement_asked(event: Recorded, rows: Changes) -> None:
    rows.set(procedure, state="stopped", stopped_since=event.data["asked_on"], materials=event.data["materials"])


@_on("projects.SupplementGiven")
def supplement_given(event: Recorded, rows: Changes) -> None:
    state = "accepted" if event.data["accepted"] else "requested"
    rows.set(procedure, state=state, stopped_since=None, promised_on=event.data["promised_on"])


@_on("projects.PromisedDateMoved")
def promise_moved(event: Recorded, rows: Changes) -> None:
    rows.set(procedure, promised_on=event.data["promised_on"])


@_on("projects.ProcedureGranted")
def granted(event: Recorded, rows: Changes) -> None:
    said = _of(event, "document_number", "sha256", "working_days")
    rows.set(procedure, state="granted", stopped_since=None, closed_on=event.data["granted_on"], **said)


@_on("projects.ProcedureRefused")
def refused(event: Recorded, rows: Changes) -> None:
    said = _of(event, "reason", "document_number", "sha256", "working_days")
    rows.set(procedure, state="refused", stopped_since=None, closed_on=event.data["refused_on"], **said)


@_on("projects.ProcedureWithdrawn")
def withdrawn(event: Recorded, rows: Changes) -> None:
    said = _of(event, "reason", "working_days")
    rows.set(procedure, state="withdrawn", stopped_since=None, closed_on=event.data["withdrawn_on"], **said)


@_on("projects.ProcedureOverdue")
def overdue(_: Recorded, rows: Changes) -> None:
    rows.set(procedure, overdue=True)


def _of(event: Recorded, *names: str) -> dict[str, Any]:
    return {name: event.data[name] for name in names}
