"""What is done on which day, in what order, and what can be done at the same time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

MORNING, DAY, EVENING = 0, 1, 2
"""Phases of a day. In the morning those work who read figures that all others change in the course of the day."""
_AT_ONCE = 16

Deed = Callable[["Act"], Awaitable[None]]


@dataclass(frozen=True, order=True)
class Act:
    """One thing that somebody does. The acts of one story follow one another; those of others go on beside them."""

    on: date
    phase: int
    story: str
    order: int
    """Within the story."""
    deed: str = field(compare=False)
    """`area.deed`: which function carries it out."""
    facts: Mapping[str, Any] = field(compare=False, default_factory=dict)


@dataclass(frozen=True)
class Day:
    """All acts of one day."""

    on: date
    acts: tuple[Act, ...]

    @property
    def reads(self) -> bool:
        """Whether somebody reads figures on this day before others change them."""
        return any(act.phase == MORNING for act in self.acts)

    def phases(self) -> Iterator[list[list[Act]]]:
        """Phase by phase, the acts of each story in their order."""
        for _, acts in groupby(self.acts, lambda act: act.phase):
            stories = defaultdict[str, list[Act]](list)
            for act in acts:
                stories[act.story].append(act)
            yield list(stories.values())


def agenda(acts: Iterable[Act]) -> list[Day]:
    """The days on which something is done."""
    return [Day(on, tuple(found)) for on, found in groupby(sorted(acts), lambda act: act.on)]


async def carry_out(day: Day, deeds: Mapping[str, Deed]) -> None:
    """Do all of a day: phases one after the other, within a phase the stories beside one another. The first failure
    ends it, and says which act it was."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def tell(story: list[Act]) -> None:
        async with gate:
            for act in story:
                try:
                    await deeds[act.deed](act)
                except Exception as error:
                    error.add_note(f"{act.on} {act.story}: {act.deed} {dict(act.facts)}")
                    raise

    for stories in day.phases():
        async with asyncio.TaskGroup() as tasks:
            for story in stories:
                tasks.create_task(tell(story))
