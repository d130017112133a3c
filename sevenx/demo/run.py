"""A scenario from its first day to its last, with a bar that shows how it goes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from sevenx.demo.agenda import Deed, carry_out
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.deeds.action_plans import ActionPlans
from sevenx.demo.deeds.assessment import Assessment
from sevenx.demo.deeds.commitments import Commitments
from sevenx.demo.deeds.contracts import Contracts
from sevenx.demo.deeds.corrections import Corrections
from sevenx.demo.deeds.enterprises import Enterprises
from sevenx.demo.deeds.findings import Findings
from sevenx.demo.deeds.hearings import Hearings
from sevenx.demo.deeds.leads import Leads
from sevenx.demo.deeds.ledger import Ledger
from sevenx.demo.deeds.matters import Problems, Procedures
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.deeds.reports import Reports
from sevenx.demo.deeds.roster import Roster
from sevenx.demo.deeds.trips import Trips
from sevenx.demo.founding import appoint_the_cast, found, show_roster
from sevenx.demo.plan import Plan
from sevenx.demo.play import Play
from sevenx.kernel.clock import SHANGHAI


@dataclass
class Played:
    """What came of it."""

    plan: Plan
    projects: Projects
    commands: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each part took."""


async def play_scenario(gateway: Gateway, console: Console, plan: Plan) -> Played:
    """Found the district, appoint the cast, then carry out every day of the plan until the scenario ends."""
    play, scenario = Play(gateway), plan.scenario
    projects, deeds = deeds_of(gateway, plan.cast)
    played = Played(plan, projects)
    began = time.monotonic()
    await found(gateway, scenario)
    await play.begin()
    await show_roster(gateway, console)
    await appoint_the_cast(gateway, scenario, plan.cast)
    await play.settle_all()
    await gateway.as_("commerce_bureau").post("/reporting/periods", {"period": scenario.first_period})
    await play.settle()
    played.seconds["founding"] = time.monotonic() - began
    await _days(play, plan, deeds, _Bar(console, plan, gateway))
    played.seconds["playing"] = time.monotonic() - began - played.seconds["founding"]
    played.commands = gateway.commands
    return played


def deeds_of(gateway: Gateway, cast: Cast) -> tuple[Projects, Mapping[str, Deed]]:
    """Who keeps the projects' ids, and what carries out each deed of a plan."""
    projects = Projects(gateway, cast)
    deeds: dict[str, Deed] = dict(projects.deeds())
    for kind in (ActionPlans, Reports, Trips, Hearings, Assessment, Findings, Ledger, Roster):
        deeds |= kind(gateway, cast).deeds()
    for about in (Leads, Enterprises, Contracts, Commitments, Corrections, Procedures, Problems):
        deeds |= about(gateway, cast, projects).deeds()
    return projects, deeds


async def _days(play: Play, plan: Plan, deeds: Mapping[str, Deed], bar: _Bar) -> None:
    with bar.progress:
        for day in plan.days:
            bar.at(day.on)
            await play.to(_morning(day.on))
            if day.reads:
                await play.settle_all()
            await carry_out(day, deeds)
        await play.to(plan.scenario.ends)
        await play.settle_all()
        bar.done()


class _Bar:
    """One step a month, with the commands given in a second."""

    def __init__(self, console: Console, plan: Plan, gateway: Gateway) -> None:
        self._gateway, self._began, self._commands = gateway, time.monotonic(), gateway.commands
        months = sorted({f"{day.on:%Y-%m}" for day in plan.days})
        self._months = {month: n for n, month in enumerate(months)}
        self._label = plan.scenario.label
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, TextColumn("{task.fields[rate]}"), console=console)
        self._task: TaskID = self.progress.add_task(self._label, total=len(months), rate="")

    def at(self, on: date) -> None:
        rate = (self._gateway.commands - self._commands) / max(0.001, time.monotonic() - self._began)
        text = f"{rate:,.0f} 件指令/秒 commands/s"
        self.progress.update(
            self._task, completed=self._months[f"{on:%Y-%m}"], description=f"{self._label} {on}", rate=text
        )

    def done(self) -> None:
        self.progress.update(self._task, completed=len(self._months))


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
