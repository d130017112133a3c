"""After an import was taken back every day has again the holder that it had, whatever was imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.deciders import BY_LETTER
from services.registry.domain.roster.document import (
    PostEntry,
    RosterDocument,
)
from services.registry.domain.roster.plan import plan
from services.registry.domain.roster.restored_posts import changes_of
from services.registry.domain.roster.topics import DEPUTY, HEAD, LEADER, LIAISON
from services.registry.domain.tenure import holder_on, tenures_of
from sevenx.district.posts import standing

from .imports_log import (
    GROUP,
    UNIT,
    Log,
    founded,
    grown,
    person,
    post,
)
from .scenario import day

FIRST = day("2020-06-01")
PLACES = [(1, None, "leader"), (1, None, "deputy"), (1, None, "liaison"), (None, "区财政局", "head")]
PLACES += [(None, "区财政局", "liaison")]
days = st.integers(0, 60).map(lambda n: FIRST + timedelta(n))
persons = st.sampled_from([f"410804-N-p{n}" for n in range(3)])
entries = st.lists(st.tuples(persons, st.sampled_from(PLACES), days), max_size=5)


def people_of(drawn: list[tuple[str, tuple[int | None, str | None, str], date]]) -> RosterDocument:
    posts: dict[str, list[PostEntry]] = defaultdict(list)
    for id_, (group, unit, as_), since in drawn:
        posts[id_].append(post(as_, since, group, unit))
    return grown(people=[person(id_, *held) for id_, held in posts.items()])


def holders(states: Mapping[str, Any]) -> list[str | None]:
    """Who holds each post on each day, as the domain tells it."""
    told = []
    for stream, held in ((GROUP, (LEADER, DEPUTY, LIAISON)), (UNIT, (HEAD, LIAISON))):
        for one in held:
            tenures = tenures_of(changes_of(states[stream], one))
            on = (holder_on(tenures, FIRST + timedelta(n)) for n in range(-5, 90))
            told += [None if tenure is None else tenure.person for tenure in on]
    return told


def standing_by_person(log: Log) -> list[set[tuple[str, str]]]:
    """Who holds which post on each day, as every other service tells it from the events."""
    rows = [
        {
            "role": type(event).__name__.removesuffix("Appointed").removesuffix("Released").removesuffix("Designated"),
            "person": event.person,
            "effective": event.effective,
            "version": n,
            "begins": not type(event).__name__.endswith("Released"),
        }
        for stream in (GROUP, UNIT)
        for n, event in enumerate(log.streams[stream])
        if type(event).__name__.endswith(("Appointed", "Released", "Designated"))
    ]
    return [standing(rows, ("role", "person"), FIRST + timedelta(n)) for n in range(-5, 90)]


def allowed(drawn: list[Any], log: Log) -> list[Any]:
    """Those of the entries that can be imported together."""
    kept: list[Any] = []
    for one in drawn:
        if not plan(people_of([*kept, one]), log.states(), BY_LETTER).errors:
            kept.append(one)
    return kept


@settings(max_examples=100, deadline=None)
@given(entries, entries)
def test_every_day_has_the_holder_again_that_it_had(first: list[Any], second: list[Any]) -> None:
    """一, 三（一）, 三（三）: for the registry and for every service that reads its events."""
    log = founded()
    log.imports(people_of(allowed(first, log)))
    before, told = holders(log.states()), standing_by_person(log)
    histories = log.imports(people_of(allowed(second, log)))
    if histories is None:
        return
    found = log.rollback(histories, 3)
    assert found.obstacles == ()
    assert holders(log.states()) == before
    assert standing_by_person(log) == told
