"""Whom a rule names. A selector is a word of `data/notices.yaml`:

    head@group               the leader of a group, the head of a unit, or a person himself, as the field's id says
    liaison@group            the liaison of a group or of a unit
    deputy@group             the deputy leader of a group
    unit_head@parties        the head of a unit, of those that the field names; a group's leader is not meant
    lead_unit_heads@group    the head of each lead unit of a group; lead_unit_liaisons likewise
    person@claimed_by        the person, or persons, whom the field names
    office@referee           the office whose role the field names
    office:commerce_bureau   an office of the district

The word behind @ is a field of the event, or one that starts with `its_` (of what the event is about) or `item_` (of a
part of it, such as one claim).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.notifier.domain.roster import Roster

OFFICES = (
    "commerce_bureau",
    "finance_bureau",
    "statistics_bureau",
    "supervision_office",
    "assessment_office",
    "district_office",
    "district_leader",
    "auditor",
    "operator",
)
"""Roles that an office holds for the whole district."""
_SELECTOR = re.compile(r"^(?P<word>[a-z_]+)(?P<by>[@:])(?P<of>[a-z_]+)$")
_POSTS = {
    "head": ("group_leader", "unit_head"),
    "unit_head": ("unit_head",),
    "liaison": ("liaison", "unit_liaison"),
    "deputy": ("group_deputy",),
}
"""A word to the post in a group and in a unit."""
_OF_LEAD_UNITS = {"lead_unit_heads": "unit_head", "lead_unit_liaisons": "unit_liaison"}
_WHO = ("subject", "holder")
"""How a record within an event calls the one whom it is about."""
_BY_FIELD = {*_POSTS, *_OF_LEAD_UNITS, "person", "office"}


@dataclass(frozen=True)
class Selector:
    """One word of a rule, read."""

    word: str
    field: str
    """The field whose ids are meant; empty for an office that is named."""
    office: str = ""

    @classmethod
    def parse(cls, text: str) -> Selector:
        """ValueError that says what is allowed."""
        match = _SELECTOR.match(text)
        if match is None:
            raise ValueError(f"{text!r} is no selector such as head@group or office:commerce_bureau")
        word, of = match["word"], match["of"]
        if match["by"] == ":":
            if word != "office" or of not in OFFICES:
                raise ValueError(f"{text!r} names no office; offices are {', '.join(OFFICES)}")
            return cls("office", "", of)
        if word not in _BY_FIELD:
            raise ValueError(f"{text!r}: {word!r} is not one of {', '.join(sorted(_BY_FIELD))}")
        return cls(word, of)


@dataclass(frozen=True)
class Addressee:
    """Who is told, and as what."""

    person: str
    told_as: str


def office_subject(district: str, role: str) -> str:
    """The subject under which an office is told: `410804-commerce-bureau`."""
    return f"{district}-{role.replace('_', '-')}"


def addressees(
    selectors: Iterable[Selector], facts: Mapping[str, Any], roster: Roster, district: str
) -> tuple[Addressee, ...]:
    """Those whom the selectors name, each person once and as the first that names him. A vacant post names nobody."""
    found: dict[str, Addressee] = {}
    for selector in selectors:
        for one in _named(selector, facts, roster, district):
            found.setdefault(one.person, one)
    return tuple(found.values())


def _named(selector: Selector, facts: Mapping[str, Any], roster: Roster, district: str) -> Iterable[Addressee]:
    if selector.office:
        return [_office(district, selector.office)]
    ids = _ids(facts[selector.field])
    if selector.word == "person":
        return [Addressee(one, selector.field) for one in ids]
    if selector.word == "office":
        return [_office(district, one) for one in ids]
    if selector.word in _OF_LEAD_UNITS:
        post = _OF_LEAD_UNITS[selector.word]
        units = [unit for group in ids for unit in roster.holders("lead", group)]
        return [Addressee(person, f"{post}@{unit}") for unit in units for person in roster.holders(post, unit)]
    return [one for scope in ids for one in _in_post(selector.word, scope, roster)]


def _in_post(word: str, scope: str, roster: Roster) -> list[Addressee]:
    if "-N-" in scope:
        return [Addressee(scope, "person")]
    posts = _POSTS[word]
    return [Addressee(person, f"{post}@{scope}") for post in posts for person in roster.holders(post, scope)]


def _office(district: str, role: str) -> Addressee:
    return Addressee(office_subject(district, role), f"{role}@{district}")


def _ids(value: Any) -> list[str]:
    """The ids that a field holds: none, one or several, or a list of records each with its `subject` or `holder`."""
    if not value:
        return []
    return [value] if isinstance(value, str) else [_id(one) for one in value]


def _id(one: Any) -> str:
    return str(next(one[name] for name in _WHO if name in one) if isinstance(one, Mapping) else one)
