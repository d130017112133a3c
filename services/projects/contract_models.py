"""Bodies and answers about contracts after their signature, and about the statistics figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from services.projects.api_dates import AgreedDates
from services.projects.api_types import ConversionBody, KnownProject, Month, View, Yuan, YuanOrZero
from services.projects.domain.values import Stage, Status
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example

_SHA = "0f" * 32


class AmendContractBody(Body):
    """A supplementary agreement (补充协议): what changes; the rest stays as it is."""

    number: Line
    title: Line
    dated: Day
    sha256: Sha256 = Field(description="SHA-256 of the agreement")
    reason: Line
    amount: Yuan | None = Field(None, description="The new amount in yuan; left out where the conversion makes it")
    conversion: ConversionBody | None = Field(None, description="If the new amount is in another currency")
    content: Annotated[Prose, Field(min_length=1)] | None = Field(None, description="建设内容 from now on")
    dates: AgreedDates = Field(default_factory=AgreedDates, description="Other agreed dates of stages to come")
    excess_note: Prose = Field("", description="Needed where recognised funds stand above the new amount")
    model_config = example(
        number="马招合补〔2026〕1号（模拟）",
        title="铝板带项目投资合同补充协议（模拟）",
        dated="2026-07-20",
        sha256=_SHA,
        reason="二期设备提前采购",
        amount="560000000.00",
    )


class ExtendsBody(Body):
    base: KnownProject = Field(description="The signed project that is extended (原项目)")
    model_config = example(base="410804-P-2026-0001")


class WithdrawExtensionBody(Body):
    reason: Line
    model_config = example(reason="系独立项目，不属增资")


class StatisticsBody(Body):
    """A month's fixed-asset investment as the statistics bureau counts it (入统)."""

    month: Month
    amount: YuanOrZero
    note: Prose = ""
    model_config = example(month="2026-07", amount="12000000.00")


class CorrectStatisticsBody(Body):
    month: Month
    amount: YuanOrZero
    reason: Line
    model_config = example(month="2026-07", amount="11000000.00", reason="设备购置不计入")


class AmendmentView(View):
    amendment: int
    number: str
    title: str
    dated: date
    sha256: str
    reason: str
    amount_was: Decimal
    amount: Decimal
    content_was: str | None
    content: str | None
    dates: list[dict[str, Any]] = Field(description="Stage, what was agreed, and what is agreed now")
    conversion: dict[str, Any] | None
    excess_note: str
    recorded_on: date
    recorded_by: str
    void: bool = Field(description="Its signature was taken back")


class StatisticsMonth(View):
    month: str
    amount: Decimal
    cumulative: Decimal = Field(description="All months up to this one")
    corrected: bool
    note: str = Field(description="Of the record, or the reason of the last correction")
    recorded_on: date
    recorded_by: str


class ExtensionLine(View):
    """A project that extends another; masked while it is unsigned and the reader works elsewhere."""

    id: str = Field(alias="stream", serialization_alias="id")
    name: str
    stage: Stage
    status: Status
    contract_amount: Decimal | None = Field(description="The increment (增资额)")
    checked: Decimal
    recognised: Decimal


class WithExtensions(View):
    """A project and what extends it, together."""

    extensions: int
    contract_amount: Decimal
    increment: Decimal = Field(description="The extensions' part of it")
    checked: Decimal
    recognised: Decimal
