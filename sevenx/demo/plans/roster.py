"""The roster through the year: overlaps of duties are decided, and a unit's liaison hands the post over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.cast import Cast
from sevenx.demo.desk import Desk
from sevenx.demo.scenario import Person, Scenario


def plan_roster(scenario: Scenario, cast: Cast, desk: Desk) -> Iterator[Act]:
    """As the scenario names them. Whoever hands over has done the last of his work by then."""
    story: Any = scenario.stories.get("roster")
    if not story:
        return
    for order, (industry, told) in enumerate(story["overlaps"].items()):
        decided = desk.after(story["decided"]) or desk.last
        yield Act(decided, DAY, "N-overlaps", order, "roster.decide", {"industry": industry, **told})
    for unit, told in story["handovers"].items():
        facts = {"unit": unit, "successor": _successor(scenario, cast, unit), "until": told["hand_over"]}
        for order, (deed, asked) in enumerate(told.items()):
            if on := desk.after(asked):
                yield Act(on, DAY, f"N-{unit}", order, f"roster.{deed}", facts)


def _successor(scenario: Scenario, cast: Cast, unit: str) -> Person:
    """Somebody with a surname that nobody of the cast was given."""
    zh, en = list(scenario.named_surnames())[len(cast.people)]
    return Person(f"410804-N-demo-next-{en.lower()}", f"{zh}模拟", f"{en} Moni", "liaison", None, unit)
