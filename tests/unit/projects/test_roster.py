"""The roster that commands take their facts from: what follows from its rows, and what it says of ids it lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.projects.domain.values import Commerce
from services.projects.roster import Roster
from sevenx.kernel.errors import Problem

BUREAU, PLANNING, ZONE = "410804-U-commerce", "410804-U-development-reform", "410804-U-industry-zone"
ONE, TWO = "410804-G-1", "410804-G-2"
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def row(what: str, stream: str, text: str | None = None, **change: Any) -> dict[str, Any]:
    return {"what": what, "stream": stream, "text": text, "version": None, "begins": None, "effective": None, **change}


def leads(unit: str, group: str, since: date, begins: bool = True, version: int = 2) -> dict[str, Any]:
    return row("lead", group, unit, version=version, begins=begins, effective=since)


ROSTER = Roster.of(
    [
        *(row("unit", unit, kind) for unit, kind in ((BUREAU, "department"), (PLANNING, "department"), (ZONE, "zone"))),
        *(row("group", group) for group in (ONE, TWO)),
        row("industry", "410804-D", "aluminium"),
        row("setting", "bodies.commerce_bureau", BUREAU),
        row("setting", "funds.recognised_by", f"{BUREAU},{PLANNING}"),
        row("setting", "protection.months", "9"),
        leads(PLANNING, ONE, MARCH),
        leads(BUREAU, TWO, MARCH, version=2),
        leads(BUREAU, ONE, APRIL, version=5),
        leads(PLANNING, ONE, APRIL, begins=False, version=6),
    ]
)


def test_lead_units_are_those_of_the_day() -> None:
    assert ROSTER.lead_units(ONE, date(2026, 2, 28)) == ()
    assert ROSTER.lead_units(ONE, MARCH) == (PLANNING,)
    assert ROSTER.lead_units(ONE, APRIL) == (BUREAU,)


def test_the_commerce_bureau_is_concerned_in_the_groups_that_it_leads_on_the_day() -> None:
    assert ROSTER.commerce(MARCH) == Commerce(BUREAU, (TWO,))
    assert ROSTER.commerce(APRIL) == Commerce(BUREAU, (ONE, TWO))


def test_settings_hold_as_published_and_else_by_their_defaults() -> None:
    assert ROSTER.recognising_bodies() == (BUREAU, PLANNING)
    assert (ROSTER.terms().months, ROSTER.terms().warn_days) == (9, 30)


def test_what_is_known_passes() -> None:
    ROSTER.check_units(BUREAU, ZONE)
    ROSTER.check_group(TWO)
    ROSTER.check_industry("aluminium")
    assert ROSTER.unit_kind(ZONE) == "zone"


@pytest.mark.parametrize(
    ("check", "wrong", "what", "near"),
    [
        (ROSTER.check_units, "410804-U-comerce", "unit", BUREAU),
        (ROSTER.unit_kind, "410804-U-industry-zones", "unit", ZONE),
        (ROSTER.check_group, "410804-G-3", "group", ONE),
        (ROSTER.check_industry, "aluminum", "industry", "aluminium"),
    ],
)
def test_a_misspelt_id_is_refused_with_the_nearest_that_is_known(check: Any, wrong: str, what: str, near: str) -> None:
    with pytest.raises(Problem) as refused:
        check(wrong)
    assert (refused.value.status, refused.value.code) == (422, f"unknown-{what}")
    assert near in refused.value.details["near"]


def test_before_the_roster_was_read_protection_has_its_defaults_and_funds_must_wait() -> None:
    empty = Roster.of([])
    assert empty.terms().months == 6
    with pytest.raises(Problem) as refused:
        empty.commerce(MARCH)
    assert (refused.value.status, refused.value.code) == (503, "roster-missing")


@pytest.mark.parametrize(("value", "day"), [("never", None), ("2027-01-01", date(2027, 1, 1))])
def test_gates_are_demanded_from_a_day_on_or_never(value: str, day: date | None) -> None:
    assert Roster.of([row("setting", "gates.required_from", value)]).gates_required_from() == day
    assert ROSTER.gates_required_from() is None, "what was not published is recorded, not demanded"


def test_a_day_that_cannot_be_read_is_named_and_nothing_is_signed_past_it() -> None:
    with pytest.raises(Problem, match=r"gates\.required_from") as raised:
        Roster.of([row("setting", "gates.required_from", "soon")]).gates_required_from()
    assert (raised.value.status, raised.value.code) == (409, "setting-wrong")
