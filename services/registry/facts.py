"""What a command must know of other streams, read from the log itself: a projection may lag behind.

Two commands at the same instant could still give one spelling to two units; the name is then ambiguous, and every use
of it says so and names both.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.registry.deciders import PERSON, UNIT
from services.registry.domain.names import resolve, spelling
from services.registry.domain.person.state import Person
from services.registry.domain.unit.state import Unit
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem


async def units(desk: CommandDesk) -> Mapping[str, Unit]:
    """Every registered unit."""
    states: dict[str, Unit] = await desk.states([(UNIT, stream) for stream in await desk.streams("U")])
    return states


async def unit_named(desk: CommandDesk, name: str) -> str:
    """The id of the unit that bears a name or has it as its id; Problem 422 with the candidates otherwise (一)."""
    found = resolve(name, {stream: unit.names() for stream, unit in (await units(desk)).items()})
    if isinstance(found, str):
        return found
    raise Problem.of(found.rejection())


async def bearers(desk: CommandDesk, name: str, but: str) -> tuple[str, ...]:
    """The other units that bear a spelling now."""
    wanted = spelling(name)
    return tuple(
        stream
        for stream, unit in (await units(desk)).items()
        if stream != but and wanted in map(spelling, unit.names())
    )


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
