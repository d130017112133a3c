"""From a roster and what is recorded already to the commands that are lacking, without giving any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.domain.district.commands import DefineSetting, EstablishDistrict
from services.registry.domain.district.state import District
from services.registry.domain.group.commands import AssignLeadUnit, AssignResponsibleUnit, ReleaseDeputy, ReleaseLeader
from services.registry.domain.group.state import Group
from services.registry.domain.lineage import survivor_of
from services.registry.domain.names import spelling
from services.registry.domain.tenure import Tenures, last_holder
from services.registry.domain.unit.state import Unit
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

from .checks import check
from .desired import Desire, Genesis, Step
from .differences import Difference, of_event
from .document import At, RosterDocument, RosterError
from .kinds import Kind

States = Mapping[str, Any]
"""The state of each stream that has events, by its id."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. With errors there are no steps: nothing is half done."""

    steps: tuple[Step, ...]
    differences: tuple[Difference, ...]
    errors: tuple[RosterError, ...]


def plan(
    roster: RosterDocument,
    states: States,
    deciders: Mapping[str, Decider[Any]],
    genesis: Genesis | None = None,
    today: date = date.max,
) -> Plan:
    """The commands that the roster needs, in order, and the difference in words.

    Each command is decided against the state that the ones before it leave; one that changes nothing is left out, so
    that a roster imported a second time needs no command. `states` holds all units' states, also of those that the
    roster does not name, because a spelling belongs to one unit. `deciders` are by the letter in the stream's id.
    """
    units = _units(states)
    desire = Desire(roster, genesis_of(roster, states, genesis or Genesis()), units, today)
    wanted = desire.steps()
    errors = [*check(roster), *desire.errors, *_spellings_taken(roster, states)]
    folded = dict(states)
    steps: list[Step] = []
    differences: list[Difference] = []
    if not errors:
        for step in wanted:
            decider = deciders[step.stream.split("-")[1]]
            state = folded.get(step.stream, decider.initial)
            if _is_there_by_a_merger(step.command, state, desire.gone) or _ended_already(step, state):
                continue
            decision = decider.decide(step.command, state)
            if isinstance(decision, Rejection):
                errors.append(RosterError(step.at, decision.zh, decision.en))
                if isinstance(step.command, EstablishDistrict):
                    break  # without a district all else would be refused for that alone
            elif decision:
                steps.append(step)
                for event in decision:
                    differences.append(of_event(step.stream, event, step.at, state))
                    state = decider.fold([event], state)
                folded[step.stream] = state
    if errors:
        return Plan((), (), tuple(sorted(set(errors), key=lambda error: (error.at, error.en))))
    return Plan(tuple(steps), (*differences, *_kept(roster, wanted, states)), ())


def genesis_of(roster: RosterDocument, states: States, asked: Genesis) -> Genesis:
    """The clock of an established district is never asked for again."""
    district: District = states.get(roster.district_stream, District())
    if district.genesis is None:
        return asked
    return Genesis(district.genesis.clock, district.genesis.simulated_from, local_issuer=True)


def _units(states: States) -> dict[str, Unit]:
    """The registered units."""
    return {stream: state for stream, state in states.items() if isinstance(state, Unit) and state.kind is not None}


def _ended_already(step: Step, state: Any) -> bool:
    """A release is for the one who holds the post still."""
    if step.holder is None:
        return False
    match step.command:
        case ReleaseLeader():
            tenures: Tenures = state.leaders
        case ReleaseDeputy():
            tenures = state.deputies
        case _:
            tenures = state.heads
    holder = last_holder(tenures)
    return holder is None or holder.person != step.holder


def _is_there_by_a_merger(command: Any, group: Any, merged: Mapping[str, str]) -> bool:
    """一: a merged unit's part in a group is the survivor's, who may lead where the other was a responsible unit."""
    if not isinstance(command, AssignLeadUnit | AssignResponsibleUnit) or command.unit not in merged.values():
        return False
    return bool(group.is_lead(command.unit) or group.is_responsible(command.unit))


def _spellings_taken(roster: RosterDocument, states: States) -> Iterator[RosterError]:
    known = _units(states)
    merged = {stream: unit.merged_into for stream, unit in known.items() if unit.merged_into is not None}
    bearers = {spelling(name): survivor_of(stream, merged) for stream, unit in known.items() for name in unit.names()}
    for unit in roster.units:
        for name in unit.names():
            bearer = bearers.get(spelling(name), unit.id)
            if bearer != survivor_of(unit.id, merged):
                yield RosterError(
                    unit.at,
                    f"“{name}”已登记为{bearer}的名称；请改用其他名称。",
                    f"{name} is recorded as a name of {bearer}; use another one.",
                )


def _kept(roster: RosterDocument, wanted: list[Step], states: States) -> Iterator[Difference]:
    """What the district changed by its own decision, and an import therefore leaves as it is."""
    district: District = states.get(roster.district_stream, District())
    for step in wanted:
        if isinstance(step.command, DefineSetting):
            known = district.settings.get(step.command.key)
            if known is not None and known.value != step.command.value:
                yield Difference(
                    "=",
                    Kind.KEPT,
                    step.stream,
                    f"设置项{known.key}保持{known.value}（名册为{step.command.value}）",
                    f"setting {known.key} stays {known.value} (the roster has {step.command.value})",
                    step.at,
                )
    assigned = {(step.stream, getattr(step.command, "unit", "")) for step in wanted}
    for group in roster.groups:
        state: Group = states.get(group.id, Group())
        for member in (*state.lead_units, *state.responsible_units):
            if (group.id, member.unit) not in assigned:
                yield _stays(group.id, member.unit, group.at)


def _stays(group: str, unit: str, at: At) -> Difference:
    return Difference(
        "=",
        Kind.KEPT,
        group,
        f"{unit}不在名册中，仍保留；如需退出请单独办理",
        f"{unit} is not in the roster and stays; withdraw it by itself",
        at,
    )
