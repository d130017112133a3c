"""Procedures (手续办理) and problems (问题协调): asked for and raised, mostly answered in time, some not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.district import District
from sevenx.demo.milestones import Milestones, past
from sevenx.demo.scenario import Scenario

_STEPS: Mapping[str, Sequence[tuple[int, str]]] = {
    "granted": ((0, "ask"), (1, "accept"), (4, "grant")),
    "supplemented": ((0, "ask"), (1, "accept"), (2, "lack"), (8, "supply"), (10, "grant")),
    "late": ((0, "ask"), (3, "accept"), (26, "grant")),
    "moved": ((0, "ask"), (1, "accept"), (2, "move"), (14, "grant")),
    "refused": ((0, "ask"), (1, "accept"), (4, "refuse")),
    "withdrawn": ((0, "ask"), (3, "withdraw")),
    "waits": ((0, "ask"), (1, "accept")),
    "solved": ((0, "raise"), (3, "handle"), (7, "close")),
    "overdue": ((0, "raise"), (6, "handle"), (27, "close")),
    "escalated": ((0, "raise"), (3, "handle"), (6, "escalate"), (9, "give_back"), (12, "handle"), (14, "close")),
    "district": ((0, "raise"), (4, "escalate"), (7, "escalate"), (10, "handle"), (13, "close")),
    "reopened": ((0, "raise"), (3, "handle"), (6, "close"), (12, "reopen"), (14, "handle"), (19, "close")),
    "unsolvable": ((0, "raise"), (4, "handle"), (9, "give_up")),
    "open": ((0, "raise"), (3, "handle")),
}
"""Working days after the first step, and what is done. What begins near the year's end stays open."""


def plan_matters(scenario: Scenario, district: District, ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """Each begins some days after its project has reached the stage that brings it."""
    story: Any = scenario.stories.get("matters")
    if not story:
        return
    for area, kinds in (("procedures", story["procedures"]), ("problems", story["problems"])):
        chance = random.Random(f"{scenario.seed} {area}")
        lines = [line for line, number in story[f"{area}_lines"].items() for _ in range(number)]
        chance.shuffle(lines)
        for n, line in enumerate(lines):
            kind = kinds[n % len(kinds)]
            began = _begins(ways, desk, chance, kind["at"], _STEPS[line][-1][0])
            if began is not None:
                way, on = began
                facts = {"venture": way.venture, "matter": f"{area}-{n}", **kind}
                yield from _line(district, desk, way, on, f"{area[0].upper()}{n:02d}-{way.story}", area, line, facts)


def _begins(
    ways: Sequence[Milestones], desk: Desk, chance: random.Random, stage: str, days: int
) -> tuple[Milestones, date] | None:
    """A venture at the stage, and a day some time after it on which there is time left for the whole line."""
    found = [
        (way, on)
        for way, reached in past(ways, stage)
        if (on := desk.after(reached + timedelta(days=chance.randint(4, 30)))) is not None
        and way.open_on(on + timedelta(days=2 * days + 10))
        and on + timedelta(days=2 * days + 10) <= desk.last
    ]
    return chance.choice(found) if found else None


def _line(
    district: District,
    desk: Desk,
    way: Milestones,
    began: date,
    story: str,
    area: str,
    line: str,
    facts: Mapping[str, Any],
) -> Iterator[Act]:
    for order, (after, deed) in enumerate(_STEPS[line]):
        on = desk.after(district.calendar.add_working_days(began, after) if after else began)
        if way.open_on(on) and on is not None:
            yield Act(on, DAY, story, order, f"{area}.{deed}", facts)
