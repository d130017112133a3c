"""Units through the registry's API: what they are called, how they merge, which part they have in groups."""

from __future__ import annotations

import pytest

from tests.integration.registry_api.founded import of
from tests.integration.service_process import Caller, RunningService


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("区卫计委", "U-health"),
        ("卫健委", "U-health"),
        ("大数据管理局", "U-government-services"),
        ("自然资源和规划局马村分局", "U-natural-resources"),
        ("自然资源局 马村分局", "U-natural-resources"),
    ],
)
def test_every_spelling_of_the_notice_is_one_unit(
    registry: RunningService, office: Caller, name: str, unit: str
) -> None:
    """一"""
    assert office.get("/units/resolve", name=name).json()["id"] == of(registry, unit)


def test_a_name_that_nobody_bears_lists_the_candidates(registry: RunningService, office: Caller) -> None:
    """一"""
    answer = office.get("/units/resolve", name="区商物局")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:sevenx:problem:unresolved-name")
    assert ["区商务局", of(registry, "U-commerce")] in problem["candidates"]
    refused = office.post(f"/groups/{of(registry, 'G-1')}/responsible-units", {"unit": "区商物局"})
    assert refused.json()["candidates"] == problem["candidates"]


def test_a_spelling_belongs_to_one_unit(registry: RunningService, commerce: Caller) -> None:
    """一"""
    unit = of(registry, "U-audit")
    taken = commerce.post(f"/units/{unit}/aliases", {"name": "商务局", "source": "误"})
    assert (taken.status_code, taken.json()["borne_by"]) == (409, [of(registry, "U-commerce")])
    given = commerce.post(f"/units/{unit}/aliases", {"name": "区审计", "source": "日常使用"}).json()
    assert given["events"] == ["UnitAliasAdded"]
    assert commerce.get("/units/resolve", name="区审计", after=given["position"]).json()["id"] == unit


def test_a_renamed_unit_is_found_by_both_names(registry: RunningService, office: Caller, commerce: Caller) -> None:
    unit = of(registry, "U-poverty-relief")
    body = {"zh": "马村区乡村振兴局", "en": "Rural Revitalisation Bureau", "reason": "机构改革（模拟）"}
    assert commerce.post(f"/units/{unit}/rename", body).status_code == 403
    taken = office.post(f"/units/{unit}/rename", {**body, "zh": "马村区商务局"})
    assert taken.json()["type"] == "urn:sevenx:problem:alias-taken"
    position = office.post(f"/units/{unit}/rename", body).json()["position"]
    shown = office.get(f"/units/{unit}", after=position).json()
    assert (shown["zh"], {"name": "马村区扶贫开发办公室", "source": "former"} in shown["names"]) == (body["zh"], True)
    for name in ("马村区乡村振兴局", "扶贫办"):
        assert office.get("/units/resolve", name=name).json()["id"] == unit


def test_a_merged_units_names_lead_to_the_one_that_goes_on_and_the_past_keeps_them(
    registry: RunningService, office: Caller, commerce: Caller
) -> None:
    """一: ids never change, a report of the past keeps the name of its day."""
    unit, into, group = of(registry, "U-farm-machinery"), of(registry, "U-agriculture"), of(registry, "G-6")
    placed = office.post(
        f"/units/{unit}/parent", {"parent": "区农业农村局", "effective": "2021-01-01", "reason": "三定"}
    )
    assert placed.json()["events"] == ["UnitParentSet"]
    circle = office.post(f"/units/{into}/parent", {"parent": "农业机械技术中心", "reason": "误"})
    assert circle.json()["type"] == "urn:sevenx:problem:unit-under-itself"
    under = office.get("/units", under=into, after=placed.json()["position"]).json()["items"]
    assert [one["id"] for one in under] == [unit]
    body = {"into": "区农业农村局", "effective": "2024-01-01", "reason": "机构改革（模拟）"}
    assert commerce.post(f"/units/{unit}/merge", body).status_code == 403
    merged = office.post(f"/units/{unit}/merge", body, key="merge-0001").json()
    assert set(merged["events"]) == {"UnitMerged", "ResponsibleUnitWithdrawn"}
    assert office.post(f"/units/{unit}/merge", body, key="merge-0001").json()["replayed"]
    registry.wait_drained()
    assert office.get("/units/resolve", name="农业机械技术中心").json()["id"] == into
    shown = [office.get(f"/units/{unit}", on=on).json() for on in ("2023-12-31", "2024-01-01")]
    assert [one["merged"] for one in shown] == [None, {"into": into, "on": "2024-01-01"}]
    assert [one["parent"] for one in shown] == [into, into]
    then = office.get(f"/groups/{group}", on="2023-12-31").json()["responsible_units"]
    assert next(one["zh"] for one in then if one["unit"] == unit)
    assert unit not in [one["unit"] for one in office.get(f"/groups/{group}").json()["responsible_units"]]
    assert [one["id"] for one in office.get("/units", merged="true").json()["items"]] == [unit]
    refused = commerce.post(f"/units/{unit}/aliases", {"name": "农机站", "source": "误"})
    assert (refused.status_code, refused.json()["into"]) == (409, into)


def test_units_are_listed_by_kind_group_and_name_page_by_page(registry: RunningService, office: Caller) -> None:
    landing = office.client.get("/units", params=[("kind", "zone"), ("kind", "sub_district")]).json()["items"]
    assert (len(landing), all(unit["landing_unit"] for unit in landing)) == (9, True)
    of_group = office.get("/units", group=of(registry, "G-2")).json()["items"]
    assert {"group": of(registry, "G-2"), "part": "lead", "industry": None} in next(
        unit["groups"] for unit in of_group if unit["id"] == of(registry, "U-commerce")
    )
    assert len(of_group) == 1 + 4 + 7
    assert [unit["id"] for unit in office.get("/units", name="卫健").json()["items"]] == [of(registry, "U-health")]
    assert office.get("/units", name="%").json()["items"] == []
    seen: list[str] = []
    cursor = None
    while True:
        page = office.get("/units", limit=20, cursor=cursor).json()
        seen += [unit["id"] for unit in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert (len(seen), seen) == (52, sorted(set(seen)))


# -- posts ------------------------------------------------------------------------------------------------------------


def test_a_units_part_in_a_group_ends_and_the_past_keeps_it(registry: RunningService, office: Caller) -> None:
    group, unit = of(registry, "G-7"), of(registry, "U-audit")
    joined = office.post(f"/groups/{group}/responsible-units", {"unit": "审计局", "effective": "2021-01-01"}).json()
    assert joined["events"] == ["ResponsibleUnitAssigned"]
    left = office.post(
        f"/groups/{group}/responsible-units/{unit}/withdraw", {"effective": "2022-01-01", "reason": "调整"}
    ).json()
    units = [
        {
            one["unit"]
            for one in office.get(f"/groups/{group}", on=on, after=left["position"]).json()["responsible_units"]
        }
        for on in ("2020-12-31", "2021-06-01", "2022-01-01")
    ]
    assert [unit in one for one in units] == [False, True, False]
    last = office.post(f"/groups/{group}/lead-units/{of(registry, 'U-urban-management')}/withdraw", {"reason": "调整"})
    assert last.json()["type"] == "urn:sevenx:problem:last-lead-unit"


# -- the district -----------------------------------------------------------------------------------------------------
