"""A finding from its raising to its conclusion, clause 三(五)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from services.audit.deciders import FINDING
from services.audit.domain.finding.decide import Finding, finding_id
from services.audit.domain.finding.events import (
    FindingAnswered,
    FindingConcluded,
    FindingKind,
    FindingRaised,
    Outcome,
)
from sevenx.kernel.errors import Rejection
from tests.unit.machine import StreamMachine

from .findings import ANSWER, ANSWER_BY, CLERK, CONCLUDE, CONFIRM, HEAD, OFFICE, OTHER_UNIT, RAISE, UNIT

DISTRICT = "410804"


def told(*commands: Any) -> tuple[list[Any], Any]:
    """The events that the commands caused, and what the last one answered."""
    state, events, last = FINDING.initial, [], None
    for command in commands:
        last = FINDING.decide(command, state)
        if isinstance(last, Rejection):
            break
        events.extend(last)
        state = FINDING.fold(last, state)
    return events, last


def refusal(*commands: Any) -> Rejection:
    _, last = told(*commands)
    assert isinstance(last, Rejection), last
    assert last.zh
    assert last.en
    return last


def test_a_finding_is_raised_answered_and_concluded() -> None:
    """三(五): raised by the log, answered by the unit concerned, concluded by the supervision office."""
    events, _ = told(RAISE, ANSWER, CONFIRM)
    assert [type(one) for one in events] == [FindingRaised, FindingAnswered, FindingConcluded]
    assert (events[1].unit, events[1].answer) == (UNIT, 1)
    assert (events[2].outcome, events[2].units) == (Outcome.CONFIRMED, (UNIT,))


def test_a_finding_is_raised_once_for_its_evidence_whatever_became_of_it() -> None:
    assert told(RAISE, RAISE)[1] == []
    assert told(RAISE, CONCLUDE, RAISE)[1] == []


@given(st.permutations(["projects/410804-P-2026-0001@5", "projects/410804-P-2026-0002@7", "x/y@1"]))
def test_the_evidence_in_any_order_is_one_finding(evidence: list[str]) -> None:
    assert finding_id(DISTRICT, FindingKind.VOUCHER_USED_TWICE, evidence) == finding_id(
        DISTRICT, FindingKind.VOUCHER_USED_TWICE, sorted(evidence)
    )


def test_other_evidence_or_another_kind_is_another_finding() -> None:
    ids = {
        finding_id(DISTRICT, kind, evidence)
        for kind in FindingKind
        for evidence in (["a/b@1"], ["a/b@2"], ["a/b@1", "a/b@2"])
    }
    assert len(ids) == 2 * 3


def test_whom_a_finding_concerns_does_not_conclude_it() -> None:
    """三(五): nobody decides what he himself claimed or owns."""
    for by in (CLERK, HEAD):
        assert refusal(RAISE, ANSWER, replace(CONFIRM, by=by)).code == "own-finding"
    assert refusal(RAISE, ANSWER, replace(CONFIRM, concerned=True)).status == 403


def test_it_is_confirmed_only_when_the_unit_has_answered_or_its_time_is_over() -> None:
    """三(五): who is to be blamed is heard first; to let it go needs no answer."""
    assert refusal(RAISE, CONFIRM).code == "answer-awaited"
    assert refusal(RAISE, replace(CONFIRM, today=ANSWER_BY)).code == "answer-awaited"
    assert told(RAISE, replace(CONFIRM, today=date(2026, 8, 16)))[0][1].outcome is Outcome.CONFIRMED
    assert told(RAISE, replace(CONCLUDE, outcome=Outcome.DISMISSED))[0][1].outcome is Outcome.DISMISSED


def test_words_are_needed_and_the_unit_must_be_concerned() -> None:
    assert refusal(RAISE, replace(ANSWER, text=" ")).code == "text-missing"
    assert refusal(RAISE, replace(CONCLUDE, reason=" ")).code == "reason-missing"
    assert refusal(RAISE, replace(ANSWER, unit=OTHER_UNIT)).code == "unit-not-concerned"
    assert told(RAISE, replace(ANSWER, unit=None))[0][1].unit is None


def test_nothing_is_answered_or_concluded_that_is_unknown_or_over() -> None:
    assert refusal(ANSWER).status == 404
    assert refusal(CONCLUDE).status == 404
    assert refusal(RAISE, CONCLUDE, ANSWER).code == "finding-concluded"
    assert refusal(RAISE, CONCLUDE, CONCLUDE).code == "finding-concluded"


class FindingMachine(StreamMachine[Finding]):
    """Anybody answers and concludes in any order."""

    decider = FINDING

    @rule()
    def raise_it(self) -> None:
        self.give(RAISE)

    @rule(by=st.sampled_from([CLERK, HEAD, OFFICE]), unit=st.sampled_from([UNIT, OTHER_UNIT, None]))
    def answer(self, by: str, unit: str | None) -> None:
        self.give(replace(ANSWER, by=by, unit=unit))

    @rule(
        by=st.sampled_from([CLERK, HEAD, OFFICE, "410804-N-other"]),
        outcome=st.sampled_from(list(Outcome)),
        day=st.integers(6, 20),
        concerned=st.booleans(),
    )
    def conclude(self, by: str, outcome: Outcome, day: int, concerned: bool) -> None:
        today = date(2026, 8, day)
        self.give(replace(CONCLUDE, by=by, outcome=outcome, today=today, concerned=concerned))

    @invariant()
    def it_is_raised_first_and_once_and_concluded_last_and_once(self) -> None:
        assert [type(one) for one in self.events[:1]] in ([], [FindingRaised])
        assert len(self.of(FindingRaised)) <= 1
        concluded = self.of(FindingConcluded)
        assert concluded in ([], self.events[-1:])

    @invariant()
    def nobody_concludes_his_own(self) -> None:
        for one in self.of(FindingConcluded):
            involved = {CLERK, *(answer.answered_by for answer in self.of(FindingAnswered))}
            assert one.concluded_by not in involved
            if one.outcome is Outcome.CONFIRMED:
                assert self.of(FindingAnswered) or one.concluded_on > ANSWER_BY

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert FINDING.fold(self.events) == self.state


FindingMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestFindingMachine = FindingMachine.TestCase


def test_an_unknown_command_is_a_programming_error_of_a_raised_finding_too() -> None:
    with pytest.raises(TypeError):
        told(RAISE, object())
