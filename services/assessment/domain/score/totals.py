"""From items to a total."""

from __future__ import annotations

from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

from services.assessment.domain.score.events import Part, ScoreItem

_CENT = Decimal("0.01")
_SIX = Decimal("0.000001")
_ZERO = Decimal(0)


def scale_of(items: Collection[ScoreItem]) -> Decimal:
    """What the base's points are multiplied by: its full marks over those of the indicators that apply (折算), six
    digits; 1 when all apply, or none."""
    base = [one for one in items if one.part is Part.BASE]
    full = sum((one.marks for one in base), _ZERO)
    applied = sum((one.marks for one in base if one.applies), _ZERO)
    return (full / applied).quantize(_SIX, ROUND_HALF_UP) if applied else Decimal(1)


def total_of(items: Collection[ScoreItem], scale: Decimal) -> Decimal:
    """Base times scale, plus bonus, less deductions; two digits, never below zero."""
    base = sum((one.points for one in items if one.part is Part.BASE), _ZERO)
    other = sum((one.points for one in items if one.part is not Part.BASE), _ZERO)
    return max(_ZERO, (base * scale + other).quantize(_CENT, ROUND_HALF_UP))
