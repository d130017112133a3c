"""Whom the login page of the local issuer offers: what `principals.json` holds, under headings.

The offices stand there from the start. `enrol` adds persons, so that the page offers those whom a demonstration or a
test has appointed; what a person may do still comes from his posts in registry's events alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sevenx.local.home import Home
from sevenx.local.secret_files import write_private

_NUMERALS = "一二三四五六七八九十"
_POSTS = {
    "leader": ("组长", "Leader"),
    "deputy": ("副组长", "Deputy"),
    "liaison": ("联络员", "Liaison"),
    "head": ("负责人", "Head"),
}
_OFFICES = ("机关处室", "Offices")
_UNITS = ("牵头单位与责任单位", "Lead and responsible units")


@dataclass(frozen=True)
class Choice:
    """One entry: who it is, and by which post one would look for him."""

    subject: str
    zh: str
    en: str
    post_zh: str
    post_en: str


@dataclass(frozen=True)
class Choices:
    """Entries under one heading."""

    zh: str
    en: str
    entries: tuple[Choice, ...]


@dataclass(frozen=True)
class Enrolled:
    """A person to be offered: in a post (`leader`, `deputy`, `liaison`, `head`) of a group by its number, or of a unit
    by its names."""

    subject: str
    zh: str
    en: str
    post: str
    group: int | None = None
    unit: tuple[str, str] = ("", "")


def enrol(home: Home, people: Iterable[Enrolled]) -> None:
    """Add persons to the state folder's principals; who is there already is replaced."""
    known = json.loads(home.principals.read_text("utf-8"))
    for one in people:
        zh, en = _POSTS[one.post]
        if one.group is not None:
            section = (f"招商{_NUMERALS[one.group - 1]}组", f"Group {one.group}")
        else:
            section, zh, en = _UNITS, f"{one.unit[0]} · {zh}", f"{one.unit[1] or one.unit[0]} · {en}"
        known[one.subject] = {
            "name": one.zh,
            "name_en": one.en,
            "grants": [],
            "district": home.district,
            "section": section,
            "post": (zh, en),
        }
    write_private(home.principals, json.dumps(known, ensure_ascii=False, indent=1).encode(), mode=0o644)


def choices(principals: Mapping[str, Mapping[str, Any]]) -> list[Choices]:
    """The principals by their headings: offices, groups in order, units."""
    found: dict[tuple[str, str], list[Choice]] = {}
    for subject, one in principals.items():
        section = tuple(one.get("section", _OFFICES))
        found.setdefault((section[0], section[1]), []).append(_choice(subject, one))
    rank = {_OFFICES: "0", _UNITS: "2"}
    ordered = sorted(found, key=lambda section: (rank.get(section, "1"), section[1]))
    return [Choices(*section, tuple(found[section])) for section in ordered]


def _choice(subject: str, one: Mapping[str, Any]) -> Choice:
    post_zh, post_en = one.get("post", ("", ""))
    name_en = one.get("name_en")
    if name_en is None:
        role = next(iter(one.get("grants", [])), "").partition("@")[0].replace("_", " ")
        name_en = role.capitalize() or one["name"]
    return Choice(subject, str(one["name"]), str(name_en), post_zh, post_en)
