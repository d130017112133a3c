"""Amounts of yuan as officials say them, in either language: 5.2亿元, 3,200万元, 950元; CNY 520 m, CNY 9,500."""

from __future__ import annotations

from decimal import Decimal

_WAN, _MILLION, _YI = Decimal(10_000), Decimal(1_000_000), Decimal(100_000_000)


def yuan_zh(amount: Decimal, places: int | None = None, *, gap: str = "") -> str:
    """In Chinese, `gap` between figure and unit. Exact; with `places`, at most so many digits after the point."""
    if abs(amount) >= _YI:
        return f"{_figure(amount / _YI, places)}{gap}亿元"
    if abs(amount) >= _WAN:
        return f"{_figure(amount / _WAN, places)}{gap}万元"
    return f"{_figure(amount, places)}{gap}元"


def yuan_en(amount: Decimal, places: int | None = None) -> str:
    """In English, from a million up in millions. Exact; with `places`, at most so many digits after the point."""
    if abs(amount) >= _MILLION:
        return f"CNY {_figure(amount / _MILLION, places)} m"
    return f"CNY {_figure(amount, places)}"


def _figure(value: Decimal, places: int | None) -> str:
    """With thousands separators, and without zeros that say nothing."""
    text = f"{value + 0:,f}" if places is None else f"{value + 0:,.{places}f}"  # a negative zero is a zero
    return text.rstrip("0").rstrip(".") if "." in text else text
