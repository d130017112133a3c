"""Who held a post, and when: a post's tenures follow one another and never overlap.

`take_up` and `leave` are the rules of succession, the same for every post of a group or unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from services.registry.domain.ids import refuse_id
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

SUCCEEDED = "succeeded"
"""The reason in the event of a holder who left because a successor took up the post."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in a post from `start` up to, and without, `end`; without an end the person still holds it."""

    person: str
    name: str
    start: date
    end: date | None = None
    assumed: bool = False
    """The start is not known for certain."""
    basis: str = ""


Tenures = tuple[Tenure, ...]
"""The tenures of one post in their order."""


def holder_on(tenures: Tenures, day: date) -> Tenure | None:
    """Who held the post on that day; a past report shows this holder, whoever came later."""
    return next((t for t in tenures if t.start <= day and (t.end is None or day < t.end)), None)


def last_holder(tenures: Tenures) -> Tenure | None:
    """The holder whose tenure has no end yet."""
    return tenures[-1] if tenures and tenures[-1].end is None else None


def begun(tenures: Tenures, person: str, name: str, start: date, assumed: bool = False, basis: str = "") -> Tenures:
    """With the person in the post from `start` on; where the person holds it already, only the start is corrected."""
    holder = last_holder(tenures)
    if holder is not None and holder.person == person:
        return (*tenures[:-1], replace(holder, start=start, assumed=assumed, basis=basis))
    return (*tenures, Tenure(person, name, start, None, assumed, basis))


def ended(tenures: Tenures, person: str, end: date) -> Tenures:
    """With the end of the person's last tenure; one that ends on its first day, or before, never was."""
    at = max((n for n, tenure in enumerate(tenures) if tenure.person == person), default=None)
    if at is None:
        return tenures
    kept = (replace(tenures[at], end=end),) if tenures[at].start < end else ()
    return (*tenures[:at], *kept, *tenures[at + 1 :])


class TakingUp(Protocol):
    """The event by which a person takes up a post: an appointment or a designation."""

    @property
    def person(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def effective(self) -> date: ...


Leaving = Callable[[str, str, date, str], Any]
"""Makes the event by which a person leaves a post: of person, name, day and reason."""


def take_up(tenures: Tenures, event: TakingUp, leaving: Leaving) -> Decision:
    """The event, after the one by which the former holder leaves on the same day; nothing when the person has taken up
    the post already.

    A successor may not begin before the post's last tenure began, or ended: past reports show who held it then.
    Beginning on the same day is allowed: it corrects a mistake, and leaves the former holder not one day. A holder's
    own start, which may have been assumed, can be moved back to the day on which the predecessor left.
    """
    person, name, effective = event.person, event.name, event.effective
    if refused := refuse_id("N", person):
        return refused
    if any(t.person == person and _took_up(t, effective) for t in tenures):
        return []
    holder = last_holder(tenures)
    corrects = holder is not None and holder.person == person
    before = tenures[:-1] if corrects else tenures
    if before and effective < (earliest := before[-1].end or before[-1].start):
        return Rejection(
            "post-already-held",
            zh=f"{name}的任职日期{effective}早于{before[-1].name}的任职或离任日期{earliest}；请填写该日或之后的日期。",
            en=f"{name} cannot take up the post on {effective}: {before[-1].name} took up or left it on {earliest}. "
            "Give that day or a later one.",
            rule="一",
            status=409,
            details={"holder": before[-1].person, "earliest": earliest.isoformat()},
            field="effective",
        )
    if holder is None or corrects:
        return [event]
    return [leaving(holder.person, holder.name, effective, SUCCEEDED), event]


def _took_up(tenure: Tenure, day: date) -> bool:
    if tenure.end is None:
        return tenure.start <= day
    return tenure.start == day < tenure.end


def leave(tenures: Tenures, effective: date, reason: str, leaving: Leaving) -> Decision:
    """The event by which the holder leaves; only a holder can leave a post, and not before taking it up."""
    holder = last_holder(tenures)
    if holder is None:
        return Rejection("post-vacant", zh="该职务目前无人担任。", en="Nobody holds the post.", rule="一", status=409)
    if effective < holder.start:
        return Rejection(
            "release-before-start",
            zh=f"{holder.name}自{holder.start}起任职，离任日期不能早于该日。",
            en=f"{holder.name} took up the post on {holder.start} and cannot have left it before.",
            rule="一",
            details={"holder": holder.person, "start": holder.start.isoformat()},
            field="effective",
        )
    return [leaving(holder.person, holder.name, effective, reason)]
