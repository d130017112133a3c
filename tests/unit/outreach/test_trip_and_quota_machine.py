"""Trips and the quota that counts them, under any order of commands (hypothesis), clause 三(一): each day once, taken
back by a correction, fulfilled and fallen short by what stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.outreach.deciders import QUOTA, TRIP
from services.outreach.domain.quota import commands as q
from services.outreach.domain.quota.events import QuotaFulfilled, QuotaFulfilmentLost, QuotaShortfallNoted
from services.outreach.domain.quota.state import Quota
from services.outreach.domain.trip import commands as t
from services.outreach.domain.trip.events import TripCompleted, TripCompletionCorrected
from services.outreach.domain.trip.state import Trip, TripStatus
from sevenx.kernel.errors import Rejection

from .given import APPROVE, HEAD, LIAISON, OFFICE, QUARTER, REQUEST, RESULT, UNIT, day, visit

SHORT = q.OpenQuota(HEAD, "何模拟", UNIT, 2026, day("08-01"), day("08-20"), QUARTER)
"""Twenty days in the post, five owed, so that a quota is fulfilled and lost again."""
TRIPS = ("410804-T-2026-0001", "410804-T-2026-0002", "410804-T-2026-0003")
which = st.sampled_from(TRIPS)
offsets = st.integers(0, 3)


class OutsideMachine(RuleBasedStateMachine):
    """Three trips of one head in a few weeks of August, told to his quota as the reaction does."""

    @initialize(starts=st.lists(st.integers(3, 18), min_size=3, max_size=3))
    def requested(self, starts: list[int]) -> None:
        self.trips: dict[str, Trip] = {}
        self.events: dict[str, list[Any]] = {one: [] for one in TRIPS}
        self.quota: Quota = QUOTA.initial
        self.told: list[Any] = []
        self.give_quota(SHORT)
        for name, first in zip(TRIPS, starts, strict=True):
            begin = date(2026, 8, first)
            self.trips[name] = TRIP.initial
            self.give(name, replace(REQUEST, starts_on=begin, ends_on=begin + timedelta(days=3)))
            self.give(name, replace(APPROVE, today=day("08-03"), result_due_on=day("08-25")))

    def give(self, name: str, command: Any) -> None:
        answer = TRIP.decide(command, self.trips[name])
        if isinstance(answer, Rejection):
            return
        self.events[name].extend(answer)
        self.trips[name] = TRIP.fold(answer, self.trips[name])
        for event in answer:
            if isinstance(event, TripCompleted | TripCompletionCorrected):
                self.give_quota(q.CountDays(name, event.counted_days))
                assert self.give_quota(q.CountDays(name, event.counted_days)) == [], "told again, nothing changes"

    def give_quota(self, command: Any) -> list[Any]:
        answer = QUOTA.decide(command, self.quota)
        assert not isinstance(answer, Rejection), answer
        self.told.extend(answer)
        self.quota = QUOTA.fold(answer, self.quota)
        return list(answer)

    @rule(name=which, offset=offsets, firm=st.sampled_from(["甲（模拟）", "乙（模拟）"]), outside=st.booleans())
    def visits(self, name: str, offset: int, firm: str, outside: bool) -> None:
        self.visit(name, offset, firm, outside=outside)

    def visit(self, name: str, offset: int, firm: str, *, outside: bool) -> None:
        on = self.trips[name].starts_on + timedelta(days=offset)
        self.give(name, replace(visit("08-10", firm), visited_on=on, today=day("08-31"), outside_city=outside))

    @rule(name=which, last=offsets)
    def a_busy_trip(self, name: str, last: int) -> None:
        for offset in range(last + 1):
            self.visit(name, offset, "甲（模拟）", outside=True)
        self.give(name, replace(RESULT, today=day("08-21")))

    @rule(name=which, number=st.integers(1, 6))
    def withdraw(self, name: str, number: int) -> None:
        self.give(name, t.WithdrawVisit(LIAISON, day("08-31"), number, "误登"))

    @rule(name=which, on=st.sampled_from([day("08-21"), day("08-25"), day("08-26")]))
    def file(self, name: str, on: date) -> None:
        self.give(name, replace(RESULT, today=on))

    @rule(name=which, some=st.lists(offsets, max_size=3))
    def correct(self, name: str, some: list[int]) -> None:
        excluded = tuple(self.trips[name].starts_on + timedelta(days=one) for one in some)
        self.give(name, t.CorrectCompletion(OFFICE, day("09-01"), "更正", None, excluded))

    @rule(name=which)
    def cancel(self, name: str) -> None:
        self.give(name, t.CancelTrip(LIAISON, day("08-10"), "取消"))

    @rule(out=st.integers(5, 21))
    def leave(self, out: int) -> None:
        self.give_quota(q.LeavePost(date(2026, 8, out), "调离", QUARTER))

    @rule()
    def take_again(self) -> None:
        self.give_quota(replace(SHORT, from_date=day("08-15")))

    @rule(as_of=st.integers(1, 31))
    def review(self, as_of: int) -> None:
        command = q.ReviewQuota(date(2026, 8, as_of), frozenset(), 1, QUARTER)
        self.give_quota(command)
        assert self.give_quota(command) == [], "an unchanged shortfall is not noted again"

    @invariant()
    def a_day_counts_once_and_only_where_a_trip_bears_it(self) -> None:
        borne = {
            day_
            for trip in self.trips.values()
            if trip.status is TripStatus.COMPLETED and trip.in_time
            for day_ in {one.visited_on for one in trip.visits.values() if one.outside_city} - set(trip.excluded_days)
        }
        held = {
            one.from_date + timedelta(days=n)
            for one in self.quota.spans
            for n in range((one.until_date - one.from_date).days + 1)
        }
        assert self.quota.days() == borne & held

    @invariant()
    def fulfilled_says_whether_enough_days_stand(self) -> None:
        assert self.quota.fulfilled is (0 < self.quota.required_days <= len(self.quota.days()))
        turns = [type(one) for one in self.told if isinstance(one, QuotaFulfilled | QuotaFulfilmentLost)]
        assert turns == [QuotaFulfilled, QuotaFulfilmentLost] * (len(turns) // 2) + [QuotaFulfilled] * (len(turns) % 2)

    @invariant()
    def a_shortfall_is_positive_and_never_above_what_is_owed(self) -> None:
        for noted in self.told:
            if isinstance(noted, QuotaShortfallNoted):
                assert 0 < noted.shortfall_days <= noted.required_days
                assert noted.forecast_days == noted.required_days - noted.shortfall_days

    @invariant()
    def the_states_are_folds_of_the_events(self) -> None:
        assert QUOTA.fold(self.told) == self.quota
        for name, trip in self.trips.items():
            assert TRIP.fold(self.events[name]) == trip


OutsideMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestOutsideMachine = OutsideMachine.TestCase
