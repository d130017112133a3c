"""Who held a post, and when: tenures follow one another and never overlap (三（三）: a past report shows who held the
post then). One rule for the registry and for every service that tells of posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


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
