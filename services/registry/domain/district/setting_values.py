"""Which texts are values of a setting's type."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from services.registry.domain.ids import is_id

from .events import SettingType


def is_value(value: str, kind: SettingType, one_of: tuple[str, ...]) -> bool:
    """Whether the text can be read as the type says."""
    if kind is SettingType.CHOICE:
        return value in one_of
    return _CHECKS[kind](value)


def _int(value: str) -> bool:
    return value.removeprefix("-").isdecimal() and value.isascii()


def _decimal(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _fraction(value: str) -> bool:
    try:
        return 0 <= Fraction(value) <= 1
    except (ValueError, ZeroDivisionError):
        return False


def _list(value: str) -> bool:
    return all(part.strip() for part in value.split(","))


def _units(value: str) -> bool:
    return all(is_id("U", part) for part in value.split(","))


_CHECKS: dict[SettingType, Callable[[str], bool]] = {
    SettingType.INT: _int,
    SettingType.BOOL: lambda value: value in ("true", "false"),
    SettingType.TEXT: lambda value: bool(value.strip()),
    SettingType.DECIMAL: _decimal,
    SettingType.FRACTION: _fraction,
    SettingType.LIST: _list,
    SettingType.UNIT: lambda value: is_id("U", value),
    SettingType.UNITS: _units,
}
