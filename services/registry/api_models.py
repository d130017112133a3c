"""Bodies of the requests. Days are written YYYY-MM-DD; without one, today in China is meant."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints, model_validator

from services.registry.api_types import GroupId, Key, PersonId, UnitId
from services.registry.domain.district.events import ClockKind
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example

_SHA = "0f" * 32
_FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=80)]
_FileText = Annotated[str, StringConstraints(max_length=500_000)]
_Days = Annotated[list[Day], Field(max_length=400)]
_Files = Annotated[dict[_FileName, _FileText], Field(max_length=60)]


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a target is a number / 目标值须为数字")
    return value


_Value = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, max_digits=20, decimal_places=2)]

_Measure = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=40),
    Field(description="What the value counts", examples=["yuan", "projects"]),
]
_PlanYear = Annotated[int, Field(ge=2000, le=2100)]


class GenesisBody(Body):
    """What the deployment says about its time. It counts for the first import alone and is never changed."""

    clock: ClockKind = ClockKind.WALL
    simulated_from: AwareDatetime | None = Field(
        default=None, description="Where simulated business time begins; only with the embedded runtime's own issuer"
    )

    @model_validator(mode="after")
    def _of_this_century(self) -> GenesisBody:
        if self.simulated_from and not 2000 <= self.simulated_from.year <= 2100:
            raise ValueError("simulated_from lies between 2000 and 2100 / 起始时间须在2000年至2100年之间")
        return self

    def begins(self) -> datetime | None:
        return self.simulated_from and self.simulated_from.astimezone(UTC)


class RosterImportBody(Body):
    """The files of `data/districts/<code>` and the calendars, by name with their whole text."""

    files: _Files = Field(description="district.yaml, units.yaml, groups.yaml, …")
    calendars: _Files = Field(default={}, description="CN-2026.yaml, …")
    genesis: GenesisBody = GenesisBody()
    dry_run: bool = Field(False, description="Show the difference and store nothing")
    model_config = example(
        files={"district.yaml": "code: '410804'\n…", "groups.yaml": "groups: …"},
        calendars={"CN-2026.yaml": "year: 2026\n…"},
        genesis={"clock": "simulated", "simulated_from": "2026-06-26T00:00:00+08:00"},
        dry_run=True,
    )


class RollbackBody(Body):
    """Take an import back, with the reason."""

    reason: Line
    dry_run: bool = Field(False, description="Show the difference and what stands in the way, and store nothing")
    model_config = example(reason="误导入了旧版名册（模拟）", dry_run=True)


class RegisterPersonBody(Body):
    """A person who may hold a post. Contact details never stand here."""

    id: PersonId
    zh: Line
    en: Line
    basis: Line = Field(description="The document that names the person")
    model_config = example(id="410804-N-jia-yi", zh="甲某（模拟）", en="Jia (sample)", basis="商务局函（模拟）")


class AddAliasBody(Body):
    """One more spelling of a unit's name."""

    name: Line
    source: Line = Field(description="Where the spelling is from")
    model_config = example(name="区商务和招商局", source="日常使用")


class RenameUnitBody(Body):
    """A reform gives a unit another full name; the former one stays as a spelling."""

    zh: Line
    en: Line
    effective: Day | None = None
    reason: Line = Field(description="The basis of the change")
    model_config = example(zh="马村区商务和招商局", en="Commerce and Investment Bureau", reason="机构改革（模拟）")


class ParentBody(Body):
    """Under which unit this one stands; without `parent`, under none any more."""

    parent: Line | None = Field(None, description="Its id or any spelling of its name")
    effective: Day | None = None
    reason: Line = Field(description="The basis, such as the document on the body's functions (三定方案)")
    model_config = example(parent="区商务局", effective="2026-07-01", reason="三定方案（模拟）")


class MergeBody(Body):
    """A reform merges this unit into another one, which goes on."""

    into: Line = Field(description="The unit that goes on: its id or any spelling of its name")
    effective: Day | None = None
    reason: Line = Field(description="The basis of the merger")
    model_config = example(into="区农业农村局", effective="2026-07-01", reason="机构改革（模拟）")


class AppointBody(Body):
    """A registered person takes up the post; a holder leaves it on the same day."""

    person: PersonId
    effective: Day | None = None
    assumed: bool = Field(False, description="The date is not known for certain")
    basis: Prose = Field("", description="The document by which the person is appointed")
    model_config = example(person="410804-N-jia-yi", effective="2026-07-01", basis="马政任〔2026〕1号（模拟）")


class ReleaseBody(Body):
    """The holder leaves the post without a successor; `effective` is the first day out of it."""

    effective: Day | None = None
    reason: Line
    model_config = example(effective="2026-07-01", reason="工作调动（模拟）")


