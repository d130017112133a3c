"""Bodies of the requests on procedures and problems."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from services.projects.api_types import UnitId, Word
from services.projects.domain.problem.events import Outcome
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example

_SHA = "0f" * 32
OfProject = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-P-[0-9]{4}-[0-9]{4,}$")]
OfProjectOrLead = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[LP]-[0-9]{4}-[0-9]{4,}$")]


class RequestProcedureBody(Body):
    """Ask a responsible department for an approval or service (手续办理)."""

    project: OfProject
    unit: UnitId = Field(description="The department that is asked")
    kind: Word = Field(description="As `/procedures/rulebook` names it")
    title: Line
    note: Prose = ""
    model_config = example(
        project="410804-P-2026-0001",
        unit="410804-U-natural-resources",
        kind="planning",
        title="建设工程规划许可（模拟）",
        note="一期厂房2万平方米",
    )


class AskSupplementBody(Body):
    """Ask for lacking material, all of it at once (一次性告知)."""

    materials: Annotated[Prose, Field(min_length=1)]
    model_config = example(materials="总平面图、施工图审查合格书")


class GiveSupplementBody(Body):
    """Say that the material was given (补正)."""

    note: Prose = ""
    model_config = example(note="总平面图已补交")


class MovePromisedDateBody(Body):
    """Agree another promised date."""

    promised_on: Day
    reason: Line
    model_config = example(promised_on="2026-09-30", reason="须专家评审，双方商定延期")


class GrantProcedureBody(Body):
    """Grant it by a document; its bytes stay with you."""

    document_number: Line = Field(description="The document's number (文号)")
    sha256: Sha256
    dated: Day = Field(description="The document's own date")
    model_config = example(document_number="建字第410804202600001号（模拟）", sha256=_SHA, dated="2026-09-20")


class RefuseProcedureBody(GrantProcedureBody):
    """Refuse it with the reason, by a document."""

    reason: Line
    model_config = example(
        reason="不符合详细规划", document_number="〔2026〕1号（模拟）", sha256=_SHA, dated="2026-09-20"
    )


class WithdrawProcedureBody(Body):
    """Take the request back."""

    reason: Line
    model_config = example(reason="项目选址调整")


class RaiseProblemBody(Body):
    """Raise a problem of a project or lead (问题协调)."""

    about: OfProjectOrLead = Field(description="The project or lead")
    owner: UnitId = Field(description="The unit that is to solve it")
    kind: Word = Field(description="As `/problems/rulebook` names it")
    title: Line
    text: Annotated[Prose, Field(min_length=1)]
    model_config = example(
        about="410804-P-2026-0001",
        owner="410804-U-power-supply",
        kind="utilities",
        title="施工临时用电（模拟）",
        text="厂区尚无临时用电，影响10月开工",
    )


class HandleProblemBody(Body):
    """Say what was done about it."""

    measure: Annotated[Prose, Field(min_length=1)]
    model_config = example(measure="已现场勘查，9月底前架设临时线路")


class EscalateProblemBody(Body):
    """Pass it to the next level."""

    reason: Line
    model_config = example(reason="涉及两个单位，小组协调未果")


class ReturnProblemBody(Body):
    """Return it one level down."""

    reason: Line
    owner: UnitId | None = Field(None, description="Another unit that is to solve it")
    model_config = example(reason="由供电部门牵头办理", owner="410804-U-power-supply")


class CloseProblemBody(Body):
    """Close it."""

    outcome: Outcome
    reason: Line = Field(description="How it was solved, or why it cannot be")
    model_config = example(outcome="solved", reason="临时用电已接通，企业确认")


class ReopenProblemBody(Body):
    """Reopen what was closed wrongly."""

    reason: Line
    model_config = example(reason="线路再次中断，并未解决")
