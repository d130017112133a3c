"""Words of a monthly report: indicators, steps, figures and the marks of a cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from sevenx.kernel.types import DecimalType, Ratio

Quantity = Annotated[Decimal, DecimalType(20, 2)]
"""Yuan for an amount, a whole number for a count; the indicator says which."""


class Indicator(StrEnum):
    """What a report counts. Amounts are in yuan."""

    LEADS = "leads"
    SIGNED_COUNT = "signed_count"
    SIGNED_AMOUNT = "signed_amount"
    LANDED_COUNT = "landed_count"
    STARTED_COUNT = "started_count"
    PRODUCED_COUNT = "produced_count"
    FUNDS_IN_PLACE = "funds_in_place"


class Step(StrEnum):
    """The steps of which the settings name one at which the clock stops (`report.clock_stops_at`)."""

    DRAFT = "draft"
    REVIEW = "review"
    SIGN_OFF = "sign_off"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class Figure:
    """本月, 1-N月累计, 同比 (the same month last year; null where the log does not reach back), the year's target (null
    where none is set) and its completion by the cumulative figure."""

    indicator: Indicator
    month: Quantity
    cumulative: Quantity
    last_year: Quantity | None = None
    target: Quantity | None = None
    completion: Ratio | None = None


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """The month's figure as a report states it beside the one that was frozen."""

    indicator: Indicator
    reported: Quantity
    frozen: Quantity


@dataclass(frozen=True, slots=True)
class FigureCorrection:
    """The month's figure before and after a restatement."""

    indicator: Indicator
    was: Quantity
    now: Quantity


@dataclass(frozen=True, slots=True)
class CutMark:
    """A PeriodClosed marker that was waited for: nothing earlier than `as_of` follows it in its partition."""

    area: str
    partition: int
    stream: str
    version: int
    as_of: datetime
