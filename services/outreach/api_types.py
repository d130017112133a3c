"""Field types of bodies and paths, shared by the routes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import Field, StringConstraints

from services.outreach import ids
from sevenx.kernel.bodies import Line
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.http import runtime_of

UnitId = Annotated[str, StringConstraints(pattern=ids.UNIT_ID, max_length=80)]
GroupId = Annotated[str, StringConstraints(pattern=ids.GROUP_ID)]
PersonId = Annotated[str, StringConstraints(pattern=ids.PERSON_ID, max_length=80)]
LeadText = Annotated[str, StringConstraints(pattern=ids.LEAD_ID)]
BudgetText = Annotated[str, StringConstraints(pattern=ids.BUDGET_ID, max_length=80)]
TripText = Annotated[str, StringConstraints(pattern=ids.TRIP_ID)]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Year = Annotated[int, Field(ge=2000, le=2099)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]
Number = Line
"""The number of a document or a voucher."""

TripId = Annotated[str, Path(pattern=ids.TRIP_ID, examples=["410804-T-2026-0001"])]
QuotaId = Annotated[str, Path(pattern=ids.QUOTA_ID, examples=["410804-Q-2026-U-commerce-N-demo-he"])]
BudgetId = Annotated[str, Path(pattern=ids.BUDGET_ID, examples=["410804-B-2026-special"])]
ItemNumber = Annotated[int, Path(ge=1, le=1_000_000, examples=[1])]


def _today(request: Request) -> date:
    return runtime_of(request).clock.now().astimezone(SHANGHAI).date()


Today = Annotated[date, Depends(_today)]
"""The business date in China."""
