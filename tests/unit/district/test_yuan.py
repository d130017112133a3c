"""Amounts are said alike wherever they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenx.district.yuan import yuan_en, yuan_zh


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("520000000.00", "5.2亿元", "CNY 520 m"),
        ("9000000.00", "900万元", "CNY 9 m"),
        ("32000000", "3,200万元", "CNY 32 m"),
        ("50000", "5万元", "CNY 50,000"),
        ("1234567.89", "123.456789万元", "CNY 1.23456789 m"),
        ("1200.50", "1,200.5元", "CNY 1,200.5"),
        ("-3000000", "-300万元", "CNY -3 m"),
        ("0.00", "0元", "CNY 0"),
        ("-0.00", "0元", "CNY 0"),
    ],
)
def test_an_amount_is_said_as_officials_say_it(amount: str, zh: str, en: str) -> None:
    assert (yuan_zh(Decimal(amount)), yuan_en(Decimal(amount))) == (zh, en)


def test_a_page_rounds_to_what_it_has_room_for() -> None:
    assert yuan_zh(Decimal("1234567.89"), 2, gap=" ") == "123.46 万元"
    assert yuan_en(Decimal("1234567.89"), 2) == "CNY 1.23 m"


@given(st.decimals(0, 10**15, places=2))
def test_nothing_is_rounded_unless_asked_for(amount: Decimal) -> None:
    text = yuan_zh(amount).replace(",", "")
    unit = {"亿元": 10**8, "万元": 10**4}.get(text[-2:], 1)
    assert Decimal(text.rstrip("亿万元")) * unit == amount
