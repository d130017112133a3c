"""Annual action plans: versions, targets by month and by unit, approval by somebody else. Persons are fictional."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.registry.domain.group.commands import (
    AdoptAnnualPlan,
    AdoptPlan,
    ApprovePlan,
    DraftPlan,
    ReturnPlan,
    SetTarget,
    SubmitPlan,
)
from services.registry.domain.group.events import (
    AnnualPlanAdopted,
    MonthlyTargetsSet,
    PlanAdopted,
    PlanApproved,
    PlanDrafted,
    PlannedPart,
    PlannedTarget,
    PlanReturned,
    PlanSubmitted,
    ResponsibleUnitAssigned,
    ResponsibleUnitWithdrawn,
    TargetSet,
)
from services.registry.domain.group.planned_targets import refuse_targets
from services.registry.domain.group.state import PlanStatus
from sevenx.kernel.errors import Rejection

from .scenario import FORMED, GROUP, LED, code, day, when

LIAISON, HEAD, LEADER = "410804-N-jia-yi", "410804-N-yi-er", "410804-N-bing-san"
FINANCE = "410804-U-finance"
JOINED = ResponsibleUnitAssigned(FINANCE, "区财政局", 2, day("2020-07-01"))
GIVEN = [FORMED, LED, JOINED]
TODAY = day("2026-01-10")


def money(text: str) -> Decimal:
    return Decimal(text)


def target(value: str = "120.00", month: str = "10.00", *parts: tuple[str, str]) -> PlannedTarget:
    return PlannedTarget(
        "signed_amount",
        "yuan",
        money(value),
        (money(month),) * 12,
        tuple(PlannedPart(unit, money(part)) for unit, part in parts),
    )


COUNT = replace(target(), indicator="signed_count", measure="projects")
DRAFT = DraftPlan(2026, "行动方案", "a" * 64, (target(),), LIAISON, TODAY)
SUBMIT = SubmitPlan(2026, 1, HEAD, TODAY)
APPROVE = ApprovePlan(2026, 1, LEADER, TODAY)
RETURN = ReturnPlan(2026, 1, LEADER, TODAY, "偏低")
ADOPT = AdoptPlan(2026, 1, LEADER, TODAY)


def test_a_plan_goes_from_its_draft_to_its_adoption() -> None:
    """三（二）"""
    planned = replace(DRAFT, targets=(target("120.00", "10.00", (LED.unit, "70.00"), (FINANCE, "50.00")),))
    assert when(GROUP, GIVEN, planned, SUBMIT, APPROVE, ADOPT) == [
        PlanDrafted(2026, 1, "行动方案", "a" * 64, planned.targets, LIAISON, TODAY, None),
        PlanSubmitted(2026, 1, HEAD, TODAY),
        PlanApproved(2026, 1, LEADER, TODAY),
        PlanAdopted(2026, 1, LEADER, TODAY),
        AnnualPlanAdopted(2026, 1, "行动方案", "a" * 64, LEADER, TODAY),
        TargetSet(2026, "signed_amount", money("120"), "yuan", None),
        TargetSet(2026, "signed_amount", money("70"), "yuan", LED.unit),
        TargetSet(2026, "signed_amount", money("50"), "yuan", FINANCE),
        MonthlyTargetsSet(2026, "signed_amount", "yuan", (money("10"),) * 12),
    ]


def test_every_step_given_again_changes_nothing() -> None:
    events = when(GROUP, GIVEN, DRAFT, DRAFT, SUBMIT, SUBMIT, APPROVE, APPROVE, ADOPT, ADOPT, APPROVE)
    assert isinstance(events, list)
    assert [type(event) for event in events][:4] == [PlanDrafted, PlanSubmitted, PlanApproved, PlanAdopted]
    assert len(events) == 7


@pytest.mark.parametrize("by", [LIAISON, HEAD])
@pytest.mark.parametrize("command", [APPROVE, RETURN])
def test_nobody_decides_about_a_plan_that_he_drafted_or_submitted(command: Any, by: str) -> None:
    """三（二）"""
    assert code(when(GROUP, GIVEN, DRAFT, SUBMIT, replace(command, by=by))) == "own-plan"


def test_a_returned_version_is_kept_and_the_next_one_has_the_next_number() -> None:
    """三（二）: earlier versions are kept."""
    again = replace(DRAFT, document_sha256="b" * 64)
    events = when(GROUP, GIVEN, DRAFT, SUBMIT, RETURN, again)
    assert isinstance(events, list)
    assert events[2:] == [
        PlanReturned(2026, 1, LEADER, TODAY, "偏低"),
        PlanDrafted(2026, 2, "行动方案", "b" * 64, DRAFT.targets, LIAISON, TODAY, None),
    ]
    versions = GROUP.fold([*GIVEN, *events]).versions
    assert [(key, one.status) for key, one in versions.items()] == [
        ((2026, 1), PlanStatus.RETURNED),
        ((2026, 2), PlanStatus.DRAFT),
    ]


def test_a_new_draft_replaces_one_that_was_not_submitted() -> None:
    events = when(GROUP, GIVEN, DRAFT, replace(DRAFT, title="行动方案（二稿）"))
    assert isinstance(events, list)
    assert events[1].supersedes == 1
    assert GROUP.fold([*GIVEN, *events]).versions[2026, 1].status is PlanStatus.SUPERSEDED
    assert code(when(GROUP, [*GIVEN, *events], SUBMIT)) == "plan-status"


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([DRAFT, SUBMIT, DRAFT], "plan-under-review"),
        ([DRAFT, APPROVE], "plan-status"),
        ([DRAFT, ADOPT], "plan-status"),
        ([DRAFT, SUBMIT, RETURN, APPROVE], "plan-status"),
        ([SUBMIT], "plan-unknown"),
        ([DRAFT, SUBMIT, replace(RETURN, reason=" ")], "reason-missing"),
        ([replace(DRAFT, targets=()), SUBMIT], "plan-without-targets"),
        ([replace(DRAFT, document_sha256="A")], "document-hash"),
    ],
)
def test_a_plan_goes_its_way_step_by_step(commands: list[Any], refusal: str) -> None:
    """三（二）"""
    assert code(when(GROUP, GIVEN, *commands)) == refusal


@pytest.mark.parametrize(
    ("planned", "refusal", "said", "field"),
    [
        ((target("121.00"),), "months-sum", "少1.00", "targets.0.months"),
        ((target("119.50"),), "months-sum", "多0.50", "targets.0.months"),
        ((COUNT, target("120.00", "10.00", (LED.unit, "70.00"))), "parts-sum", "少50.00", "targets.1.parts"),
        (
            (target("120.00", "10.00", (LED.unit, "70.00"), (FINANCE, "50.01")),),
            "parts-sum",
            "多0.01",
            "targets.0.parts",
        ),
        (
            (target("120.00", "10.00", ("410804-U-audit", "120.00")),),
            "not-of-the-group",
            "410804-U-audit",
            "targets.0.parts",
        ),
        (
            (target("120.00", "10.00", (FINANCE, "60.00"), (FINANCE, "60.00")),),
            "unit-twice",
            FINANCE,
            "targets.0.parts",
        ),
        ((replace(target(), months=(money("10"),) * 11),), "twelve-months", "11个月", "targets.0.months"),
        ((target("-12.00", "-1.00"),), "target-value", "非负", "targets.0.value"),
        ((target("1.20", "0.100"), target()), "indicator-twice", "2次", "targets"),
        ((target("0.012", "0.001"),), "target-value", "两位小数", "targets.0.value"),
    ],
)
def test_months_and_parts_sum_to_the_years_target_and_a_refusal_names_place_and_difference(
    planned: tuple[PlannedTarget, ...], refusal: str, said: str, field: str
) -> None:
    """三（二）"""
    refused = when(GROUP, GIVEN, replace(DRAFT, targets=planned))
    assert code(refused) == refusal
    assert isinstance(refused, Rejection)
    assert said in refused.zh
    assert refused.field == field


def test_the_units_of_an_adopted_plan_are_still_the_groups() -> None:
    """三（二）"""
    planned = replace(DRAFT, targets=(target("120.00", "10.00", (FINANCE, "120.00")),))
    events = when(GROUP, GIVEN, planned, SUBMIT, APPROVE)
    left = ResponsibleUnitWithdrawn(FINANCE, TODAY, "调整")
    refused = when(GROUP, [*GIVEN, *events, left], ADOPT)
    assert isinstance(refused, Rejection)
    assert (refused.code, refused.field) == ("not-of-the-group", "")


def test_the_next_version_sets_what_differs_and_takes_back_parts_that_it_has_no_more() -> None:
    """三（二）"""
    first = replace(DRAFT, targets=(target("120.00", "10.00", (LED.unit, "70.00"), (FINANCE, "50.00")),))
    second = replace(DRAFT, targets=(target("120.00", "10.00", (LED.unit, "120.00")),), document_sha256="b" * 64)
    events = when(GROUP, GIVEN, first, SUBMIT, APPROVE, ADOPT)
    later = when(GROUP, [*GIVEN, *events], second, *(replace(c, version=2) for c in (SUBMIT, APPROVE, ADOPT)))
    assert isinstance(later, list)
    assert {(event.unit, event.value) for event in later[5:]} == {(LED.unit, money("120")), (FINANCE, money("0"))}
    assert code(when(GROUP, [*GIVEN, *events, *later], replace(ADOPT, version=9))) == "plan-unknown"


def test_a_version_that_was_approved_and_overtaken_is_not_adopted_any_more() -> None:
    """三（二）"""
    commands = [DRAFT, SUBMIT, APPROVE, replace(DRAFT, document_sha256="b" * 64)]
    second = [replace(command, version=2) for command in (SUBMIT, APPROVE, ADOPT)]
    assert code(when(GROUP, GIVEN, *commands, *second, ADOPT)) == "plan-superseded"


def test_a_target_that_the_plan_sets_changes_by_a_new_version_alone() -> None:
    """三（二）"""
    adopted = when(GROUP, GIVEN, DRAFT, SUBMIT, APPROVE, ADOPT)
    changing = SetTarget(2026, "signed_amount", money("1"), "yuan")
    assert code(when(GROUP, [*GIVEN, *adopted], changing)) == "target-from-plan"
    assert isinstance(when(GROUP, [*GIVEN, *adopted], replace(changing, indicator="leads")), list)
    assert isinstance(when(GROUP, [*GIVEN, *adopted], replace(changing, year=2027)), list)


def test_a_plan_adopted_on_paper_takes_its_place_in_the_numbers() -> None:
    """三（二）: the approved document alone can be recorded as well."""
    paper = AdoptAnnualPlan(2026, "行动方案", "c" * 64, LIAISON, LEADER, TODAY)
    events = when(GROUP, GIVEN, DRAFT, SUBMIT, APPROVE, ADOPT, paper)
    assert isinstance(events, list)
    assert events[-1] == AnnualPlanAdopted(2026, 2, "行动方案", "c" * 64, LEADER, TODAY)
    later = when(GROUP, [*GIVEN, *events], replace(DRAFT, document_sha256="d" * 64))
    assert isinstance(later, list)
    assert later[0].version == 3


amounts = st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(amounts, min_size=12, max_size=12), st.lists(amounts, max_size=2), amounts, st.booleans())
def test_targets_are_taken_exactly_when_every_sum_is_the_years(
    months: list[Decimal], parts: list[Decimal], year: Decimal, right: bool
) -> None:
    """三（二）"""
    value = sum(months, Decimal(0)) if right else year
    units = (LED.unit, FINANCE)
    one = PlannedTarget(
        "signed_amount", "yuan", value, tuple(months), tuple(map(PlannedPart, units[: len(parts)], parts))
    )
    refused = refuse_targets((one,), GROUP.fold(GIVEN))
    fits = sum(months) == value and (not parts or sum(parts) == value)
    assert (refused is None) == fits
    if refused is not None:
        assert Decimal(refused.details["difference"]) in (sum(months) - value, sum(parts) - value)


class Plans(RuleBasedStateMachine):
    """三（二）: whatever is asked, versions are numbered without a gap and never change what was drafted; at most one
    waits for approval; who decides is another one; the targets are those of the adopted version."""

    def __init__(self) -> None:
        super().__init__()
        self.state = GROUP.fold(GIVEN)
        self.drafts: dict[int, PlanDrafted] = {}
        self.log: list[Any] = []

    def give(self, command: Any) -> None:
        decision = GROUP.decide(command, self.state)
        if not isinstance(decision, Rejection):
            self.state = GROUP.fold(decision, self.state)
            self.log += decision

    @rule(by=st.sampled_from([LIAISON, LEADER]), tens=st.integers(1, 3), split=st.booleans())
    def draft(self, by: str, tens: int, split: bool) -> None:
        parts = [(LED.unit, f"{tens * 60}.00"), (FINANCE, f"{tens * 60}.00")] if split else []
        planned = (target(f"{tens * 120}.00", f"{tens * 10}.00", *parts),)
        self.give(DraftPlan(2026, "方案", "a" * 64, planned, by, TODAY))

    @rule(
        step=st.sampled_from([SUBMIT, APPROVE, RETURN, ADOPT]),
        number=st.integers(1, 6),
        by=st.sampled_from([LIAISON, HEAD, LEADER]),
    )
    def go_on(self, step: Any, number: int, by: str) -> None:
        self.give(replace(step, version=number, by=by))

    @invariant()
    def versions_are_kept(self) -> None:
        numbers = [number for _, number in self.state.versions]
        assert numbers == list(range(1, len(numbers) + 1))
        for number in numbers:
            drafted = self.state.versions[2026, number].drafted
            assert self.drafts.setdefault(number, drafted) == drafted

    @invariant()
    def one_waits_at_most(self) -> None:
        statuses = [one.status for one in self.state.versions.values()]
        assert statuses.count(PlanStatus.SUBMITTED) <= 1
        assert statuses.count(PlanStatus.DRAFT) <= 1

    @invariant()
    def another_one_decides(self) -> None:
        for one in self.state.versions.values():
            if one.approved is not None:
                assert one.approved.approved_by not in (one.drafted.drafted_by, one.submitted_by)

    @invariant()
    def the_targets_are_the_adopted_ones(self) -> None:
        for one in self.state.planned(2026):
            assert self.state.targets[2026, one.indicator, None].value == one.value == sum(one.months)
            assert self.state.months[2026, one.indicator] == one.months
            assert self.state.distributed(2026, one.indicator) == sum((p.value for p in one.parts), Decimal(0))


TestPlans = Plans.TestCase
TestPlans.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
