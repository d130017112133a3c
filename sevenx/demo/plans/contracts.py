"""What becomes of contracts: letters of intent before them, supplementary agreements after them, and the month's
investment as the statistics bureau counts it (入统)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.milestones import Milestones, past
from sevenx.demo.scenario import Scenario

_COUNTED_ON = 12
"""Day of the next month on which a month's investment is counted."""
_COARSE = 10_000


def plan_contracts(scenario: Scenario, ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """Drawn among the ventures that get that far."""
    story: Any = scenario.stories.get("contracts")
    if not story:
        return
    chance = random.Random(f"{scenario.seed} contracts")
    yield from _intents(ways, desk, chance, story["intents"])
    yield from _amendments(ways, desk, chance, story["amendments"])
    yield from _statistics(ways, desk, chance, story["statistics"])


def _intents(ways: Sequence[Milestones], desk: Desk, chance: random.Random, number: int) -> Iterator[Act]:
    """意向书、框架协议: kept apart from the contract, and some time before it."""
    found = [
        (way, on)
        for way, began in past(ways, "negotiating")
        if (on := desk.after(began + timedelta(days=9))) and way.open_on(on) and on < (way.on("signed") or date.max)
    ]
    for n, (way, on) in enumerate(chance.sample(found, min(len(found), number))):
        kind = "letter_of_intent" if n % 2 else "framework"
        yield Act(on, DAY, f"C-{way.story}", 0, "contracts.intent", {"venture": way.venture, "kind": kind})


def _amendments(
    ways: Sequence[Milestones], desk: Desk, chance: random.Random, told: Sequence[dict[str, Any]]
) -> Iterator[Act]:
    """补充协议: another amount, other content, other days."""
    found = [
        (way, on)
        for way, signed in past(ways, "signed")
        if not (way.venture.dollars or way.venture.extends)
        and (on := desk.after(signed + timedelta(days=chance.randint(40, 110)))) and way.open_on(on)
    ]  # fmt: skip
    for (way, on), what in zip(chance.sample(found, len(told)), told, strict=True):
        yield Act(on, DAY, f"C-{way.story}", 10, "contracts.amend", {"venture": way.venture, **what})


def _statistics(ways: Sequence[Milestones], desk: Desk, chance: random.Random, number: int) -> Iterator[Act]:
    """Of each project every month from its landing on; every fourth project has a month that was counted wrongly."""
    landed = past(ways, "landed")
    for n, (way, on) in enumerate(chance.sample(landed, min(len(landed), number))):
        month, order = on.replace(day=1), 0
        while True:
            following = (month + timedelta(days=32)).replace(day=1)
            counted = desk.after(following.replace(day=_COUNTED_ON))
            if counted is None or not way.open_on(counted):
                break
            amount = way.venture.amount // chance.randint(30, 60) // _COARSE * _COARSE
            facts = {"venture": way.venture, "month": f"{month:%Y-%m}", "amount": amount}
            yield Act(counted, DAY, f"S-{way.story}", order, "contracts.count", facts)
            if order == 2 and n % 4 == 0:
                facts = {**facts, "amount": amount * 4 // 5}
                yield Act(counted, DAY, f"S-{way.story}", order + 1, "contracts.count_again", facts)
            month, order = following, order + 2
