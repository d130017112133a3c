"""The seven groups' monthly reports: contributions, draft, review, sign-off, acceptance; some late, some missed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sevenx.demo.agenda import DAY, MORNING, Act
from sevenx.demo.desk import Desk
from sevenx.demo.district import District, Group
from sevenx.demo.scenario import Scenario

_DUE_DAY = 25


def plan_reports(scenario: Scenario, district: District, desk: Desk) -> Iterator[Act]:
    """Every report of every period that can be done within the days."""
    for period in periods(scenario, desk.days):
        for group in district.groups:
            line = scenario.reports.get("lines", {}).get(period, {}).get(group.number, "in_time")
            yield from _report(scenario, district, group, period, line, desk)


def periods(scenario: Scenario, days: Sequence[date]) -> list[str]:
    """The periods whose due day lies within the days."""
    year, month = map(int, scenario.first_period.split("-"))
    found = []
    while date(year, month, _DUE_DAY) <= days[-1]:
        found.append(f"{year}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _report(scenario: Scenario, district: District, group: Group, period: str, line: str, desk: Desk) -> Iterator[Act]:
    story, calendar = f"R{period}-{group.number}", district.calendar
    due = calendar.next_working_day(date.fromisoformat(f"{period}-{_DUE_DAY}"))
    chance = random.Random(f"{scenario.seed} {story}")
    order = 0

    def act(working_days: int, deed: str, phase: int = DAY, **facts: Any) -> Iterator[Act]:
        nonlocal order
        on = calendar.add_working_days(due, working_days) if working_days else due
        order += 1
        if deed == "contribute":
            on = desk.before(on)
        if desk.days[0] <= on <= desk.last:
            known = {"group": group.number, "period": period, "lead_units": group.lead_units, **facts}
            yield Act(on, phase, story, order, f"reports.{deed}", known)

    for unit in _contributing(scenario, group, chance):
        yield from act(chance.randint(-9, -5), "contribute", unit=unit)
    if line == "missed":
        return
    drafted = 0 if line == "late" else -2
    claims = scenario.reports.get("claims", {}).get(period, {}).get(group.number)
    yield from act(drafted, "draft", MORNING, claims=claims)
    yield from act(drafted, "review")
    if line == "returned":
        yield from act(-2, "sign")
        yield from act(-1, "send_back_to_group", MORNING)
        yield from act(-1, "draft_again", MORNING)
        yield from act(-1, "review", MORNING)
        yield from act(-1, "sign", MORNING)
    else:
        yield from act(1 if line == "late" else -1, "sign", by="deputy" if line == "delegated" else "leader")
    yield from act(2 if line == "late" else 1, "accept")


def _contributing(scenario: Scenario, group: Group, chance: random.Random) -> list[str]:
    share = scenario.reports["contributing"]
    return [unit for unit in group.responsible_units if chance.random() < share]
