"""What is overdue is taken to the next levels, each exactly once, until it is done (三(三))."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.notifier.deciders import ESCALATION
from services.notifier.domain.escalation.commands import RaiseLevel, ResolveEscalation
from services.notifier.domain.escalation.decide import escalation_id, levels
from services.notifier.domain.escalation.events import EscalationRaised, EscalationResolved, EscalationScheduled
from services.notifier.domain.escalation.evolve import version_of
from services.notifier.domain.escalation.state import Escalation
from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.kernel.clock import SHANGHAI
from tests.unit.given import CALENDAR, at
from tests.unit.machine import StreamMachine

from .given import DUE, MISSED, done, escalation, level, person, schedule

LATER = MISSED.replace("@9", "@14")


def test_the_levels_are_due_when_their_working_days_have_passed() -> None:
    """三(三): due on Tuesday the 25th; one working day is over at Wednesday's 24:00, three at Friday's."""
    (scheduled,) = escalation(schedule()).then(EscalationScheduled)
    assert [(step.level, step.working_days_after, step.at) for step in scheduled.steps] == [
        (1, 1, at("2026-08-27 00:00")),
        (2, 3, at("2026-08-29 00:00")),
    ]


def test_days_on_which_nobody_works_are_not_counted() -> None:
    off = frozenset({date(2026, 8, 26)})
    calendar = WorkCalendar.of([CalendarYear(2026, off, frozenset({date(2026, 8, 29)}))])
    assert [step.at for step in levels(DUE, (1, 3), calendar)] == [at("2026-08-28 00:00"), at("2026-08-30 00:00")]


@pytest.mark.parametrize(("days", "count"), [((3, 1), 2), ((1, 1), 1), ((0, 2), 1), ((), 0)])
def test_the_setting_may_be_written_in_any_order(days: tuple[int, ...], count: int) -> None:
    """A level of no day would come with the miss itself, of which those concerned are told anyway."""
    steps = levels(DUE, days, CALENDAR)
    assert [step.level for step in steps] == list(range(1, count + 1))
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_without_a_level_nothing_is_scheduled() -> None:
    escalation(schedule(days=())).then()


def test_each_level_is_told_once_and_in_its_order() -> None:
    told = escalation(schedule(), level(2, "2026-08-29 00:00"))
    told.then()
    (raised,) = told.when(level(1, "2026-08-27 00:00")).then(EscalationRaised)
    assert (raised.level, raised.to, raised.raised_for) == (1, (person("leader"),), at("2026-08-27 00:00"))
    assert raised.next is not None
    assert raised.next.at == at("2026-08-29 00:00")
    told.when(level(1, "2026-08-27 00:00")).then()
    (second,) = told.when(level(2, "2026-08-29 00:00")).then(EscalationRaised)
    assert second.next is None
    told.when(level(3, "2026-09-20 00:00")).then()


def test_a_level_is_not_told_before_its_time() -> None:
    escalation(schedule(), level(1, "2026-08-26 23:59")).then()


def test_what_is_done_is_told_no_further() -> None:
    told = escalation(schedule(), level(1, "2026-08-27 00:00"), done(12))
    (resolved,) = told.then(EscalationResolved)
    assert (resolved.settled_by, resolved.levels_raised) == ("reporting/410804-R-2026-08-G1@12", 1)
    told.when(level(2, "2026-08-29 00:00")).then()
    told.when(done(13)).then()


def test_what_is_done_before_the_first_level_bothers_nobody() -> None:
    (resolved,) = escalation(schedule(), done(10)).then(EscalationResolved)
    assert resolved.levels_raised == 0


def test_what_came_before_the_miss_does_not_settle_it() -> None:
    escalation(schedule(), done(8)).then()


def test_a_miss_is_scheduled_once_even_when_it_is_done_meanwhile() -> None:
    escalation(schedule(), schedule()).then()
    escalation(schedule(), done(12), schedule()).then()


def test_a_directive_that_is_overdue_again_is_escalated_again() -> None:
    """三(五): granted more time, and missed again."""
    told = escalation(
        schedule(), level(1, "2026-08-27 00:00"), done(12), schedule(LATER, due_at=at("2026-09-05 00:00"))
    )
    (again,) = told.then(EscalationScheduled)
    assert again.about == LATER
    (raised,) = told.when(level(1, "2026-09-30 00:00")).then(EscalationRaised)
    assert raised.about == LATER


def test_a_later_miss_takes_the_place_of_one_that_is_open() -> None:
    over, again = escalation(schedule(), schedule(LATER)).then(EscalationResolved, EscalationScheduled)
    assert (over.about, over.settled_by, again.about) == (MISSED, LATER, LATER)
    escalation(schedule(LATER), schedule()).then()


def test_the_stream_is_named_after_what_is_owed() -> None:
    assert escalation_id("410804", "410804-R-2026-08-G1") == "410804-E-R-2026-08-G1"


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.lists(st.integers(1, 20), min_size=1, max_size=4))
def test_between_the_due_day_and_a_level_lie_so_many_working_days(due_day: date, days: list[int]) -> None:
    """三(三): whatever the day and the setting."""
    due_at = at(f"{due_day + timedelta(days=1)} 00:00")
    for step in levels(due_at, days, CALENDAR):
        last = (step.at - timedelta(microseconds=1)).astimezone(SHANGHAI).date()
        assert CALENDAR.is_working_day(last)
        assert CALENDAR.working_days_between(due_day, last) == step.working_days_after


class EscalationMachine(StreamMachine[Escalation]):
    """Misses, settlements and the clock in any order; each may come twice."""

    decider = ESCALATION

    @initialize()
    def begins(self) -> None:
        self.now = at("2026-08-26 00:00")

    def give(self, command: Any) -> list[Any]:
        return [*self.must(command), *self.must(command)]

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(version=st.integers(1, 20))
    def missed(self, version: int) -> None:
        self.give(schedule(MISSED.replace("@9", f"@{version}")))

    @rule(version=st.integers(1, 20))
    def settled(self, version: int) -> None:
        self.give(ResolveEscalation(self.now, MISSED.replace("@9", f"@{version}")))

    @rule(number=st.integers(1, 3))
    def clock(self, number: int) -> None:
        self.give(RaiseLevel(self.now, number, (), "x", "x"))

    @invariant()
    def every_level_of_a_miss_is_told_once_in_order_and_not_before_its_time(self) -> None:
        for scheduled in self.of(EscalationScheduled):
            told = [one.level for one in self.of(EscalationRaised) if one.about == scheduled.about]
            assert told == list(range(1, len(told) + 1))
        assert all(one.raised_for <= self.now for one in self.of(EscalationRaised))

    @invariant()
    def a_miss_is_scheduled_once_and_over_once(self) -> None:
        for kind in (EscalationScheduled, EscalationResolved):
            abouts = [one.about for one in self.of(kind)]
            assert len(abouts) == len(set(abouts))

    @invariant()
    def nothing_is_told_of_what_is_over_and_only_later_events_end_it(self) -> None:
        over = set[str]()
        for one in self.events:
            if isinstance(one, EscalationRaised):
                assert one.about not in over
            elif isinstance(one, EscalationResolved):
                assert version_of(one.settled_by) > version_of(one.about)
                over.add(one.about)

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert ESCALATION.fold(self.events) == self.state


EscalationMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestEscalationMachine = EscalationMachine.TestCase
