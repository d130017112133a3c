"""Referrals (以企引企): who brought whom, beside what leads say of it; one brings a batch, some of these bring others,
and one was taken the wrong way round."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.milestones import Milestones
from sevenx.demo.scenario import Scenario

_STORY = "referrals"
"""All of them stand in one stream, and so in one story."""


def plan_referrals(scenario: Scenario, ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """One tree, grown from the scenario's first referrer: so many investors in each generation."""
    story: Any = scenario.stories.get("referrals")
    if not story:
        return
    told = sorted(_tree(scenario, ways, story), key=lambda one: (_known(*one), one[1].story))
    wrongly = next(number for number, (by, _) in enumerate(told) if by.story == story["first"])
    for number, (by, one) in enumerate(told):
        on = desk.after(_known(by, one) + timedelta(days=1))
        if on is None:
            continue
        facts = {"referrer": by.venture, "referred": one.venture}
        if number == wrongly:
            yield Act(on, DAY, _STORY, 10 * number, "leads.refer_wrongly", facts)
            yield Act(on, DAY, _STORY, 10 * number + 1, "leads.withdraw_referral", facts)
        yield Act(on, DAY, _STORY, 10 * number + 2, "leads.refer", facts)


def _tree(
    scenario: Scenario, ways: Sequence[Milestones], story: Mapping[str, Any]
) -> Iterator[tuple[Milestones, Milestones]]:
    """(who brought, who was brought). An investor is brought by one; those whose leads say who brought them, or who
    brought others by them, are left out: so no chain can close a circle."""
    chance = random.Random(f"{scenario.seed} referrals")
    first = next(one for one in ways if one.story == story["first"])
    taken = {first.venture.code}
    for one in ways:
        if one.venture.referred_by:
            taken |= {one.venture.code, one.venture.referred_by[1]}
    free: dict[str, Milestones] = {}
    for one in ways:
        if one.venture.code not in taken:
            free.setdefault(one.venture.code, one)
    preferred = sorted(free.values(), key=lambda one: (one.on("signed") is None, one.story))
    pool = preferred[: sum(story["generations"]) * 2]
    chance.shuffle(pool)
    generation = [first]
    for size in story["generations"]:
        brought = [pool.pop() for _ in range(size)]
        for number, one in enumerate(brought):
            yield generation[number % len(generation)], one
        generation = brought


def _known(by: Milestones, one: Milestones) -> date:
    """The day from which on both are known here."""
    return max(by.days["register"], one.days["register"])
