"""Contests of a protection (异议): within working days, decided by nobody of those concerned."""

from __future__ import annotations

from datetime import date

from services.projects.domain.protection import commands as c
from services.projects.domain.protection import events as e
from services.projects.domain.protection.events import GrantBasis, ReleaseCause
from services.projects.domain.values import Commerce, Referee
from sevenx.district.calendar import CalendarYear, WorkCalendar
from tests.unit.projects.protections import (
    ANYANG,
    FIRST,
    MACUN,
    PEOPLE,
    SECOND,
    TERMS,
    THIRD,
    contest,
    day,
    decide_contest,
    give_up,
    report,
    reported,
)
from tests.unit.projects.stories import GROUP_TWO, TODAY, sha


def test_a_contest_is_raised_within_5_working_days_and_decided_within_10() -> None:
    """首报首谈: contest within 5 working days, decision within 10; TODAY is a Monday."""
    story = reported(FIRST, SECOND)
    late = story.refused(contest(today=date(2026, 7, 28)))
    assert (late.code, late.details["until"]) == ("contest-too-late", "2026-07-27")
    [event] = story.when(contest(today=date(2026, 7, 27), evidence=(sha("确认函"),)))
    assert (event.contest, event.lead, event.by_unit, event.holder, event.holder_unit) == (
        1, SECOND, ANYANG, FIRST, MACUN,
    )  # fmt: skip
    assert event.decide_by == date(2026, 8, 10)
    assert event.referee is Referee.COMMERCE_BUREAU


def test_holidays_do_not_count_against_who_contests() -> None:
    """首报首谈: working days by the district's calendar."""
    off = frozenset({date(2026, 7, 21), date(2026, 7, 22)})
    calendar = WorkCalendar.of([CalendarYear(2026, off, frozenset({date(2026, 7, 25)}))])
    story = reported(FIRST, SECOND)
    assert story.refused(contest(today=date(2026, 7, 29), calendar=calendar)).details["until"] == "2026-07-28"
    assert story.when(contest(today=date(2026, 7, 28), calendar=calendar))


def test_the_days_count_from_the_protection_that_is_contested() -> None:
    story = reported(FIRST, SECOND, THIRD).after([give_up(FIRST, day(30))])
    [event] = story.when(contest(THIRD, day(35)))
    assert (event.holder, event.lead) == (SECOND, THIRD)


def test_only_a_lead_that_waits_contests_and_once() -> None:
    story = reported(FIRST, SECOND)
    assert story.refused(contest(FIRST)).code == "nothing-to-contest"
    assert story.refused(contest(THIRD)).code == "not-reported"
    assert story.refused(contest(grounds=" ")).code == "reason-missing"
    assert story.refused(contest(grounds="请电13800000000")).code == "contact-details"
    assert story.refused(contest(evidence=("abc",))).code == "hash-wrong"
    story.when(contest())
    assert story.refused(contest()).code == "contested-before"
    story.when(decide_contest(False))
    assert story.refused(contest()).code == "contested-before"


def test_a_dismissed_contest_leaves_the_protection_as_it_is() -> None:
    story = reported(FIRST, SECOND).after([contest()])
    before = story.state.hold_of(FIRST)
    [event] = story.when(decide_contest(False))
    assert (event.upheld, event.holder_lead, event.unit) == (False, FIRST, MACUN)
    assert story.state.hold_of(FIRST) == before


def test_an_upheld_contest_passes_the_protection_on_and_the_other_waits_in_its_order() -> None:
    """首报首谈: where 首报 and 首谈 differ it is decided on evidence."""
    story = reported(FIRST, SECOND, THIRD).after([contest(THIRD), contest(SECOND)])
    decided, lapsed, released, granted, queued = story.when(decide_contest(True, contest=2))
    assert (decided.upheld, decided.holder_lead) == (True, SECOND)
    assert (lapsed.contest, lapsed.lead) == (1, THIRD)
    assert (released.lead, released.cause, released.next_lead) == (FIRST, ReleaseCause.CONTEST, SECOND)
    assert (granted.lead, granted.basis) == (SECOND, GrantBasis.CONTEST)
    assert (queued.lead, queued.position, queued.holder) == (FIRST, 1, SECOND)
    assert [one.lead for one in story.state.queue("aluminium")] == [FIRST, THIRD]


def test_nobody_decides_his_own_contest() -> None:
    """首报首谈: nobody decides his own: neither who contested nor who registered one of the two."""
    story = reported(FIRST, SECOND).after([contest(by="410804-N-other")])
    for person in (PEOPLE[FIRST], PEOPLE[SECOND], "410804-N-other"):
        assert story.refused(decide_contest(True, by=person)).code == "own-case"
    assert story.refused(decide_contest(True, reason="")).code == "reason-missing"


def test_the_district_office_decides_where_the_commerce_bureau_or_its_group_is_a_party() -> None:
    """首报首谈: nobody decides his own."""
    bureau = Commerce(ANYANG, (GROUP_TWO,))
    story = reported(FIRST, SECOND).after([contest(commerce=bureau)])
    refused = story.refused(decide_contest(True))
    assert (refused.code, refused.details["referee"]) == ("not-the-deciding-office", "district_office")
    assert story.when(decide_contest(True, office=Referee.DISTRICT_OFFICE))
    of_its_group = reported(FIRST).after([report(SECOND, group=GROUP_TWO)])
    [event] = of_its_group.when(contest(commerce=Commerce("410804-U-commerce", (GROUP_TWO,))))
    assert event.referee is Referee.DISTRICT_OFFICE


def test_a_contest_is_decided_once_and_under_its_own_lead() -> None:
    story = reported(FIRST, SECOND).after([contest()])
    assert story.refused(decide_contest(True, lead=THIRD)).code == "no-open-contest"
    story.when(decide_contest(True))
    assert story.refused(decide_contest(True)).code == "no-open-contest"


def test_a_contest_that_is_late_is_stated_once_and_still_decided() -> None:
    """首报首谈: decision within 10 working days."""
    story = reported(FIRST, SECOND).after([contest()])
    decide_by = date(2026, 8, 3)
    assert story.when(c.JudgeContests(decide_by)) == []
    [overdue] = story.when(c.JudgeContests(date(2026, 8, 4)))
    assert (type(overdue), overdue.decide_by) == (e.ContestOverdue, decide_by)
    assert story.when(c.JudgeContests(date(2026, 8, 5))) == []
    assert story.when(decide_contest(False, today=day(30)))


def test_a_contest_lapses_with_what_it_was_about() -> None:
    story = reported(FIRST, SECOND).after([contest()])
    lapsed, released, granted = story.when(give_up())
    assert isinstance(lapsed, e.ContestLapsed)
    assert (released.lead, granted.lead) == (FIRST, SECOND)
    other = reported(FIRST, SECOND).after([contest()])
    gone, left = other.when(c.Leave(SECOND, ReleaseCause.LEAD_CLOSED, "关闭", TERMS, TODAY, PEOPLE[SECOND]))
    assert (type(gone), type(left)) == (e.ContestLapsed, e.QueueLeft)
    assert other.state.contests == {}
