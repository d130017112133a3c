"""Ids and query parameters of the area's routes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import StringConstraints

from sevenx.kernel.bodies import Day
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.http import runtime_of

UnitId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-U-[a-z][a-z0-9-]*$", max_length=80)]
GroupId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-G-[1-9][0-9]?$")]
PersonId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-N-[a-z][a-z0-9-]*$", max_length=80)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]*$", max_length=80)]
"""A setting's key, an industry's or an indicator's id."""
Year = Annotated[int, Path(ge=2000, le=2100)]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows on a page")]
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{6}-[UN]-[a-z0-9-]+$", description="`next` of a page")]


def _on(
    request: Request, on: Annotated[Day | None, Query(description="The roster of that day; without it, today's")] = None
) -> date:
    return on or runtime_of(request).clock.now().astimezone(SHANGHAI).date()


def _today(request: Request) -> date:
    return runtime_of(request).clock.now().astimezone(SHANGHAI).date()


OnToday = Annotated[date, Depends(_today)]
"""The business date in China."""

OnDay = Annotated[date, Depends(_on)]
"""The day of which the roster is asked: people change, and a past day shows who held the post then."""
