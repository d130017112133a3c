"""The register of enterprises through the real API: who may do what, how one is found, what is kept of a contact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, contract, day, document, projects_world
from tests.integration.service_process import wait_until
from tests.unit.projects.stories import credit_code

CODES = count(5000)
DETAILS = {"name": "甲某（模拟）", "position": "投资部经理", "telephone": "000-00000000", "email": "jia@example.org"}


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def body(world: World, name: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "origin": "province_external",
        "place": "浙江省宁波市",
        "registered_for": world.unit("macun"),
        "code": credit_code(next(CODES)),
        "industry_code": "C3252",
        **changes,
    }


def registered(world: World, name: str, **changes: Any) -> str:
    answer = done(world.person("liaison-macun").post("/enterprises", body(world, name, **changes)))
    world.wait_for(answer["position"])
    return str(answer["id"])


def test_an_enterprise_is_registered_corrected_and_found_by_every_name(world: World) -> None:
    macun = world.person("liaison-macun")
    code = credit_code(next(CODES))
    aliases = [{"name": "Starriver Aluminium (demo) Co., Ltd.", "kind": "foreign"}]
    one = registered(world, "星河铝材（模拟）有限公司", code=code, aliases=aliases)
    done(macun.post(f"/enterprises/{one}/lists", {"list_name": "中国民营企业500强", "year": 2025, "rank": 321}))
    last = done(macun.post(f"/enterprises/{one}/rename", {"name": "星河新材料（模拟）有限公司", "since": day(-1)}))
    for q in ("星河", "河铝", "星河鋁材", "starriver aluminium", "新材料", "（模拟）", code, one):
        found = done(world.auditor.get("/enterprises", q=q, after=last["position"]))
        assert [each["id"] for each in found["items"]] == [one], q
    assert done(world.auditor.get("/enterprises", q="河星"))["items"] == []
    assert [each["id"] for each in done(world.auditor.get("/enterprises", list="中国民营企业500强"))["items"]] == [one]
    page = done(world.auditor.get(f"/enterprises/{one}"))
    assert (page["name"], page["code"]) == ("星河新材料（模拟）有限公司", code)
    assert {(each["name"], each["kind"]) for each in page["other_names"]} == {
        ("星河铝材（模拟）有限公司", "former"), (aliases[0]["name"], "foreign"),
    }  # fmt: skip
    assert [each["event"] for each in page["events"]] == ["EnterpriseRegistered", "ListingAdded", "EnterpriseRenamed"]
    again = refused(macun.post("/enterprises", body(world, "另一名称（模拟）", code=code)), 409, "enterprise-exists")
    assert again["enterprise"] == one
    refused(world.auditor.get(f"/enterprises/{world.id('E-2026-9999')}"), 404, "unknown-enterprise")


def test_only_those_who_registered_it_and_the_commerce_bureau_change_it(world: World) -> None:
    one = registered(world, "云帆装备（模拟）有限公司")
    alias = {"name": "云帆", "kind": "short"}
    refused(world.zone.post(f"/enterprises/{one}/aliases", alias), 403, "not-allowed")
    refused(world.auditor.post(f"/enterprises/{one}/aliases", alias), 403, "not-allowed")
    done(world.commerce.post(f"/enterprises/{one}/aliases", alias))
    refused(world.zone.post("/enterprises", body(world, "沧澜（模拟）")), 403, "not-allowed")
    wrong = refused(
        world.commerce.post("/enterprises", body(world, "沧澜（模拟）", registered_for=world.unit("makun"))),
        422,
        "unknown-unit",
    )
    assert world.unit("macun") in wrong["near"]


def test_lists_are_narrowed_sorted_and_paged(world: World) -> None:
    names = [f"{brand}贸易（分页模拟）有限公司" for brand in ("丙", "甲", "丁", "乙")]
    ids = [registered(world, name, origin="province", industry_code="F5161") for name in names]
    for sort, expected in (("newest", ids[::-1]), ("name", [ids[names.index(name)] for name in sorted(names)])):
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            asked = {"sort": sort, "limit": "3", "origin": "province", "industry": "F51", "q": "贸易", **cursor}
            page = done(world.auditor.get("/enterprises", **asked))
            seen += [one["id"] for one in page["items"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert sorted(seen) == sorted(ids)
        assert sort == "name" or seen == expected


def test_a_group_of_companies_closes_no_circle(world: World) -> None:
    parent, child = registered(world, "玄圭集团（模拟）有限公司"), registered(world, "玄圭铝业（模拟）有限公司")
    macun = world.person("liaison-macun")
    position = done(macun.post(f"/enterprises/{child}/parent", {"parent": parent}))["position"]
    refused(macun.post(f"/enterprises/{parent}/parent", {"parent": child}), 409, "parent-circle")
    refused(macun.post(f"/enterprises/{child}/parent", {"parent": world.id("E-2026-9999")}), 404, "unknown-enterprise")
    page = done(world.auditor.get(f"/enterprises/{child}", after=position))
    assert [one["id"] for one in page["parents"]] == [parent]
    above = done(world.auditor.get(f"/enterprises/{parent}"))
    assert [one["name"] for one in above["subsidiaries"]] == ["玄圭铝业（模拟）有限公司"]


def test_what_looks_like_one_is_found_before_and_after_and_judged_by_the_commerce_bureau(world: World) -> None:
    """Duplicates: by index, by every name; nothing is merged by itself."""
    one = registered(world, "江苏砺石半导体有限公司")
    asked = {"name": "砺石半导体股份有限公司", "aliases": ["Lishi"]}
    [found] = done(world.auditor.client.post("/enterprises/check", json=asked))["items"]
    assert (found["id"], found["likely"], found["by"]) == (one, True, [asked["name"], "江苏砺石半导体有限公司"])
    assert found["ground"] == "like_name"
    same_code = {"name": "全无相似之名", "code": done(world.auditor.get(f"/enterprises/{one}"))["code"]}
    [found] = done(world.auditor.client.post("/enterprises/check", json=same_code))["items"]
    assert (found["id"], found["score"], found["ground"]) == (one, 1.0, "same_code")
    macun = world.person("liaison-macun")
    other = registered(world, "励石半导体有限公司", **foreign("DE", "HRB 1"))
    branch = registered(world, "江苏砺石半导体有限公司焦作分公司", **foreign("HK", "2"))
    wait_until(lambda: proposals(world, one) != [], 30)
    [proposal] = proposals(world, one)
    assert (proposal["id"], proposal["other"], proposal["other_name"]) == (other, one, "江苏砺石半导体有限公司")
    likes = done(world.auditor.get(f"/enterprises/{other}/duplicates"))["items"]
    assert [each["id"] for each in likes if each["likely"]] == [one]
    assert all(branch not in (each["id"], each["other"]) for each in proposals(world))
    finding = {"other": other, "reason": "境外母公司，与境内企业不是一家"}
    refused(macun.post(f"/enterprises/{one}/duplicates/dismiss", finding), 403, "not-allowed")
    world.wait_for(done(world.commerce.post(f"/enterprises/{one}/duplicates/dismiss", finding))["position"])
    assert proposals(world, one) == []
    last = done(macun.post(f"/enterprises/{other}/aliases", {"name": "砺石半导体", "kind": "short"}))
    world.wait_for(last["position"])
    world.service.wait_drained()
    assert proposals(world, one) == []


def foreign(country: str, number: str) -> dict[str, Any]:
    return {"origin": "foreign", "place": country, "code": None, "foreign": {"country": country, "number": number}}


def proposals(world: World, one: str | None = None) -> list[dict[str, Any]]:
    """Pairs that wait, of one enterprise or all."""
    items: list[dict[str, Any]] = done(world.commerce.get("/enterprises/proposed-merges"))["items"]
    return [each for each in items if one in (each["id"], each["other"], None)]


def test_a_contact_is_kept_off_the_bus_and_erased_with_a_receipt(world: World) -> None:
    """Architecture: contact persons never stand on the bus; erased, every hash stays valid."""
    one, macun = registered(world, "凌波科技（模拟）有限公司"), world.person("liaison-macun")
    made = done(macun.post(f"/enterprises/{one}/contacts", {"holder": world.unit("macun")}, key="a-contact-is-made"))
    again = done(macun.post(f"/enterprises/{one}/contacts", {"holder": world.unit("macun")}, key="a-contact-is-made"))
    contact = made["contact"]
    assert (again["contact"], again["replayed"]) == (contact, True)
    path = f"/enterprises/{one}/contacts"
    world.wait_for(made["position"])
    refused(world.zone.post(f"{path}/{contact}", DETAILS), 403, "not-allowed")
    assert done(macun.post(f"{path}/{contact}", DETAILS))["telephone"] == "000-00000000"
    assert done(world.commerce.get(path))["items"][0]["name"] == DETAILS["name"]
    for other in (world.zone, world.auditor):
        assert done(other.get(path))["items"][0]["name"] is None
    refused(world.zone.post(f"{path}/{contact}/forget", {}), 403, "not-allowed")
    assert done(macun.get(path))["items"][0]["name"] == DETAILS["name"]
    receipt = done(macun.post(f"{path}/{contact}/forget", {}))
    assert (receipt["events"], receipt["contact"]) == (["EnterpriseContactErased"], contact)
    assert sorted(receipt["erased"]) == ["email", "name", "position", "telephone"]
    assert done(macun.post(f"{path}/{contact}/forget", {}))["receipt"] == receipt["receipt"]
    world.wait_for(receipt["position"])
    [left] = done(macun.get(path))["items"]
    assert (left["name"], left["receipt"]) == (None, receipt["receipt"])
    refused(macun.post(f"{path}/{contact}", DETAILS), 410, "contact-erased")
    with psycopg.connect(world.service.settings.database) as connection:
        logged = connection.execute("SELECT value FROM log.events").fetchall()
        kept = connection.execute("SELECT convert_to(c::text, 'UTF8') FROM ops.contact c").fetchall()
    for detail in DETAILS.values():
        assert not any(detail.encode() in bytes(text) for (text,) in [*logged, *kept])


def test_two_are_merged_and_taken_apart_again(world: World) -> None:
    """The absorbed stays readable and points to the survivor; its leads, names and lists are the survivor's."""
    one = registered(world, "卓然包装（模拟）有限公司")
    two = registered(world, "九黎纸塑（模拟）有限公司", **foreign("HK", "900001"))
    macun = world.person("liaison-macun")
    done(macun.post(f"/enterprises/{two}/lists", {"list_name": "包装百强", "year": 2025}))
    lead = done(macun.post("/leads", world.lead(investor={"name": "九黎纸塑", "id": two}, origin="foreign")))["id"]
    merge = {"absorbed": two, "reason": "同一企业的境外名称"}
    refused(macun.post(f"/enterprises/{one}/merge", merge), 403, "not-allowed")
    merged = done(world.commerce.post(f"/enterprises/{one}/merge", merge))
    assert merged["events"] == ["EnterprisesMerged"] * 3
    world.service.wait_drained()
    page = done(world.commerce.get(f"/enterprises/{one}"))
    assert ([each["id"] for each in page["absorbed"]], [each["id"] for each in page["leads"]]) == ([two], [lead])
    assert [each["name"] for each in page["other_names"]] == ["九黎纸塑（模拟）有限公司"]
    assert [each["list_name"] for each in page["lists"]] == ["包装百强"]
    assert {"EnterpriseRegistered", "ListingAdded", "EnterprisesMerged"} <= {each["event"] for each in page["events"]}
    absorbed = done(world.commerce.get(f"/enterprises/{two}"))
    assert (absorbed["name"], absorbed["merged_into"]) == ("九黎纸塑（模拟）有限公司", one)
    problem = refused(
        macun.post(f"/enterprises/{two}/aliases", {"name": "九黎", "kind": "short"}), 409, "enterprise-merged"
    )
    assert problem["survivor"] == one
    [found] = done(world.auditor.client.post("/enterprises/check", json={"name": "九黎纸塑有限公司"}))["items"]
    assert found["id"] == one
    other = done(macun.post("/leads", world.lead(investor={"name": "九黎纸塑", "id": two}, origin="foreign")))
    assert done(world.commerce.get(f"/leads/{other['id']}", after=other["position"]))["enterprise"] == one
    undone = done(world.commerce.post(f"/enterprises/{one}/merge/undo", {**merge, "reason": "实为两家"}))
    assert undone["events"] == ["MergeUndone"] * 3
    world.service.wait_drained()
    assert done(world.commerce.get(f"/enterprises/{two}"))["merged_into"] is None
    assert done(world.commerce.get(f"/enterprises/{one}"))["absorbed"] == []
    refused(world.commerce.post(f"/enterprises/{one}/merge/undo", merge), 404, "no-such-merge")


