"""The events that bring a post back to who held it before an import, for whoever reads them: tenures in the domain, the
changes by person in other services, quotas that open and close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from services.registry.domain.group import posts as of_groups
from services.registry.domain.group.state import Group
from services.registry.domain.passing import Post
from services.registry.domain.tenure import Changes, Tenure, holder_on, last_holder, tenures_of
from services.registry.domain.unit import posts as of_units

from .topics import DEPUTY, HEAD, LEADER, LIAISON, Topic


def changes_of(state: Any, post: Topic) -> Changes:
    """What was said of a post of a group or unit."""
    if isinstance(state, Group):
        return {LEADER: state.leader_changes, DEPUTY: state.deputy_changes, LIAISON: state.liaison_changes}[post]
    found: Changes = state.liaison_changes if post == LIAISON else state.head_changes
    return found


def restored(post: Topic, before: Any, now: Any, reason: str) -> Iterator[Any]:
    """What is to be said of a post so that every day has the holder again that it had.

    Of each day of which the import said something it is said what held before; who leaves comes first. Who holds the
    post still and had been told to leave some day begins again on his own first day, for those who count his days.
    """
    kind, said = _kind(now, post), changes_of(before, post)
    was, added = tenures_of(said), changes_of(now, post)[len(said) :]
    begins: dict[tuple[str, date], Tenure] = {}
    for day, person, name in dict.fromkeys(sorted((one.effective, one.person, one.name) for one in added)):
        held = next((t for t in was if t.person == person and holder_on((t,), day)), None)
        if held is not None:
            begins[person, day] = replace(held, start=day)
            continue
        yield kind.left(person, name, day, reason)
        last = last_holder(was)
        if last is not None and last.person == person:
            begins.setdefault((person, last.start), last)
    for _, tenure in sorted(begins.items(), key=lambda pair: pair[0][1]):
        yield kind.began(tenure.person, tenure.name, tenure.start, tenure.assumed, tenure.basis)


def _kind(state: Any, post: Topic) -> Post:
    if isinstance(state, Group):
        return {LEADER: of_groups.LEADER, DEPUTY: of_groups.DEPUTY, LIAISON: of_groups.LIAISON}[post]
    return {HEAD: of_units.HEAD, LIAISON: of_units.LIAISON}[post]
