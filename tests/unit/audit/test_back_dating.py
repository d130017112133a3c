"""Back-dated entries, clause 三(五) and what auditors look for: business date against recording, in business time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.domain.finding.back_dating import (
    BUSINESS_DATES,
    BackDatingRules,
    back_dated,
    late_dates,
    may_be_late,
)
from services.audit.domain.finding.events import FindingKind, FindingRule
from sevenx.kernel.avro import catalog
from tests.unit.given import at

from .findings import ANSWER_BY, CLAIMED, CONCERNED, GROUP, PROJECT, RULES, UNIT, evidence, raised, signed, voucher

BOTH = (FindingRule.OVER_LIMIT, FindingRule.CLOSED_MONTH)


def test_a_contract_recorded_long_after_it_was_signed_is_found() -> None:
    """Auditors: back-dated entries. 10 June to 5 August are 56 days, and June closed on the 25th."""
    event = raised()
    assert (event.kind, event.rules, event.days) == (FindingKind.BACK_DATED, BOTH, 56)
    assert event.evidence == (f"projects/{PROJECT}@3",)
    assert (event.subjects, event.units, event.groups) == ((PROJECT,), (UNIT,), (GROUP,))
    assert "2026-06-10" in event.detail
    assert "2026-06-10" in event.detail_en
    assert (event.raised_for, event.answer_by) == (date(2026, 8, 5), ANSWER_BY)


@pytest.mark.parametrize(("days", "found"), [(30, False), (31, True)])
def test_the_limit_is_a_number_of_days(days: int, found: bool) -> None:
    """Default: 30 days, a setting. The month's closing is left out here by a long grace."""
    rules = BackDatingRules(grace_days=365)
    day = (at("2026-08-05 09:00") - timedelta(days)).date().isoformat()
    assert bool(late_dates(evidence(), signed(day), rules)) is found


@pytest.mark.parametrize(
    ("day", "recorded", "found"),
    [
        ("2026-07-25", "2026-07-30 23:59", False),
        ("2026-07-25", "2026-07-31 00:00", False),
        ("2026-07-25", "2026-07-31 00:01", True),
        ("2026-07-26", "2026-07-31 00:01", False),
        ("2026-12-31", "2027-01-06 00:01", True),
        ("2026-12-27", "2027-01-05 09:00", False),
        ("2027-01-01", "2027-01-30 00:00", False),
    ],
)
def test_a_closed_month_is_entered_into_for_some_days_and_then_no_more(day: str, recorded: str, found: bool) -> None:
    """三(三): the 26th to the 25th, December to the 31st; grace of five days, a setting."""
    dates = late_dates(evidence(recorded), signed(day), RULES)
    assert [one.rules for one in dates] == ([(FindingRule.CLOSED_MONTH,)] if found else [])


def test_the_day_of_recording_is_chinas_and_the_time_is_business_time() -> None:
    """A simulated year lasts minutes on the wall: the recording's wall time says nothing."""
    late_in_the_evening = evidence("2026-08-05 00:30")
    assert late_in_the_evening.recorded_on == date(2026, 8, 5)
    assert late_in_the_evening.recorded_at.date().isoformat() == "2026-08-05"
    assert not may_be_late(late_in_the_evening.name, signed("2026-08-05"), late_in_the_evening.recorded_on)


def test_a_payment_is_held_against_the_limit_alone() -> None:
    """Funds are claimed after the month has ended as a matter of course."""
    claimed = evidence("2026-08-05 09:00", CLAIMED)
    assert late_dates(claimed, {"vouchers": [voucher()]}, RULES) == ()
    (old,) = late_dates(claimed, {"vouchers": [{**voucher(), "paid_on": date(2026, 7, 1)}]}, RULES)
    assert (old.days, old.rules) == (35, (FindingRule.OVER_LIMIT,))


def test_an_event_with_several_late_dates_is_one_finding_about_the_worst() -> None:
    claimed = evidence("2026-08-05 09:00", CLAIMED)
    paid = [{**voucher(), "paid_on": day} for day in (date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 4))]
    dates = late_dates(claimed, {"vouchers": paid}, RULES)
    assert [one.days for one in dates] == [65, 35]
    event = back_dated(claimed, dates, CONCERNED, RULES, ANSWER_BY)
    assert event.days == 65
    assert "2026-06-01" in event.detail
    assert "2026-07-01" in event.detail


def test_what_has_no_declared_date_is_never_found() -> None:
    assert not may_be_late("projects.EvidenceFiled", {"dated": date(2020, 1, 1)}, date(2026, 8, 5))
    assert late_dates(evidence(name="projects.EvidenceFiled"), {"dated": date(2020, 1, 1)}, RULES) == ()


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(0, 400), st.integers(0, 60), st.integers(0, 20))
def test_whatever_is_late_was_recorded_after_its_day(day: date, after: int, limit: int, grace: int) -> None:
    """The quick look, which asks nothing of the read model, lets no late entry through."""
    recorded = evidence(f"{day + timedelta(after)} 09:00")
    dates = late_dates(recorded, {"signed_on": day}, BackDatingRules(limit, grace))
    assert bool(dates) <= may_be_late(recorded.name, {"signed_on": day}, recorded.recorded_on)
    if after > limit:
        assert FindingRule.OVER_LIMIT in dates[0].rules
    if after > 31 + grace:
        assert FindingRule.CLOSED_MONTH in dates[0].rules


FIELDS = {"signed_on", "landed_on", "started_on", "reached_on", "talked_on", "visited_on", "paid_on"}
QUOTED = {("projects.ProtectionFulfilled", "signed_on"), ("projects.GatesCounted", "signed_on")}
"""Events that repeat such a date from an earlier event."""


def test_every_event_with_such_a_date_is_declared() -> None:
    """A new event whose date a person enters must not slip through."""
    found = {
        (f"{schema.namespace}.{schema.name}", field["name"])
        for schema in catalog().schemas()
        for field in schema.source["fields"]
        if field["name"] in FIELDS
    }
    declared = {(name, field) for name, (field, _, _) in BUSINESS_DATES.items()}
    assert found - declared - QUOTED == set()


def test_every_declared_date_is_a_date_of_its_event() -> None:
    schemas = {f"{schema.namespace}.{schema.name}": schema.source for schema in catalog().schemas()}
    for name, (field, _, _) in BUSINESS_DATES.items():
        outer, _, inner = field.rpartition(".")
        fields = {one["name"]: one["type"] for one in schemas[name]["fields"]}
        if outer:
            fields = {one["name"]: one["type"] for one in fields[outer]["items"]["fields"]}
        assert fields[inner]["logicalType"] == "date", name
