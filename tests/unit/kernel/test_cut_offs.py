"""三(三): periods run from the 26th to the 25th; December closes on the 31st and January's period begins on the 1st."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.cut_offs import cut_offs


def in_china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_a_year_closes_twelve_months_and_itself() -> None:
    found = list(cut_offs(in_china("2026-01-01T00:00"), in_china("2027-01-01T00:00")))
    assert [(c.kind, c.period) for c in found[-3:]] == [("month", "2026-11"), ("month", "2026-12"), ("year", "2026")]
    assert len(found) == 13


def test_a_month_closes_at_24_hours_of_the_25th_in_china() -> None:
    (july,) = cut_offs(in_china("2026-07-01T00:00"), in_china("2026-07-31T00:00"))
    assert july.as_of == in_china("2026-07-26T00:00")
    assert july.as_of.tzinfo is UTC


def test_december_closes_on_the_31st() -> None:
    december = list(cut_offs(in_china("2026-12-01T00:00"), in_china("2027-01-10T00:00")))
    assert [c.as_of for c in december] == [in_china("2027-01-01T00:00")] * 2


def test_a_last_day_that_a_month_lacks_is_its_last() -> None:
    (february,) = cut_offs(in_china("2026-02-01T00:00"), in_china("2026-03-05T00:00"), last_day=31)
    assert february.as_of == in_china("2026-03-01T00:00")


instants = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@given(instants, st.timedeltas(timedelta(0), timedelta(days=900)), st.timedeltas(timedelta(0), timedelta(days=900)))
def test_looking_twice_finds_what_looking_once_finds(start: datetime, one: timedelta, other: timedelta) -> None:
    """So a missed tick is caught up with every cut-off exactly once."""
    middle, end = start + one, start + one + other
    assert [*cut_offs(start, middle), *cut_offs(middle, end)] == list(cut_offs(start, end))
