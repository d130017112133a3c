"""首报首谈 and 以企引企 through the real API: the first report is protected, later ones wait, a contest is decided."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, contract, day, document, projects_world
from tests.unit.projects.stories import credit_code, sha

MASKED = "（未签约，已隐去）"


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def rival(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """The same investor and intent, reported by another unit for the other group."""
    return {**body, "finder": world.unit("audit"), "group": world.id("G-2"), "title": "另一单位的线索（模拟）"}


def two_reports(world: World) -> tuple[str, str]:
    """A protected lead of 马村, and one of 审计局 that waits behind it."""
    body = world.lead()
    first = done(world.person("liaison-macun").post("/leads", body))
    second = done(world.person("liaison-audit").post("/leads", rival(world, body)))
    assert first["events"] == ["LeadRegistered", "ProtectionGranted"]
    assert second["events"] == ["LeadRegistered", "LeadQueued"]
    world.service.wait_drained()
    return first["id"], second["id"]


def negotiation() -> dict[str, Any]:
    return {
        "name": "铝板带项目（模拟）",
        "project_type": "leased_plant",
        "content": "租赁厂房2万平方米",
        "started_on": day(),
        "documents": [document("talk_minutes")],
    }


def test_of_units_that_register_one_investor_at_the_same_moment_exactly_one_is_protected(world: World) -> None:
    """首报首谈 under concurrency: one active protection per investor and intent, nobody refused."""
    body = world.lead()
    callers = [world.person(f"liaison-{unit}") for unit in ("macun", "audit", "finance", "statistics")]

    def register(number: int) -> dict[str, Any]:
        unit = callers[number].sub.rpartition("liaison-")[2]
        return done(callers[number].post("/leads", {**body, "finder": world.unit(unit)}))

    with ThreadPoolExecutor(4) as together:
        answers = list(together.map(register, range(4)))
    assert sorted(answer["events"][1] for answer in answers) == ["LeadQueued"] * 3 + ["ProtectionGranted"]
    world.service.wait_drained()
    pages = [done(world.commerce.get(f"/leads/{answer['id']}/protection")) for answer in answers]
    assert sorted(page["report"] for page in pages) == [1, 2, 3, 4]
    assert sorted(page["position"] or 0 for page in pages) == [0, 1, 2, 3]
    assert len({page["holder_unit"] for page in pages}) == 1


def test_the_holder_negotiates_and_who_waits_is_told_the_holders_unit_alone(world: World) -> None:
    """首报首谈: only the holder's unit is shown."""
    first, second = two_reports(world)
    done(world.person("leader-2").post(f"/leads/{second}/qualify", {}))
    blocked = refused(
        world.person("liaison-audit").post(f"/leads/{second}/negotiate", negotiation()), 409, "lead-protected"
    )
    assert blocked["holder_unit"] == world.unit("macun")
    page = done(world.person("liaison-audit").get(f"/leads/{second}/protection"))
    assert (page["standing"], page["position"], page["holder_unit"], page["queue"]) == (
        "queued", 1, world.unit("macun"), [],
    )  # fmt: skip
    assert page["contest_until"] > day()
    other = done(world.person("liaison-audit").get(f"/leads/{first}/protection"))
    assert (other["unit"], other["standing"]) == (world.unit("macun"), "holding")
    assert {other[field] for field in ("investor_name", "intent", "until", "waiting", "report")} == {None}
    whole = done(world.commerce.get(f"/leads/{first}/protection"))
    assert [one["lead"] for one in whole["queue"]] == [second]
    assert whole["until"] > day(150)


def test_a_signed_project_keeps_its_intent_and_a_terminated_one_lets_the_queue_move_up(world: World) -> None:
    """Conversion and what follows keep the protection's story consistent."""
    first, second = two_reports(world)
    done(world.head.post(f"/leads/{first}/qualify", {}))
    opened = done(world.person("liaison-macun").post(f"/leads/{first}/negotiate", negotiation()))
    assert opened["events"][-2:] == ["ProtectionConverted", "FirstTalkProved"]
    project = opened["id"]
    done(world.liaison.post(f"/projects/{project}/sign", contract()))
    world.service.wait_drained()
    kept = done(world.person("liaison-macun").get(f"/leads/{first}/protection"))
    assert (kept["standing"], kept["fulfilled"], kept["project"], kept["first_talk"]["lead"]) == (
        "holding", True, project, first,
    )  # fmt: skip
    body = {"status": "terminated", "since": day(), "reason": "投资方终止"}
    done(world.liaison.post(f"/projects/{project}/status", body))
    world.service.wait_drained()
    moved = done(world.person("liaison-audit").get(f"/leads/{second}/protection"))
    assert (moved["standing"], moved["basis"]) == ("holding", "next_in_queue")
    assert done(world.commerce.get(f"/leads/{first}/protection"))["ended_cause"] == "project_over"


