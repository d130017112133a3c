"""Bodies and answers about projects of old ledgers (历史台账)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Base64Bytes, Field, StringConstraints

from services.projects.api_types import View
from services.projects.domain.project.state import BaselineStanding
from services.projects.domain.values import Stage
from sevenx.kernel.bodies import Body, Line, Prose, example

FileName = Annotated[Line, StringConstraints(pattern=r"^[^/\\]+$", max_length=120)]


class ImportLedgerBody(Body):
    """A ledger and how it is read."""

    file: FileName = Field(description="The file's name, without a folder", examples=["历史台账（模拟）.xlsx"])
    content: Base64Bytes = Field(description="The file's bytes in Base64: .xlsx or CSV, 640 KiB at most")
    mapping: Annotated[str, StringConstraints(min_length=1, max_length=65536)] = Field(
        description="The mapping's YAML text; its form is data/baseline/mapping.schema.json"
    )
    dry_run: bool = Field(False, description="Say what would come in and store nothing")


class ApproveBaselineBody(Body):
    note: Prose = ""

    model_config = example(note="已核对合同原件（模拟）")


class RejectBaselineBody(Body):
    reason: Line

    model_config = example(reason="合同已解除，项目不再实施（模拟）")


class BaselinedRow(View):
    row: int = Field(description="As a spreadsheet numbers it")
    project: str = Field(description="Its id: it follows from the file's digest and the row")
    name: str
    stage: Stage
    missing: int = Field(description="Documents that the ledger does not give (待补)")


class ImportLedgerAnswer(View):
    position: str | None = Field(description="Of the first project; null where nothing was stored")
    after: list[str] = Field(description="`?after=` of a GET that shows all of it; empty where nothing was stored")
    dry_run: bool
    replayed: bool = Field(description="The same request again")
    unchanged: bool = Field(description="This very file was imported before; nothing changed")
    file: str
    sha256: str = Field(description="Of the file's bytes")
    projects: list[BaselinedRow]
    missing: int = Field(description="待补 of all rows together")
    baselined_funds: Decimal = Field(description="Recognised of old in all rows, yuan; no new credit")


class MissingItem(View):
    """One document that a stage of old lacks; one of `any_of` will do."""

    number: int
    stage: Stage
    any_of: list[str] = Field(description="Kinds of document")
    zh: str
    en: str


class BaselineView(View):
    """From which old ledger (历史台账) a project comes, and what it still lacks."""

    file: str
    sha256: str
    row: int
    rulebook: str
    baselined_funds: Decimal | None = Field(description="Recognised of old, yuan; no new credit")
    baselined_on: date
    baselined_by: str
    standing: BaselineStanding
    decided_on: date | None
    decided_by: str | None
    note: str | None = Field(description="Of the approval, or why it was rejected")
    missing: list[MissingItem] = Field(description="待补")


class MissingLine(MissingItem):
    project: str
    name: str
    group: str
    finder: str
    landing_unit: str | None
    standing: BaselineStanding


class MissingPage(View):
    items: list[MissingLine]
    next: str | None = Field(description="`cursor` of the next page; null on the last")
