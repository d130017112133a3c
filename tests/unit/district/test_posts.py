"""Who holds what on a day, from the changes of posts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sevenx.district.posts import absorbed, standing

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


MERGERS = [
    {"stream": "U-old", "into": "U-middle", "effective": MARCH},
    {"stream": "U-middle", "into": "U-new", "effective": APRIL},
]


@pytest.mark.parametrize(
    ("unit", "on", "found"),
    [
        ("U-new", MAY, {"U-old", "U-middle"}),
        ("U-new", MARCH, set()),
        ("U-middle", MARCH, {"U-old"}),
        ("U-old", MAY, set()),
    ],
)
def test_a_unit_goes_on_for_those_that_were_merged_into_it(unit: str, on: date, found: set[str]) -> None:
    """一: ids never change, so what is the merged unit's own stays under its id and somebody has to act for it."""
    assert absorbed(MERGERS, unit, on) == found


def test_a_circle_of_mergers_ends() -> None:
    circle = [*MERGERS, {"stream": "U-new", "into": "U-old", "effective": APRIL}]
    assert absorbed(circle, "U-new", MAY) == {"U-old", "U-middle"}
