"""Enterprises of the register (客商库): investors of the ventures, and some that are only known. All are fictional."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sevenx.demo.milestones import Milestones
from sevenx.demo.scenario import Scenario
from sevenx.demo.ventures import Venture, credit_code

_SUFFIX = "（模拟）有限公司"
_INDUSTRY_CODES = {"aluminium": "C3252", "medicine-and-health": "C2710"}


@dataclass(frozen=True)
class Company:
    """An enterprise as it is registered."""

    key: str
    """The plan's name of it: the story of its first venture, or what the scenario calls it."""
    name: str
    origin: str
    place: str
    body: str
    """The unit for which it is registered."""
    on: date
    """The day of its registration, or the day before which it is registered."""
    code: str | None = None
    abroad: str = ""
    """Where it is registered outside the mainland, such as `SG 2026-0001`."""
    english: str = ""
    lists: tuple[tuple[str, int], ...] = ()
    """Lists on which it stands, each with its rank."""
    industry_code: str | None = None
    short: bool = False
    """Whether its short name is entered with it."""

    @property
    def short_name(self) -> str:
        return f"{self.name.removesuffix(_SUFFIX)}（模拟）"

    @property
    def registration(self) -> Mapping[str, str] | None:
        """Its registration outside the mainland."""
        country, _, number = self.abroad.partition(" ")
        return {"country": country, "number": number} if country else None


def investors(scenario: Scenario, ways: Sequence[Milestones]) -> Iterator[Company]:
    """Those of the first ventures whose investors are entered, each once; the named story lines are all among them."""
    story: Any = scenario.stories["enterprises"]
    first: dict[str, Milestones] = {}
    for way in sorted(ways, key=lambda one: (one.days["register"], one.story)):
        first.setdefault(way.venture.code, way)
    told = [way for way in first.values() if way.venture.story in _named(scenario)]
    chance = random.Random(f"{scenario.seed} enterprises")
    others = [way for way in first.values() if way not in told]
    drawn = chance.sample(others, min(len(others), story["of_ventures"] - len(told)))
    for way in (*told, *(one for one in others if one in drawn)):
        yield _investor(way.venture, way.days["register"], story, chance)


def _named(scenario: Scenario) -> set[str]:
    return {f"V{number:03d}" for number in range(1, len(scenario.ventures) + 1)}


def _investor(one: Venture, on: date, story: Mapping[str, Any], chance: random.Random) -> Company:
    ranked = chance.random() < story["listed"]
    lists = ((chance.choice(story["lists"]), chance.randint(60, 499)),) if ranked else ()
    return Company(
        key=one.story,
        name=one.investor,
        origin=one.origin,
        place=one.place,
        body=one.finder,
        on=on,
        code=None if one.abroad else one.code,
        abroad=one.abroad,
        english=story["english"].get(one.story, ""),
        lists=lists,
        industry_code=_INDUSTRY_CODES.get(one.industry),
        short=chance.random() < story["short_names"],
    )


def others(scenario: Scenario) -> Iterator[Company]:
    """Enterprises without a venture: parents of groups, those who bring others, and those entered a second time."""
    story: Any = scenario.stories["enterprises"]
    for entry in story["others"]:
        known = dict(entry)
        known_on, number = known.pop("known_on"), known.pop("number", None)
        known["lists"] = tuple((name, rank) for name, rank in known.get("lists", {}).items())
        yield Company(**known, on=known_on, code=credit_code(number) if number else None)
