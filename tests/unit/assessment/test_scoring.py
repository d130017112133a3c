"""From facts to points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain.measuring.measure import Measured
from services.assessment.domain.measuring.measures import Measure
from services.assessment.domain.rulebook import (
    Cohort,
    Formula,
    Indicator,
    Missing,
    SharesOf,
    Subject,
    Target,
    Unit,
    members,
)
from services.assessment.domain.score.events import Part, ScoreItem
from services.assessment.domain.scoring import Basis, digest, score_cohort, score_item
from services.assessment.domain.values import Fact, Ranked, ranked

from .given import G1, G2

D = Decimal
WHEN = datetime(2026, 6, 1, tzinfo=UTC)


def facts(measure: Measure, subject: str, value: str) -> Mapping[tuple[Measure, str], tuple[Fact, ...]]:
    return {(measure, subject): (Fact("projects/410804-P-2026-0001@2", WHEN, D(value), "签约", D(value)),)}


def indicator(formula: Formula, **changes: object) -> Indicator:
    one = Indicator(
        "signed", "签约", "Signed", Measure.SIGNED_COUNT, formula, marks=D(20), target=Target(otherwise=D(4))
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def item(one: Indicator, value: str, best: str = "0", **more: str) -> ScoreItem:
    found = dict(facts(Measure.SIGNED_COUNT, G1, value))
    for name, other in more.items():
        found.update(facts(Measure(name), G1, other))
    return score_item(one, G1, Basis(Measured(found), {}), D(best))


@pytest.mark.parametrize(
    ("value", "points", "formula"),
    [
        ("3", "15.00", "20 × min(3 ÷ 4, 1) = 15.00"),
        ("8", "20.00", "20 × min(8 ÷ 4, 1) = 20.00"),
        ("0.3", "1.50", "20 × min(0.3 ÷ 4, 1) = 1.50"),
        ("-1", "0.00", "20 × min(-1 ÷ 4, 1) = 0.00"),
    ],
)
def test_completion_counts_up_to_the_whole(value: str, points: str, formula: str) -> None:
    found = item(indicator(Formula.COMPLETION), value)
    assert (found.points, found.formula, found.target) == (D(points), formula, D(4))


def test_a_cap_above_the_whole_lets_more_count() -> None:
    found = item(indicator(Formula.COMPLETION, cap=D("1.2")), "6")
    assert (found.points, found.max_points, found.marks) == (D("24.00"), D("24.0"), D(20))


def test_a_rate_is_taken_of_another_measure() -> None:
    one = indicator(Formula.RATE, of=Measure.LANDED_COUNT, target=None)
    assert item(one, "1", landed_count="3").points == D("6.67")


def test_what_has_no_target_does_not_apply_unless_the_rulebook_says_zero() -> None:
    scaled = item(indicator(Formula.COMPLETION, target=Target()), "3")
    zero = item(indicator(Formula.COMPLETION, target=Target(), missing=Missing.ZERO), "3")
    assert (scaled.applies, scaled.points) == (False, 0)
    assert (zero.applies, zero.points) == (True, 0)


def test_relative_points_are_measured_by_the_best_of_the_cohort() -> None:
    assert item(indicator(Formula.RELATIVE, target=None), "2", best="5").points == D("8.00")
    assert item(indicator(Formula.RELATIVE, target=None), "0", best="0").points == 0


@pytest.mark.parametrize(("value", "points"), [("3", "1.50"), ("9", "2.00"), ("-2", "0.00")])
def test_a_bonus_and_a_deduction_stop_at_their_ceiling(value: str, points: str) -> None:
    changes = {"marks": D(0), "target": None, "each": D("0.5"), "ceiling": D(2)}
    bonus, deduction = (item(indicator(one, **changes), value) for one in (Formula.BONUS, Formula.DEDUCTION))
    assert (bonus.part, bonus.points, bonus.max_points) == (Part.BONUS, D(points), 2)
    assert (deduction.part, deduction.points, deduction.max_points) == (Part.DEDUCTION, -D(points), 2)


def test_targets_come_from_quota_figures_registry_or_the_rulebook_in_this_order() -> None:
    one = indicator(Formula.COMPLETION)
    target = Target(quota=True, figures={G1: D(30)}, registry="signed_count", otherwise=D(50))
    measured = Measured(facts(Measure.SIGNED_COUNT, G1, "1"), {G1: D(20)})
    found = []
    for basis, wanted in (
        (Basis(measured, {(G1, "signed_count"): D(40)}), target),
        (Basis(Measured(measured.facts), {(G1, "signed_count"): D(40)}), target),
        (Basis(Measured(measured.facts), {(G1, "signed_count"): D(40)}), replace(target, figures={})),
        (Basis(Measured(measured.facts), {}), replace(target, figures={})),
    ):
        found.append(score_item(replace(one, target=wanted), G1, basis, D(0)).target)
    assert found == [20, 30, 40, 50]


def cohort(*indicators: Indicator) -> Cohort:
    return Cohort("groups", "招商小组", "Groups", SharesOf.GROUPS, D(100), indicators)


def test_where_an_indicator_does_not_apply_the_others_are_scaled_to_the_full_marks() -> None:
    """折算: who has no such task neither gains nor loses by it."""
    one = indicator(Formula.COMPLETION, marks=D(60))
    other = indicator(Formula.COMPLETION, id="none", marks=D(40), target=Target())
    basis = Basis(Measured(facts(Measure.SIGNED_COUNT, G1, "2")), {})
    (scored,) = score_cohort(cohort(one, other), [Subject(G1, "招商一组")], basis)
    assert (scored.scale, scored.total) == (D("1.666667"), D("50.00"))


def test_deductions_never_take_a_total_below_zero() -> None:
    one = indicator(Formula.DEDUCTION, marks=D(0), target=None, each=D(5), ceiling=D(50))
    basis = Basis(Measured(facts(Measure.SIGNED_COUNT, G1, "9")), {})
    (scored,) = score_cohort(cohort(one), [Subject(G1, "招商一组")], basis)
    assert scored.total == 0


def test_vertical_agencies_and_companies_are_assessed_only_where_the_rulebook_lists_them() -> None:
    """三(五): 自然资源局马村分局, 环保局, 乾元 and 金控."""
    units = [
        Unit("410804-U-finance", "区财政局", "department"),
        Unit("410804-U-audit", "区审计局", "department"),
        Unit("410804-U-environment", "生态环境局马村分局", "agency"),
        Unit("410804-U-qianyuan", "乾元", "company"),
    ]
    by_kind = replace(cohort(), shares=SharesOf.UNITS, unit_kinds=("department", "agency", "company"))
    listed = replace(by_kind, units=("410804-U-qianyuan",), without=("410804-U-audit",))
    assert [one.id for one in members(by_kind, [], units)] == ["410804-U-audit", "410804-U-finance"]
    assert [one.id for one in members(listed, [], units)] == ["410804-U-finance", "410804-U-qianyuan"]


def line(subject: str, total: str, vetoed: bool = False) -> Ranked:
    return Ranked("groups", 0, subject, subject, D(total), vetoed)


def test_ties_share_a_place_and_a_veto_stands_behind_all() -> None:
    """三(五): 一票否决."""
    found = ranked([line("a", "90"), line("b", "95", vetoed=True), line("c", "90"), line("d", "80")])
    assert [(one.subject, one.rank) for one in found] == [("a", 1), ("c", 1), ("d", 3), ("b", 4)]


totals = st.lists(
    st.tuples(st.sampled_from("pqr"), st.decimals(0, 120, places=2), st.booleans()), min_size=1, max_size=12
)


@given(lines=totals, order=st.randoms(use_true_random=False))
def test_a_ranking_depends_on_totals_and_vetoes_alone(
    lines: list[tuple[str, Decimal, bool]], order: st.DataObject
) -> None:
    given_lines = [Ranked(c, 0, f"s{n}", "", total, vetoed) for n, (c, total, vetoed) in enumerate(lines)]
    shuffled = sorted(given_lines, key=lambda one: one.subject, reverse=True)
    found, again = ranked(given_lines), ranked(shuffled)
    assert sorted(found, key=lambda one: one.subject) == sorted(again, key=lambda one: one.subject)
    for one in found:
        peers = [other for other in found if other.cohort == one.cohort]
        better = [p for p in peers if (p.vetoed, -p.total) < (one.vetoed, -one.total)]
        assert one.rank == len(better) + 1


def test_the_digest_changes_with_any_figure_of_any_fact() -> None:
    fact = Fact("projects/410804-P-2026-0001@2", WHEN, D(1), "签约", D(1), D("0.3"), "projects/410804-P-2026-0001@4")
    others = [
        replace(fact, position="projects/410804-P-2026-0001@3"),
        replace(fact, value=D(2)),
        replace(fact, share=D("0.4")),
        replace(fact, share_position=None),
        replace(fact, zh="落地"),
    ]
    digests = [digest([one]) for one in (fact, *others)]
    assert len(set(digests)) == len(digests)


def test_every_group_of_the_ranking_is_its_own() -> None:
    found = ranked([line(G1, "1"), Ranked("units", 0, G2, "", D(2))])
    assert [(one.cohort, one.rank) for one in found] == [("groups", 1), ("units", 1)]
