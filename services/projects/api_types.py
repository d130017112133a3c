"""Field types of this area's request bodies, beside the kernel's, and what its answers share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from services.projects.domain.values import Conversion, Document, Party
from sevenx.kernel.bodies import Body, Day, Line, Sha256


class View(BaseModel):
    """What a list or page answers."""

    model_config = ConfigDict(populate_by_name=True)


def number(value: Any) -> Any:
    """An amount is a number or its digits; `true` is neither."""
    if isinstance(value, bool):
        raise ValueError("an amount is a number / 金额须为数字")
    return value


Yuan = Annotated[Decimal, BeforeValidator(number), Field(gt=0, max_digits=20, decimal_places=2)]
YuanOrZero = Annotated[Decimal, BeforeValidator(number), Field(ge=0, max_digits=20, decimal_places=2)]
Share = Annotated[Decimal, BeforeValidator(number), Field(gt=0, le=1, max_digits=7, decimal_places=6)]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
GroupId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-G-[1-9][0-9]?$")]
UnitId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-U-[a-z][a-z0-9-]*$", max_length=80)]
IndustryId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
ContactId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-C-[0-9A-Za-z-]+$", max_length=60)]
CreditCode = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=18, max_length=18)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=40)]

LeadId = Annotated[str, Path(pattern=r"^[0-9]{6}-L-[0-9]{4}-[0-9]{4,}$", examples=["410804-L-2026-0001"])]
ProjectId = Annotated[str, Path(pattern=r"^[0-9]{6}-P-[0-9]{4}-[0-9]{4,}$", examples=["410804-P-2026-0001"])]
EnterpriseId = Annotated[str, Path(pattern=r"^[0-9]{6}-E-[0-9]{4}-[0-9]{4,}$", examples=["410804-E-2026-0001"])]
ProcedureId = Annotated[str, Path(pattern=r"^[0-9]{6}-H-[0-9]{4}-[0-9]{4,}$", examples=["410804-H-2026-0001"])]
ProblemId = Annotated[str, Path(pattern=r"^[0-9]{6}-O-[0-9]{4}-[0-9]{4,}$", examples=["410804-O-2026-0001"])]
ClaimNumber = Annotated[int, Path(ge=1, le=9999, examples=[1])]


KnownEnterprise = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-E-[0-9]{4}-[0-9]{4,}$")]


KnownProject = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-P-[0-9]{4}-[0-9]{4,}$")]


class PartyBody(Body):
    name: Line = Field(
        description="Name of the enterprise; never a natural person", examples=["星河铝材（模拟）有限公司"]
    )
    code: CreditCode | None = Field(
        None, description="Unified social credit code (GB 32100); only a foreign investor may lack it"
    )
    id: KnownEnterprise | None = Field(
        None, description="Its id in the register of enterprises; one that was merged is followed to its survivor"
    )

    def party(self) -> Party:
        return Party(self.name, self.code, self.id)


class DocumentBody(Body):
    """A document by its hash; `POST /documents` takes the bytes."""

    kind: Word = Field(description="Kind of document, as the evidence rulebook names it", examples=["formal_contract"])
    title: Line = Field(examples=["项目投资合同"])
    sha256: Sha256 = Field(description="SHA-256 of the file, 64 lower-case hex digits", examples=["a" * 64])
    dated: Day = Field(description="The document's own date", examples=["2026-07-20"])

    def document(self) -> Document:
        return Document(self.kind, self.title, self.sha256, self.dated)


class ConversionBody(Body):
    """An amount in another currency. That in yuan is computed: amount x rate / per, rounded half up to the fen."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(examples=["USD"])
    amount: Yuan = Field(examples=["10000000.00"])
    rate: Annotated[Decimal, BeforeValidator(number), Field(gt=0, max_digits=12, decimal_places=6)] = Field(
        description="Yuan for `per` units of the currency", examples=["7.1234"]
    )
    per: Literal[1, 100] = Field(1, description="For how many units the rate is published: 1 or 100")
    rate_on: Day = Field(description="The day for which the rate was published")
    source: Line = Field(examples=["中国人民银行授权公布的人民币汇率中间价"])

    def conversion(self) -> Conversion:
        return Conversion(self.currency, self.amount, self.rate, self.rate_on, self.per, self.source)


def documents_of(bodies: list[DocumentBody]) -> tuple[Document, ...]:
    return tuple(one.document() for one in bodies)
