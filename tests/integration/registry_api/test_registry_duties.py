"""Duties, leads and plans through the registry's API: overlaps, routing, targets and their approval."""

from __future__ import annotations

from tests.integration.registry_api.founded import SHA, of, registered
from tests.integration.service_process import Caller, RunningService


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