def test_a_closed_lead_lets_the_queue_move_up(world: World) -> None:
    first, second = two_reports(world)
    done(world.liaison.post(f"/leads/{first}/close", {"reason": "investor_withdrew"}))
    world.service.wait_drained()
    assert done(world.commerce.get(f"/leads/{second}/protection"))["standing"] == "holding"


def test_a_holder_gives_up_and_nobody_else_does_it_for_him(world: World) -> None:
    first, second = two_reports(world)
    body = {"reason": "不再跟进"}
    refused(world.person("liaison-audit").post(f"/leads/{first}/protection/give-up", body), 403, "not-allowed")
    refused(world.person("liaison-audit").post(f"/leads/{second}/protection/give-up", body), 409, "not-protected")
    given_up = done(world.person("liaison-macun").post(f"/leads/{first}/protection/give-up", body))
    assert given_up["events"] == ["ProtectionReleased", "ProtectionGranted"]


def test_a_contest_is_decided_by_the_office_that_is_no_party(world: World) -> None:
    """首报首谈: contest, decision, nobody decides his own. 审计局 acts for group two, led by the Commerce Bureau."""
    first, second = two_reports(world)
    talk = {"held_on": day(-3), "place": "宁波市", "summary": "与投资方首谈（模拟）", "sha256": sha("确认函")}
    assert done(world.person("liaison-audit").post(f"/leads/{second}/talks", talk))["events"] == [
        "TalkRecorded", "FirstTalkProved",
    ]  # fmt: skip
    body = {"grounds": "我单位首谈在先", "evidence": [sha("确认函")]}
    refused(world.person("liaison-macun").post(f"/leads/{second}/contests", body), 403, "not-allowed")
    done(world.person("liaison-audit").post(f"/leads/{second}/contests", body))
    world.service.wait_drained()
    [listed] = [one for one in done(world.office.get("/contests", state="open"))["items"] if one["lead"] == second]
    assert (listed["referee"], listed["holder_unit"]) == ("district_office", world.unit("macun"))
    seen = [one for one in done(world.person("liaison-audit").get("/contests"))["items"] if one["lead"] == second]
    assert [one["holder"] for one in seen] == [""], "the contesting unit knows the holder's unit alone"
    assert done(world.commerce.get(f"/leads/{first}/protection"))["first_talk_differs"]
    path = f"/leads/{second}/contests/{listed['contest']}/decide"
    verdict = {"upheld": True, "reason": "首谈有投资方确认函"}
    refused(world.commerce.post(path, verdict), 403, "not-the-deciding-office")
    refused(world.person("liaison-audit").post(path, verdict), 403, "not-allowed")
    assert done(world.office.post(path, verdict))["events"] == [
        "ContestDecided", "ProtectionReleased", "ProtectionGranted", "LeadQueued",
    ]  # fmt: skip
    world.service.wait_drained()
    assert done(world.commerce.get(f"/leads/{second}/protection"))["basis"] == "contest"
    assert done(world.person("liaison-macun").get(f"/leads/{first}/protection"))["position"] == 1


