"""Whatever is asked of a project, in whatever order, its invariants hold and its events replay to the same state."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import settings
from hypothesis.stateful import invariant

from services.projects.deciders import PROJECT
from services.projects.domain.project import events as e
from services.projects.domain.project.events import (
    GateOutcome,
    PromiseParty,
)
from services.projects.domain.project.lights import LIT, light_of, stalls_on
from services.projects.domain.project.standing_still import facts_of
from services.projects.domain.project.state import PromiseState
from services.projects.domain.values import OVER, STAGES, Stage
from tests.unit.projects.project_commands import LIGHTS, ProjectCommands
from tests.unit.projects.stories import (
    RULES,
    above_only_with_a_note,
)


class ProjectMachine(ProjectCommands):
    """The invariants, after each command."""

    @invariant()
    def every_stage_that_holds_has_its_evidence(self) -> None:
        if self.state.opened is None:
            return
        kind = self.state.opened.project_type
        held = STAGES[: self.state.stage.rank + 1]
        assert tuple(self.state.reached) == held
        for stage in held:
            assert set(self.state.proofs[stage]) <= set(self.state.filed)
            assert not RULES.missing(stage, kind, self.state.proofs[stage])

    @invariant()
    def stages_are_dated_in_their_order(self) -> None:
        dates = [self.state.reached[stage] for stage in STAGES if stage in self.state.reached]
        assert dates == sorted(dates)

    @invariant()
    def funds_are_within_what_was_claimed(self) -> None:
        for one in self.state.claims:
            checked, recognised = one.checked or Decimal(0), one.recognised or Decimal(0)
            assert 0 <= recognised <= checked <= one.claimed

    @invariant()
    def nobody_decided_his_own_claim(self) -> None:
        made = {event.claim: event for event in self.events if isinstance(event, e.FundsClaimed)}
        for event in self.events:
            match event:
                case e.FundsChecked():
                    assert event.checked_by != made[event.claim].claimed_by
                case e.FundsRecognised():
                    assert event.recognised_by != made[event.claim].claimed_by
                    assert made[event.claim].claimant not in event.bodies
                case e.FundsReversed():
                    assert event.reversed_by != made[event.claim].claimed_by

    @invariant()
    def no_voucher_counts_twice(self) -> None:
        counting = [sha256 for one in self.state.claims if one.live for sha256 in one.vouchers]
        assert len(counting) == len(set(counting))

    @invariant()
    def what_extends_another_has_no_extensions_and_a_base_is_signed(self) -> None:
        """One level of extensions, and so no circle; an extension rests on a contract that holds."""
        assert not (self.state.extends and self.state.extensions)
        assert not self.state.extensions or self.state.contract_amount is not None

    @invariant()
    def statistics_and_funds_are_two_figures(self) -> None:
        told = [one for one in self.events if isinstance(one, e.StatisticsRecorded | e.StatisticsCorrected)]
        assert sum(self.state.statistics.values()) == (told[-1].cumulative if told else 0)

    def teardown(self) -> None:
        above_only_with_a_note(self.events)

    @invariant()
    def a_signature_keeps_the_gates_that_it_rests_on(self) -> None:
        held = {one.number: one for one in self.state.gates}
        for number in self.state.gates_counted:
            assert held[number].outcome is not GateOutcome.FAILED
            assert held[number].held_on <= self.state.reached[Stage.SIGNED]

    @invariant()
    def a_due_date_that_passed_is_said_exactly_once(self) -> None:
        """Of a project that goes on; an amendment that sets another date begins anew."""
        said: set[int] = set()
        for event in self.events:
            match event:
                case e.PromiseOverdue():
                    assert event.promise not in said
                    said.add(event.promise)
                case e.PromiseAmended() if event.due != event.due_was:
                    said.discard(event.promise)
        if self.state.status not in OVER:
            assert not [one for one in self.state.promises if one.state is PromiseState.OPEN and one.due < self.today]

    @invariant()
    def no_promise_of_the_government_is_without_its_basis(self) -> None:
        """«Auditors»: promises without review or legal basis."""
        held = {one.number for one in self.state.gates}
        for one in self.state.promises:
            if one.party is PromiseParty.GOVERNMENT and one.state is not PromiseState.WITHDRAWN:
                assert one.basis_sha256 or one.gate in held

    @invariant()
    def shares_sum_to_one_and_hold_only_after_landing(self) -> None:
        for shared in self.state.shares.values():
            assert sum(one.share for one in shared.shares) == 1
        assert bool(self.state.shares) == (self.state.landing_unit is not None)

    @invariant()
    def the_light_is_what_the_rulebook_makes_of_the_facts(self) -> None:
        """三(五): by each command and by the clock, a light is never behind what is on record."""
        if self.state.opened is not None and self.state.status in LIT:
            assert self.state.light is light_of(facts_of(self.state), LIGHTS, self.today)[0]

    @invariant()
    def a_standstill_is_stated_exactly_while_it_lasts(self) -> None:
        if self.state.opened is None:
            return
        facts = facts_of(self.state)
        stalls = stalls_on(facts, LIGHTS)
        assert (self.state.stall is not None) == (stalls is not None and stalls <= self.today)

    @invariant()
    def a_replay_in_any_batches_gives_the_same_state(self) -> None:
        assert PROJECT.fold(self.events) == self.state
        middle = len(self.events) // 2
        assert PROJECT.fold(self.events[middle:], PROJECT.fold(self.events[:middle])) == self.state


TestProjectMachine = ProjectMachine.TestCase
TestProjectMachine.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
