"""The rules about a person."""

from __future__ import annotations

from services.registry.domain.correction import RollBackImport, roll_back
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import Command, RegisterPerson
from .events import PersonRegistered
from .state import Person


def decide(command: Command, state: Person) -> Decision:
    match command:
        case RegisterPerson():
            return register(command, state)
        case RollBackImport():
            return roll_back(command, state)


def register(command: RegisterPerson, state: Person) -> Decision:
    """A person has one name; registering it again changes nothing."""
    if not command.zh.strip():
        return Rejection("name-missing", zh="请填写姓名。", en="Give the person's name.", rule="一", field="zh")
    if state.zh and (state.zh, state.en) != (command.zh, command.en):
        return Rejection(
            "id-taken",
            zh=f"该编号已属于{state.zh}；请为{command.zh}另取编号。",
            en=f"The id already belongs to {state.zh}; choose another one for {command.zh}.",
            status=409,
            details={"holder": state.zh},
            field="id",
        )
    if state.zh:
        return []
    return [PersonRegistered(command.zh, command.en, command.basis)]
