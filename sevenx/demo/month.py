"""The month from its first day to the proof of its log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from sevenx.demo.client import Gateway
from sevenx.demo.founding import appoint_the_cast, found, lead_units, show_roster
from sevenx.demo.play import Play
from sevenx.demo.projects import Projects
from sevenx.demo.reports import Reports
from sevenx.demo.script import Scenario, morning, steps, working_days

Doing = Callable[[], Any]


def play_the_month(gateway: Gateway, console: Console, scenario: Scenario) -> Projects:
    """Import the roster, then play every day until the scenario ends."""
    play = Play(gateway)
    found(gateway, scenario)
    play.begin()
    play.settle()
    show_roster(gateway, console)
    appoint_the_cast(gateway, scenario)
    play.settle()
    gateway.as_("commerce_bureau").post("/reporting/periods", {"period": scenario.period})
    play.settle()
    projects = Projects(gateway, scenario)
    reports = Reports(gateway, scenario, lead_units(gateway))
    agenda = _agenda(scenario, gateway, projects, reports)
    with _progress(console) as progress:
        bar = progress.add_task("", total=len(agenda))
        for day, doings in agenda:
            progress.update(bar, description=f"{scenario.label} {day}")
            play.to(morning(day))
            for doing in doings:
                doing()
            progress.advance(bar)
        play.to(scenario.ends)
    return projects


def _agenda(
    scenario: Scenario, gateway: Gateway, projects: Projects, reports: Reports
) -> list[tuple[date, list[Doing]]]:
    """What is done on each day on which something is done."""
    first, last = scenario.posts_from, (scenario.ends - timedelta(days=1)).date()
    calendar = gateway.as_("commerce_bureau").get(f"/registry/calendars/{first.year}")
    off = {date.fromisoformat(day) for day in calendar["days_off"]}
    extra = {date.fromisoformat(day) for day in calendar["workdays"]}
    open_days = working_days(first, last, lambda day: day in extra or (day.weekday() < 5 and day not in off))
    doings: dict[date, list[Doing]] = defaultdict(list)
    for step in steps(scenario, open_days):
        doings[step.on].append(partial(projects.do, step))
    for day, doing in reports.plan():
        doings[day].append(doing)
    meeting = date(2026, 7, 27)
    doings[meeting].append(partial(projects.recognise_and_reverse, meeting))
    return sorted(doings.items())


def _progress(console: Console) -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console)
