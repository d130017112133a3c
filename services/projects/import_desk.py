"""What the imports of sheets share: the file's stream, and the decision on every row before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.projects.deciders import FILE_IMPORT
from services.projects.domain.file_import.commands import ImportFile
from sevenx.kernel.auth import Scopes
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem, Rejection

Given = tuple[Decider[Any], str, Any]
"""Decider, stream, command."""


@dataclass(frozen=True)
class Step:
    """The commands of one row, and whom they concern."""

    row: int
    commands: Sequence[Given]
    scopes: Scopes


@dataclass(frozen=True)
class Refused:
    """A row that would be refused: by which of its commands, and why."""

    row: int
    command: Any
    wrong: Problem | Rejection


def import_id(district: str, sha256: str) -> str:
    """The stream of a file that is brought in: `410804-IM-` and its SHA-256."""
    return f"{district}-IM-{sha256}"


async def check_new(desk: CommandDesk, command: ImportFile) -> None:
    """Problem 409 `file-imported` for a file that was taken in before, and what else its rules refuse."""
    state = await desk.state(FILE_IMPORT, import_id(desk.principal.district, command.sha256))
    decided = FILE_IMPORT.decide(command, state)
    if isinstance(decided, Rejection):
        raise Problem.of(decided)


def rehearse(
    steps: Sequence[Step], states: Mapping[str, Any], allowed: Callable[[type, Scopes], None]
) -> list[Refused]:
    """Which rows would be refused: each is decided in order, on what those before it leave behind, by the rules of the
    single command. Nothing is stored. `allowed` raises a Problem where a command is not the principal's to give."""
    now, refusals = dict(states), list[Refused]()
    for step in steps:
        grown = dict[str, Any]()
        refusal = _refusal(step, now, grown, allowed)
        if refusal is None:
            now |= grown
        else:
            refusals.append(refusal)
    return refusals


def _refusal(
    step: Step, now: Mapping[str, Any], grown: dict[str, Any], allowed: Callable[[type, Scopes], None]
) -> Refused | None:
    for decider, stream, command in step.commands:
        try:
            allowed(type(command), step.scopes)
        except Problem as refused:
            return Refused(step.row, command, refused)
        state = grown[stream] if stream in grown else now.get(stream, decider.initial)
        decided = decider.decide(command, state)
        if isinstance(decided, Rejection):
            return Refused(step.row, command, decided)
        for event in decided:
            state = decider.evolve(state, event)
        grown[stream] = state
    return None
