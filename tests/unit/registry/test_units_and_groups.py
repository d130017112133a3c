"""Units with their names, groups with their units, duties, plans and targets. Persons are fictional."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.group.commands import (
    AdoptAnnualPlan,
    AssignLeadUnit,
    AssignResponsibleUnit,
    FormGroup,
    SetDuties,
    SetTarget,
    WithdrawLeadUnit,
    WithdrawResponsibleUnit,
)
from services.registry.domain.group.events import (
    AnnualPlanAdopted,
    DutiesSet,
    LeadUnitAssigned,
    ResponsibleUnitAssigned,
    ResponsibleUnitWithdrawn,
    TargetSet,
)
from services.registry.domain.group.state import Group
from services.registry.domain.person.commands import RegisterPerson
from services.registry.domain.person.events import PersonRegistered
from services.registry.domain.unit.commands import AddAlias, RegisterUnit, RenameUnit
from services.registry.domain.unit.events import UnitAlias, UnitAliasAdded, UnitKind, UnitRenamed
from sevenx.kernel.errors import Rejection

from .scenario import FORMED, GROUP, LED, PERSON, REGISTERED, UNIT, code, day, when

SINCE = day("2020-07-01")
FINANCE = "410804-U-finance"
REGISTER = RegisterUnit("马村区商务局", "Commerce Bureau", UnitKind.DEPARTMENT, (), True, "convention")


def test_registering_a_known_unit_again_adds_the_spellings_that_are_new() -> None:
    """一: units are named several ways."""
    again = replace(REGISTER, aliases=(UnitAlias("区商务局", "notice"), UnitAlias("商务局", "notice")))
    assert when(UNIT, [REGISTERED], REGISTER) == []
    assert when(UNIT, [REGISTERED, UnitAliasAdded("商务局", "notice")], again) == [UnitAliasAdded("区商务局", "notice")]


def test_an_id_is_not_taken_over_by_another_unit() -> None:
    assert code(when(UNIT, [REGISTERED], replace(REGISTER, zh="马村区财政局"))) == "unit-differs"
    assert code(when(UNIT, [REGISTERED], replace(REGISTER, kind=UnitKind.COMPANY))) == "unit-differs"


def test_a_spelling_belongs_to_one_unit() -> None:
    """一"""
    assert code(when(UNIT, [REGISTERED], AddAlias("财政局", "common", (FINANCE,)))) == "alias-taken"
    assert when(UNIT, [REGISTERED], AddAlias("商务局", "common")) == [UnitAliasAdded("商务局", "common")]
    assert when(UNIT, [REGISTERED], AddAlias("马村区商务局", "common")) == []
    renaming = RenameUnit("马村区财政局", "Finance Bureau", SINCE, "机构改革", (FINANCE,))
    assert code(when(UNIT, [REGISTERED], renaming)) == "alias-taken"
    assert code(when(UNIT, [REGISTERED], AddAlias(" ", "common"))) == "name-missing"


def test_a_renamed_unit_keeps_its_former_name_as_a_spelling() -> None:
    renaming = RenameUnit("马村区商务和投资局", "Commerce and Investment Bureau", day("2024-03-01"), "机构改革")
    events = when(UNIT, [REGISTERED], renaming)
    assert events == [UnitRenamed(renaming.zh, renaming.en, "马村区商务局", day("2024-03-01"), "机构改革")]
    assert UNIT.fold([REGISTERED, *events]).names() == ("马村区商务和投资局", "马村区商务局")
    assert when(UNIT, [REGISTERED, *events], REGISTER) == []
    assert code(when(UNIT, [REGISTERED], replace(renaming, reason=""))) == "reason-missing"


def test_nothing_is_asked_of_a_unit_that_is_not_registered() -> None:
    assert code(when(UNIT, [], AddAlias("商务局", "common"))) == "unit-unknown"
    assert code(when(UNIT, [], replace(REGISTER, zh=""))) == "name-missing"


def test_zones_and_sub_districts_are_landing_units() -> None:
    """二（一）"""
    landing = {kind for kind in UnitKind if UNIT.fold([replace(REGISTERED, kind=kind)]).is_landing_unit}
    assert landing == {UnitKind.ZONE, UnitKind.SUB_DISTRICT}


def test_a_person_is_registered_once() -> None:
    register = RegisterPerson("甲某", "Jia", "任命文件")
    registered = PersonRegistered("甲某", "Jia", "任命文件")
    assert when(PERSON, [], register) == [registered]
    assert when(PERSON, [registered], register) == []
    assert code(when(PERSON, [registered], replace(register, zh="乙某"))) == "id-taken"
    assert code(when(PERSON, [], replace(register, zh=" "))) == "name-missing"


def test_a_group_is_formed_once() -> None:
    """一"""
    form = FormGroup(1, "招商一组", "Group One", "一（一）", SINCE, assumed=True)
    assert when(GROUP, [], form) == [FORMED]
    assert when(GROUP, [FORMED], form) == []
    assert code(when(GROUP, [FORMED], replace(form, zh="招商二组"))) == "group-differs"
    assert code(when(GROUP, [], replace(form, number=0))) == "group-number"
    assert code(when(GROUP, [], SetDuties("职责", (), "一（一）"))) == "group-unknown"


def test_a_group_may_have_two_lead_units_each_with_its_industry() -> None:
    """一（一）: 区发改委 answers for aluminium, 区科工局 for intelligent manufacturing."""
    second = AssignLeadUnit("410804-U-science-industry", "区科工局", "智能制造产业", SINCE)
    assert when(GROUP, [FORMED, LED], second, second) == [
        LeadUnitAssigned("410804-U-science-industry", "区科工局", "智能制造产业", 2, SINCE)
    ]


def test_one_unit_named_twice_is_one_responsible_unit() -> None:
    """一（四）: 自然资源和规划局马村分局 and 自然资源局马村分局."""
    branch = "410804-U-natural-resources"
    assert when(
        GROUP,
        [FORMED],
        AssignResponsibleUnit(branch, "自然资源和规划局马村分局", SINCE),
        AssignResponsibleUnit(branch, "自然资源局马村分局", SINCE),
    ) == [ResponsibleUnitAssigned(branch, "自然资源和规划局马村分局", 1, SINCE)]


def test_a_unit_does_not_lead_and_help_the_same_group() -> None:
    """一"""
    helping = AssignResponsibleUnit(LED.unit, "区发改委", SINCE)
    assert code(when(GROUP, [FORMED, LED], helping)) == "lead-and-responsible"
    leading = AssignLeadUnit(FINANCE, "区财政局", None, SINCE)
    helper = ResponsibleUnitAssigned(FINANCE, "区财政局", 2, SINCE)
    assert code(when(GROUP, [FORMED, LED, helper], leading)) == "lead-and-responsible"
    assert code(when(GROUP, [FORMED], AssignLeadUnit("区财政局", "区财政局", None, SINCE))) == "malformed-id"


def test_the_last_lead_unit_stays() -> None:
    """三（二）: lead units run the group's daily work."""
    assert code(when(GROUP, [FORMED, LED], WithdrawLeadUnit(LED.unit, SINCE, "调整"))) == "last-lead-unit"
    second = LeadUnitAssigned("410804-U-science-industry", "区科工局", None, 2, SINCE)
    left = when(GROUP, [FORMED, LED, second], WithdrawLeadUnit(LED.unit, SINCE, "调整"))
    assert [m.unit for m in GROUP.fold([FORMED, LED, second, *left]).lead_units] == [second.unit]  # type: ignore[misc]


