"""Posts through the registry's API: who holds what, who may say so, what is vacant."""

from __future__ import annotations

from typing import Any

from tests.integration.registry_api.founded import of, registered
from tests.integration.service_process import Caller, RunningService


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
