"""Who held a post, and when: a post's tenures follow one another and never overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.registry.domain.ids import refuse_id
from sevenx.kernel.errors import Rejection


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


@dataclass(frozen=True, slots=True)
class Change:
    """What an event says of a post: from that day on the person holds it, or does not."""

    person: str
    name: str
    effective: date
    begins: bool
    assumed: bool = False
    basis: str = ""


Changes = tuple[Change, ...]
"""What was said of one post, in the order in which it was said."""


def holder_on(tenures: Tenures, day: date) -> Tenure | None:
    """Who held the post on that day; a past report shows this holder, whoever came later."""
    return next((t for t in tenures if t.start <= day and (t.end is None or day < t.end)), None)


def last_holder(tenures: Tenures) -> Tenure | None:
    """The holder whose tenure has no end yet."""
    return tenures[-1] if tenures and tenures[-1].end is None else None


def tenures_of(changes: Changes) -> Tenures:
    """The tenures that follow from what was said of a post, in the order in which they began.

    For each person the last word about a day, or about the nearest day before it, holds, as it does for every service
    that reads the same events (`sevenx.district.posts`). Someone who left on the first day never held the post.
    """
    by_person: dict[str, list[Change]] = {}
    for change in changes:
        by_person.setdefault(change.person, []).append(change)
    found = [tenure for said in by_person.values() for tenure in _of_person(said)]
    return tuple(sorted(found, key=lambda tenure: tenure.start))


def _of_person(said: Sequence[Change]) -> Iterator[Tenure]:
    days = {change.effective: change for change in said}
    first: Change | None = None
    for day in sorted(days):
        change = days[day]
        if change.begins and first is None:
            first = change
        elif not change.begins and first is not None:
            yield Tenure(first.person, first.name, first.effective, day, first.assumed, first.basis)
            first = None
    if first is not None:
        yield Tenure(first.person, first.name, first.effective, None, first.assumed, first.basis)


def leaving(changes: Changes, person: str, day: date) -> tuple[date, ...]:
    """The days of which it must be said that the person does not hold the post, so that he holds it no more from `day`
    on: also later days of which the contrary was said, such as a first day that was then corrected to an earlier one.
    The last first, so that who follows the events learns the right day at the end."""
    return (*reversed(_said_otherwise(changes, person, day, begins=True)), day)


def taking(changes: Changes, person: str, day: date) -> tuple[date, ...]:
    """The days of which it must be said that the person holds the post, so that he holds it from `day` on: also later
    days of which the contrary was said, when somebody else was to have taken it up."""
    return (day, *_said_otherwise(changes, person, day, begins=False))


def _said_otherwise(changes: Changes, person: str, day: date, *, begins: bool) -> list[date]:
    last = {change.effective: change.begins for change in changes if change.person == person}
    return sorted(one for one, said in last.items() if said is begins and one > day)


@dataclass(frozen=True, slots=True)
class Succession:
    """A person can take up the post, and on the same day the former holder, if there is one, leaves it."""

    former: Tenure | None


def succeed(tenures: Tenures, person: str, name: str, effective: date) -> Succession | Rejection | None:
    """Whether the person can take up the post on that day; None when the person has done so already.

    A successor may not begin before the post's last tenure began, or ended: past reports show who held it then.
    Beginning on the same day is allowed: it corrects a mistake, and leaves the former holder not one day. A holder's
    own start, which may have been assumed, can be moved back to the day on which the predecessor left.
    """
    if refused := refuse_id("N", person):
        return refused
    if any(t.person == person and _took_up(t, effective) for t in tenures):
        return None
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
        )
    return Succession(None if corrects else holder)


def _took_up(tenure: Tenure, day: date) -> bool:
    if tenure.end is None:
        return tenure.start <= day
    return tenure.start == day < tenure.end


def refuse_release(tenures: Tenures, effective: date) -> Rejection | None:
    """Only a holder can leave a post, and not before taking it up."""
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
        )
    return None
