"""The registry's API on a founded district: who holds what, what it is called, and who may change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.registry.service import SERVICE
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import Caller, RunningService, running

pytestmark = pytest.mark.xdist_group("registry-api")
SHA = "0f" * 32


@pytest.fixture(scope="module")
def registry(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    with running(SERVICE, postgres, kafka) as service:
        answer = service.office("operator").post("/roster/import", roster_body(service.district))
        assert answer.status_code == 200, answer.text
        service.wait_drained()
        yield service
        service.wait_drained()
        verified = service.office("auditor").get("/projections/verify").json()
        assert verified["equal"], verified


@pytest.fixture
def office(registry: RunningService) -> Caller:
    return registry.office("district_office")


@pytest.fixture
def commerce(registry: RunningService) -> Caller:
    return registry.office("commerce_bureau")


def of(registry: RunningService, rest: str) -> str:
    """An id of the district: `U-commerce`, `G-1`, `N-jia-yi`."""
    return f"{registry.district}-{rest}"


def registered(registry: RunningService, name: str, zh: str) -> str:
    """A fictional person whom the Commerce Bureau has registered."""
    person = of(registry, f"N-{name}")
    answer = registry.office("commerce_bureau").post(
        "/people", {"id": person, "zh": zh, "en": name, "basis": "测试（模拟）"}
    )
    assert answer.status_code == 201, answer.text
    return person


# -- names ------------------------------------------------------------------------------------------------------------


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


def test_a_post_is_for_registered_people_alone(registry: RunningService, office: Caller) -> None:
    answer = office.post(f"/groups/{of(registry, 'G-1')}/leader", {"person": of(registry, "N-nobody")})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:sevenx:problem:unknown-person")


def test_a_past_day_shows_who_held_the_post_then(registry: RunningService, office: Caller) -> None:
    """一: people change, posts are dated."""
    group, successor = of(registry, "G-5"), registered(registry, "jia-wu", "甲五（模拟）")
    given = office.post(f"/groups/{group}/leader", {"person": successor, "effective": "2023-01-01"}).json()
    assert given["events"] == ["LeaderReleased", "LeaderAppointed"]
    now = office.get(f"/groups/{group}", after=given["position"]).json()
    then = office.get(f"/groups/{group}", on="2022-12-31").json()
    assert now["leader"] == {"person": successor, "name": "甲五（模拟）", "since": "2023-01-01"}
    assert (then["leader"]["name"], then["as_of"]) == ("宋利峰", "2022-12-31")
    assert [(one["name"], one["until"]) for one in now["history"]] == [("宋利峰", "2023-01-01"), ("甲五（模拟）", None)]
    before = office.post(
        f"/groups/{group}/leader", {"person": of(registry, "N-song-lifeng"), "effective": "2022-06-01"}
    )
    assert before.json()["type"] == "urn:sevenx:problem:post-already-held"
    released = office.post(f"/groups/{group}/leader/release", {"effective": "2024-01-01", "reason": "调动"}).json()
    assert office.get(f"/groups/{group}", after=released["position"]).json()["leader"] is None


def test_a_group_names_its_own_liaison(registry: RunningService, commerce: Caller) -> None:
    """三（三）: each group one liaison."""
    liaison, group = registered(registry, "yi-yi", "乙一（模拟）"), of(registry, "G-1")
    leader, other = registry.caller(of(registry, "N-kang-chunsheng")), registry.caller(of(registry, "N-zhu-xingjia"))
    body = {"person": liaison, "effective": "2021-01-01"}
    refused = other.post(f"/groups/{group}/liaison", body)
    assert (refused.status_code, "group_leader" in refused.json()["roles"]) == (403, True)
    given = leader.post(f"/groups/{group}/liaison", body).json()
    assert given["events"] == ["LiaisonDesignated"]
    shown = leader.get("/groups", after=given["position"]).json()
    assert shown[0]["liaison"] == {"person": liaison, "name": "乙一（模拟）", "since": "2021-01-01"}
    again = commerce.post(f"/groups/{group}/liaison", {"person": registered(registry, "yi-er", "乙二（模拟）")}).json()
    assert again["events"] == ["LiaisonReleased", "LiaisonDesignated"]
    people = {one["id"]: one for one in commerce.get("/people", after=again["position"]).json()["items"]}
    assert people[liaison]["posts"] == []
    assert [post["role"] for post in people[of(registry, "N-yi-er")]["posts"]] == ["liaison"]


def test_a_unit_head_names_the_units_liaison_and_no_other_units(registry: RunningService, office: Caller) -> None:
    """三（三）"""
    unit, head = of(registry, "U-finance"), registered(registry, "bing-yi", "丙一（模拟）")
    liaison = registered(registry, "bing-er", "丙二（模拟）")
    appointed = office.post(f"/units/{unit}/head", {"person": head, "effective": "2021-01-01"}).json()
    caller = registry.caller(head)
    assert caller.get(f"/units/{unit}", after=appointed["position"]).json()["head"]["person"] == head
    assert caller.post(f"/units/{unit}/liaison", {"person": liaison}).json()["events"] == ["UnitLiaisonDesignated"]
    assert caller.post(f"/units/{of(registry, 'U-commerce')}/liaison", {"person": liaison}).status_code == 403
    assert caller.post(f"/units/{unit}/head", {"person": liaison}).status_code == 403


def test_a_post_is_handed_over_and_what_is_vacant_is_told(
    registry: RunningService, office: Caller, commerce: Caller
) -> None:
    """一, 三（三）"""
    group = of(registry, "G-3")
    first, second = registered(registry, "wu-yi", "戊一（模拟）"), registered(registry, "wu-er", "戊二（模拟）")
    of_group: dict[str, Any] = {"group": group, "role": "liaison"}
    vacant = commerce.get("/vacancies", on="2021-01-31", **of_group).json()["items"]
    assert [(one["scope"], one["kind"], one["days"], one["never_held"]) for one in vacant] == [
        (group, "vacant", 214, True)
    ]
    commerce.post(f"/groups/{group}/liaison", {"person": first, "effective": "2021-02-01"})
    refused = commerce.post(f"/groups/{group}/liaison/handover", {"person": first, "items": ["月报底稿"]}).json()
    assert refused["type"] == "urn:sevenx:problem:handed-over-to-oneself"
    registry.wait_drained()
    announced = registry.caller(first).post(f"/groups/{group}/liaison/end", {"ends_on": "2099-01-01", "reason": "调动"})
    assert announced.json()["events"] == ["LiaisonEndAnnounced"], announced.text
    ending = commerce.get("/vacancies", on="2098-12-01", after=announced.json()["position"], **of_group).json()
    assert [(one["kind"], one["days"], one["holder"]["person"]) for one in ending["items"]] == [("ending", 31, first)]
    body = {
        "person": second,
        "effective": "2022-01-01",
        "items": ["在谈线索台账", "月报底稿"],
        "witness": "甲某（模拟）",
    }
    given = commerce.post(f"/groups/{group}/liaison/handover", body).json()
    assert given["events"] == ["LiaisonReleased", "LiaisonDesignated", "PostHandedOver"]
    told = commerce.get("/handovers", scope=group, after=given["position"]).json()["items"]
    assert [(one["role"], one["from_person"], one["person"], one["items"]) for one in told] == [
        ("liaison", first, second, body["items"])
    ]
    assert commerce.get("/vacancies", on="2098-12-01", **of_group).json()["items"] == []
    assert commerce.post(f"/groups/{group}/leader/handover", body).status_code == 403
    pages: list[tuple[str, str]] = []
    cursor = None
    while True:
        page = office.get("/vacancies", limit=20, cursor=cursor).json()
        pages += [(one["scope"], one["role"]) for one in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(pages) > 40
    assert pages == sorted(set(pages))


def test_who_leads_a_group_is_the_district_offices_to_say(registry: RunningService, commerce: Caller) -> None:
    person = registered(registry, "ding-yi", "丁一（模拟）")
    for post in ("leader", "deputy"):
        assert commerce.post(f"/groups/{of(registry, 'G-7')}/{post}", {"person": person}).status_code == 403
    office = registry.office("district_office")
    given = office.post(f"/groups/{of(registry, 'G-7')}/deputy", {"person": person, "basis": "马政任〔2026〕1号"})
    assert given.json()["events"] == ["DeputyAppointed"]


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


def test_an_overlap_is_shown_and_decided_by_the_district_office(
    registry: RunningService, office: Caller, commerce: Caller
) -> None:
    """一: 铝精深加工 in one and two, 医药 and 健康 in two and three, 智慧城市 in four and seven."""
    shown = {one["id"]: one for one in office.get("/industries").json()}
    assert {name for name, one in shown.items() if one["overlap"]} == {"aluminium", "medicine-and-health", "smart-city"}
    assert shown["higher-level-policy-funds"]["indicator"]
    body = {"group": of(registry, "G-1"), "reason": "以牵头单位为准（模拟）"}
    assert commerce.post("/industries/aluminium/decision", body).status_code == 403
    stranger = office.post("/industries/aluminium/decision", {**body, "group": of(registry, "G-5")})
    assert stranger.json()["groups"] == [of(registry, "G-1"), of(registry, "G-2")]
    given = office.post("/industries/aluminium/decision", body).json()
    decided = {one["id"]: one for one in office.get("/industries", after=given["position"]).json()}["aluminium"]
    assert (decided["decision"]["group"], decided["decision"]["reason"]) == (body["group"], body["reason"])
    assert (shown["medicine"]["parent"], shown["medicine"]["claims"]) == ("medicine-and-health", [])
    assert shown["medicine"]["groups"] == [of(registry, "G-2"), of(registry, "G-3")]


def test_a_plan_goes_from_draft_to_adoption_with_its_targets(registry: RunningService, commerce: Caller) -> None:
    """三（二）: monthly targets, broken down to units, approved by somebody else."""
    group = of(registry, "G-1")
    leader, deputy = registry.caller(of(registry, "N-kang-chunsheng")), registry.caller(of(registry, "N-lu-xiaocheng"))
    planned = {"indicator": "signed_amount", "measure": "yuan", "value": "120.00", "months": ["10.00"] * 12}
    planned["parts"] = [{"unit": "发改委", "value": "100.00"}, {"unit": "区科工局", "value": "20.00"}]
    body = {"year": 2027, "title": "行动方案（模拟）", "document_sha256": SHA, "targets": [planned]}
    wrong = deputy.post(f"/groups/{group}/plans", {**body, "targets": [{**planned, "value": "121.00"}]})
    assert (wrong.status_code, wrong.json()["difference"]) == (422, "-1.00")
    assert commerce.post(f"/groups/{group}/plans", body).status_code == 403
    assert deputy.post(f"/groups/{group}/plans", body).json()["events"] == ["PlanDrafted"]
    path = f"/groups/{group}/plans/2027/1"
    assert deputy.post(f"{path}/submit", None).json()["events"] == ["PlanSubmitted"]
    assert deputy.post(f"{path}/approve", None).status_code == 403
    assert leader.post(f"{path}/return", {"reason": "偏低（模拟）"}).json()["events"] == ["PlanReturned"]
    again = leader.post(f"/groups/{group}/plans", {**body, "title": "行动方案二稿（模拟）"})
    assert again.json()["events"] == ["PlanDrafted"]
    path = f"/groups/{group}/plans/2027/2"
    assert deputy.post(f"{path}/submit", None).status_code == 200
    own = leader.post(f"{path}/approve", None)
    assert (own.status_code, own.json()["type"]) == (403, "urn:sevenx:problem:own-plan")
    assert registry.office("district_leader").post(f"{path}/approve", None).json()["events"] == ["PlanApproved"]
    adopted = commerce.post(f"{path}/adopt", None).json()
    assert adopted["events"] == ["PlanAdopted", "AnnualPlanAdopted", *["TargetSet"] * 3, "MonthlyTargetsSet"]
    listed = commerce.get("/plans", group=group, year=2027, after=adopted["position"]).json()["items"]
    assert [(one["version"], one["status"], one["reason"]) for one in listed] == [
        (1, "returned", "偏低（模拟）"),
        (2, "adopted", None),
    ]
    assert listed[1]["targets"][0]["parts"][0] == {"unit": of(registry, "U-development-reform"), "value": "100.00"}
    first = commerce.get("/plans", group=group, year=2027, limit=1).json()
    assert first["next"] == f"{group}/2027/1"
    rest = commerce.get("/plans", group=group, year=2027, limit=1, cursor=first["next"]).json()
    assert ([one["version"] for one in rest["items"]], rest["next"]) == ([2], None)
    shown = commerce.get(f"/groups/{group}").json()
    assert shown["monthly_targets"] == [
        {"year": 2027, "indicator": "signed_amount", "measure": "yuan", "months": ["10.00"] * 12}
    ]
    setting = {"year": 2027, "indicator": "signed_amount", "value": "1.00", "measure": "yuan"}
    assert leader.post(f"/groups/{group}/targets", setting).json()["type"] == "urn:sevenx:problem:target-from-plan"


def test_a_leads_text_is_led_to_its_group(registry: RunningService, office: Caller) -> None:
    """一"""
    clear = office.get("/industries/route", text="冷链物流与仓储").json()
    assert (clear["outcome"], clear["group"]) == ("one", of(registry, "G-2"))
    assert [(word["word"], word["points"]) for word in clear["candidates"][0]["words"]] == [
        ("仓储", 2),
        ("冷链", 2),
        ("物流", 2),
    ]
    several = office.get("/industries/route", text="原料药生产").json()
    assert (several["outcome"], several["group"], several["overlaps"]) == ("several", None, ["medicine-and-health"])
    assert [one["zh"] for one in several["candidates"]] == ["招商二组", "招商三组"]
    assert office.get("/industries/route", text="航天发动机").json()["outcome"] == "none"
    assert office.get("/industries/route").status_code == 422


def test_a_setting_is_changed_with_a_reason_and_within_its_type(
    registry: RunningService, office: Caller, commerce: Caller
) -> None:
    """三（三）: 25日前 is read until the 25th 24:00 unless the district says otherwise."""
    path, body = "/settings/report.due_reading", {"value": "before_day", "reason": "核定（模拟）"}
    assert commerce.post(path, body).status_code == 403
    wrong = office.post(path, {**body, "value": "whenever"})
    assert (wrong.status_code, wrong.json()["one_of"]) == (422, ["until_day_end", "before_day"])
    assert office.post("/settings/report.nothing", body).status_code == 404
    given = office.post(path, body).json()
    named = office.post("/settings/bodies.supervision_office", {"value": "审计局", "reason": "模拟"}).json()
    shown = {one["key"]: one for one in office.get("/settings", after=named["position"]).json()}
    assert given["events"] == ["SettingChanged"]
    assert (shown["report.due_reading"]["value"], shown["report.due_reading"]["was"]) == ("before_day", "until_day_end")
    assert shown["bodies.supervision_office"]["value"] == of(registry, "U-audit")


def test_a_provisional_calendar_is_replaced_by_the_published_one(office: Caller, commerce: Caller) -> None:
    assert [commerce.get(f"/calendars/{year}").json()["provisional"] for year in (2026, 2027, 2031)] == [
        False,
        True,
        True,
    ]
    assert commerce.get("/calendars/2031").json()["published"] is False
    body = {"days_off": ["2027-01-01", "2027-02-06"], "workdays": ["2027-02-20"], "source": "国办发明电（模拟）"}
    given = commerce.post("/calendars/2027", body).json()
    shown = commerce.get("/calendars/2027", after=given["position"]).json()
    assert (shown["provisional"], shown["workdays"]) == (False, ["2027-02-20"])
    back = office.post("/calendars/2027", {**body, "provisional": True})
    assert back.json()["type"] == "urn:sevenx:problem:calendar-published"
    weekday = office.post("/calendars/2027", {**body, "workdays": ["2027-02-22"]})
    assert weekday.json()["days"] == ["2027-02-22"]


def test_plans_are_approved_by_the_leader_and_targets_sum_up(registry: RunningService, commerce: Caller) -> None:
    """三（二）"""
    group = of(registry, "G-2")
    leader = registry.caller(of(registry, "N-zhu-xingjia"))
    plan = {"year": 2026, "title": "二组2026年度行动方案（模拟）", "document_sha256": SHA}
    own = leader.post(f"/groups/{group}/annual-plans", {**plan, "drafted_by": leader.sub})
    assert (own.status_code, own.json()["type"]) == (403, "urn:sevenx:problem:own-plan")
    assert commerce.post(f"/groups/{group}/annual-plans", {**plan, "drafted_by": leader.sub}).status_code == 403
    drafted = {**plan, "drafted_by": registered(registry, "wu-yi", "戊一（模拟）")}
    adopted = leader.post(f"/groups/{group}/annual-plans", drafted).json()
    target = {"year": 2026, "indicator": "funds_in_place", "value": "500000000.00", "measure": "yuan"}
    assert leader.post(f"/groups/{group}/targets", target).json()["events"] == ["TargetSet"]
    part = {**target, "unit": of(registry, "U-commerce")}
    exceeding = commerce.post(f"/groups/{group}/targets", {**part, "value": "500000000.01"})
    assert exceeding.json()["type"] == "urn:sevenx:problem:parts-exceed-target"
    given = commerce.post(f"/groups/{group}/targets", part).json()
    shown = leader.get(f"/groups/{group}", after=given["position"]).json()
    assert adopted["events"] == ["AnnualPlanAdopted"]
    plans, targets = ([one for one in shown[name] if one["year"] == 2026] for name in ("plans", "targets"))
    assert [(one["version"], one["approved_by"]) for one in plans] == [(1, leader.sub)]
    assert [(one["unit"], one["value"]) for one in targets] == [
        (None, "500000000.00"),
        (of(registry, "U-commerce"), "500000000.00"),
    ]


# -- whoever asks -----------------------------------------------------------------------------------------------------


def test_a_token_must_be_of_this_district_and_not_have_expired(registry: RunningService) -> None:
    grants = (f"district_office@{registry.district}", "district_office@410804")
    other = registry.caller("x", token=registry.token("410804-district-office", *grants, district="410804"))
    expired = registry.caller("x", token=registry.token("x", *grants, lifetime=-60))
    path, body = f"/groups/{of(registry, 'G-1')}/leader/release", {"reason": "x"}
    for caller, status, kind in ((other, 403, "other-district"), (expired, 401, "token-expired")):
        for answer in (caller.get("/groups"), caller.post(path, body)):
            assert (answer.status_code, answer.json()["type"]) == (status, f"urn:sevenx:problem:{kind}")
    nobody = registry.caller("x", token="no.token.at-all")
    assert nobody.get("/groups").json()["type"] == "urn:sevenx:problem:token-invalid"
    assert nobody.client.get("/groups", headers={"Authorization": ""}).status_code == 401


def test_a_command_under_the_same_key_is_carried_out_once(registry: RunningService, commerce: Caller) -> None:
    path, body = f"/units/{of(registry, 'U-justice')}/aliases", {"name": "司法", "source": "日常使用"}
    first = commerce.post(path, body, key="alias-0001").json()
    again = commerce.post(path, body, key="alias-0001").json()
    assert again == {**first, "replayed": True}
    other = commerce.post(path, {**body, "name": "司法局机关"}, key="alias-0001")
    assert (other.status_code, other.json()["type"]) == (409, "urn:sevenx:problem:idempotency-key-reused")
    assert commerce.client.post(path, json=body).status_code == 422, "a command needs its key"
