"""What the lists of annual action plans answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field

from services.registry.domain.group.state import PlanStatus


class PlannedPartView(BaseModel):
    unit: str
    value: Decimal


class PlannedTargetView(BaseModel):
    """A target of the year in a version of the plan, by month and by unit."""

    indicator: str
    measure: str
    value: Decimal
    months: list[Decimal] = Field(description="January to December")
    parts: list[PlannedPartView]


class PlanVersionView(BaseModel):
    """A version of a group's annual action plan, from its draft on."""

    group: str
    year: int
    version: int
    title: str
    document_sha256: str
    targets: list[PlannedTargetView]
    status: PlanStatus
    drafted_by: str
    drafted_on: date
    submitted_by: str | None
    submitted_on: date | None
    decided_by: str | None = Field(description="Who approved or returned it")
    decided_on: date | None
    reason: str | None = Field(description="Why it was returned")
    adopted_by: str | None
    adopted_on: date | None


class PlanVersionPage(BaseModel):
    items: list[PlanVersionView]
    next: str | None


class MonthlyTargetView(BaseModel):
    """The group's target of the year by month, as the adopted version of the plan has it."""

    year: int
    indicator: str
    measure: str
    months: list[Decimal] = Field(description="January to December")
