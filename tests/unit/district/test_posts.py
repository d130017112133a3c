"""Who holds what on a day, from the changes of posts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sevenx.district.posts import standing

MARCH, APRIL, MAY = (date(2026, month, 1) for month in (3, 4, 5))


def change(version: int, effective: date, begins: bool, stream: str = "G-1", role: str = "liaison") -> dict[str, Any]:
    return {"stream": stream, "role": role, "version": version, "effective": effective, "begins": begins}


@pytest.mark.parametrize(
    ("on", "held"),
    [(date(2026, 2, 28), set()), (MARCH, {("liaison", "G-1")}), (APRIL, {("liaison", "G-1")}), (MAY, set())],
)
def test_a_post_is_held_from_its_first_day_to_the_day_before_its_end(on: date, held: set[tuple[str, str]]) -> None:
    changes = [change(7, MAY, False), change(2, MARCH, True)]
    assert standing(changes, ("role", "stream"), on) == held


def test_of_two_changes_on_one_day_the_later_in_its_stream_holds() -> None:
    changes = [change(4, APRIL, True), change(3, APRIL, False)]
    assert standing(changes, ("role", "stream"), APRIL) == {("liaison", "G-1")}


def test_a_change_that_was_entered_late_counts_from_its_own_day() -> None:
    changes = [change(2, APRIL, True), change(9, MARCH, False)]
    assert standing(changes, ("role", "stream"), MAY) == {("liaison", "G-1")}


def test_each_post_stands_for_itself() -> None:
    changes = [change(1, MARCH, True), change(1, MARCH, True, "G-2"), change(2, APRIL, False, "G-2")]
    assert standing(changes, ("role", "stream"), MAY) == {("liaison", "G-1")}
