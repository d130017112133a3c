"""How figures, days and instants are written on a page, in either language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from services.portal.texts import CHINESE
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.clock import SHANGHAI

DASH = "—"
_PLACES = 2


def money(yuan: Decimal | int | None, language: str = CHINESE) -> str:
    """An amount of yuan as officials say it, rounded: 5.2 亿元 or 3,200 万元; in English CNY 520 m."""
    if yuan is None:
        return DASH
    amount = Decimal(yuan)
    return yuan_zh(amount, _PLACES, gap=" ") if language == CHINESE else yuan_en(amount, _PLACES)


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
