"""What a command must know of other streams, read from the log itself: a projection may lag behind.

Two commands at the same instant could still give one spelling to two units; the name is then ambiguous, and every use
of it says so and names both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.registry.api_models import HandoverBody
from services.registry.deciders import PERSON, UNIT, decider_of
from services.registry.domain.lineage import above
from services.registry.domain.names import NamesOfUnits, after_mergers, resolve, spelling
from services.registry.domain.person.state import Person
from services.registry.domain.unit.state import Unit
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem


async def units(desk: CommandDesk) -> Mapping[str, Unit]:
    """Every registered unit."""
    states: dict[str, Unit] = await desk.states([(UNIT, stream) for stream in await desk.streams("U")])
    return {stream: unit for stream, unit in states.items() if unit.kind is not None}


async def all_states(desk: CommandDesk) -> dict[str, Any]:
    """The state of every stream of the roster: the district, units, groups and people."""
    streams = [stream for letter in ("U", "G", "N") for stream in await desk.streams(letter)]
    return await desk.states([(decider_of(stream), stream) for stream in (district_of(desk), *streams)])


def district_of(desk: CommandDesk) -> str:
    """The district's own stream."""
    return f"{desk.principal.district}-D"


async def unit_named(desk: CommandDesk, name: str) -> str:
    """The id of the unit that bears a name or has it as its id, after mergers the one that goes on; Problem 422 with
    the candidates otherwise (一)."""
    return (await units_named(desk, [name]))[name]


async def units_named(desk: CommandDesk, names: Iterable[str]) -> dict[str, str]:
    """The ids of the units that bear some names, as with `unit_named`."""
    known, ids = _names(await units(desk)), {}
    for name in dict.fromkeys(names):
        found = resolve(name, known)
        if not isinstance(found, str):
            raise Problem.of(found.rejection())
        ids[name] = found
    return ids


async def bearers(desk: CommandDesk, name: str, but: str) -> tuple[str, ...]:
    """The other units that bear a spelling now; a merged unit's spellings are borne by the one that goes on."""
    wanted = spelling(name)
    names = _names(await units(desk))
    return tuple(unit for unit, spellings in names.items() if unit != but and wanted in map(spelling, spellings))


async def standing_above(desk: CommandDesk, parent: str) -> tuple[str, ...]:
    """What a unit stands under, the next first."""
    return above(parent, {stream: unit.parent for stream, unit in (await units(desk)).items()})


def merged_of(known: Mapping[str, Unit]) -> dict[str, str]:
    """Where each merged unit went."""
    return {stream: unit.merged_into for stream, unit in known.items() if unit.merged_into is not None}


def _names(known: Mapping[str, Unit]) -> NamesOfUnits:
    return after_mergers({stream: unit.names() for stream, unit in known.items()}, merged_of(known))


async def handed_over(desk: CommandDesk, body: HandoverBody) -> dict[str, Any]:
    """The fields of a handover, with the successor's registered name."""
    return {
        "person": body.person,
        "name": await person_name(desk, body.person),
        "effective": body.effective or desk.today(),
        "items": tuple(body.items),
        "note": body.note,
        "witness": body.witness,
        "basis": body.basis,
    }


async def person_name(desk: CommandDesk, person: str) -> str:
    """The registered name of a person; Problem 422 for one who is not registered."""
    state: Person = await desk.state(PERSON, person)
    if state.zh:
        return state.zh
    raise Problem(
        422,
        "unknown-person",
        f"没有登记人员{person}；请先登记该人员。",
        f"{person} is not registered; register the person first.",
        details={"person": person},
    )
