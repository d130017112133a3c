"""The Chinese words of a fact."""

from __future__ import annotations

from decimal import Decimal


def number(value: Decimal) -> str:
    """A number without needless zeros: `0.3`, `520000000`."""
    text = f"{value + 0:f}"  # a negative zero is a zero
    return text.rstrip("0").rstrip(".") if "." in text else text
