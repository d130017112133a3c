"""入统: fixed-asset investment as the statistics bureau counts it is no funds in place («Projects»)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import PROJECT
from services.projects.domain.project import events as e
from services.projects.domain.project.statistics_commands import CorrectStatistics, RecordStatistics
from services.projects.domain.values import Stage
from sevenx.kernel.errors import Rejection
from tests.unit.projects.stories import OFFICER, TODAY, project_at

JULY = RecordStatistics("2026-07", Decimal(12_000_000), TODAY, OFFICER)
JUNE = replace(JULY, month="2026-06", amount=Decimal(3_000_000))
CORRECTED = CorrectStatistics("2026-06", Decimal(2_000_000), "设备购置不计入", TODAY, OFFICER)


def test_a_month_is_recorded_with_what_all_months_come_to() -> None:
    story = project_at(Stage.SIGNED)
    assert story.when(JULY) == [e.StatisticsRecorded("2026-07", JULY.amount, JULY.amount, TODAY, OFFICER)]
    [june] = story.when(JUNE)
    assert june.cumulative == Decimal(15_000_000)
    assert story.when(JUNE) == []


def test_a_month_is_corrected_by_a_later_event_with_the_reason() -> None:
    story = project_at(Stage.SIGNED).after([JULY, JUNE])
    assert story.refused(replace(JUNE, amount=Decimal(1))).code == "month-recorded"
    assert story.refused(replace(CORRECTED, reason="")).code == "reason-missing"
    [event] = story.when(CORRECTED)
    assert (event.amount_was, event.amount, event.cumulative) == (JUNE.amount, CORRECTED.amount, Decimal(14_000_000))
    assert story.when(CORRECTED) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(JULY, month="2026-08"), "month-wrong"),
        (replace(JULY, month="2026-7"), "month-wrong"),
        (replace(JULY, amount=Decimal(-1)), "amount-out-of-range"),
        (replace(JULY, amount=Decimal(10) ** 18), "amount-out-of-range"),
        (replace(JULY, note="询13800000000"), "contact-details"),
        (CORRECTED, "month-not-recorded"),
    ],
)
def test_a_figure_that_does_not_hold_is_refused(command: Any, code: str) -> None:
    assert project_at(Stage.SIGNED).refused(command).code == code


def test_an_unsigned_project_has_no_statistics() -> None:
    assert project_at(Stage.NEGOTIATING).refused(JULY).code == "not-signed"


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 7), st.integers(0, 10**10)), max_size=20))
def test_the_cumulative_figure_is_always_the_sum_of_the_months_and_funds_stay_apart(steps: list[Any]) -> None:
    state = project_at(Stage.SIGNED).state
    for correct, month, fen in steps:
        text, amount = f"2026-{month:02}", Decimal(fen) / 100
        command: Any = RecordStatistics(text, amount, TODAY, OFFICER)
        if correct:
            command = CorrectStatistics(text, amount, "更正", TODAY, OFFICER)
        decided = PROJECT.decide(command, state)
        if isinstance(decided, Rejection):
            continue
        state = PROJECT.fold(decided, state)
        for event in decided:
            assert event.cumulative == sum(state.statistics.values())
    assert (state.recognised, state.checked, state.claims) == (0, 0, ())
