"""The district's units and groups with their names, as a service keeps them in its read model."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Integer, MetaData, Table, Text

from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections, projection_table


@dataclass(frozen=True)
class UnitsAndGroups:
    """The tables of units and groups in one service's read model, and the handlers that fill them."""

    unit: Table
    """Rows (stream = unit): zh, en, kind."""
    work_group: Table
    """Rows (stream = group): number, zh, en."""
    projections: Projections


def units_and_groups(metadata: MetaData) -> UnitsAndGroups:
    """Units and groups in the given read model; add `.projections` to what the service's own include."""
    unit = projection_table(
        "unit", metadata, Column("zh", Text, nullable=False), Column("en", Text, nullable=False), Column("kind", Text)
    )
    work_group = projection_table(
        "work_group",
        metadata,
        Column("number", Integer, nullable=False),
        Column("zh", Text, nullable=False),
        Column("en", Text, nullable=False),
    )
    projections = Projections(metadata)

    @projections.on("registry.UnitRegistered")
    def unit_registered(event: Recorded, rows: Changes) -> None:
        rows.put(unit, **{name: event.data[name] for name in ("zh", "en", "kind")})

    @projections.on("registry.UnitRenamed")
    def unit_renamed(event: Recorded, rows: Changes) -> None:
        rows.set(unit, zh=event.data["zh"], en=event.data["en"])

    @projections.on("registry.GroupFormed")
    def group_formed(event: Recorded, rows: Changes) -> None:
        rows.put(work_group, **{name: event.data[name] for name in ("number", "zh", "en")})

    return UnitsAndGroups(unit, work_group, projections)
