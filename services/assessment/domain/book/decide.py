"""The rules of a rulebook's versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.assessment.domain.book.commands import PublishRulebook
from services.assessment.domain.book.events import RulebookPublished
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(五)"


@dataclass(frozen=True)
class Book:
    """The latest version of a year's rulebook; version 0: none."""

    version: int = 0
    sha256: str = ""


def decide(command: Any, state: Book) -> Decision:
    """The events that the command causes, or why it is refused."""
    match command:
        case PublishRulebook():
            return publish(command, state)
        case _:
            raise TypeError(f"{type(command).__name__} is no command to a rulebook")


def publish(command: PublishRulebook, state: Book) -> Decision:
    """三(五): the rules stand before the result. The same text again changes nothing; a later version says why, and
    none is published once the result is public."""
    if command.sha256 == state.sha256:
        return []
    if command.result_public:
        return Rejection(
            "result-already-public",
            zh=f"{command.year}年度考核结果已公示，不能再更换考核办法；确需更正的，请审定后以新版本更正。",
            en=f"The result of {command.year} is public: its rulebook cannot change any more. Correct the frozen "
            "result by a new version instead.",
            rule=CLAUSE,
            status=409,
        )
    if state.version and not command.reason.strip():
        return Rejection(
            "reason-missing",
            zh=f"{command.year}年度考核办法已有第{state.version}版，请在 reason 中写明更换理由。",
            en=f"There is version {state.version} of the rulebook of {command.year} already: say in `reason` why it "
            "changes.",
            rule=CLAUSE,
            details={"version": state.version},
        )
    return [
        RulebookPublished(
            year=command.year,
            version=state.version + 1,
            title=command.title,
            sha256=command.sha256,
            document=command.document,
            published_by=command.by,
            published_on=command.today,
            reason=command.reason.strip(),
        )
    ]


def evolve(state: Book, event: Any) -> Book:
    """The state after the event."""
    match event:
        case RulebookPublished():
            return Book(event.version, event.sha256)
        case _:
            return state
