"""The registry's units, groups and imports as the roster's pages show them."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import registry as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


@_on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    unit = event.data
    rows.put(t.unit_place, parent=None, in_x_department=unit["in_x_department"])
    for alias in unit["aliases"]:
        rows.put(t.unit_name, alias["name"], source=alias["source"])
    rows.put(t.unit_name, unit["zh"], source=unit["name_source"])


@_on("registry.UnitAliasAdded")
def unit_alias_added(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit_name, event.data["name"], source=event.data["source"])


@_on("registry.UnitAliasWithdrawn")
def unit_alias_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.unit_name, event.data["name"])


@_on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit_name, event.data["former_zh"], source="former")
    rows.put(t.unit_name, event.data["zh"], source=event.data["reason"])


@_on("registry.UnitParentSet")
def unit_parent_set(event: Recorded, rows: Changes) -> None:
    rows.set(t.unit_place, parent=event.data["parent"])


@_on("registry.UnitWithdrawn")
def unit_withdrawn(event: Recorded, rows: Changes) -> None:
    for name in event.data["names"]:
        rows.delete(t.unit_name, name)
    rows.delete(t.unit_place)


@_on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    told = {name: event.data[name] for name in ("formed_on", "assumed", "clause")}
    rows.put(t.group_fact, **told, duties=[])


@_on("registry.DutiesSet")
def duties_set(event: Recorded, rows: Changes) -> None:
    rows.set(t.group_fact, duties=list(event.data["items"]))


@_on("registry.LeadUnitAssigned", "registry.ResponsibleUnitAssigned")
def unit_assigned(event: Recorded, rows: Changes) -> None:
    told = event.data
    rows.put(
        t.group_part,
        event.version,
        as_named=told["as_named"],
        industry=told.get("industry"),
        position=told["position"],
    )


@_on("registry.LiaisonEndAnnounced", "registry.UnitLiaisonEndAnnounced")
def liaison_end_announced(event: Recorded, rows: Changes) -> None:
    told, role = event.data, _liaison(event)
    if told["ends_on"] is None:
        rows.delete(t.post_ending, role)
    else:
        rows.put(t.post_ending, role, person=told["person"], ends_on=told["ends_on"], reason=told["reason"])


@_on("registry.LiaisonDesignated", "registry.UnitLiaisonDesignated")
def liaison_designated(event: Recorded, rows: Changes) -> None:
    rows.delete(t.post_ending, _liaison(event))


def _liaison(event: Recorded) -> str:
    return "unit_liaison" if event.name.startswith("Unit") else "liaison"


@_on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    told = event.data
    claims = list(dict.fromkeys(claim["group"] for claim in told["claims"]))
    rows.put(t.industry_claim, told["industry"], indicator=told["indicator"], claims=claims)


@_on("registry.IndustryWithdrawn")
def industry_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.industry_claim, event.data["industry"])


@_on("registry.OverlapDecided")
def overlap_decided(event: Recorded, rows: Changes) -> None:
    told = event.data
    rows.put(
        t.overlap_decision,
        told["industry"],
        group_id=told["group"],
        reason=told["reason"],
        decided_on=told["decided_on"],
    )
