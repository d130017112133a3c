"""The Chinese words of a fact."""

from __future__ import annotations

from decimal import Decimal

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)


def number(value: Decimal) -> str:
    """A number without needless zeros: `0.3`, `520000000`."""
    text = f"{value + 0:f}"  # a negative zero is a zero
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(amount: Decimal) -> str:
    """An amount as people say it: `5.2亿元`, `300万元`, `950元`; exact, never rounded."""
    for unit, name in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(amount) >= unit:
            return f"{number(amount / unit)}{name}"
    return f"{number(amount)}元"
