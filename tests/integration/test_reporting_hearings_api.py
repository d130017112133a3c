"""Hearings and directives through the API, as a deployment runs them. All contents are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from services.reporting.domain.directive.events import DirectiveOverdue
from services.reporting.domain.hearing.events import BriefingPackPrepared, HearingScheduled
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, ok, refused
from tests.integration.reporting_district import district, project
from tests.unit.given import at

DRAFT, ISSUED = "a" * 64, "b" * 64
NUMBER = "马政办会纪〔2026〕3号"


@pytest.fixture(scope="module")
def told(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[District]:
    """One district that lives through the tests of this file in their order of time."""
    with district(postgres, kafka) as running:
        yield running


@pytest.fixture(scope="module")
def hearing(told: District) -> str:
    """The path of the hearing of August, with the pack that the clock prepared."""
    office = told.service.office("district_office")
    refused(told.service.office("commerce_bureau").post("/hearings", {}), 403, "not-allowed")
    refused(office.post("/hearings", {"month": "2026-09"}), 422, "no-hearing-month")
    body: dict[str, Any] = {}
    scheduled = ok(office.post("/hearings", body, key="hearing-01"), 201)
    assert scheduled["id"] == told.id("HD-2026-08")
    ok(office.get("/hearings", after=scheduled["position"]))
    again = ok(office.post("/hearings", body, key="hearing-01"), 201)
    assert (again["replayed"], again["position"]) == (True, scheduled["position"])
    refused(office.post("/hearings", {}), 409, "already-hearing")
    office.get("/hearings", after=project(told, 50_000_000)).raise_for_status()
    told.tick(at("2026-08-26 09:00"))
    return f"/hearings/{scheduled['id']}"


def test_the_clock_prepares_the_pack_and_the_api_shows_it_as_it_stands_in_the_event(
    told: District, hearing: str
) -> None:
    """三(一): briefed from the events since the hearing before; whoever reads it can hold it against the log."""
    shown = ok(told.person("head-alpha").get(hearing))
    assert (shown["status"], shown["number"], shown["pack"], shown["planned_on"]) == ("scheduled", 4, 1, "2026-08-27")
    pack = shown["briefing"]
    (event,) = told.published(BriefingPackPrepared)
    assert (pack["sha256"], pack["prepared_by"]) == (event.data["sha256"], "clock")
    group = next(one for one in pack["groups"] if one["group"] == told.id("G-1"))
    assert (group["results"]["signed"], Decimal(group["results"]["signed_amount"])) == (1, 50_000_000)
    assert {one["unit"] for one in pack["units"]} == {told.id(f"U-{unit}") for unit in ("alpha", "beta", "gamma")}
    assert ok(told.person("head-alpha").get(f"{hearing}/packs/1")) == pack
    refused(told.person("head-alpha").get(f"{hearing}/packs/2"), 404, "pack-unknown")
    refused(told.person("head-alpha").get(f"/hearings/{told.id('HD-2030-02')}"), 404, "hearing-not-scheduled")
    listed = ok_list(told, "/hearings", year=2026)
    assert [one["id"] for one in listed] == [told.id("HD-2026-10"), told.id("HD-2026-08")]
    assert len(told.published(HearingScheduled)) == 2


def ok_list(told: District, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = told.service.office("auditor").get(path, **query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def test_a_hearing_is_put_off_briefed_anew_held_and_minuted(told: District, hearing: str) -> None:
    """三(一): minutes after approval by another, under the number that was entered."""
    office, leader = told.service.office("district_office"), told.service.office("district_leader")
    ok(office.post(f"{hearing}/postpone", {"planned_on": "2026-08-31", "reason": "与省级会议冲突"}))
    prepared = ok(office.post(f"{hearing}/pack", {}))
    assert prepared["events"] == ["BriefingPackPrepared"]
    refused(leader.post(f"{hearing}/pack", {}), 403, "not-allowed")
    told.tick(at("2026-08-31 12:00"))
    held = {
        "held_on": "2026-08-31",
        "chair": "示例区长（模拟）",
        "attended": [told.id("G-1"), told.id("U-alpha")],
        "summary": "要求加快在谈项目签约。（模拟数据）",
    }
    refused(office.post(f"{hearing}/held", {**held, "attended": [told.id("G-9")]}), 422, "attendance-wrong")
    ok(office.post(f"{hearing}/held", held))
    refused(office.post(f"{hearing}/pack", {}), 409, "hearing-over")
    issue = {"sha256": ISSUED, "document_number": NUMBER}
    refused(office.post(f"{hearing}/minutes/issue", issue), 409, "minutes-not-approved")
    ok(office.post(f"{hearing}/minutes", {"sha256": "c" * 64}))
    ok(leader.post(f"{hearing}/minutes/send-back", {"reasons": ["请补充时限"]}))
    ok(office.post(f"{hearing}/minutes", {"sha256": DRAFT}))
    refused(office.post(f"{hearing}/minutes/approve", {"sha256": DRAFT}), 403, "not-allowed")
    refused(leader.post(f"{hearing}/minutes/approve", {"sha256": ISSUED}), 409, "another-draft")
    ok(leader.post(f"{hearing}/minutes/approve", {"sha256": DRAFT}))
    wrong = {**issue, "document_number": "马政办会纪[2026]3号"}
    refused(office.post(f"{hearing}/minutes/issue", wrong), 422, "document-number-wrong")
    issued = ok(office.post(f"{hearing}/minutes/issue", issue))
    shown = ok(office.get(hearing, after=issued["position"]))
    assert (shown["status"], shown["document_number"], shown["minutes_sha256"]) == ("minutes_issued", NUMBER, ISSUED)
    assert set(shown["absent"]) == {told.id("G-2"), told.id("U-beta"), told.id("U-gamma")}
    assert [one["step"] for one in shown["steps"]] == [
        *["scheduled", "pack_prepared", "postponed", "pack_prepared", "held"],
        *["minutes_drafted", "minutes_sent_back", "minutes_drafted", "minutes_approved", "minutes_issued"],
    ]


def test_a_directive_from_the_hearing_is_given_answered_verified_and_closed(told: District, hearing: str) -> None:
    """三(五): 立项 and 交办 in one step, 签收, 反馈, 延期申请, 核验, 销号; the owner can't close its own."""
    supervision, head, contact = (
        told.service.office("supervision_office"),
        told.person("head-gamma"),
        told.person("contact-gamma"),
    )
    matter = {
        "title": "加快用地手续（模拟数据）",
        "text": "限期完成。（模拟数据）",
        "basis": NUMBER,
        "hearing": hearing.rpartition("/")[2],
    }
    given = {"owner": told.id("U-gamma"), "group": told.id("G-1"), "due_on": "2026-09-10"}
    refused(head.post("/directives", matter), 403, "not-allowed")
    unknown = {**given, "owner": told.id("U-nobody")}
    refused(supervision.post("/directives", {**matter, "issue": unknown}), 422, "unknown-unit")
    elsewhere = {**matter, "hearing": told.id("HD-2030-02")}
    refused(supervision.post("/directives", elsewhere), 422, "unknown-hearing")
    issued = ok(supervision.post("/directives", {**matter, "issue": given}, key="directive-01"), 201)
    assert issued["events"] == ["DirectiveRegistered", "DirectiveIssued"]
    again = ok(supervision.post("/directives", {**matter, "issue": given}, key="directive-01"), 201)
    assert (again["id"], again["replayed"]) == (issued["id"], True)
    path = f"/directives/{issued['id']}"

    refused(told.person("head-alpha").post(f"{path}/acknowledge", {}), 403, "not-allowed")
    ok(contact.post(f"{path}/acknowledge", {}))
    ok(contact.post(f"{path}/feedback", {"text": "已报市局。（模拟数据）"}))
    refused(contact.post(f"{path}/extension", {"new_due_on": "2026-09-20", "reason": "审批延长"}), 403, "not-allowed")
    ok(head.post(f"{path}/extension", {"new_due_on": "2026-09-20", "reason": "审批延长"}))
    ok(supervision.post(f"{path}/extension/grant", {}))
    ok(head.post(f"{path}/feedback", {"text": "已批复。（模拟数据）", "done": True, "documents": [DRAFT]}))
    refused(head.post(f"{path}/close", {}), 403, "not-allowed")
    in_the_owner = told.service.caller(told.id("N-head-gamma"), f"supervision_office@{told.service.district}")
    refused(in_the_owner.post(f"{path}/verify", {"passed": True}), 403, "own-directive")
    ok(supervision.post(f"{path}/verify", {"passed": True, "note": "已核对。"}))
    closed = ok(supervision.post(f"{path}/close", {}))
    shown = ok(supervision.get(path, after=closed["position"]))
    assert (shown["status"], shown["outcome"], shown["late"], shown["due_on"]) == (
        "closed",
        "completed",
        False,
        "2026-09-20",
    )
    assert shown["owner_zh"] == "gamma 局（模拟）"
    assert [one["step"] for one in shown["steps"]] == [
        *["registered", "issued", "acknowledged", "feedback", "extension_requested"],
        *["extended", "feedback", "verified", "closed"],
    ]


