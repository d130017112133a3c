"""Types of paths and bodies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import Field, StringConstraints

from services.assessment.ids import SUBJECT_ID
from sevenx.kernel.http import runtime_of

AssessedYear = Annotated[int, Path(ge=2020, le=2099, description="考核年度", examples=[2026])]
SubjectId = Annotated[str, StringConstraints(pattern=SUBJECT_ID, max_length=80)]
SubjectPath = Annotated[str, Path(pattern=SUBJECT_ID, max_length=80, examples=["410804-G-1"])]
AppealNumber = Annotated[int, Path(ge=1, le=100_000, examples=[1])]
Position = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[0-9]{6}-[A-Za-z0-9-]+@[1-9][0-9]*$", max_length=120)]
IndicatorId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
PersonId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:_.-]*$", max_length=80)]
PointsValue = Annotated[Decimal, Field(ge=-2000, le=2000, max_digits=8, decimal_places=2)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


def _now(request: Request) -> datetime:
    return runtime_of(request).clock.now()


Now = Annotated[datetime, Depends(_now)]
"""Business time, UTC."""
