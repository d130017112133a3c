"""How a post passes from one person to the next, told in the events of its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.domain.handover import Handover, hand_over
from services.registry.domain.tenure import (
    Changes,
    Succession,
    Tenure,
    leaving,
    refuse_release,
    succeed,
    taking,
    tenures_of,
)
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

SUCCEEDED, HANDED_OVER = "succeeded", "handed-over"
"""Why a holder left, where the next one took the post up on the same day."""


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of post and its events: `began(person, name, day, assumed, basis)`, `left(person, name, day, reason)`."""

    name: str
    began: Callable[[str, str, date, bool, str], Any]
    left: Callable[[str, str, date, str], Any]


def appointed(post: Post, changes: Changes, taker: Tenure) -> Decision:
    """The person holds the post from `taker.start` on, and the former holder, if there is one, leaves it that day."""
    change = succeed(tenures_of(changes), taker.person, taker.name, taker.start)
    if not isinstance(change, Succession):
        return change or []
    left = [] if change.former is None else _left(post, changes, change.former, taker.start, SUCCEEDED)
    return [*left, *_began(post, changes, taker)]


def released(post: Post, changes: Changes, day: date, reason: str) -> Decision:
    """The holder leaves the post without a successor."""
    tenures = tenures_of(changes)
    if refused := refuse_release(tenures, day):
        return refused
    return _left(post, changes, tenures[-1], day, reason)


def handed_over(post: Post, changes: Changes, command: Handover, noted: Callable[..., Any]) -> Decision:
    """The holder leaves, the successor begins on the same day, and what passed is noted in an event that `noted`
    makes."""
    former = hand_over(tenures_of(changes), command)
    if isinstance(former, Rejection):
        return former
    taker = Tenure(command.person, command.name, command.effective, basis=command.basis)
    return [
        *_left(post, changes, former, command.effective, HANDED_OVER),
        *_began(post, changes, taker),
        _noted(post, former, command, noted),
    ]


def _noted(post: Post, former: Tenure, command: Handover, noted: Callable[..., Any]) -> Any:
    return noted(
        post.name,
        former.person,
        former.name,
        command.person,
        command.name,
        command.effective,
        tuple(item for item in command.items if item.strip()),
        command.note,
        command.witness,
        command.basis,
    )


def _left(post: Post, changes: Changes, holder: Tenure, day: date, reason: str) -> Sequence[Any]:
    return [post.left(holder.person, holder.name, one, reason) for one in leaving(changes, holder.person, day)]


def _began(post: Post, changes: Changes, taker: Tenure) -> Sequence[Any]:
    days = taking(changes, taker.person, taker.start)
    return [post.began(taker.person, taker.name, day, taker.assumed, taker.basis) for day in days]
