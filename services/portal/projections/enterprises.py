"""Enterprises (客商) and their groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.tables import enterprises as t
from services.portal.tables import metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.search import compact, grams

projections = Projections(metadata)
_on = projections.on
_SAME = (
    "name", "code", "origin", "place", "industry_code", "note", "registered_for", "registered_on", "registered_by",
)  # fmt: skip


@_on("projects.EnterpriseRegistered")
def registered(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.enterprise, **{key: data[key] for key in _SAME}, **_foreign(data))
    _named(rows, data["name"], "name")
    for alias in data["aliases"]:
        _named(rows, alias["name"], alias["kind"])
    for listing in data["lists"]:
        rows.put(t.enterprise_list, listing["list_name"], listing["year"], rank=listing["rank"])


@_on("projects.EnterpriseCorrected")
def corrected(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("name", "origin", "place", "industry_code", "note")}
    rows.set(t.enterprise, **kept, **_foreign(data))
    if data["previous_name"] != data["name"]:
        rows.delete(t.enterprise_name, data["previous_name"])
        _named(rows, data["name"], "name")


@_on("projects.EnterpriseRenamed")
def renamed(event: Recorded, rows: Changes) -> None:
    rows.set(t.enterprise, name=event.data["name"])
    _named(rows, event.data["previous"], "former")
    _named(rows, event.data["name"], "name")


@_on("projects.EnterpriseAliasAdded")
def alias_added(event: Recorded, rows: Changes) -> None:
    _named(rows, event.data["alias"]["name"], event.data["alias"]["kind"])


@_on("projects.EnterpriseAliasRemoved")
def alias_removed(event: Recorded, rows: Changes) -> None:
    rows.delete(t.enterprise_name, event.data["name"])


@_on("projects.CreditCodeAssigned")
def code_assigned(event: Recorded, rows: Changes) -> None:
    rows.set(t.enterprise, code=event.data["code"])


@_on("projects.ListingAdded")
def listed(event: Recorded, rows: Changes) -> None:
    listing = event.data["listing"]
    rows.put(t.enterprise_list, listing["list_name"], listing["year"], rank=listing["rank"])


@_on("projects.ListingRemoved")
def unlisted(event: Recorded, rows: Changes) -> None:
    rows.delete(t.enterprise_list, event.data["list_name"], event.data["year"])


@_on("projects.EnterpriseContactAdded")
def contact_added(event: Recorded, rows: Changes) -> None:
    rows.put(t.enterprise_contact, event.data["contact"], holder=event.data["holder"])


@_on("projects.EnterpriseContactErased")
def contact_erased(event: Recorded, rows: Changes) -> None:
    rows.set(t.enterprise_contact, event.data["contact"], erased_on=event.data["erased_on"])


@_on("projects.DuplicateSuspected")
def suspected(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.enterprise_duplicate, data["other"], score=data["score"], ground=data["ground"], distinct=False)


@_on("projects.DuplicateDismissed")
def dismissed(event: Recorded, rows: Changes) -> None:
    rows.put(t.enterprise_duplicate, event.data["other"], distinct=True)


@_on("projects.EnterprisesMerged")
def merged(event: Recorded, rows: Changes) -> None:
    if event.meta.stream == event.data["absorbed"]:
        rows.set(t.enterprise, merged_into=event.data["survivor"])


@_on("projects.MergeUndone")
def merge_undone(event: Recorded, rows: Changes) -> None:
    """The two are found to be two: from either side they are not proposed again."""
    data, stream = event.data, event.meta.stream
    if stream == data["absorbed"]:
        rows.set(t.enterprise, merged_into=None)
    if stream in (data["absorbed"], data["survivor"]):
        other = data["survivor"] if stream == data["absorbed"] else data["absorbed"]
        rows.put(t.enterprise_duplicate, other, distinct=True)


@_on("projects.ParentAssigned")
def parent_assigned(event: Recorded, rows: Changes) -> None:
    rows.put(t.enterprise_parent, event.data["enterprise"], parent=event.data["parent"])


@_on("projects.ParentRemoved")
def parent_removed(event: Recorded, rows: Changes) -> None:
    rows.delete(t.enterprise_parent, event.data["enterprise"])


def _foreign(data: Mapping[str, Any]) -> dict[str, Any]:
    foreign = data["foreign"]
    return {"country": foreign and foreign["country"], "foreign_number": foreign and foreign["number"]}


def _named(rows: Changes, name: str, kind: str) -> None:
    rows.put(t.enterprise_name, name, kind=kind, compact=compact(name), grams=grams(name))
