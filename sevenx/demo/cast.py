"""The fictional cast: one person for every post, named after the scenario's surnames, so that no official acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sevenx.demo.district import District
from sevenx.demo.scenario import Person, Scenario

_NOT_ACTING = ("leadership",)
"""Kinds of unit that take no part in the daily work."""


@dataclass(frozen=True)
class Cast:
    """Who holds which post."""

    people: tuple[Person, ...]

    @classmethod
    def of(cls, scenario: Scenario, district: District) -> Cast:
        """The same persons for the same scenario. ValueError when there are fewer surnames than posts."""
        posts = list(_posts(district))
        names = list(scenario.named_surnames())
        if len(names) < len(posts):
            raise ValueError(f"{scenario.name}.yaml: {len(posts)} posts and only {len(names)} surnames")
        spelt = Counter[str]()
        people = []
        for (post, group, unit), (zh, en) in zip(posts, names, strict=False):
            spelt[en] += 1
            number = str(spelt[en]) if spelt[en] > 1 else ""
            id_ = f"410804-N-demo-{en.lower()}{number}"
            people.append(Person(id_, f"{zh}模拟", f"{en} Moni", post, group, unit))
        return cls(tuple(people))

    def holder(self, post: str, of: str | int) -> str:
        """The person who holds a post: of a group by its number, of a unit by its id."""
        return next(one.id for one in self.people if one.post == post and of in (one.group, one.unit))

    def name(self, person: str) -> str:
        """A person's Chinese name."""
        return next(one.zh for one in self.people if one.id == person)

    def heads(self, kinds: Sequence[str], district: District) -> tuple[Person, ...]:
        """The heads of all units of these kinds."""
        return tuple(
            one for one in self.people if one.post == "head" and one.unit and district.units[one.unit].kind in kinds
        )


def _posts(district: District) -> Iterator[tuple[str, int | None, str | None]]:
    for group in district.groups:
        yield "leader", group.number, None
    for group in district.groups:
        if group.has_deputy:
            yield "deputy", group.number, None
    for group in district.groups:
        yield "liaison", group.number, None
    for post in ("head", "liaison"):
        for unit in district.units.values():
            if unit.kind not in _NOT_ACTING:
                yield post, None, unit.id
