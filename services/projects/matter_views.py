"""What the lists of procedures and problems answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from services.projects.api_types import View
from services.projects.api_views import KindView


class ProcedureView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    project: str
    project_name: str | None
    group: str = Field(alias="group_id", serialization_alias="group")
    unit: str = Field(description="The department that is asked")
    kind: str
    title: str
    note: str
    state: str = Field(description="requested, accepted, stopped, granted, refused or withdrawn")
    overdue: bool
    requested_by: str
    requested_on: date
    promised_on: date
    accepted_on: date | None
    stopped_since: date | None
    materials: str | None = Field(description="What was asked for last")
    closed_on: date | None
    reason: str | None
    document_number: str | None
    sha256: str | None
    working_days: int | None = Field(
        description="Used until the outcome, without those for which the clock stood still"
    )


class ProcedurePage(View):
    items: list[ProcedureView]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class ProblemView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    about: str = Field(description="The project or lead")
    project_name: str | None
    group: str = Field(alias="group_id", serialization_alias="group")
    unit: str = Field(description="Its owner")
    kind: str
    title: str
    text: str
    level: str = Field(description="Who coordinates it: group, commerce_bureau or district_office")
    state: str = Field(description="open, solved or not_solvable")
    overdue: bool
    raised_by: str
    raised_on: date
    promised_on: date
    steps: int
    last_step: str | None
    closed_on: date | None
    reason: str | None
    working_days: int | None = Field(description="Used until it was closed")


class ProblemPage(View):
    items: list[ProblemView]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class UnitFigure(View):
    unit: str
    asked: int
    open: int = Field(alias="unfinished", serialization_alias="open")
    overdue: int = Field(description="Of the open ones")
    done: int = Field(description="With an outcome; what was withdrawn does not count")
    in_time: int
    average_working_days: Decimal | None


class UnitFigures(View):
    rows: list[UnitFigure]


class TermView(KindView):
    working_days: int


class TermsRulebookView(View):
    version: str
    kinds: dict[str, TermView]
