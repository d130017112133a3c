"""Amounts in other currencies: one rule, one rounding, the rate of a day and its source («Projects», contracts)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import PROJECT
from services.projects.domain.exchange import NO_EXCHANGE, in_yuan
from services.projects.domain.project.events import ProjectSigned, Voucher
from services.projects.domain.values import Conversion, Stage
from services.projects.exchange_desk import currencies
from tests.unit.projects.stories import PARITY, TODAY, Story, claim, dollars, project_at, sign, voucher

FRIDAY, SATURDAY = date(2026, 7, 17), date(2026, 7, 18)


def negotiating() -> Story:
    return project_at(Stage.NEGOTIATING)


def signed(conversion: Conversion) -> ProjectSigned:
    events = negotiating().when(sign(amount=None, conversion=conversion))
    return next(one for one in events if isinstance(one, ProjectSigned))


def test_a_contract_in_another_currency_is_computed_and_kept_with_its_rate() -> None:
    event = signed(dollars())
    assert (event.amount, event.conversion) == (Decimal("71234000.00"), dollars())


def test_an_amount_that_is_given_beside_its_conversion_is_what_the_conversion_makes() -> None:
    refused = negotiating().refused(sign(conversion=dollars()))
    assert (refused.code, refused.field, refused.details["expected"]) == ("conversion-wrong", "amount", "71234000.00")
    assert negotiating().when(sign(amount=Decimal("71234000.00"), conversion=dollars()))


def test_a_rate_for_100_units_is_read_as_one() -> None:
    yen = dollars("100000000", "4.8123", currency="JPY", per=100)
    assert signed(yen).amount == Decimal("4812300.00")


def test_half_a_fen_is_rounded_up() -> None:
    assert in_yuan(dollars("1.00", "7.125")) == Decimal("7.13")
    assert in_yuan(dollars("1.00", "7.124999")) == Decimal("7.12")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"currency": "CNY"}, "yuan-has-no-rate", "conversion.currency"),
        ({"currency": "XXX"}, "unknown-currency", "conversion.currency"),
        ({"currency": "JPY", "amount": Decimal("0.50")}, "minor-units-wrong", "conversion.amount"),
        ({"per": 10}, "rate-units-wrong", "conversion.per"),
        ({"source": " "}, "rate-source-missing", "conversion.source"),
        ({"source": "询13800000000"}, "contact-details", "conversion.source"),
        ({"rate": Decimal(0)}, "amount-not-positive", "conversion.rate"),
        ({"amount": Decimal("0.01"), "rate": Decimal("0.01")}, "amount-out-of-range", "conversion.amount"),
        ({"amount": Decimal(10) ** 17, "rate": Decimal(10)}, "amount-out-of-range", "conversion.amount"),
        ({"rate_on": TODAY + timedelta(days=1)}, "rate-day-wrong", "conversion.rate_on"),
        ({"rate_on": date(2026, 7, 10)}, "rate-day-wrong", "conversion.rate_on"),
    ],
)
def test_a_conversion_that_does_not_hold_says_what_and_where(changes: dict[str, Any], code: str, field: str) -> None:
    refused = negotiating().refused(sign(amount=None, conversion=dollars(**changes)))
    assert (refused.code, refused.field) == (code, field)


def test_a_contracts_rate_is_at_most_some_working_days_old() -> None:
    """Setting `contract.rate_days`: five working days before a Monday is the Monday before."""
    assert signed(dollars(rate_on=date(2026, 7, 13)))


def test_a_contract_in_yuan_has_no_rate_and_one_without_amount_is_none() -> None:
    assert negotiating().when(sign(amount=Decimal(5)))
    assert negotiating().refused(sign(amount=None)).code == "amount-missing"


def test_nothing_but_yuan_is_known_where_no_currencies_are_given() -> None:
    refused = negotiating().refused(sign(amount=None, conversion=dollars(), exchange=NO_EXCHANGE))
    assert refused.code == "unknown-currency"


def paid(on: date, rate_on: date, number: str = "1") -> Voucher:
    conversion = dollars("1000000", "7.1", rate_on=rate_on)
    return replace(voucher(number, 0, on), conversion=conversion)


def test_a_voucher_in_another_currency_is_converted_at_the_rate_of_the_day_on_which_it_was_paid() -> None:
    story = project_at(Stage.LANDED)
    [event] = story.when(claim(amount=None, vouchers=(paid(TODAY, TODAY), voucher("2", 900_000))))
    assert event.amount == Decimal("8000000.00"), "an amount that is left out is all that the vouchers come to"
    assert [one.amount for one in event.vouchers] == [Decimal("7100000.00"), Decimal(900_000)]
    assert event.vouchers[0].conversion.source == PARITY


def test_a_payment_at_the_weekend_has_the_rate_of_the_friday_before() -> None:
    story = project_at(Stage.LANDED)
    refused = story.refused(claim(amount=None, vouchers=(paid(TODAY, FRIDAY),)))
    assert (refused.code, refused.field) == ("rate-day-wrong", "vouchers.0.conversion.rate_on")
    assert story.when(claim(amount=None, vouchers=(paid(SATURDAY, FRIDAY),)))


def test_a_conversion_of_the_whole_claim_has_the_rate_of_each_vouchers_day() -> None:
    story = project_at(Stage.LANDED)
    claimed = claim(amount=None, conversion=dollars("1000000", "7.1"), vouchers=(voucher("1", 8_000_000, FRIDAY),))
    assert story.refused(claimed).field == "conversion.rate_on"
    [event] = story.when(replace(claimed, vouchers=(voucher("1", 8_000_000),)))
    assert event.amount == Decimal("7100000.00")


@given(
    amount=st.decimals("0.01", "999999999999", places=2),
    rate=st.decimals("0.000001", "999999", places=6),
    per=st.sampled_from([1, 100]),
)
def test_the_yuan_of_a_conversion_are_within_half_a_fen_and_signing_says_the_same(
    amount: Decimal, rate: Decimal, per: int
) -> None:
    conversion = Conversion("USD", amount, rate, TODAY, per, PARITY)
    yuan = in_yuan(conversion)
    assert abs(yuan * per - amount * rate) <= Decimal("0.005") * per
    decided = PROJECT.decide(sign(amount=None, conversion=conversion), negotiating().state)
    if isinstance(decided, list):
        assert next(one for one in decided if isinstance(one, ProjectSigned)).amount == yuan
    else:
        assert yuan == 0 or yuan >= Decimal(10) ** 18


def test_the_list_of_currencies_is_checked(tmp_path: Path) -> None:
    assert {"USD", "EUR", "HKD", "JPY"} <= set(currencies())
    wrong = tmp_path / "currencies.yaml"
    wrong.write_text("kinds:\n  CNY: {zh: a, en: b, minor_units: 2}\n  KWD: {zh: a, en: b, minor_units: 3}\n", "utf-8")
    with pytest.raises(ValueError, match=r"CNY.*KWD has 3 minor units"):
        currencies(wrong)
