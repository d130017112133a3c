"""What an import's difference says of a thing: it is new, changed, ends, or is kept as the district has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.registry.deciders import DISTRICT
from services.registry.domain.district.commands import ChangeSetting
from services.registry.domain.roster.document import PersonEntry, PostEntry, RosterDocument
from services.registry.domain.roster.kinds import Kind

from .roster_samples import after, planned, real_roster
from .scenario import day

ROSTER = real_roster()
assert isinstance(ROSTER, RosterDocument)
IMPORTED = after(planned(ROSTER, {}), {})
PERSON = next(one for one in ROSTER.people if one.posts and one.posts[0].post == "leader")


def kinds(roster: RosterDocument, states: dict[str, Any] | None = None) -> list[tuple[Kind, str]]:
    found = planned(roster, dict(states or IMPORTED))
    assert found.errors == ()
    return [(one.kind, one.zh) for one in found.differences]


def test_all_of_a_founding_import_is_new() -> None:
    assert {one.kind for one in planned(ROSTER, {}).differences} == {Kind.NEW}


def test_somebody_with_a_post_is_new() -> None:
    at = ROSTER.people[0].at
    post = PostEntry(at, 2, None, "liaison", day("2021-01-01"), assumed=False)
    somebody = PersonEntry(at, "410804-N-jia-yi", "甲某", "Jia", (post,))
    found = kinds(replace(ROSTER, people=(*ROSTER.people, somebody)))
    assert found == [(Kind.NEW, "登记人员甲某"), (Kind.NEW, "联络员甲某，自2021-01-01")]


def test_a_post_with_its_last_day_ends() -> None:
    ended = replace(PERSON, posts=(replace(PERSON.posts[0], until=day("2025-01-01")), *PERSON.posts[1:]))
    people = tuple(ended if one.id == PERSON.id else one for one in ROSTER.people)
    assert (Kind.ENDED, f"{PERSON.zh}卸任，自2025-01-01") in kinds(replace(ROSTER, people=people))


@pytest.mark.parametrize(
    ("roster", "words"),
    [
        (
            replace(
                ROSTER,
                groups=(replace(ROSTER.groups[0], duty_items=ROSTER.groups[0].duty_items[:1]), *ROSTER.groups[1:]),
            ),
            "工作职责1项",
        ),
        (
            replace(ROSTER, calendars=(replace(ROSTER.calendars[-1], source="更正（模拟）"),)),
            f"{ROSTER.calendars[-1].year}年",
        ),
        (
            replace(ROSTER, industries=(*ROSTER.industries[:-1], replace(ROSTER.industries[-1], en="X"))),
            ROSTER.industries[-1].zh,
        ),
    ],
)
def test_what_is_said_anew_is_changed(roster: RosterDocument, words: str) -> None:
    found = kinds(roster)
    assert [kind for kind, _ in found] == [Kind.CHANGED]
    assert words in found[0][1]


def test_what_the_district_decided_is_kept() -> None:
    command = ChangeSetting("report.contribution_day", "18", "核定（模拟）")
    decided = DISTRICT.decide(command, IMPORTED["410804-D"])
    assert isinstance(decided, list)
    states = {**IMPORTED, "410804-D": DISTRICT.fold(decided, IMPORTED["410804-D"])}
    assert [kind for kind, _ in kinds(ROSTER, states)] == [Kind.KEPT]