def test_a_responsible_unit_can_be_withdrawn() -> None:
    """一"""
    helper = ResponsibleUnitAssigned(FINANCE, "区财政局", 2, SINCE)
    withdraw = WithdrawResponsibleUnit(FINANCE, day("2022-01-01"), "调整")
    events = when(GROUP, [FORMED, LED, helper], withdraw, withdraw)
    assert events == [ResponsibleUnitWithdrawn(FINANCE, day("2022-01-01"), "调整")]


def test_an_item_of_the_duties_stands_in_their_text() -> None:
    """一"""
    duties = SetDuties("负责各类园区、PPP等工作。", ("各类园区", "PPP"), "一（一）")
    assert when(GROUP, [FORMED], duties, duties) == [DutiesSet(duties.text, duties.items, "一（一）")]
    assert code(when(GROUP, [FORMED], replace(duties, items=("专项债",)))) == "duties-differ"


def test_a_plan_is_adopted_in_versions_and_never_by_the_one_who_drew_it_up() -> None:
    """三（二）: 产业招商年度行动方案."""
    adopt = AdoptAnnualPlan(2026, "行动方案", "a" * 64, "410804-N-jia", "410804-N-yi", day("2026-01-20"))
    second = replace(adopt, document_sha256="b" * 64)
    events = when(GROUP, [FORMED], adopt, adopt, second)
    assert isinstance(events, list)
    assert [(type(event), event.version) for event in events] == [(AnnualPlanAdopted, 1), (AnnualPlanAdopted, 2)]
    assert code(when(GROUP, [FORMED], replace(adopt, approved_by="410804-N-jia"))) == "own-plan"
    assert code(when(GROUP, [FORMED], replace(adopt, document_sha256="A"))) == "document-hash"