def test_a_directive_that_nobody_answers_is_overdue_once(told: District) -> None:
    """三(五): by the clock, once, until the supervision office withdraws or extends it."""
    supervision = told.service.office("supervision_office")
    matter = {"title": "提交方案（模拟数据）", "text": "限期提交。（模拟数据）", "basis": "区长批示"}
    registered = ok(supervision.post("/directives", matter), 201)
    assert registered["events"] == ["DirectiveRegistered"]
    path = f"/directives/{registered['id']}"
    given = {"owner": told.id("U-beta"), "due_on": "2026-09-15"}
    ok(supervision.post(f"{path}/issue", given))
    told.service.wait_drained()
    told.tick(at("2026-09-16 09:00"))
    told.tick(at("2026-09-17 09:00"))
    overdue = ok_list(told, "/directives", overdue=True, open=True)
    assert [one["id"] for one in overdue] == [registered["id"]]
    assert [one.data["owner"] for one in told.published(DirectiveOverdue)] == [told.id("U-beta")]
    assert [one["id"] for one in ok_list(told, "/directives", owner=told.id("U-beta"))] == [registered["id"]]
    assert ok_list(told, "/directives", group=told.id("G-2")) == []
    ok(supervision.post(f"{path}/close", {"withdrawn": True, "reason": "已由上级承办"}))
    told.service.wait_drained()
    assert ok_list(told, "/directives", overdue=True) == []


def test_the_read_model_is_what_a_replay_makes_of_it(told: District, hearing: str) -> None:
    told.service.wait_drained()
    compared = ok(told.service.office("auditor").get("/projections/verify"))
    assert compared["equal"] is True, compared


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/hearings", {"month": "2026-13"}, 422, "invalid-request"),
        ("/hearings/nonsense/held", {}, 422, "invalid-request"),
        ("/hearings/410804-HD-2026-12/pack", {}, 404, "hearing-not-scheduled"),
        ("/directives", {"title": "", "text": "x", "basis": "x"}, 422, "invalid-request"),
        ("/directives/410804-V-2026-9999/close", {}, 404, "directive-unknown"),
        ("/directives/410804-V-2026-9999/issue", {"owner": "x", "due_on": "2026-09-15"}, 422, "invalid-request"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(told: District, path: str, body: Any, status: int, code: str) -> None:
    office = told.service.caller(
        "410804-all", *(f"{role}@{told.service.district}" for role in ("district_office", "supervision_office"))
    )
    refused(office.post(path, body), status, code)