def test_a_page_shows_leads_to_those_who_work_on_them_and_signed_projects_to_all(world: World) -> None:
    """三(二): unsigned investors are masked."""
    code = credit_code(next(CODES))
    one = registered(world, "安澜乳业（模拟）有限公司", code=code)
    macun = world.person("liaison-macun")
    named = {"name": "安澜乳业（模拟）有限公司", "id": one}
    wrong = world.lead(investor={**named, "code": credit_code(next(CODES))})
    refused(macun.post("/leads", wrong), 422, "enterprise-code-differs")
    refused(
        macun.post("/leads", world.lead(investor={**named, "id": world.id("E-2026-9999")})), 404, "unknown-enterprise"
    )
    by_id = done(macun.post("/leads", world.lead(investor=named)))["id"]
    by_code = done(macun.post("/leads", world.lead(investor={"name": "安澜", "code": code})))["id"]
    later = done(macun.post("/leads", world.lead(investor={"name": "Anlan (demo)"}, origin="foreign")))["id"]
    done(macun.post(f"/leads/{later}/enterprise", {"enterprise": one}))
    world.service.wait_drained()
    page = done(world.liaison.get(f"/enterprises/{one}"))
    assert [each["id"] for each in page["leads"]] == [by_id, by_code, later]
    elsewhere = done(world.person("liaison-2").get(f"/enterprises/{one}"))
    assert (elsewhere["name"], elsewhere["leads"], elsewhere["projects"]) == ("安澜乳业（模拟）有限公司", [], [])
    done(world.head.post(f"/leads/{later}/qualify", {"note": "真实"}))
    project = {"name": "乳品（模拟）", "project_type": "leased_plant", "content": "厂房", "started_on": day()}
    opened = done(world.liaison.post(f"/leads/{later}/negotiate", {**project, "documents": [document("talk_minutes")]}))
    world.wait_for(opened["position"])
    assert done(world.person("liaison-2").get(f"/enterprises/{one}"))["projects"] == []
    signed = done(world.liaison.post(f"/projects/{opened['id']}/sign", contract()))
    page = done(world.person("liaison-2").get(f"/enterprises/{one}", after=signed["position"]))
    assert [each["id"] for each in page["projects"]] == [opened["id"]]
    assert done(world.commerce.get(f"/projects/{opened['id']}"))["enterprise"] == one


