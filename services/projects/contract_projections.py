"""How amendments, extensions and the statistics figure become rows."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.contract_tables import amendment, extension, statistics
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

contract_projections = Projections(t.metadata)
_on = contract_projections.on
_SAME = (
    "number", "title", "dated", "sha256", "reason", "amount_was", "amount", "content_was", "content", "excess_note",
    "recorded_on", "recorded_by",
)  # fmt: skip


@_on("projects.ProjectSigned")
def signed(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, signed_amount=event.data["amount"], conversion=plain(event.data["conversion"]))


@_on("projects.ContractAmended")
def amended(event: Recorded, rows: Changes) -> None:
    """The amount and the content in force follow."""
    data = event.data
    kept = {key: data[key] for key in _SAME}
    more = {"dates": plain(data["dates"]), "conversion": plain(data["conversion"]), "void": False}
    rows.put(amendment, data["amendment"], **kept, **more)
    changed = {"contract_amount": data["amount"]}
    rows.set(t.project, **changed if data["content"] is None else {**changed, "content": data["content"]})


@_on("projects.StageCorrected")
def signature_taken_back(event: Recorded, rows: Changes) -> None:
    data = event.data
    for number in data["void_amendments"]:
        rows.set(amendment, number, void=True)
    if data["content"] is not None:
        rows.set(t.project, content=data["content"])
    if data["to_stage"] == "negotiating":
        rows.set(t.project, signed_amount=None, conversion=None)


@_on("projects.ExtensionDeclared")
def declared(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, extends=event.data["base"])


@_on("projects.ExtensionWithdrawn")
def withdrawn(_: Recorded, rows: Changes) -> None:
    rows.set(t.project, extends=None)


@_on("projects.ExtensionAdded")
def added(event: Recorded, rows: Changes) -> None:
    rows.put(extension, event.data["extension"], added_on=event.data["added_on"])


@_on("projects.ExtensionRemoved")
def removed(event: Recorded, rows: Changes) -> None:
    rows.delete(extension, event.data["extension"])


@_on("projects.StatisticsRecorded")
def statistics_recorded(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("amount", "note", "recorded_on", "recorded_by")}
    rows.put(statistics, data["month"], **kept, corrected=False)


@_on("projects.StatisticsCorrected")
def statistics_corrected(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(statistics, data["month"], amount=data["amount"], note=data["reason"], corrected=True)
