"""Credit shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sevenx.kernel.types import Ratio


class SharePart(StrEnum):
    """As what a holder has its part."""

    FINDER = "finder"
    GROUP = "group"
    LANDING_UNIT = "landing_unit"
    HELPER = "helper"


class ShareBasis(StrEnum):
    """`default`: the district's ratio; `agreed`: by those concerned; `decided`: a dispute was decided."""

    DEFAULT = "default"
    AGREED = "agreed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class CreditShare:
    """One holder's part, 1 being the whole."""

    part: SharePart
    holder: str
    share: Ratio


@dataclass(frozen=True, slots=True)
class CreditShared:
    """Who gets which part of a project within one cohort and indicator: the shares sum to one (clause 二(一))."""

    cohort: str
    indicator: str
    shares: tuple[CreditShare, ...]
    basis: ShareBasis
    shared_on: date
    shared_by: str
    reason: str = ""
