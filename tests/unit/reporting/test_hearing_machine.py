"""A hearing under any order of steps (hypothesis), clause 三(一)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.reporting.deciders import HEARING
from services.reporting.domain.hearing import commands as h
from services.reporting.domain.hearing.events import (
    BriefingPackPrepared,
    HearingHeld,
    HearingPostponed,
    MinutesApproved,
    MinutesDrafted,
    MinutesIssued,
)
from services.reporting.domain.hearing.state import Hearing
from tests.unit.given import at
from tests.unit.machine import StreamMachine

from .hearings import CLERK, HELD, ISSUE, LEADER, OFFICE, PREPARE, SCHEDULE, pack

days = st.integers(1, 20)
people = st.sampled_from([CLERK, LEADER, OFFICE])
drafts = st.sampled_from(["a" * 64, "b" * 64])


class HearingMachine(StreamMachine[Hearing]):
    """Time goes forward; anybody tries any step."""

    decider = HEARING

    @initialize()
    def scheduled(self) -> None:
        self.now = at("2026-08-10 09:00")
        self.give(SCHEDULE)

    @rule(by=days)
    def time_passes(self, by: int) -> None:
        self.now += timedelta(days=by)

    @rule(later=days)
    def postpone(self, later: int) -> None:
        day = self.state.planned_on + timedelta(days=later)
        until = self.state.covers_until + timedelta(days=later)
        self.give(h.PostponeHearing(self.now, day, until, "冲突", OFFICE))

    @rule(signed=st.integers(0, 2))
    def prepare(self, signed: int) -> None:
        covers = pack(signed, as_of=self.now, covers_until=self.state.covers_until)
        self.give(replace(PREPARE, pack=covers))

    @rule()
    def hold(self) -> None:
        today = self.now.date()
        self.give(replace(HELD, today=today, held_on=today))

    @rule(draft=drafts, by=people)
    def draft(self, draft: str, by: str) -> None:
        self.give(h.DraftMinutes(self.now.date(), draft, by))

    @rule()
    def send_back(self) -> None:
        self.give(h.SendBackMinutes(("改",), LEADER))

    @rule(draft=drafts, by=people)
    def approve(self, draft: str, by: str) -> None:
        self.give(h.ApproveMinutes(self.now.date(), draft, by))

    @rule()
    def issue(self) -> None:
        self.give(ISSUE)

    @invariant()
    def it_is_held_once_with_a_pack_that_stays(self) -> None:
        held = self.of(HearingHeld)
        assert len(held) <= 1
        if held:
            packs = self.of(BriefingPackPrepared)
            assert held[0].pack == len(packs)
            assert all(self.events.index(one) < self.events.index(held[0]) for one in packs)
            assert set(held[0].attended) | set(held[0].absent) == set(self.state.reporters)

    @invariant()
    def what_is_covered_never_shrinks_nor_grows_once_it_is_over(self) -> None:
        until = SCHEDULE.dates.covers_until
        for event in self.events:
            if isinstance(event, HearingPostponed):
                assert event.covers_until >= until
                assert event.planned_on > event.planned_was
                until = event.covers_until
            if isinstance(event, BriefingPackPrepared):
                assert event.covers_until == until

    @invariant()
    def minutes_are_issued_once_and_only_the_approved_draft_by_another_person(self) -> None:
        issued, approved = self.of(MinutesIssued), self.of(MinutesApproved)
        assert len(issued) <= 1
        assert len(approved) <= 1
        for one in approved:
            (draft,) = [d for d in self.of(MinutesDrafted) if d.draft == one.draft]
            assert one.approved_by != draft.drafted_by
            assert one.sha256 == draft.sha256
        assert [one.draft_sha256 for one in issued] == [one.sha256 for one in approved][: len(issued)]

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert HEARING.fold(self.events) == self.state


HearingMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestHearingMachine = HearingMachine.TestCase
