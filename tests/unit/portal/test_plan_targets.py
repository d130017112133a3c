"""Targets of an action plan on a page: what is drafted is what is shown, and every sum is told exactly (三（二）)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.plan_targets import INDICATORS, Planned, chart, entries, of_rows, of_version, plain
from services.portal.pages.wording import choices

amounts = st.decimals(min_value=0, max_value=10**12, places=2)
planned = st.builds(
    Planned,
    st.sampled_from([*INDICATORS, "policy_funds"]),
    st.sampled_from(["yuan", "projects"]),
    amounts,
    st.lists(amounts, min_size=12, max_size=12).map(tuple),
    st.dictionaries(st.sampled_from(["U-1", "U-2", "U-3"]), amounts.filter(bool)).map(lambda of: tuple(of.items())),
)
lists = st.lists(planned, max_size=5, unique_by=lambda one: one.indicator)


@given(lists)
def test_a_version_and_its_targets_in_force_are_shown_alike(targets: list[Planned]) -> None:
    kept = [
        {
            "indicator": one.indicator,
            "measure": one.measure,
            "value": str(one.value),
            "months": [str(value) for value in one.months],
            "parts": [{"unit": unit, "value": str(value)} for unit, value in one.parts],
        }
        for one in targets
    ]
    assert of_version(kept) == targets
    rows = [
        {"indicator": one.indicator, "measure": one.measure, "unit": unit, "value": value}
        for one in targets
        for unit, value in (("", one.value), *one.parts)
    ]
    assert of_rows(rows, {one.indicator: [str(value) for value in one.months] for one in targets}) == targets


@given(planned)
def test_what_is_left_and_what_is_taken_make_the_whole(target: Planned) -> None:
    """三（二）"""
    assert target.taken + target.left == target.value
    assert sum(target.months) + target.months_left == target.value


@given(amounts)
def test_a_field_holds_the_very_value(value: Decimal) -> None:
    assert Decimal(plain(value)) == value


@given(lists)
def test_a_draft_offers_every_indicator_once_and_drops_none_that_the_plan_has(targets: list[Planned]) -> None:
    offered = entries(targets)
    names = [name for name, _, _ in offered]
    assert len(set(names)) == len(names)
    assert {*INDICATORS, *(one.indicator for one in targets)} == set(names)
    assert [one for _, _, one in offered if one] == sorted(targets, key=lambda one: names.index(one.indicator))


@given(planned)
def test_the_line_of_a_chart_ends_at_the_sum_of_its_bars(target: Planned) -> None:
    bars, line = chart(target, 2026, "zh")["series"]
    assert len(bars["data"]) == len(line["data"]) == 12
    scale = 10_000 if target.measure == "yuan" else 1
    assert line["data"][-1] == float(sum(target.months) / scale)


def test_every_indicator_that_a_draft_offers_has_its_words() -> None:
    assert set(INDICATORS) <= set(choices("indicator", "zh"))
