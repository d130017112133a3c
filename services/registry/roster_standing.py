"""The roster as it stands, read from the log itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.registry.deciders import DISTRICT, decider_of
from services.registry.domain.district.events import ClockKind
from services.registry.domain.district.state import District
from services.registry.domain.roster.outline import Outline
from services.registry.roster_yaml import SIMULATED
from sevenx.kernel.handler import CommandHandler


async def outline_of(handler: CommandHandler, district: str) -> Outline | None:
    """The roster as it stands; None while the district is not established."""
    stream = f"{district}-D"
    state, _ = await handler.state(DISTRICT, stream)
    if state.genesis is None:
        return None
    streams = [one for letter in "UGN" for one in await handler.streams(f"{district}-{letter}-")]
    states: dict[str, Any] = await handler.states([(decider_of(one), one) for one in (stream, *streams)])
    return Outline(states)


def is_simulated(district: District) -> bool:
    return district.genesis is not None and district.genesis.clock is ClockKind.SIMULATED


def head_of(district: District, day: date) -> str:
    """Whose roster it is, of which day, and that it is of a simulation: the first line of each file."""
    genesis = district.genesis
    whose = "" if genesis is None else f"{genesis.code} {genesis.zh} {genesis.en}"
    return f"{whose}，{day}" + (f"，{SIMULATED}" if is_simulated(district) else "")
