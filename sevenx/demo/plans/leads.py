"""What becomes of leads beside their way: some are transferred (流转), protections are prolonged and released."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sevenx.demo.agenda import DAY, MORNING, Act
from sevenx.demo.desk import Desk
from sevenx.demo.district import District
from sevenx.demo.milestones import Milestones
from sevenx.demo.scenario import Scenario
from sevenx.demo.ventures import credit_code

_ASKED_AFTER, _ANSWERED_AFTER, _PROLONGED_AFTER = 8, 6, 40
"""Days from the registration to the request of a transfer, from there to its answer, and to a longer protection."""


def plan_leads(scenario: Scenario, district: District, ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """Transfers of leads that stay leads, and the decisions on protections."""
    story: Any = scenario.stories.get("leads")
    if not story:
        return
    yield from _sheet(district, desk, story["sheet"])
    staying = _staying(scenario, ways)
    yield from _transfers(scenario, district, staying, desk, story["transfers"])
    for order, asked in enumerate(story["releases_decided"]):
        if on := desk.after(asked):
            yield Act(on, MORNING, "L-releases", order, "leads.decide_releases")
    for way in staying[len(story["transfers"]) :][: story["prolonged"]]:
        if on := desk.after(way.days["register"] + timedelta(days=_PROLONGED_AFTER)):
            yield Act(on, DAY, f"L-{way.story}", 10, "leads.prolong", {"venture": way.venture})


def _sheet(district: District, desk: Desk, told: Mapping[str, Any]) -> Iterator[Act]:
    """The leads of a promotion event, by one Excel sheet: units and the group under their Chinese names."""
    group = district.group(told["group"])
    rows = [
        {
            **row,
            "intent": f"拟在马村区投资{row['title']}",
            "investor_code": credit_code(row["number"]),
            "origin": "省外境内",
            "source": "推介活动",
            "group_id": group.zh,
            "finder": district.units[row["finder"]].zh,
        }
        for row in told["rows"]
    ]
    if on := desk.after(told["day"]):
        facts = {"group": told["group"], "file": told["file"], "rows": rows}
        yield Act(on, DAY, "L-sheet", 0, "leads.bring_sheet", facts)


def _transfers(
    scenario: Scenario, district: District, ways: Sequence[Milestones], desk: Desk, outcomes: Sequence[str]
) -> Iterator[Act]:
    """Each to a unit of the group that has it, or to another group's lead unit; accepted, declined or withdrawn."""
    chance = random.Random(f"{scenario.seed} transfers")
    for way, outcome in zip(ways, outcomes, strict=False):
        one = way.venture
        group = district.group(one.group)
        other = chance.choice([each for each in district.groups if each.number not in (one.group, 2)])
        within = chance.random() < 0.5
        units = [unit for unit in (group.responsible_units if within else other.lead_units) if unit != one.finder]
        facts = {
            "venture": one,
            "to_unit": chance.choice(units),
            "to_group": (group if within else other).id,
            "share": f"0.{chance.choice((3, 4, 5))}",
        }
        asked = desk.after(way.days["register"] + timedelta(days=_ASKED_AFTER))
        answered = asked and desk.after(asked + timedelta(days=_ANSWERED_AFTER))
        if asked is None or answered is None:
            continue
        yield Act(asked, DAY, f"L-{way.story}", 0, "leads.ask_transfer", facts)
        yield Act(answered, DAY, f"L-{way.story}", 1, f"leads.{outcome}", facts)


def _staying(scenario: Scenario, ways: Sequence[Milestones]) -> list[Milestones]:
    """Leads that stay leads all the year, and whose investor nobody else has reported, in an order of chance."""
    reports = Counter(one.venture.code for one in ways)
    found = [one for one in ways if one.venture.goes == "lead" and reports[one.venture.code] == 1]
    return random.Random(f"{scenario.seed} staying").sample(found, len(found))
