"""What follows from a project's facts as time goes by: standstill, light and overdue promises, judged by the clock and
each command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from services.projects.domain.project.commands import JudgeProgress
from services.projects.domain.project.events import LightChanged, ProjectOpened, ProjectStalled, StallEnded
from services.projects.domain.project.evolve import evolve
from services.projects.domain.project.lights import LIT, Facts, LightsRulebook, light_of, stalls_on
from services.projects.domain.project.promise_commands import JudgePromises
from services.projects.domain.project.promises import overdue
from services.projects.domain.project.state import Project
from services.projects.domain.values import STAGES
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

Decide = Callable[[Any, Project], Decision]


def lit(decide: Decide, rules: LightsRulebook) -> Decide:
    """The decisions with what follows from them at once: the end of a standstill, an overdue promise, another light."""

    def decided(command: Any, state: Project) -> Decision:
        if state.waits_for_approval and isinstance(command, JudgeProgress | JudgePromises):
            return []
        if isinstance(command, JudgeProgress):
            stalled = judge(command, state, rules)
            return [*stalled, *_light(_after(state, stalled), command.on, rules, graver_only=True)]
        if isinstance(command, JudgePromises):
            return overdue(state, command.on)
        events = decide(command, state)
        if isinstance(events, Rejection) or not events:
            return events
        after = _after(state, events)
        if after.waits_for_approval:
            return events
        ended = _stall_ended(after, command.today, rules)
        late = overdue(after, command.today)
        return [*events, *ended, *late, *_light(_after(after, ended), command.today, rules)]

    return decided


def _after(state: Project, events: Any) -> Project:
    for event in events:
        state = evolve(state, event)
    return state


def facts_of(state: Project) -> Facts:
    """What a project's light rests on."""
    following = STAGES[state.stage.rank + 1] if state.stage.rank + 1 < len(STAGES) else None
    return Facts(
        stage=state.stage,
        status=state.status,
        progress_on=state.progress_on,
        due=state.agreed.get(following) if following else None,
        stalled_since=state.stall.since if state.stall else None,
    )


def judge(command: JudgeProgress, state: Project, rules: LightsRulebook) -> list[ProjectStalled]:
    """三(五): no progress for the days that the stage allows is a standstill, stated once."""
    opened, since = state.opened, state.progress_on
    stalls = stalls_on(facts_of(state), rules)
    if opened is None or state.stall is not None or stalls is None or command.on < stalls:
        return []
    return [
        ProjectStalled(
            stage=state.stage,
            since=since,
            idle_days=(command.on - since).days,
            limit_days=rules.stall_days[state.stage],
            group=opened.group,
            unit=carrier(state, opened),
            rulebook=rules.version,
        )
    ]


def carrier(state: Project, opened: ProjectOpened) -> str:
    """Who carries the project: the landing unit, before it the finder."""
    return state.landing_unit or opened.finder


def _stall_ended(state: Project, today: date, rules: LightsRulebook) -> list[StallEnded]:
    """A standstill ends with progress, and where the stage or the status no longer asks for any."""
    stall, opened = state.stall, state.opened
    if stall is None or opened is None:
        return []
    same = state.stage is stall.stage and state.progress_on <= stall.since
    if same and stalls_on(facts_of(state), rules) is not None:
        return []
    return [StallEnded(stall.stage, stall.since, today, opened.group, carrier(state, opened))]


def _light(state: Project, today: date, rules: LightsRulebook, graver_only: bool = False) -> list[LightChanged]:
    """The light as it is now, where it was another. The clock, which may come late, only makes it graver."""
    opened = state.opened
    if opened is None or state.status not in LIT:
        return []
    light, reasons = light_of(facts_of(state), rules, today)
    if light is state.light or (graver_only and light.gravity < state.light.gravity):
        return []
    return [
        LightChanged(
            light=light,
            was=state.light,
            reasons=reasons,
            rulebook=rules.version,
            as_of=today,
            group=opened.group,
            unit=carrier(state, opened),
        )
    ]
