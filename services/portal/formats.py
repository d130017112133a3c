"""How figures, days and instants are written on a page, in either language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from services.portal.texts import CHINESE
from sevenx.kernel.clock import SHANGHAI

DASH = "—"
_WAN, _MILLION, _YI = Decimal(10_000), Decimal(1_000_000), Decimal(100_000_000)


def money(yuan: Decimal | int | None, language: str = CHINESE) -> str:
    """An amount of yuan as officials say it: 5.2亿元 or 3,200万元; in English CNY 520 m."""
    if yuan is None:
        return DASH
    amount = Decimal(yuan)
    if language != CHINESE:
        return f"CNY {_trimmed(amount / _MILLION)} m" if abs(amount) >= _WAN else f"CNY {_trimmed(amount)}"
    if abs(amount) >= _YI:
        return f"{_trimmed(amount / _YI)} 亿元"
    if abs(amount) >= _WAN:
        return f"{_trimmed(amount / _WAN)} 万元"
    return f"{_trimmed(amount)} 元"


def number(value: Decimal | int | float | None) -> str:
    """With thousands separators, and without zeros that say nothing."""
    return DASH if value is None else _trimmed(Decimal(str(value)))


def percent(share: Decimal | float | None) -> str:
    """0.853 as 85.3%."""
    return DASH if share is None else f"{Decimal(str(share)) * 100:.1f}%"


def day(value: date | datetime | None) -> str:
    """2026-07-20; an instant is the day in China."""
    if value is None:
        return DASH
    on = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    return f"{on:%Y-%m-%d}"


def instant(value: datetime | None) -> str:
    """2026-07-20 18:30, in China."""
    return DASH if value is None else f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _trimmed(value: Decimal) -> str:
    """At most two places after the point."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")
