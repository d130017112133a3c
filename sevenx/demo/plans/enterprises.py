"""The register of enterprises (客商库): entered with their leads or before, sometimes twice, and put in order later."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.companies import Company, investors, others
from sevenx.demo.desk import Desk
from sevenx.demo.milestones import Milestones
from sevenx.demo.scenario import Scenario

_PARTED_AFTER = timedelta(days=14)
_LATER = (20, 150)
"""Days after its registration on which something more is entered of an enterprise."""


def companies(scenario: Scenario, ways: Sequence[Milestones], desk: Desk) -> list[Company]:
    """All that are registered, each with the day of the desk on which it is."""
    story: Any = scenario.stories["enterprises"]
    chance = random.Random(f"{scenario.seed} known before")
    found = [
        replace(one, on=desk.before(one.on - timedelta(days=1)) if chance.random() < story["before"] else one.on)
        for one in investors(scenario, ways)
    ]
    return [*found, *(replace(one, on=desk.after(one.on) or desk.last) for one in others(scenario))]


def plan_enterprises(scenario: Scenario, ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """Registrations; names, lists and contact persons that come later; groups of companies; duplicates."""
    story: Any = scenario.stories.get("enterprises")
    if not story:
        return
    known = companies(scenario, ways, desk)
    by_key = {one.key: one for one in known}
    for one in known:
        yield _act(one, 0, one.on, "register")
    yield from _later(scenario, known, desk, story)
    for way in ways:
        if way.venture.abroad and way.story in by_key and (on := desk.after(_next(way.days["register"]))):
            yield _act(by_key[way.story], 1, on, "identify")
    yield from _told(by_key, desk, story)


def _later(scenario: Scenario, known: Sequence[Company], desk: Desk, story: Mapping[str, Any]) -> Iterator[Act]:
    """What is learnt of some of them, each drawn once: another name, a list, a mistake, a contact person."""
    chance = random.Random(f"{scenario.seed} enterprises later")
    named = {one for pair in story["twice"] for one in (pair["kept"], pair["again"])}
    named |= {*story["two"], *story["parted"], *story["recoded"]}
    drawn = chance.sample([one for one in known if one.key not in named], sum(story["later"].values()))
    for deed, number in story["later"].items():
        for _ in range(number):
            one = drawn.pop()
            on = desk.after(one.on + timedelta(days=chance.randint(*_LATER)))
            if on is None:
                continue
            yield _act(one, 2, on, deed)
            following = _AFTER.get(deed)
            if following and (then := desk.after(on + timedelta(days=30))):
                yield _act(one, 3, then, following)


_AFTER = {"list_wrongly": "unlist", "contact_left": "forget"}
"""What is put right some weeks later."""


def _told(by_key: Mapping[str, Company], desk: Desk, story: Mapping[str, Any]) -> Iterator[Act]:
    """Groups of companies, one after the other; who was entered twice and is one; who looks like one and is two."""
    order = 0
    for parent, owned in story["groups"].items():
        latest = max(by_key[key].on for key in (parent, *owned))
        for key in owned:
            order += 1
            yield _between(desk, latest, "E-groups", order, "belongs", by_key[key], by_key[parent])
    for number, pair in enumerate(story["twice"]):
        one, other = by_key[pair["kept"]], by_key[pair["again"]]
        facts = {"reason": pair["reason"], "despite_codes": pair.get("despite_codes", False)}
        yield _between(desk, max(one.on, other.on), "E-merges", number, "merge", one, other, **facts)
    one, other = (by_key[key] for key in story["two"])
    yield _between(desk, max(one.on, other.on), "E-dismissed", 0, "dismiss", one, other)
    one, other = (by_key[key] for key in story["parted"])
    facts = {"reason": "名称相同（模拟数据）", "despite_codes": True}
    yield _between(desk, max(one.on, other.on), "E-parted", 0, "merge", one, other, **facts)
    yield _between(desk, max(one.on, other.on) + _PARTED_AFTER, "E-parted", 1, "undo", one, other)
    for key, number in story["recoded"].items():
        on = desk.after(by_key[key].on + timedelta(days=30)) or desk.last
        yield Act(on, DAY, f"E-{key}", 4, "enterprises.recode", {"company": by_key[key], "number": number})


def _between(
    desk: Desk, after: date, story: str, order: int, deed: str, one: Company, other: Company, **facts: Any
) -> Act:
    on = desk.after(after + timedelta(days=10)) or desk.last
    return Act(on, DAY, story, order, f"enterprises.{deed}", {"company": one, "other": other, **facts})


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _act(one: Company, order: int, on: date, deed: str) -> Act:
    return Act(on, DAY, f"E-{one.key}", order, f"enterprises.{deed}", {"company": one})
