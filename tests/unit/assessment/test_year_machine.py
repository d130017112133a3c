"""A year's assessment under any order of people and clock (hypothesis), clause 三(五)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.assessment.deciders import YEAR
from services.assessment.domain.values import PointsCorrection, ranked
from services.assessment.domain.year import commands as c
from services.assessment.domain.year import events as e
from services.assessment.domain.year.state import AppealState, Phase, Year
from tests.unit.machine import StreamMachine

from .given import (
    APPEAL,
    DISMISS,
    ENDS,
    FREEZE,
    G1,
    G2,
    HEAD,
    LEADER,
    OFFICE,
    PUBLICIZE,
    RATE,
    REVIEWER,
    SETTLE,
    TOTALS,
    UNTIL_AT,
    VETO,
    calculation,
    cut,
)

people = st.sampled_from([OFFICE, LEADER, HEAD, REVIEWER])
points = st.decimals(0, 20, places=2)


class YearMachine(StreamMachine[Year]):
    decider = YEAR

    @initialize()
    def begun(self) -> None:
        self.now = UNTIL_AT - timedelta(days=9)

    @rule(hours=st.integers(1, 96))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        whole=st.booleans(),
        clock=st.booleans(),
        total=st.decimals(0, 120, places=2),
        month=st.integers(1, 11),
        days=st.integers(1, 60),
    )
    def calculate(self, whole: bool, clock: bool, total: Decimal, month: int, days: int) -> None:
        totals = [replace(TOTALS[0], total=total), *TOTALS[1:]]
        changes: dict[str, Any] = {} if whole else {"as_of": ENDS - timedelta(days=days), "cut": ()}
        if clock:
            changes |= {"by": None, "month": "2026" if whole else f"2026-{month:02d}"}
        self.give(calculation(self.state.calculation + 1, totals, **changes))

    @rule()
    def rate(self) -> None:
        self.give(RATE)

    @rule()
    def publicize(self) -> None:
        self.give(PUBLICIZE)

    @rule()
    def clock_ends_the_notice(self) -> None:
        self.give(c.EndPublicNotice(self.now))
        assert self.give(c.EndPublicNotice(self.now)) == [], "a clock step given again changes nothing"

    @rule(subject=st.sampled_from([G1, G2]))
    def appeal(self, subject: str) -> None:
        self.give(replace(APPEAL, at=self.now, appellant=subject, subject=subject))

    @rule(number=st.integers(1, 3), by=people, now=points)
    def uphold(self, number: int, by: str, now: Decimal) -> None:
        found = self.state.appeals.get(number)
        place = self.state.place_of(found.subject) if found else None
        if found is None or place is None:
            return
        fix = PointsCorrection(found.subject, "funds", Decimal(5), now, place.total, place.total + now - 5)
        self.give(c.UpholdAppeal(by, APPEAL.today, number, fix, "经核属实"))

    @rule(number=st.integers(1, 3), by=people)
    def dismiss(self, number: int, by: str) -> None:
        self.give(replace(DISMISS, appeal=number, by=by))

    @rule(subject=st.sampled_from([G1, G2]), lift=st.booleans())
    def veto(self, subject: str, lift: bool) -> None:
        if lift:
            self.give(c.LiftVeto(OFFICE, VETO.today, subject, VETO.veto, "复核后撤销"))
        else:
            self.give(replace(VETO, subject=subject))

    @rule(by=people)
    def settle(self, by: str) -> None:
        self.give(replace(SETTLE, at=self.now, by=by))

    @rule(whole=st.booleans())
    def freeze(self, whole: bool) -> None:
        self.give(FREEZE if whole else c.Freeze(cut(ENDS - timedelta(days=1))))

    @rule(now=points)
    def correct(self, now: Decimal) -> None:
        place = self.state.place_of(G1)
        if place is not None:
            fix = PointsCorrection(G1, "funds", Decimal(5), now, place.total, place.total + now - 5)
            basis = ("projects/410804-P-2026-0001@9",)
            self.give(c.CorrectAssessment(OFFICE, SETTLE.today, (fix,), "更正", basis, "马文〔2027〕1号（模拟）"))

    @rule()
    def the_whole_path_in_one_go(self) -> None:
        self.give(calculation(self.state.calculation + 1))
        for command in (RATE, PUBLICIZE, replace(SETTLE, at=max(self.now, UNTIL_AT)), FREEZE):
            self.give(command)

    @invariant()
    def the_steps_come_in_their_order_and_each_final_one_once(self) -> None:
        order = [e.FirstRatingMade, e.ResultPublicized, e.AssessmentSettled, e.AssessmentFrozen]
        first = [next((n for n, one in enumerate(self.events) if isinstance(one, kind)), None) for kind in order]
        reached = [n for n in first if n is not None]
        assert reached == sorted(reached)
        assert first[: len(reached)] == reached
        for kind in order[1:]:
            assert len(self.of(kind)) <= 1

    @invariant()
    def a_result_rests_on_a_whole_year(self) -> None:
        made = {one.calculation: one for one in self.of(e.CalculationMade)}
        for rated in self.of(e.FirstRatingMade):
            assert not made[rated.calculation].provisional
        for frozen in self.of(e.AssessmentFrozen):
            assert frozen.cut
            assert all(mark.as_of >= ENDS for mark in frozen.cut)

    @invariant()
    def calculations_and_versions_leave_no_number_out(self) -> None:
        assert [one.calculation for one in self.of(e.CalculationMade)] == list(range(1, self.state.calculation + 1))
        versions = [one.version for one in self.of(e.AssessmentFrozen) + self.of(e.AssessmentCorrected)]
        assert versions == list(range(1, len(versions) + 1))
        months = [one.month for one in self.of(e.CalculationMade) if one.month]
        assert len(months) == len(set(months))

    @invariant()
    def the_clock_never_goes_back_behind_a_calculation(self) -> None:
        made = self.of(e.CalculationMade)
        assert all(one.month is None or one.as_of >= before.as_of for before, one in pairwise(made))

    @invariant()
    def appeals_are_reviewed_once_and_by_others_before_the_settlement(self) -> None:
        filed = {one.appeal: one for one in self.of(e.AppealFiled)}
        reviews = self.of(e.AppealUpheld) + self.of(e.AppealDismissed)
        assert len({one.appeal for one in reviews}) == len(reviews)
        assert all(one.reviewed_by != filed[one.appeal].filed_by for one in reviews)
        if self.of(e.AssessmentSettled):
            assert {one.appeal for one in reviews} == set(filed)
        assert all(one.state is not AppealState.OPEN for one in self.state.appeals.values()) or (
            self.state.phase is Phase.PUBLIC
        )

    @invariant()
    def who_rated_has_not_settled(self) -> None:
        for settled in self.of(e.AssessmentSettled):
            assert settled.settled_by != self.of(e.FirstRatingMade)[-1].rated_by

    @invariant()
    def every_ranking_is_ranked_and_the_vetoed_stand_behind(self) -> None:
        assert ranked(self.state.ranking) == self.state.ranking
        for one in self.state.ranking:
            assert one.vetoed is self.state.vetoed(one.subject)

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert YEAR.fold(self.events) == self.state


YearMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestYearMachine = YearMachine.TestCase
