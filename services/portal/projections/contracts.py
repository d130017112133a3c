"""A contract after its signature: amendments (补充协议), extensions (增资); and the statistics figure (入统)."""

from __future__ import annotations

from services.portal.tables import contracts as k
from services.portal.tables import metadata
from services.portal.tables import projects as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on
_SAME = ("number", "title", "dated", "sha256", "reason", "amount_was", "amount", "content", "excess_note")


@_on("projects.ProjectSigned")
def signed(event: Recorded, rows: Changes) -> None:
    rows.set(t.project, signed_amount=event.data["amount"], conversion=plain(event.data["conversion"]))


@_on("projects.ContractAmended")
def amended(event: Recorded, rows: Changes) -> None:
    """The amount and the content in force follow."""
    data = event.data
    more = {"dates": plain(data["dates"]), "conversion": plain(data["conversion"]), "void": False}
    rows.put(k.contract_amendment, data["amendment"], **{key: data[key] for key in _SAME}, **more)
    rows.set(t.project, contract_amount=data["amount"])
    if data["content"] is not None:
        rows.set(t.project, content=data["content"])


@_on("projects.StageCorrected")
def signature_taken_back(event: Recorded, rows: Changes) -> None:
    data = event.data
    for number in data["void_amendments"]:
        rows.set(k.contract_amendment, number, void=True)
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


@_on("projects.StatisticsRecorded")
def statistics_recorded(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(k.project_statistics, data["month"], amount=data["amount"], note=data["note"], corrected=False)


@_on("projects.StatisticsCorrected")
def statistics_corrected(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(k.project_statistics, data["month"], amount=data["amount"], note=data["reason"], corrected=True)
