"""How events of enterprises and their groups become rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.projects import enterprise_tables as t
from services.projects import tables
from services.projects.domain.enterprise.duplicates import by_age
from services.projects.domain.enterprise.names import compact, grams, marks
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

enterprise_projections = Projections(tables.metadata)
_on = enterprise_projections.on
_SAME = (
    "name", "code", "origin", "place", "industry_code", "note", "registered_for", "registered_on", "registered_by",
)  # fmt: skip
NAME = "name"
"""Kind of the present name; of another its `AliasKind`."""


@_on("projects.EnterpriseRegistered")
def registered(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.enterprise, **{key: data[key] for key in _SAME}, **_foreign(data))
    _named(rows, data["name"], NAME)
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
        _named(rows, data["name"], NAME)


@_on("projects.EnterpriseRenamed")
def renamed(event: Recorded, rows: Changes) -> None:
    rows.set(t.enterprise, name=event.data["name"])
    _named(rows, event.data["previous"], "former")
    _named(rows, event.data["name"], NAME)


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
    data = event.data
    rows.put(t.enterprise_contact, data["contact"], holder=data["holder"], added_on=data["added_on"])


@_on("projects.EnterpriseContactErased")
def contact_erased(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.enterprise_contact, data["contact"], erased_on=data["erased_on"], receipt=data["receipt"])


@_on("projects.DuplicateSuspected")
def suspected(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {"score": data["score"], "ground": data["ground"], "since": data["suspected_on"]}
    rows.put(t.enterprise_duplicate, data["other"], **kept, distinct=False)


@_on("projects.DuplicateDismissed")
def dismissed(event: Recorded, rows: Changes) -> None:
    rows.put(t.enterprise_duplicate, event.data["other"], since=event.data["dismissed_on"], distinct=True)


@_on("projects.EnterprisesMerged")
def merged(event: Recorded, rows: Changes) -> None:
    if event.meta.stream == event.data["absorbed"]:
        rows.set(t.enterprise, merged_into=event.data["survivor"])


@_on("projects.MergeUndone")
def merge_undone(event: Recorded, rows: Changes) -> None:
    """The two are found to be two: they are not proposed again."""
    data, stream = event.data, event.meta.stream
    if stream == data["absorbed"]:
        rows.set(t.enterprise, merged_into=None)
    first, second = by_age(data["survivor"], data["absorbed"])
    if stream == second:
        rows.put(t.enterprise_duplicate, first, since=data["undone_on"], distinct=True)


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
    looked_up_by = {"compact": compact(name), "grams": sorted(grams(name)), "marks": sorted(marks(name))}
    rows.put(t.enterprise_name, name, kind=kind, **looked_up_by)
