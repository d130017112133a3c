"""Where units stand: what is above them, and who goes on for them after mergers."""

from __future__ import annotations

from collections.abc import Mapping


def survivor_of(unit: str, merged: Mapping[str, str]) -> str:
    """The unit that goes on for a unit: itself, or at the end of its mergers."""
    seen = {unit}
    while (into := merged.get(unit)) is not None and into not in seen:
        seen.add(into)
        unit = into
    return unit


def above(unit: str | None, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """What a unit stands under, the next first. Ends where two commands at one instant made a circle."""
    chain: list[str] = []
    while unit is not None and (unit := parents.get(unit)) is not None and unit not in chain:
        chain.append(unit)
    return tuple(chain)
