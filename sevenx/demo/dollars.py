"""Amounts in US dollars, at one rate for the whole simulated year: it is nobody's real quotation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

RATE = Decimal("7.1000")
_SOURCE = "模拟汇率，非真实报价（模拟数据）"
_STEP = 71
"""Yuan: a multiple of it is a number of dollars and dimes."""


def yuan_of(dollars: int) -> int:
    """What an amount of whole dollars comes to, in yuan; ValueError unless that is whole."""
    yuan = dollars * RATE
    if yuan != int(yuan):
        raise ValueError(f"{dollars} dollars are no whole yuan at {RATE}: take a multiple of 10")
    return int(yuan)


def payable(yuan: int) -> int:
    """The amount, lowered to one that can be paid in dollars to the cent."""
    return yuan - yuan % _STEP


def conversion(yuan: int, on: date) -> dict[str, str]:
    """The amount in yuan as one in dollars, by the rate of the day."""
    dollars = (yuan / RATE).quantize(Decimal("0.01"))
    rate = {"rate": str(RATE), "rate_on": on.isoformat(), "source": _SOURCE}
    return {"currency": "USD", "amount": str(dollars), **rate}
