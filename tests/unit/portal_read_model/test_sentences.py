"""Every event that a timeline may show is told in a sentence, in both languages."""

from __future__ import annotations

import pytest

from services.portal.pages.sentences import fields_of, sentence, template_of, templates
from services.portal.pages.wording import EN, ZH, Names
from sevenx.kernel.avro import catalog

KNOWN = {(schema.namespace, schema.name): schema for schema in catalog().schemas()}
NAMES = [
    {"id": "410804-U-macun", "kind": "unit", "zh": "马村街道办事处", "en": "Macun Sub-district", "number": None},
    {"id": "aluminium", "kind": "industry", "zh": "铝精深加工", "en": "aluminium", "number": None},
]


@pytest.mark.parametrize(("area", "name"), sorted(KNOWN), ids=lambda part: str(part))
def test_each_event_has_its_sentence_in_both_languages(area: str, name: str) -> None:
    found = template_of(area, name)
    assert found is not None, f"write a sentence for {area}.{name}: services/portal/pages/sentences/{area}.yaml"
    assert set(found) == {ZH, EN}


@pytest.mark.parametrize(("area", "name"), sorted(templates()), ids=lambda part: str(part))
def test_a_sentence_shows_only_fields_that_the_event_has(area: str, name: str) -> None:
    schema = KNOWN[area, name]
    fields = {field["name"] for field in schema.source["fields"]}
    for text in templates()[area, name].values():
        assert set(fields_of(text)) <= fields


def test_what_is_empty_leaves_its_part_of_the_sentence_out() -> None:
    data = {
        "title": "铝板带",
        "investor": {"name": "示例铝业（模拟）"},
        "origin_place": "浙江省",
        "industry": "aluminium",
    }
    data |= {"expected_investment": None, "finder": "410804-U-macun"}
    told = sentence("projects", "LeadRegistered", data, Names.of(NAMES, ZH))
    assert told == "登记线索“铝板带”：示例铝业（模拟）（浙江省），铝精深加工，由马村街道办事处报送。"
    data["expected_investment"] = "500000000.00"
    assert "，意向投资5亿元" in sentence("projects", "LeadRegistered", data, Names.of(NAMES, ZH))
    assert "CNY 500 m" in sentence("projects", "LeadRegistered", data, Names.of(NAMES, EN))


def test_an_event_that_nobody_has_described_is_told_by_its_name() -> None:
    assert sentence("projects", "SomethingNew", {}, Names(ZH)) == "SomethingNew"


AMENDED = {"dated": "2026-07-24", "number": "模拟合补1号", "amount_was": "124000000", "dates": [{}], "reason": "推迟"}


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("124000000", "合同金额不变", "amount unchanged"),
        ("150000000", "合同金额由1.24亿元变为1.5亿元", "amount CNY 124 m → CNY 150 m"),
    ],
)
def test_what_stays_as_it_was_is_not_told_as_a_change(amount: str, zh: str, en: str) -> None:
    data = {**AMENDED, "amount": amount}
    assert f"：{zh}；约定日期调整1项，" in sentence("projects", "ContractAmended", data, Names(ZH))
    assert f"2026: {en}; 1 agreed dates, " in sentence("projects", "ContractAmended", data, Names(EN))


def test_enterprises_are_called_by_their_names_where_these_are_known() -> None:
    data = {"enterprise": "410804-E-2026-0009", "parent": "410804-E-2026-0008", "previous": None}
    known = {"id": "410804-E-2026-0008", "zh": "星河控股集团（模拟）有限公司", "en": ""}
    told = sentence("projects", "ParentAssigned", data, Names.of(NAMES, ZH).beside([known]))
    assert told == "410804-E-2026-0009的母公司登记为星河控股集团（模拟）有限公司。"
