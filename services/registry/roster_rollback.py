"""The rollback of an import: what it caused and what came since, read from the log, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.registry.deciders import BY_LETTER, DECIDERS, DISTRICT, decider_of
from services.registry.domain.district.commands import RecordRollback
from services.registry.domain.district.import_rules import refuse_rollback
from services.registry.domain.district.state import District
from services.registry.domain.roster.rollback import History, Obstacle, Rollback, commands, plan_rollback
from services.registry.facts import all_states, district_of
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.errors import Problem
from sevenx.kernel.event_types import from_record

_EVENTS = {event.__name__: event for decider in DECIDERS for event in decider.events}


async def rollback_of(desk: CommandDesk, number: int) -> tuple[Rollback, Mapping[str, Any]]:
    """What takes an import back, and the states on which that was planned. Problem 404 for an import that is not there,
    409 for one that was rolled back."""
    states = await all_states(desk)
    stream = district_of(desk)
    district: District = states[stream]
    if refused := refuse_rollback(number, district):
        raise Problem.of(refused)
    told = (await desk.history([stream]))[stream]
    imported = next(one for one in told if one.name == "RosterImported" and one.data["number"] == number)
    caused = await desk.caused_with(imported)
    touched = list(dict.fromkeys(event.stream for event in caused))
    known = await desk.history(touched)
    ids = {event.meta.id for event in caused}
    histories = {one: _history(known[one], ids) for one in touched}
    return plan_rollback(number, histories, states, BY_LETTER, desk.today()), states


def _history(events: Sequence[Recorded], caused: set[Any]) -> History:
    """The events of a stream cut at those that the import caused, which stand side by side."""
    first = next(n for n, event in enumerate(events) if event.meta.id in caused)
    last = max(n for n, event in enumerate(events) if event.meta.id in caused)
    told = [told_by(event) for event in events]
    return History(
        tuple(one for one in told[:first] if one is not None),
        tuple(one for one in told[first : last + 1] if one is not None),
        tuple(one for one in told[last + 1 :] if one is not None),
    )


def told_by(event: Recorded) -> Any:
    """The registry's own event of a record; None for the kernel's."""
    cls = _EVENTS.get(event.name)
    return None if cls is None else from_record(cls)(event.data)


async def roll_back(
    desk: CommandDesk, number: int, reason: str, rollback: Rollback, states: Mapping[str, Any]
) -> Answer:
    """Give the corrections, all or nothing; Problem 409 with what stands in the way."""
    if rollback.obstacles:
        raise refused(number, rollback.obstacles)
    made = sum(len(events) for events in rollback.corrections.values())
    record = RecordRollback(number, desk.principal.subject, desk.today(), reason, made)
    district = district_of(desk)
    return await desk.give_all(
        [
            *((decider_of(stream), stream, one) for stream, one in commands(number, rollback, states)),
            (DISTRICT, district, record),
        ]
    )


def refused(number: int, obstacles: Sequence[Obstacle]) -> Problem:
    """The problem that lists everything that stands in the way."""
    first = obstacles[0]
    return Problem(
        409,
        "import-changed-since",
        f"第{number}次导入不能回滚，有{len(obstacles)}处障碍。第一处：{first.stream}：{first.zh}",
        f"Import {number} cannot be rolled back: {len(obstacles)} thing(s) stand in the way. The first: "
        f"{first.stream}: {first.en}",
        details={"obstacles": [{"stream": one.stream, "zh": one.zh, "en": one.en} for one in obstacles]},
    )
