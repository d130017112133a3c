"""Compares the roster's YAML with the notice's text and names every difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .notice_text import Notice, NoticeGroup, NotTheNotice, parse

Roster = dict[str, Any]
"""The roster's files by their stem, as YAML reads them."""


def differences(raw_notice: str, roster: Roster) -> list[str]:
    """Every way in which the roster is not the notice; empty when it is."""
    try:
        notice = parse(raw_notice)
    except NotTheNotice as error:
        return [str(error)]
    names = unit_of_name(roster)
    return [
        *_groups(notice, roster),
        *_names_resolve(notice, roster, names),
        *_sources(notice, roster, names),
        *_people(roster),
    ]


def unit_of_name(roster: Roster) -> dict[str, list[str]]:
    """Every spelling of the roster with the ids of the units that bear it."""
    names: dict[str, list[str]] = {}
    for unit in [*roster["units"]["units"], *roster["sub_districts"]["sub_districts"]]:
        for name in {unit["zh"], *(alias_name(alias) for alias in unit["aliases"])}:
            names.setdefault(name, []).append(unit["id"])
    return names


def alias_name(alias: str | dict[str, str]) -> str:
    return alias if isinstance(alias, str) else alias["name"]


def _groups(notice: Notice, roster: Roster) -> Iterator[str]:
    entries = roster["groups"]["groups"]
    if len(entries) != len(notice.groups):
        yield f"{len(entries)} groups, the notice has {len(notice.groups)}"
    for entry, group in zip(entries, notice.groups, strict=False):
        for field, ours, theirs in _fields(entry, group):
            if ours != theirs:
                yield f"{group.zh} {field}: {ours!r}, the notice has {theirs!r}"
        at = 0
        for item in entry["duty_items"]:
            found = entry["duties"].find(item, at)
            if found < 0:
                yield f"{group.zh} duty_items: {item!r} is not in the duties, or out of their order"
            at = max(at, found)


def _fields(entry: dict[str, Any], group: NoticeGroup) -> list[tuple[str, Any, Any]]:
    return [
        ("number", entry["number"], group.number),
        ("zh", entry["zh"], group.zh),
        ("leader", entry["leader"], group.leader),
        ("deputy", entry.get("deputy"), group.deputy),
        ("lead_units", tuple((u["name"], u.get("industry")) for u in entry["lead_units"]), group.lead_units),
        ("responsible_units", tuple(entry["responsible_units"]), group.responsible_units),
        ("duties", entry["duties"], group.duties),
    ]


def _names_resolve(notice: Notice, roster: Roster, names: dict[str, list[str]]) -> Iterator[str]:
    everybody = roster["sub_districts"]["stands_for"]
    for group in notice.groups:
        for name in (*(lead for lead, _ in group.lead_units), *group.responsible_units):
            if name != everybody and len(names.get(name, [])) != 1:
                yield f"{group.zh}: {name} is {names.get(name, 'no unit')}"
    for name in (*notice.landing_units, *notice.departments):
        if name != everybody and len(names.get(name, [])) != 1:
            yield f"二: {name} is {names.get(name, 'no unit')}"
    flagged = {unit["id"] for unit in roster["units"]["units"] if unit.get("in_x_department")}
    named = {unit for name in notice.departments for unit in names.get(name, [])}
    if flagged != named:
        yield f"二（二）: in_x_department differs for {sorted(flagged ^ named)}"


def _sources(notice: Notice, roster: Roster, names: dict[str, list[str]]) -> Iterator[str]:
    for unit in roster["units"]["units"]:
        for alias in unit["aliases"]:
            if isinstance(alias, str) and alias not in notice.text:
                yield f"{unit['id']}: alias {alias} neither stands in the notice nor has a source"
        for clause, spellings in unit.get("sources", {}).items():
            for name in spellings:
                if unit["id"] not in names.get(name, []):
                    yield f"{unit['id']}: {name} of clause {clause} is not among its names"
                if name not in notice.clauses.get(clause, ""):
                    yield f"{unit['id']}: {name} does not stand in clause {clause}"
    listed = [(f"一（{'一二三四五六七'[g.number - 1]}）", [n for n, _ in g.lead_units], g) for g in notice.groups]
    for clause, leads, group in listed:
        yield from _listed(roster, names, clause, [*leads, *group.responsible_units])
    yield from _listed(roster, names, "二（一）", notice.landing_units)
    yield from _listed(roster, names, "二（二）", notice.departments)


def _listed(roster: Roster, names: dict[str, list[str]], clause: str, spellings: Any) -> Iterator[str]:
    """Each name that a clause lists is among the sources of its unit."""
    units = {unit["id"]: unit for unit in roster["units"]["units"]}
    for name in spellings:
        for unit in names.get(name, []):
            if name not in units[unit].get("sources", {}).get(clause, []):
                yield f"{unit}: sources lack {name} of clause {clause}"


def _people(roster: Roster) -> Iterator[str]:
    posts = {(post["group"], post["as"]): p["zh"] for p in roster["people"]["people"] for post in p["posts"]}
    named = {
        (g["number"], post): g[post] for g in roster["groups"]["groups"] for post in ("leader", "deputy") if g.get(post)
    }
    if posts != named:
        yield f"people and groups differ about {sorted(set(posts.items()) ^ set(named.items()))}"