class DesignateBody(Body):
    """A registered person becomes the one liaison (联络员); a former one ends on the same day."""

    person: PersonId
    effective: Day | None = None
    basis: Prose = ""
    model_config = example(person="410804-N-jia-yi", effective="2026-07-01", basis="组长指定")


class HandoverBody(Body):
    """A registered person takes the post over from its holder on one day, with what was handed over (交接)."""

    person: PersonId
    effective: Day | None = None
    items: list[Line] = Field(min_length=1, max_length=50, description="What was handed over, one thing each")
    note: Prose = ""
    witness: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = Field(
        "", description="Who was present (监交人)"
    )
    basis: Prose = ""
    model_config = example(
        person="410804-N-jia-yi",
        effective="2026-07-01",
        items=["在谈线索台账", "月报底稿及统计口径说明"],
        note="两条线索待回访（模拟）",
        witness="区商务局分管负责人（模拟）",
    )


class LiaisonEndBody(Body):
    """The liaison is to leave; without `ends_on` the announcement is withdrawn."""

    ends_on: Day | None = None
    reason: Line
    model_config = example(ends_on="2026-08-01", reason="工作调动（模拟）")


class MemberBody(Body):
    """A unit becomes a lead or responsible unit of the group."""

    unit: Line = Field(description="Its id or any spelling of its name")
    industry: Line | None = Field(None, description="The industry that a lead unit is given")
    effective: Day | None = None
    model_config = example(unit="区审计局", effective="2026-07-01")


class WithdrawBody(Body):
    """A unit's part in the group ends; past reports keep it."""

    effective: Day | None = None
    reason: Line
    model_config = example(effective="2026-07-01", reason="机构撤并（模拟）")


class AnnualPlanBody(Body):
    """An approved version of the group's annual action plan (年度行动方案); approved by whoever sends this."""

    year: _PlanYear
    title: Line
    document_sha256: Sha256 = Field(description="SHA-256 of the plan's document, which stays with you")
    drafted_by: PersonId = Field(description="Who drew it up: nobody approves his own plan")
    approved_on: Day | None = None
    model_config = example(
        year=2026, title="招商一组2026年度行动方案（模拟）", document_sha256=_SHA, drafted_by="410804-N-jia-yi"
    )


class PlannedPartBody(Body):
    """What one of the group's units takes of a planned target."""

    unit: Line = Field(description="Its id or any spelling of its name")
    value: _Value


class PlannedTargetBody(Body):
    """A target of the year, by month and by unit; each sums to the year's."""

    indicator: Key
    measure: _Measure
    value: _Value
    months: list[_Value] = Field(min_length=12, max_length=12, description="January to December, each month's own")
    parts: list[PlannedPartBody] = Field(default=[], max_length=100, description="None, or the whole in parts")


class DraftPlanBody(Body):
    """A version of the group's annual action plan (年度行动方案) with its targets, drafted by whoever sends this."""

    year: _PlanYear
    title: Line
    document_sha256: Sha256 = Field(description="SHA-256 of the plan's document, which stays with you")
    targets: list[PlannedTargetBody] = Field(default=[], max_length=50)
    model_config = example(
        year=2026,
        title="招商二组2026年度行动方案（模拟）",
        document_sha256=_SHA,
        targets=[
            {
                "indicator": "signed_amount",
                "measure": "yuan",
                "value": "1200000000.00",
                "months": ["100000000.00"] * 12,
                "parts": [{"unit": "区商务局", "value": "1200000000.00"}],
            }
        ],
    )


class ReturnPlanBody(Body):
    """A version is returned to be drafted anew."""

    reason: Line
    model_config = example(reason="到位资金目标偏低，请按去年完成数重新测算（模拟）")


class TargetBody(Body):
    """A target of the year for the group or, with `unit`, the part of it that one of its units takes."""

    year: _PlanYear
    indicator: Key
    value: _Value
    measure: _Measure
    unit: UnitId | None = None
    model_config = example(year=2026, indicator="signed_amount", value="500000000.00", measure="yuan")


class ChangeSettingBody(Body):
    """Another value for a setting, as text of its type, with the reason."""

    value: Line
    reason: Line
    model_config = example(value="before_day", reason="区政府办公室核定：24日24时前（模拟）")


class CalendarBody(Body):
    """A year's days as the State Council's General Office published them."""

    provisional: bool = False
    days_off: _Days = Field(description="Holidays; weekends need not be named")
    workdays: _Days = Field(default=[], description="Weekend days on which work is made up")
    source: Line
    model_config = example(days_off=["2027-01-01"], workdays=[], source="国办发明电〔2026〕…号")


class OverlapBody(Body):
    """Which of the groups that claim an industry has it."""

    group: GroupId
    reason: Line
    model_config = example(group="410804-G-2", reason="以医药制造为主，由二组牵头（模拟）")
