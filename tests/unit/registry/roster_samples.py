"""The district's real roster, copies of it to change, and the states after an import."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from services.registry.deciders import BY_LETTER, decider_of
from services.registry.domain.roster.document import RosterDocument, RosterError
from services.registry.domain.roster.plan import Plan, plan
from services.registry.roster_file import read_texts
from sevenx.kernel.errors import Rejection

DATA = Path(__file__).parents[3] / "data"


def read(folder: Path, calendars: Path) -> RosterDocument | tuple[RosterError, ...]:
    return read_texts(texts_of(folder), texts_of(calendars))


def texts_of(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.yaml")}


def roster_of(code: str) -> RosterDocument | tuple[RosterError, ...]:
    """The roster of a district whose files are shipped."""
    return read(DATA / "districts" / code, DATA / "calendars")


def real_roster() -> RosterDocument | tuple[RosterError, ...]:
    return roster_of("410804")


def copied(folder: Path, file: str, old: str, new: str) -> RosterDocument | tuple[RosterError, ...]:
    """The real roster with one stretch of one file replaced."""
    target = folder / "roster"
    shutil.copytree(DATA / "districts" / "410804", target)
    text = (target / file).read_text("utf-8")
    assert old in text, old
    (target / file).write_text(text.replace(old, new, 1), "utf-8")
    return read(target, DATA / "calendars")


def planned(roster: RosterDocument | tuple[RosterError, ...], states: dict[str, Any]) -> Plan:
    assert isinstance(roster, RosterDocument), roster
    return plan(roster, states, BY_LETTER)


def after(planned: Plan, states: dict[str, Any]) -> dict[str, Any]:
    """The states once every command of the plan was given."""
    folded = dict(states)
    for step in planned.steps:
        decider = decider_of(step.stream)
        state = folded.get(step.stream, decider.initial)
        decision = decider.decide(step.command, state)
        assert not isinstance(decision, Rejection)
        folded[step.stream] = decider.fold(decision, state)
    return folded
