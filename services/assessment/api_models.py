"""Bodies of the API's commands."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from services.assessment.api_types import IndicatorId, PersonId, PointsValue, Position, SubjectId
from services.assessment.domain.year.events import CommendationKind
from sevenx.kernel.bodies import Body, Line, Prose, Sha256, example

LARGEST_DOCUMENT = 200_000
"""Characters of a rulebook; the bus takes a million bytes."""


class RulebookBody(Body):
    """A rulebook's YAML text."""

    model_config = Body.model_config | example(
        document="year: 2026\nzh: 马村区2026年度招商引资考核办法\n…（见 data/rulebooks/assessment-2026.yaml）",
        reason="",
    )
    document: str = Field(min_length=1, max_length=LARGEST_DOCUMENT)
    reason: Prose = Field("", description="Why, from the second version on / 更换理由")


class CalculateBody(Body):
    """As of when; by default now, and never later than the year's end."""

    model_config = Body.model_config | example(as_of="2026-08-26T00:00:00+08:00")
    as_of: AwareDatetime | None = None


class AppealBody(Body):
    """An appeal (申诉) in the name of a group or unit that is assessed."""

    model_config = Body.model_config | example(
        appellant="410804-G-2",
        indicator="funds_recognised",
        grounds="12月认定的到位资金2000万元未计入。（模拟数据）",
        evidence=["projects/410804-P-2026-0007@19"],
    )
    appellant: SubjectId
    subject: SubjectId | None = Field(None, description="Whose score; by default the appellant's own")
    indicator: IndicatorId | None = None
    grounds: Prose = Field(min_length=1)
    evidence: list[Position] = Field(default_factory=list, max_length=50)
    sha256: Sha256 | None = Field(None, description="Of a document that goes with it")


class UpholdBody(Body):
    """The points that are right (支持申诉，更正得分)."""

    model_config = Body.model_config | example(
        indicator="funds_recognised", points="18.50", reason="经核，漏计属实。（模拟数据）"
    )
    points: PointsValue
    reason: Prose = Field(min_length=1)
    indicator: IndicatorId | None = Field(None, description="By default the one that the appeal names")


class ReasonBody(Body):
    """Why."""

    model_config = Body.model_config | example(reason="到位资金以联合认定数为准，申报数不计。（模拟数据）")
    reason: Prose = Field(min_length=1)


class VetoBody(Body):
    """一票否决, by a document of a higher level."""

    model_config = Body.model_config | example(
        subject="410804-U-yanma", veto="false_figures", document_number="焦统〔2026〕0号（模拟）", reason="模拟数据"
    )
    subject: SubjectId
    veto: IndicatorId = Field(description="One of the rulebook's vetoes, each of which names its basis")
    document_number: Line
    reason: Prose = Field(min_length=1)


class LiftVetoBody(Body):
    """Why a veto no longer holds."""

    model_config = Body.model_config | example(subject="410804-U-yanma", veto="false_figures", reason="复核后撤销")
    subject: SubjectId
    veto: IndicatorId
    reason: Prose = Field(min_length=1)


class SettleBody(Body):
    """审定: the document by which the committee and the government settle."""

    model_config = Body.model_config | example(document_number="马文〔2027〕0号（模拟）")
    document_number: Line


class ItemCorrectionBody(Body):
    """What an item's points should be."""

    subject: SubjectId
    indicator: IndicatorId
    points: PointsValue


class CorrectionBody(Body):
    """A frozen result is corrected by a new version (更正)."""

    model_config = Body.model_config | example(
        corrections=[{"subject": "410804-G-2", "indicator": "signed_amount", "points": "12.00"}],
        reason="合同被认定无效。（模拟数据）",
        basis=["projects/410804-P-2026-0007@23"],
        document_number="马文〔2027〕0号（模拟）",
    )
    corrections: list[ItemCorrectionBody] = Field(min_length=1, max_length=100)
    reason: Prose = Field(min_length=1)
    basis: list[Position] = Field(min_length=1, max_length=50)
    document_number: Line


class CommendationBody(Body):
    """Advice to commend (表彰建议): a unit, or a cadre of it."""

    model_config = Body.model_config | example(
        kind="unit", subject="410804-G-1", reason="年度综合得分居首。（模拟数据）"
    )
    kind: CommendationKind
    subject: SubjectId
    reason: Prose = Field(min_length=1)
    person: PersonId | None = None