def target(value: str, unit: str | None = None, measure: str = "yuan") -> SetTarget:
    return SetTarget(2026, "signed_amount", Decimal(value), measure, unit)


def test_the_parts_of_a_target_never_exceed_the_whole() -> None:
    """三（二）"""
    given = [FORMED, LED]
    assert code(when(GROUP, given, target("1", LED.unit))) == "group-target-missing"
    events = when(GROUP, given, target("100"), target("60", LED.unit), target("70", LED.unit))
    assert isinstance(events, list)
    assert events[-1] == TargetSet(2026, "signed_amount", Decimal("70"), "yuan", LED.unit)
    after = [*given, *events]
    assert code(when(GROUP, after, target("101", LED.unit))) == "parts-exceed-target"
    assert code(when(GROUP, after, target("69.99"))) == "parts-exceed-target"
    assert code(when(GROUP, after, target("70", LED.unit, "projects"))) == "target-measure"
    assert code(when(GROUP, after, target("1", FINANCE))) == "not-of-the-group"
    assert code(when(GROUP, after, target("-1"))) == "target-value"
    assert when(GROUP, after, target("70", LED.unit)) == []


def test_what_a_unit_that_left_had_promised_can_be_lowered_and_not_raised() -> None:
    """三（二）: the others take it over."""
    given_ = [
        FORMED,
        LED,
        TargetSet(2026, "signed_amount", Decimal("100"), "yuan", None),
        TargetSet(2026, "signed_amount", Decimal("60"), "yuan", FINANCE),
    ]
    less, more = (SetTarget(2026, "signed_amount", Decimal(n), "yuan", FINANCE) for n in ("0", "61"))
    assert when(GROUP, given_, less) == [TargetSet(2026, "signed_amount", Decimal("0"), "yuan", FINANCE)]
    assert code(when(GROUP, given_, more)) == "not-of-the-group"


@given(st.lists(st.tuples(st.sampled_from([None, LED.unit, FINANCE]), st.integers(0, 9)), max_size=15))
def test_whatever_is_set_the_parts_sum_to_at_most_the_whole(wanted: list[tuple[str | None, int]]) -> None:
    """三（二）"""
    helper = ResponsibleUnitAssigned(FINANCE, "区财政局", 2, SINCE)
    state: Group = GROUP.fold([FORMED, LED, helper])
    for unit, value in wanted:
        decision = GROUP.decide(target(str(value), unit), state)
        if not isinstance(decision, Rejection):
            state = GROUP.fold(decision, state)
        whole = state.targets.get((2026, "signed_amount", None))
        assert state.distributed(2026, "signed_amount") <= (whole.value if whole else 0)
