"""The bi-monthly hearings and the directives that come of them; one of these is not done in time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sevenx.demo.agenda import DAY, MORNING, Act
from sevenx.demo.desk import Desk
from sevenx.demo.district import District
from sevenx.demo.scenario import Scenario

_COVERS, _HEARD_AFTER = 25, 2
"""The last day that a hearing covers, and the working days after it on which it is held."""


def plan_hearings(scenario: Scenario, district: District, desk: Desk) -> Iterator[Act]:
    """The first is scheduled by hand, each next one by the clock."""
    story = scenario.stories.get("hearings")
    if not story:
        return
    for number, month in enumerate(story["months"]):
        hearing = f"410804-HD-{month}"
        if not number:
            yield Act(desk.days[0], DAY, f"H{month}", 0, "hearings.schedule", {"month": month})
        covered = district.calendar.next_working_day(date.fromisoformat(f"{month}-{_COVERS}"))
        steps = ("hold", "draft", "approve", "issue")
        for order, step in enumerate(steps, 1):
            on = district.calendar.add_working_days(covered, _HEARD_AFTER + order - 1)
            yield Act(on, MORNING, f"H{month}", order, f"hearings.{step}", {"hearing": hearing, "month": month})
        issued = district.calendar.add_working_days(covered, _HEARD_AFTER + len(steps) - 1)
        yield from _directives(scenario, district, desk, hearing, issued, story)


def _directives(
    scenario: Scenario, district: District, desk: Desk, hearing: str, issued: date, story: Mapping[str, Any]
) -> Iterator[Act]:
    chance, calendar = random.Random(f"{scenario.seed} {hearing}"), district.calendar
    for n in range(chance.randint(*story["directives"])):
        name = f"D{hearing[-7:]}-{n + 1}"
        group = chance.choice(district.groups)
        owner = chance.choice(group.lead_units)
        line = story["lines"].get(name, "done")
        facts = {
            "directive": name,
            "hearing": hearing,
            "owner": owner,
            "group": group.id,
            "title": chance.choice(story["titles"]),
            "due_on": calendar.add_working_days(issued, 18),
            "later": calendar.add_working_days(issued, 26),
        }
        for order, (after, deed) in enumerate(_LINES[line]):
            on = desk.after(calendar.add_working_days(issued, after)) or desk.last
            yield Act(on, DAY, name, order, f"directives.{deed}", facts)


_LINES: Mapping[str, Sequence[tuple[int, str]]] = {
    "done": ((1, "register"), (3, "acknowledge"), (9, "feedback"), (15, "finish"), (17, "verify"), (17, "close")),
    "overdue": ((1, "register"), (4, "acknowledge"), (24, "feedback"), (30, "finish"), (32, "verify"), (32, "close")),
    "extended": (
        (1, "register"),
        (3, "acknowledge"),
        (14, "ask_extension"),
        (16, "grant"),
        (24, "finish"),
        (25, "verify"),
        (25, "close"),
    ),
    "refused": (
        (1, "register"),
        (3, "acknowledge"),
        (12, "ask_extension"),
        (14, "refuse"),
        (17, "finish"),
        (18, "verify"),
        (18, "close"),
    ),
}
"""Working days after the minutes were issued, and what is done."""