def walked(asking: Any, path: str) -> list[dict[str, Any]]:
    """A list, gone through a row at a time."""
    found, page = list[dict[str, Any]](), done(asking.get(path, limit=1))
    while page["next"] is not None:
        found += page["items"]
        page = done(asking.get(path, limit=1, cursor=page["next"]))
    return [*found, *page["items"]]


def test_the_parts_of_a_page_stand_in_lists_of_their_own_for_whom_they_are(world: World) -> None:
    code, name = credit_code(next(CODES)), "长卷铝材（模拟）有限公司"
    one = registered(world, name, code=code)
    macun = world.person("liaison-macun")
    for _ in range(3):
        last = done(macun.post("/leads", world.lead(investor={"name": name, "id": one})))
    for n in range(2):
        referred = {"name": f"其{n}（引荐模拟）有限公司", "code": credit_code(next(CODES))}
        done(world.commerce.post("/referrals", {"referrer": {"name": name, "id": one}, "referred": referred}))
    done(macun.post(f"/enterprises/{one}/rename", {"name": "长卷新材料（模拟）有限公司", "since": day(-1)}))
    world.wait_for(last["position"])
    world.service.wait_drained()
    page = done(world.auditor.get(f"/enterprises/{one}"))
    for part in ("leads", "projects", "referrals"):
        assert walked(world.auditor, f"/enterprises/{one}/{part}") == page[part], part
    assert walked(world.auditor, f"/enterprises/{one}/events") == page["events"][::-1]
    assert [len(page[part]) for part in ("leads", "projects", "referrals", "events")] == [3, 0, 2, 2]
    assert page["more"] == []
    assert walked(world.person("liaison-2"), f"/enterprises/{one}/leads") == []
    every = walked(world.auditor, "/referrals")
    assert [row for row in every if row["referrer"]["key"] == code] == page["referrals"]
    assert [row["referral"] for row in every] == sorted({row["referral"] for row in every})
    refused(world.auditor.get(f"/enterprises/{world.id('E-2026-9999')}/leads"), 404, "unknown-enterprise")
    refused(world.auditor.get(f"/enterprises/{one}/events", cursor="1"), 422, "invalid-request")


def test_a_referral_shows_on_the_pages_of_both(world: World) -> None:
    """二(三), 以企引企."""
    codes = [credit_code(next(CODES)) for _ in range(2)]
    one, two = (
        registered(world, f"{name}（引荐模拟）有限公司", code=code) for name, code in zip("子丑", codes, strict=True)
    )
    referral = {
        "referrer": {"name": "子（引荐模拟）有限公司", "id": one},
        "referred": {"name": "丑（引荐模拟）有限公司", "id": two},
    }
    position = done(world.commerce.post("/referrals", referral))["position"]
    for enterprise in (one, two):
        [shown] = done(world.auditor.get(f"/enterprises/{enterprise}", after=position))["referrals"]
        assert (shown["referrer"]["key"], shown["referred"]["key"]) == tuple(codes)


def test_the_read_model_is_what_a_replay_says(world: World) -> None:
    world.service.wait_drained()
    compared = world.service.office("operator").get("/projections/verify").json()
    assert compared["equal"], compared
