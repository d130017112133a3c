"""Views of units, groups and people, put together from the read model's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry import queries as q
from services.registry import tables as t
from services.registry.api_views import (
    GroupPageView,
    GroupView,
    HolderView,
    MemberView,
    MergedView,
    NameView,
    PartView,
    PersonView,
    PlanView,
    TargetView,
    TenureView,
    UnitView,
)
from services.registry.domain.tenure import Change, Tenures, holder_on, tenures_of
from services.registry.domain.unit.state import LANDING_KINDS
from services.registry.plan_views import MonthlyTargetView
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PostsHeld:
    """The tenures of posts by (scope, role), folded from their changes by the domain's own rule."""

    tenures: Mapping[tuple[str, str], Tenures]

    @classmethod
    def of(cls, changes: Iterable[Row]) -> PostsHeld:
        """Of rows in the order of their streams' versions."""
        said: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for row in changes:
            change = Change(row["person"], row["name"], row["effective"], row["begins"])
            said[row["stream"], row["role"]].append(change)
        return cls({key: tenures_of(tuple(of)) for key, of in said.items()})

    def holder(self, scope: str, role: str, on: date) -> HolderView | None:
        found = holder_on(self.tenures.get((scope, role), ()), on)
        return None if found is None else HolderView(person=found.person, name=found.name, since=found.start)

    def history(self, scope: str | None = None) -> list[TenureView]:
        """All tenures, or those of one group's or unit's posts."""
        return [
            TenureView(role=role, scope=of, person=one.person, name=one.name, since=one.start, until=one.end)
            for (of, role), tenures in sorted(self.tenures.items())
            for one in tenures
            if scope in (None, of)
        ]


async def groups(reads: Reads, rows: Iterable[Row], on: date) -> list[GroupView]:
    """The groups of these rows as they stand on a day."""
    listed = list(rows)
    ids = [row["stream"] for row in listed]
    held = PostsHeld.of(await reads.rows(q.post_changes(streams=ids)))
    members = await reads.rows(q.members(on, groups=ids))
    return [GroupView(**_group(row, held, members, on)) for row in listed]


async def group_page(reads: Reads, row: Row, on: date) -> GroupPageView:
    """A group with its posts over time, its plans and its targets."""
    stream = row["stream"]
    held = PostsHeld.of(await reads.rows(q.post_changes(streams=[stream])))
    members = await reads.rows(q.members(on, groups=[stream]))
    targets = await reads.rows(q.of_streams(t.target, [stream]))
    months = await reads.rows(q.of_streams(t.monthly_target, [stream]))
    return GroupPageView(
        **_group(row, held, members, on),
        history=held.history(),
        plans=[PlanView(**one) for one in await reads.rows(q.of_streams(t.annual_plan, [stream]))],
        targets=[TargetView(**{**one, "unit": one["unit"] or None}) for one in targets],
        monthly_targets=[MonthlyTargetView(**one) for one in months],
    )


def _group(row: Row, held: PostsHeld, members: Iterable[Row], on: date) -> dict[str, Any]:
    stream = row["stream"]
    of_part: dict[str, list[MemberView]] = defaultdict(list)
    for one in members:
        if one["stream"] == stream:
            of_part[one["part"]].append(MemberView(**{**one, "zh": one["zh"] or "", "en": one["en"] or ""}))
    return {
        **row,
        "id": stream,
        "as_of": on,
        "leader": held.holder(stream, "group_leader", on),
        "deputy": held.holder(stream, "group_deputy", on),
        "liaison": held.holder(stream, "liaison", on),
        "lead_units": of_part["lead"],
        "responsible_units": of_part["responsible"],
        "duties": row["duties"] or "",
        "duty_items": row["duty_items"] or [],
    }


async def units(reads: Reads, rows: Iterable[Row], on: date) -> list[UnitView]:
    """The units of these rows with their names, posts and groups of a day."""
    listed = list(rows)
    ids = [row["stream"] for row in listed]
    held = PostsHeld.of(await reads.rows(q.post_changes(streams=ids)))
    titles = {one["stream"]: one for one in await reads.rows(q.as_of(t.unit_title, on, ids))}
    parents = {one["stream"]: one["parent"] for one in await reads.rows(q.as_of(t.unit_parent, on, ids))}
    names, parts = defaultdict(list), defaultdict(list)
    for one in await reads.rows(q.of_streams(t.unit_name, ids)):
        names[one["stream"]].append(NameView(name=one["name"], source=one["source"]))
    for one in await reads.rows(q.members(on, units=ids)):
        parts[one["unit"]].append(PartView(group=one["stream"], part=one["part"], industry=one["industry"]))
    return [
        UnitView(
            **{**row, **_title(titles.get(row["stream"]))},
            id=(stream := row["stream"]),
            landing_unit=row["kind"] in LANDING_KINDS,
            names=names[stream],
            head=held.holder(stream, "unit_head", on),
            liaison=held.holder(stream, "unit_liaison", on),
            groups=parts[stream],
            parent=parents.get(stream),
            merged=_merged(row, on),
        )
        for row in listed
    ]


def _title(row: Row | None) -> dict[str, str]:
    """The full name of the day; a unit that has none of that day keeps its newest."""
    return {} if row is None else {"zh": row["zh"], "en": row["en"]}


def _merged(row: Row, on: date) -> MergedView | None:
    if row["merged_on"] is None or row["merged_on"] > on:
        return None
    return MergedView(into=row["merged_into"], on=row["merged_on"])


async def people(reads: Reads, rows: Iterable[Row], on: date) -> list[PersonView]:
    """People with the posts that they hold on a day."""
    listed = list(rows)
    ids = [row["stream"] for row in listed]
    posts: dict[str, list[TenureView]] = defaultdict(list)
    for one in PostsHeld.of(await reads.rows(q.post_changes(people=ids))).history():
        if one.since <= on and (one.until is None or on < one.until):
            posts[one.person].append(one)
    return [PersonView(**row, id=row["stream"], posts=posts[row["stream"]]) for row in listed]
