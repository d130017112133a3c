"""From a lead's text to its group, by the notice's duties and the keywords of the district. Leads are fictional."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.district.commands import DecideOverlap, ListIndustry
from services.registry.domain.district.events import ClaimKind, IndustryClaim, IndustryListed, OverlapDecided
from services.registry.domain.district.industries import decision_of, groups_of, lineage
from services.registry.domain.routing import Outcome, Routing, route

from .roster_samples import after, copied, planned, real_roster
from .scenario import DISTRICT, GENESIS, code, day, when

INDUSTRIES = after(planned(real_roster(), {}), {})["410804-D"].industries


def routed(text: str, *decided: tuple[str, int]) -> Routing:
    decisions = {
        industry: OverlapDecided(industry, f"410804-G-{group}", "核定", day("2020-08-01"))
        for industry, group in decided
    }
    return route(text, INDUSTRIES, decisions)


def groups(found: Routing) -> list[int]:
    return [int(one.group.rsplit("-", 1)[1]) for one in found.candidates]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("智能制造高端项目：六轴机器人", 1),
        ("冷链物流园（模拟）", 2),
        ("优质民办教育项目", 3),
        ("城市综合体", 4),
        ("引进一家证券营业部", 5),
        ("观光农业与民宿", 6),
        ("城市基础设施建设：雨污管网", 7),
    ],
)
def test_a_text_leads_to_the_group_whose_duties_name_it(text: str, group: int) -> None:
    """一"""
    found = routed(text)
    assert groups(found)[0] == group
    if len(found.candidates) == 1:
        assert (found.outcome, found.group) == (Outcome.ONE, f"410804-G-{group}")


def test_the_better_group_has_it_where_two_are_named() -> None:
    """一: 冷链物流 is group two's, 园区 group one's."""
    found = routed("冷链物流与仓储配送，设在园区")
    assert (found.outcome, found.group, groups(found)) == (Outcome.ONE, "410804-G-2", [2, 1])


@pytest.mark.parametrize(
    ("text", "industry", "candidates"),
    [
        ("年产5万吨铝精深加工", "aluminium", [1, 2]),
        ("铝精深加工制造产业", "aluminium", [1, 2]),
        ("双零铝箔生产线", "aluminium", [1, 2]),
        ("原料药生产", "medicine-and-health", [2, 3]),
        ("医养结合产业", "medicine-and-health", [3, 2]),
        ("智慧城市", "smart-city", [4, 7]),
        ("智慧城市精品项目", "smart-city", [7, 4]),
    ],
)
def test_where_duties_overlap_every_group_that_claims_it_is_shown_and_none_is_chosen(
    text: str, industry: str, candidates: list[int]
) -> None:
    """一: 铝精深加工 in one and two, 医药 and 健康 in two and three, 智慧城市 in four and seven."""
    found = routed(text)
    assert (found.outcome, found.group, found.overlaps) == (Outcome.SEVERAL, None, (industry,))
    assert groups(found) == candidates


def test_what_the_district_office_has_decided_counts() -> None:
    """一"""
    found = routed("双零铝箔生产线", ("aluminium", 2))
    assert (found.outcome, found.group, groups(found)) == (Outcome.ONE, "410804-G-2", [2])
    apart = routed("制剂车间", ("medicine", 2))
    assert (apart.outcome, apart.group) == (Outcome.ONE, "410804-G-2")
    assert routed("养老社区", ("medicine", 2)).outcome is Outcome.SEVERAL


def test_a_text_without_any_of_the_words_leads_nowhere() -> None:
    assert routed("航天发动机") == Routing(Outcome.NONE, None, (), ())
    assert routed("上级政策性资金争取").outcome is Outcome.NONE, "一（四）, 一（六）: an indicator is no industry"


def test_the_score_is_told_by_the_words_and_a_longer_word_hides_those_within_it() -> None:
    found = routed("铝板带生产")
    assert [(w.word, w.industry, w.points) for w in found.candidates[0].words] == [
        ("铝板带", "aluminium-sheet-and-foil", 3)
    ]


def test_an_industry_under_another_one_has_the_groups_and_the_decision_of_that_one() -> None:
    """一"""
    assert groups_of("aluminium-parts", INDUSTRIES) == ("410804-G-1", "410804-G-2")
    decided = OverlapDecided("aluminium", "410804-G-1", "核定", day("2020-08-01"))
    assert decision_of("aluminium-parts", INDUSTRIES, {"aluminium": decided}) == decided
    assert decision_of("medicine", INDUSTRIES, {"aluminium": decided}) is None


def test_an_overlap_can_be_decided_apart_for_an_industry_under_another_one() -> None:
    """一"""
    listed = [GENESIS, *INDUSTRIES.values()]
    decision = DecideOverlap("medicine", "410804-G-2", "以医药制造为主", day("2020-08-01"))
    assert when(DISTRICT, listed, decision) == [
        OverlapDecided("medicine", "410804-G-2", "以医药制造为主", day("2020-08-01"))
    ]
    assert code(when(DISTRICT, listed, replace(decision, industry="finance"))) == "no-overlap"


PARENT = ListIndustry("a", "甲业", "A", False, (IndustryClaim("410804-G-1", ClaimKind.DUTIES, ("甲业",)),))
CHILD = ListIndustry("b", "乙业", "B", False, (), "a", ("乙品",), "assumed")


def test_an_industry_stands_under_a_listed_one_and_never_under_itself() -> None:
    """一"""
    events = when(DISTRICT, [GENESIS], PARENT, CHILD)
    assert isinstance(events, list)
    assert events[1] == IndustryListed("b", "乙业", "B", False, (), "a", ("乙品",), "assumed")
    assert code(when(DISTRICT, [GENESIS], CHILD)) == "industry-unknown"
    assert code(when(DISTRICT, [GENESIS, *events], replace(PARENT, parent="b"))) == "industry-under-itself"
    assert code(when(DISTRICT, [GENESIS, *events], replace(CHILD, keywords_source=" "))) == "keywords-source"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("parent: aluminium\n", "parent: alumina\n", "alumina"),
        ("id: aluminium-parts", "id: aluminium-sheet-and-foil", "aluminium-sheet-and-foil"),
        ("keywords: {source: assumed, words: [铝, ", "keywords: {words: [铝, ", "source"),
        ("    parent: aluminium\n", "", "claims"),
    ],
)
def test_a_wrong_tree_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = copied(tmp_path, "industries.yaml", old, new)
    errors = found if isinstance(found, tuple) else planned(found, {}).errors
    assert any(error.at.file == "industries.yaml" and said in error.zh for error in errors), errors


KNOWN = sorted({word for one in INDUSTRIES.values() for word in (one.zh, *one.keywords)})
words = st.lists(st.sampled_from([*KNOWN, "某", "项目 ", "ＡＢ"]), max_size=6)


@given(words, st.randoms())
def test_the_answer_does_not_hang_on_the_order_of_the_industries_nor_on_spaces(
    parts: list[str], chance: random.Random
) -> None:
    shuffled = list(INDUSTRIES.items())
    chance.shuffle(shuffled)
    text = "，".join(parts)
    assert route(text, dict(shuffled), {}) == routed(text) == routed(f" {' '.join(text)} ")


@given(words)
def test_every_candidate_claims_an_industry_whose_word_stands_in_the_text(parts: list[str]) -> None:
    """一: nobody has a lead without a word of its duties or of its industries."""
    found = routed("，".join(parts))
    for one in found.candidates:
        assert one.score == sum(word.points for word in one.words) > 0
        for word in one.words:
            assert one.group in groups_of(word.industry, INDUSTRIES)
    assert (found.group is not None) == (found.outcome is Outcome.ONE)
    assert [one.score for one in found.candidates] == sorted((one.score for one in found.candidates), reverse=True)


@given(st.dictionaries(st.sampled_from("abcde"), st.sampled_from("abcde")))
def test_a_lineage_ends_whatever_the_tree(parents: dict[str, str]) -> None:
    tree = {name: IndustryListed(name, name, name, False, (), parents.get(name)) for name in "abcde"}
    for name in tree:
        above = [one.industry for one in lineage(name, tree)]
        assert len(above) == len(set(above))
