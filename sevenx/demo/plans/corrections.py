"""Mistakes that are put right, and projects that move again after a standstill: nothing of it is ever edited."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.milestones import Milestones, past
from sevenx.demo.scenario import Scenario

Worked = Mapping[str, set[date]]
"""On which days something is entered about each venture."""
_MID_MONTH = 15
"""A landing up to this day is put right before its month closes."""
_QUIET = 130
"""Days without any work after which a project has certainly stalled, whatever its stage before production."""


def plan_corrections(scenario: Scenario, acts: Sequence[Act], ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """Landings that are taken back and entered anew, papers that are withdrawn, projects that are taken up again."""
    story: Any = scenario.stories.get("corrections")
    if not story:
        return
    chance = random.Random(f"{scenario.seed} corrections")
    days = defaultdict[str, set[date]](set)
    for act in acts:
        days[act.story].add(act.on)
    landed = list(_landed_wrongly(ways, days, desk))
    for way, on in chance.sample(landed, min(len(landed), story["landings"])):
        facts = {"venture": way.venture, "landed_on": way.days["landed"]}
        yield Act(on, DAY, f"X-{way.story}", 0, "corrections.take_back", facts)
        yield Act(on, DAY, f"X-{way.story}", 1, "corrections.land_again", facts)
    signed = [(way, day) for way, day in past(ways, "signed") if way.over is None]
    for way, day in chance.sample(signed, min(len(signed), story["papers"])):
        filed, noticed = (desk.after(day + timedelta(days=after)) for after in (6, 13))
        if filed and noticed:
            yield Act(filed, DAY, f"X-{way.story}", 2, "corrections.file_wrongly", {"venture": way.venture})
            facts = {"venture": way.venture, "filed_on": filed}
            yield Act(noticed, DAY, f"X-{way.story}", 3, "corrections.withdraw_paper", facts)
    quiet = list(_quiet(ways, days, desk))
    for way, on in chance.sample(quiet, min(len(quiet), story["woken"])):
        yield Act(on, DAY, f"X-{way.story}", 4, "corrections.talk_again", {"venture": way.venture})


def _landed_wrongly(ways: Sequence[Milestones], days: Worked, desk: Desk) -> Iterator[tuple[Milestones, date]]:
    """Ventures on which nothing else is entered on the next day at the desk after their landing."""
    for way, landed in past(ways, "landed"):
        on = desk.after(landed + timedelta(days=1))
        if landed.day <= _MID_MONTH and on and on not in days[way.story] and way.open_on(on):
            yield way, on


def _quiet(ways: Sequence[Milestones], days: Worked, desk: Desk) -> Iterator[tuple[Milestones, date]]:
    """Projects that are not over and on which nobody works any more, with a day after they have stalled."""
    for way, _ in past(ways, "negotiating"):
        on = desk.after(max(days[way.story]) + timedelta(days=_QUIET))
        if on and way.over is None and way.venture.ends_as == "active" and way.on("in_production") is None:
            yield way, on
