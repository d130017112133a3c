"""Who holds which post, as every service that asks about permissions reads it from the registry's events.

The rows are changes, not states: a post that ended is still told for a day on which it was held (三(三): a past report
shows who held the post then).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Select, Table, Text, select
from sqlalchemy.dialects.postgresql import distinct_on

from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections, projection_table
from sevenx.kernel.reads import Reads

_POSTS = {
    "LeaderAppointed": ("group_leader", True),
    "LeaderReleased": ("group_leader", False),
    "DeputyAppointed": ("group_deputy", True),
    "DeputyReleased": ("group_deputy", False),
    "LiaisonDesignated": ("liaison", True),
    "LiaisonReleased": ("liaison", False),
    "UnitHeadAppointed": ("unit_head", True),
    "UnitHeadReleased": ("unit_head", False),
    "UnitLiaisonDesignated": ("unit_liaison", True),
    "UnitLiaisonReleased": ("unit_liaison", False),
}
_UNITS = {
    "LeadUnitAssigned": ("lead", True),
    "LeadUnitWithdrawn": ("lead", False),
    "ResponsibleUnitAssigned": ("responsible", True),
    "ResponsibleUnitWithdrawn": ("responsible", False),
}


Row = Mapping[str, Any]


@dataclass(frozen=True)
class Posts:
    """The tables of posts and of the groups' units in one service's read model, and the handlers that fill them."""

    post_change: Table
    """Rows (stream = group or unit, version): role, person, name, begins, effective (the first day in or out of it)."""
    unit_change: Table
    """Rows (stream = group, version): part (lead, responsible), unit, begins, effective."""
    merger: Table
    """Rows (stream = the unit that was merged): into, effective."""
    projections: Projections

    def holders_of(self, scope: str, role: str, on: date) -> Select[Any]:
        """Persons (columns person, name) who hold a role for a group or unit on a day."""
        t = self.post_change
        last = self._last_changes(on).where(t.c.stream == scope, t.c.role == role).subquery()
        return select(last.c.person, last.c.name).where(last.c.begins)

    def units_of(self, group: str, part: str, on: date) -> Select[Any]:
        """Units (column unit) that are `lead` or `responsible` units of a group on a day."""
        t = self.unit_change
        last = self._last_units(on).where(t.c.stream == group, t.c.part == part).subquery()
        return select(last.c.unit).where(last.c.begins)

    def groups_of(self, unit: str, part: str, on: date) -> Select[Any]:
        """Groups (column stream) of which a unit is a `lead` or `responsible` unit on a day."""
        t = self.unit_change
        last = self._last_units(on).where(t.c.unit == unit, t.c.part == part).subquery()
        return select(last.c.stream).where(last.c.begins)

    async def grants_of(self, reads: Reads, person: str, on: date) -> frozenset[str]:
        """The grants that follow from a person's posts on a day: `liaison@G`, `group_leader@G`, `group_deputy@G`,
        `unit_head@U`, `unit_liaison@U`, and `lead_unit_head@G` for the head of one of the group's lead units. Whoever
        holds a post of a unit acts for those that were merged into it: what is theirs keeps their ids."""
        changes = await reads.kept(self.projections.events, ("posts", person), lambda: self._posts_of(reads, person))
        held = standing(changes, ("role", "stream"), on)
        grants = {f"{role}@{scope}" for role, scope in held}
        mergers = await reads.kept(self.projections.events, "mergers", lambda: reads.rows(select(self.merger)))
        for role, scope in held:
            grants |= {f"{role}@{one}" for one in absorbed(mergers, scope, on)}
        headed = {scope for role, scope in held if role == "unit_head"}
        if headed:
            led = await reads.kept(self.projections.events, "lead units", lambda: self._lead_units(reads))
            pairs = standing(led, ("unit", "stream"), on)
            grants |= {f"lead_unit_head@{group}" for unit, group in pairs if unit in headed}
        return frozenset(grants)

    async def _posts_of(self, reads: Reads, person: str) -> list[Row]:
        t = self.post_change.c
        query = select(t.stream, t.role, t.begins, t.effective, t.version).where(t.person == person)
        return await reads.rows(query)

    async def _lead_units(self, reads: Reads) -> list[Row]:
        t = self.unit_change.c
        return await reads.rows(select(t.stream, t.unit, t.begins, t.effective, t.version).where(t.part == "lead"))

    def _last_changes(self, on: date) -> Select[Any]:
        t = self.post_change
        return (
            select(t)
            .where(t.c.effective <= on)
            .ext(distinct_on(t.c.stream, t.c.role, t.c.person))
            .order_by(t.c.stream, t.c.role, t.c.person, t.c.effective.desc(), t.c.version.desc())
        )

    def _last_units(self, on: date) -> Select[Any]:
        t = self.unit_change
        return (
            select(t)
            .where(t.c.effective <= on)
            .ext(distinct_on(t.c.stream, t.c.part, t.c.unit))
            .order_by(t.c.stream, t.c.part, t.c.unit, t.c.effective.desc(), t.c.version.desc())
        )


def standing(changes: Iterable[Row], key: tuple[str, str], on: date) -> set[tuple[str, str]]:
    """What the last change until a day has begun; of two on one day the later in its stream holds."""
    first, second = key
    last: dict[tuple[str, str], bool] = {}
    for row in sorted(changes, key=lambda row: (row["effective"], row["version"])):
        if row["effective"] <= on:
            last[row[first], row[second]] = row["begins"]
    return {known for known, begins in last.items() if begins}


def absorbed(mergers: Iterable[Row], unit: str, on: date) -> set[str]:
    """The units that were merged into a unit until a day, directly or through others."""
    into: dict[str, list[str]] = {}
    for row in mergers:
        if row["effective"] <= on:
            into.setdefault(row["into"], []).append(row["stream"])
    found, left = set[str](), list(into.get(unit, ()))
    while left:
        one = left.pop()
        if one not in found and one != unit:
            found.add(one)
            left += into.get(one, ())
    return found


def posts(metadata: MetaData) -> Posts:
    """Posts in the given read model; add `.projections` to what the service's own include."""
    post_change = projection_table(
        "post_change",
        metadata,
        Column("version", Integer, primary_key=True),
        Column("role", Text, nullable=False),
        Column("person", Text, nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("begins", Boolean, nullable=False),
        Column("effective", Date, nullable=False),
    )
    unit_change = projection_table(
        "unit_change",
        metadata,
        Column("version", Integer, primary_key=True),
        Column("part", Text, nullable=False),
        Column("unit", Text, nullable=False, index=True),
        Column("begins", Boolean, nullable=False),
        Column("effective", Date, nullable=False),
    )
    merger = projection_table(
        "unit_merger", metadata, Column("into", Text, nullable=False), Column("effective", Date, nullable=False)
    )
    projections = Projections(metadata)

    @projections.on("registry.UnitMerged")
    def unit_merged(event: Recorded, rows: Changes) -> None:
        rows.put(merger, into=event.data["into"], effective=event.data["effective"])

    @projections.on(*(f"registry.{name}" for name in _POSTS))
    def post_changed(event: Recorded, rows: Changes) -> None:
        role, begins = _POSTS[event.name]
        data: Mapping[str, Any] = event.data
        rows.put(
            post_change,
            event.version,
            role=role,
            person=data["person"],
            name=data["name"],
            begins=begins,
            effective=data["effective"],
        )

    @projections.on(*(f"registry.{name}" for name in _UNITS))
    def unit_changed(event: Recorded, rows: Changes) -> None:
        part, begins = _UNITS[event.name]
        rows.put(
            unit_change,
            event.version,
            part=part,
            unit=event.data["unit"],
            begins=begins,
            effective=event.data["effective"],
        )

    return Posts(post_change, unit_change, merger, projections)