def test_the_commerce_bureau_extends_once_and_declares_intents(world: World) -> None:
    """首报首谈: one extension; two intents declared distinct."""
    body = world.lead()
    first = done(world.person("liaison-macun").post("/leads", body))["id"]
    second = done(world.person("liaison-finance").post("/leads", {**body, "finder": world.unit("finance")}))["id"]
    reason = {"reason": "总部审批延后"}
    refused(world.liaison.post(f"/leads/{first}/protection/extend", reason), 403, "not-allowed")
    done(world.commerce.post(f"/leads/{first}/protection/extend", reason))
    refused(world.commerce.post(f"/leads/{first}/protection/extend", reason), 409, "no-extension-left")
    release = {"release": True, "reason": "无进展"}
    refused(world.commerce.post(f"/leads/{first}/protection/decide-release", release), 409, "no-release-proposed")
    refused(world.commerce.post(f"/leads/{first}/intent", {"same_as": second, "reason": "x"}), 409, "same-already")
    apart = done(world.commerce.post(f"/leads/{second}/intent", {"reason": "另一产线"}))
    assert apart["events"] == ["IntentDecided", "QueueLeft", "ProtectionGranted"]
    world.service.wait_drained()
    held = done(world.commerce.get("/protections", standing="holding", limit=500))["items"]
    assert {first, second} <= {one["lead"] for one in held}
    shown = done(world.person("liaison-2").get("/protections", limit=500))["items"]
    assert {one["investor_name"] for one in shown if one["unit"] == world.unit("macun")} == {None}
    assert not [one for one in shown if one["standing"] == "queued" and one["group"] == world.id("G-1")]


def test_referrals_are_a_graph_without_circles(world: World) -> None:
    """二(三): who brought whom, one brings a batch; a referral from a lead; unsigned investors masked."""

    def party(number: int) -> dict[str, str]:
        return {"name": f"第{number}家（模拟）有限公司", "code": credit_code(number)}

    brought = world.lead(source="referral", referred_by=party(501), investor=party(502))
    answer = done(world.person("liaison-macun").post("/leads", brought))
    assert answer["events"] == ["LeadRegistered", "ProtectionGranted", "ReferralRecorded"]
    done(world.commerce.post("/referrals", {"referrer": party(502), "referred": party(503), "note": "配套"}))
    done(world.commerce.post("/referrals", {"referrer": party(503), "referred": party(504)}))
    circle = refused(
        world.commerce.post("/referrals", {"referrer": party(504), "referred": party(501)}), 409, "referral-circle"
    )
    assert len(circle["chain"]) == 4
    refused(
        world.person("liaison-macun").post("/referrals", {"referrer": party(9), "referred": party(8)}),
        403,
        "not-allowed",
    )
    world.service.wait_drained()
    chain = done(world.auditor.get("/referrals/chain", party=credit_code(502)))
    assert [one["key"] for one in chain["brought_by"]] == [credit_code(501)]
    assert [[one["key"] for one in generation] for generation in chain["brought"]] == [
        [credit_code(503)], [credit_code(504)],
    ]  # fmt: skip
    assert (chain["depth"], chain["direct"], chain["batch"], chain["signed"]) == (1, 1, 2, 0)
    assert done(world.auditor.get("/referrals/chain", lead=answer["id"]))["key"] == credit_code(502)
    top = done(world.auditor.get("/referrals/top"))["items"]
    assert (top[0]["key"], top[0]["batch"]) == (credit_code(501), 3)
    masked = done(world.person("liaison-2").get("/referrals/chain", party=credit_code(502)))
    assert (masked["name"], masked["key"], masked["brought_by"][0]["name"]) == (
        MASKED, None, "第501家（模拟）有限公司",
    )  # fmt: skip
    refused(world.commerce.post("/referrals/2/withdraw", {"reason": " "}), 422, "invalid-request")
    position = done(world.commerce.post("/referrals/2/withdraw", {"reason": "登记有误"}))["position"]
    edges = done(world.auditor.get("/referrals", after=position))["items"]
    assert [one["referral"] for one in edges] == [1, 3]
    refused(world.auditor.get("/referrals/chain", party=credit_code(777)), 404, "no-referral")
    refused(world.auditor.get("/referrals/chain"), 422, "party-missing")


def test_what_is_not_there_is_a_404(world: World) -> None:
    missing = world.id("L-2026-9999")
    refused(world.commerce.get(f"/leads/{missing}/protection"), 404, "unknown-lead")
    refused(world.commerce.post(f"/leads/{missing}/protection/extend", {"reason": "x"}), 404, "unknown-lead")
    first, _ = two_reports(world)
    verdict = {"upheld": False, "reason": "不成立"}
    refused(world.commerce.post(f"/leads/{first}/contests/7/decide", verdict), 404, "no-open-contest")


def test_the_read_model_equals_a_pure_replay(world: World) -> None:
    world.service.wait_drained()
    report = done(world.auditor.get("/projections/verify"))
    assert report["equal"], report
