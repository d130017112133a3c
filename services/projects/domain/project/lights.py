"""The traffic light of a project and its standstill: the rulebook's figures (`data/rulebooks/lights.yaml`) and how they
are read. The same functions serve the rules, and the clock that looks for what is to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.projects.domain.project.events import LightReason
from services.projects.domain.values import ALIVE, STAGE_ZH, STATUS_ZH, Light, Stage, Status

LIT = (*ALIVE, Status.DORMANT)
"""A dormant project has a light, and is not asked for progress; a lost or terminated one has neither."""


@dataclass(frozen=True, slots=True)
class LightsRulebook:
    """Days as in the file; `version` is kept in every event that was decided by it."""

    version: str
    stall_days: Mapping[Stage, int]
    near_days: int
    """So many days before an agreed date the light is yellow."""
    overdue_days: int
    """From so many days after an agreed date on it is red."""
    long_stall_days: int
    """So many days after the stall the light is red."""
    status: Mapping[Status, Light]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a light rests on. `progress_on` is the day of the latest progress, `due` the agreed date of the next stage,
    `stalled_since` the progress on which a standstill that was stated rests."""

    stage: Stage
    status: Status
    progress_on: date
    due: date | None
    stalled_since: date | None


def stalls_on(facts: Facts, rules: LightsRulebook) -> date | None:
    """The day on which the project has stood still for as long as its stage allows; None where nothing is asked."""
    limit = rules.stall_days.get(facts.stage)
    if limit is None or facts.status not in ALIVE:
        return None
    return facts.progress_on + timedelta(days=limit)


def light_of(facts: Facts, rules: LightsRulebook, today: date) -> tuple[Light, tuple[LightReason, ...]]:
    """三(五), 早落地、早开工、早投产: the gravest of agreed date, standstill and status, with all reasons."""
    found = [
        one for one in (_by_date(facts, rules, today), _by_stall(facts, rules, today), _by_status(facts, rules)) if one
    ]
    gravest = max((light for light, _ in found), key=lambda light: light.gravity, default=Light.GREEN)
    return gravest, tuple(reason for _, reason in found)


def _by_date(facts: Facts, rules: LightsRulebook, today: date) -> tuple[Light, LightReason] | None:
    if facts.due is None or facts.status not in ALIVE:
        return None
    zh = STAGE_ZH[_next(facts.stage)]
    en = _next(facts.stage).replace("_", " ")
    late = (today - facts.due).days
    if late >= rules.overdue_days:
        text = f"约定{zh}日期 {facts.due} 已逾期 {rules.overdue_days} 天以上"
        why = f"{rules.overdue_days} days or more past the date agreed for {en}, {facts.due}"
        return Light.RED, LightReason("agreed-date-long-passed", text, why)
    if late > 0:
        text, why = f"约定{zh}日期 {facts.due} 已过", f"past the date agreed for {en}, {facts.due}"
        return Light.YELLOW, LightReason("agreed-date-passed", text, why)
    if -late <= rules.near_days:
        text, why = f"约定{zh}日期 {facts.due} 临近", f"the date agreed for {en}, {facts.due}, is near"
        return Light.YELLOW, LightReason("agreed-date-near", text, why)
    return None


def _by_stall(facts: Facts, rules: LightsRulebook, today: date) -> tuple[Light, LightReason] | None:
    if facts.stalled_since is None:
        return None
    limit = rules.stall_days.get(facts.stage, 0)
    long = today >= facts.stalled_since + timedelta(days=limit + rules.long_stall_days)
    zh = f"自 {facts.stalled_since} 起无进展，已停滞{'较久' if long else ''}"
    en = f"no progress since {facts.stalled_since}{', for long' if long else ''}"
    return (Light.RED, LightReason("stalled-long", zh, en)) if long else (Light.YELLOW, LightReason("stalled", zh, en))


def _by_status(facts: Facts, rules: LightsRulebook) -> tuple[Light, LightReason] | None:
    light = rules.status.get(facts.status)
    if light is None:
        return None
    zh, en = f"状态为“{STATUS_ZH[facts.status]}”", f"the project is {facts.status}"
    return light, LightReason(f"status-{facts.status}", zh, en)


def _next(stage: Stage) -> Stage:
    return list(Stage)[stage.rank + 1]


def first_change(facts: Facts, light: Light, rules: LightsRulebook, until: date) -> date | None:
    """The first day up to `until` on which time alone changes something: the project stalls, or its light grows graver.

    With the same facts a light only grows graver, and every command judges it anew: so a day that lies back and
    would say no more than what is known asks for nothing."""
    for day in sorted(one for one in _turns(facts, rules) if one <= until):
        if turned(facts, light, rules, day) != (facts, light):
            return day
    return None


def turned(facts: Facts, light: Light, rules: LightsRulebook, on: date) -> tuple[Facts, Light]:
    """What the clock makes of facts and light on a day: a standstill is stated, a light grows graver."""
    stalls = stalls_on(facts, rules)
    if facts.stalled_since is None and stalls is not None and stalls <= on:
        facts = replace(facts, stalled_since=facts.progress_on)
    return facts, max(light, light_of(facts, rules, on)[0], key=lambda one: one.gravity)


def _turns(facts: Facts, rules: LightsRulebook) -> set[date]:
    """The days on which time may change something."""
    if facts.status not in LIT:
        return set()
    days = set[date]()
    if facts.due is not None:
        days |= {facts.due + timedelta(days=n) for n in (-rules.near_days, 1, rules.overdue_days)}
    stalls = stalls_on(facts if facts.stalled_since is None else replace(facts, progress_on=facts.stalled_since), rules)
    if stalls is not None:
        days |= {stalls, stalls + timedelta(days=rules.long_stall_days)}
    return days
