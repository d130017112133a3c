"""Bodies and answers of the ledger of promises (承诺台账)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from services.projects.api_types import View, number
from services.projects.domain.project.events import PromiseKind, PromiseParty
from services.projects.domain.project.state import PromiseState
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example

Measure = Annotated[Decimal, BeforeValidator(number), Field(ge=0, max_digits=20, decimal_places=4)]
Unit = Annotated[Line, Field(max_length=20)]
Text = Annotated[Prose, Field(min_length=1)]
_SHA = "0f" * 32


class PromiseBody(Body):
    """A promise as the contract has it."""

    party: PromiseParty
    kind: PromiseKind
    text: Text
    due: Day
    clause: Line = Field(description="Clause of the contract")
    value: Measure | None = Field(None, description="The measurable value, where there is one; with its unit")
    unit: Unit | None = None
    basis_sha256: Sha256 | None = Field(
        None, description="Document of the review or legal basis; the government's needs it, or the collective decision"
    )
    model_config = example(
        party="enterprise",
        kind="intensity",
        text="固定资产投资强度不低于每亩300万元",
        due="2027-12-31",
        clause="第五条第（二）款",
        value="300",
        unit="万元/亩",
    )


class AmendPromiseBody(Body):
    """What changes; the rest stays as it is. Another text or value of the government's needs a basis of its own."""

    text: Text | None = None
    due: Day | None = None
    clause: Line | None = None
    value: Measure | None = None
    unit: Unit | None = None
    basis_sha256: Sha256 | None = None
    reason: Line
    model_config = example(due="2028-06-30", clause="补充协议第一条", reason="设备交付推迟，双方签订补充协议")


class FulfilPromiseBody(Body):
    fulfilled_on: Day
    evidence_sha256: Sha256
    value: Measure | None = Field(None, description="What was reached, in the promise's unit; of a measurable one")
    model_config = example(fulfilled_on="2026-07-20", evidence_sha256=_SHA, value="310")


class BreakPromiseBody(Body):
    broken_on: Day
    reason: Line
    model_config = example(broken_on="2026-07-20", reason="企业书面告知不再建设二期")


class WithdrawPromiseBody(Body):
    reason: Line
    model_config = example(reason="重复登记")


class PromiseView(View):
    project: str = Field(alias="stream", serialization_alias="project")
    promise: int
    party: PromiseParty
    kind: PromiseKind
    text: str
    value: Decimal | None
    unit: str | None
    clause: str
    due: date
    state: PromiseState
    ended_on: date | None = Field(description="When it was kept, broken or withdrawn")
    reached: Decimal | None = Field(description="The value that was reached")
    evidence_sha256: str | None
    reason: str = Field(description="Of the last amendment, breach or withdrawal")
    gate: int | None = Field(description="Number of the collective decision on which it rests")
    basis_sha256: str | None
    recorded_on: date
    recorded_by: str


class ListedPromise(PromiseView):
    """A promise in the list of the district; masked while its project is unsigned and the reader works elsewhere."""

    name: str
    group: str = Field(alias="group_id", serialization_alias="group")


class PromisePage(View):
    items: list[ListedPromise]
    next: str | None = Field(description="`cursor` of the next page; null on the last")
