"""Area notifier as a deployment runs it: inboxes, escalation, contacts, on the real PostgreSQL and Kafka."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from services.notifier.domain.escalation.events import EscalationRaised, EscalationResolved
from services.notifier.domain.notice.events import NotificationDelivered, NotificationQueued
from services.reporting.domain.report.events import ReportDrafted, ReportReturned, ReportReviewed
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import ok, refused
from tests.integration.notified import BEGIN, Notified, district, titles
from tests.integration.service_process import wait_until
from tests.unit.given import at


def test_a_report_tells_each_whose_turn_it_is(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """三(三): the liaison drafts, both heads review, the leader signs off; each hears of it, and of nothing else."""
    with district(postgres, kafka) as told:
        report, liaison, leader = told.report(1), told.person("liaison"), told.person("leader-1")
        opened = told.opened(1)
        told.settle(opened)
        (first,) = ok(liaison.get("/inbox"))["items"]
        assert (first["title_zh"], first["link"]) == (
            "招商1组2026年8月月报开始报送",
            f"/reports/{told.id('G-1')}/2026-08",
        )
        assert (first["about"], first["told_as"], first["unread"]) == (opened, f"liaison@{told.id('G-1')}", True)
        assert titles(leader) == []

        by_liaison = told.id("N-liaison")
        drafted = ReportDrafted(1, by_liaison, "情况（模拟数据）", (), BEGIN)
        told.settle(told.tell("reporting", report, drafted, actor=by_liaison))
        for unit in ("alpha", "beta"):
            assert titles(told.person(f"head-{unit}")) == ["Please review Group 1's report of 2026-08"]
        one = ReportReviewed(1, told.id("U-alpha"), told.id("N-head-alpha"), (told.id("U-beta"),))
        both = ReportReviewed(1, told.id("U-beta"), told.id("N-head-beta"), ())
        told.settle(told.tell("reporting", report, one, both))
        assert titles(leader) == ["Please sign off Group 1's report of 2026-08"]
        told.settle(told.submitted(1, at("2026-08-20 10:00")))
        bureau = told.service.office("commerce_bureau")
        assert titles(bureau) == ["Group 1 submitted its report of 2026-08"]
        returned = ReportReturned(1, told.id("commerce-bureau"), ("数字有误（模拟数据）",))
        told.settle(told.tell("reporting", report, returned))
        assert len(titles(liaison)) == 2
        assert "数字有误（模拟数据）" in ok(leader.get("/inbox"))["items"][0]["body_zh"]

        clerk = told.service.caller(told.id("N-clerk"), f"commerce_bureau@{told.service.district}")
        assert titles(clerk) == titles(bureau), "whoever holds the office reads its inbox"
        mine = first["id"]
        refused(leader.post(f"/inbox/{mine}/read", {}), 403, "not-allowed")
        refused(bureau.post(f"/inbox/{mine}/read", {}), 403, "not-allowed")
        read = ok(liaison.post(f"/inbox/{mine}/read", {}, key="read-it-1"))
        assert read["events"] == ["NotificationRead"]
        assert ok(liaison.post(f"/inbox/{mine}/read", {}, key="read-it-1"))["replayed"]
        page = ok(liaison.get("/inbox", after=read["position"]))
        assert [one["unread"] for one in page["items"]] == [True, False]
        assert page["unread"] == 1
        unread = ok(liaison.get("/inbox/unread"))
        assert [(kind["kind"], kind["unread"]) for kind in unread["kinds"]] == [("report_returned", 1)]
        assert unread["kinds"][0]["name_zh"] == "月报被商务局退回"
        everything = ok(liaison.post("/inbox/read-all", {}, key="read-all-1"))
        assert (everything["read"], everything["more"]) == (1, False)
        assert ok(liaison.post("/inbox/read-all", {}, key="read-all-1"))["read"] == 1
        assert ok(liaison.get("/inbox/unread", after=everything["after"]))["unread"] == 0
        assert ok(liaison.post("/inbox/read-all", {})) == {"read": 0, "more": False, "after": []}

        auditor = told.service.office("auditor")
        (delivery,) = ok(auditor.get("/deliveries", event=opened))
        assert (delivery["person"], delivery["status"], delivery["receipt"]) == (by_liaison, "delivered", "inbox")
        refused(liaison.get("/deliveries", event=opened), 403, "not-allowed")
        assert ok(auditor.get("/projections/verify"))["equal"] is True
        queued = [
            (one.data["about"], one.data["person"], one.data["channel"]) for one in told.published(NotificationQueued)
        ]
        assert max(Counter(queued).values()) == 1
        assert len(told.published(NotificationDelivered)) == len(queued)


def test_what_is_overdue_is_taken_to_the_next_levels_until_it_is_done(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    """三(三): one working day after the miss the leader and the Commerce Bureau, after three the district office."""
    with district(postgres, kafka) as told:
        told.settle(told.opened(1), told.opened(2))
        told.tick(at("2026-08-26 08:00"))
        told.settle(told.missed(1), told.missed(2))
        overseer = told.service.office("district_office")
        assert {one["level"] for one in ok(overseer.get("/escalations", open=True))} == {0}
        told.tick(at("2026-08-26 23:00"))
        assert told.published(EscalationRaised) == []
        told.tick(at("2026-08-27 09:00"))
        first = told.published(EscalationRaised)
        bureau = told.id("commerce-bureau")
        assert sorted((one.data["group"], one.data["level"], tuple(one.data["to"])) for one in first) == [
            (told.id(f"G-{n}"), 1, (told.id(f"N-leader-{n}"), bureau)) for n in (1, 2)
        ]
        assert [title[:18] for title in titles(told.person("leader-1"))] == ["Overdue, level 1: "]
        assert len(titles(told.service.office("commerce_bureau"))) == 2

        told.settle(told.submitted(1, at("2026-08-28 10:00")))
        told.tick(at("2026-10-01 09:00"))
        raised = [(one.data["group"][-1], one.data["level"]) for one in told.published(EscalationRaised)]
        assert sorted(raised) == [("1", 1), ("2", 1), ("2", 2)]
        (resolved,) = told.published(EscalationResolved)
        assert resolved.data["settled_by"] == f"reporting/{told.report(1)}@3"
        assert len(titles(overseer)) == 1
        (still,) = ok(overseer.get("/escalations", open=True))
        assert (still["obligation"], still["level"], still["title_zh"]) == (told.report(2), 2, "招商2组2026年8月月报")
        assert [one["obligation"] for one in ok(told.person("leader-1").get("/escalations"))] == [told.report(1)]
        assert ok(told.person("stranger").get("/escalations")) == []
        told.settle(told.submitted(2, at("2026-10-01 09:00")))
        assert ok(overseer.get("/escalations", open=True)) == []
        assert ok(told.service.office("auditor").get("/projections/verify"))["equal"] is True


def test_reacting_to_everything_again_tells_nobody_twice(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """Its read model and its place in the bus are lost: what was told stays told, exactly once."""
    with district(postgres, kafka) as told:
        told.settle(told.opened(1), told.opened(2), told.missed(2), told.submitted(2, at("2026-08-28 10:00")))
        settings = told.service.settings
        before = len(told.published(NotificationQueued))
        assert before == 2 + 3 + 1
    with psycopg.connect(settings.database, autocommit=True) as connection:
        connection.execute("DROP SCHEMA read CASCADE")
        connection.execute("DELETE FROM ops.reaction_checkpoint")
    with district(postgres, kafka, settings, told) as again:
        again.settle(again.opened(1, "2026-09"))
        assert len(again.published(NotificationQueued)) == before + 1
        assert len(again.published(EscalationResolved)) == 1
        assert ok(again.service.office("auditor").get("/projections/verify"))["equal"] is True


@pytest.fixture(scope="module")
def alone(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[Notified]:
    """A district in which nothing has happened yet."""
    with district(postgres, kafka) as told:
        yield told


def test_an_inbox_is_read_page_by_page(alone: Notified) -> None:
    positions = [alone.opened(1, f"2027-{month:02d}") for month in range(1, 6)]
    alone.settle(*positions)
    liaison, seen, cursor = alone.person("liaison"), list[str](), None
    while True:
        page = ok(liaison.get("/inbox", limit=2, cursor=cursor))
        seen += [one["about"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
        assert len(page["items"]) == 2
    assert sorted(seen) == sorted(positions)
    assert len(titles(liaison, kind="report_opened", unread=True)) == 5
    assert titles(liaison, kind="light_red") == []


def test_ones_own_contact_is_ones_own_and_goes_with_a_receipt(alone: Notified) -> None:
    """The log never held it: every hash stays valid."""
    jia, yi = alone.person("jia"), alone.person("yi")
    assert ok(jia.get("/contact")) == {"email": None, "opted_out": [], "updated_at": None}
    address = "jia@example.org"
    kept = ok(jia.post("/contact", {"email": address, "opted_out": ["email"]}))
    assert (kept["email"], kept["opted_out"]) == (address, ["email"])
    assert ok(jia.get("/contact")) == kept
    assert ok(yi.get("/contact"))["email"] is None
    refused(jia.post("/contact", {"opted_out": ["inbox"]}), 422, "inbox-is-needed")
    receipt = ok(jia.post("/contact/forget", {}))
    assert (receipt["person"], receipt["erased"]) == (alone.id("N-jia"), ["email", "opted_out"])
    assert ok(jia.get("/contact"))["email"] is None
    assert ok(jia.post("/contact/forget", {}))["erased"] == []

    ok(jia.post("/contact", {"email": address}))
    path = f"/contacts/{alone.id('N-jia')}/forget"
    refused(yi.post(path, {}), 403, "not-allowed")
    assert ok(alone.service.office("operator").post(path, {}))["erased"] == ["email"]
    with psycopg.connect(alone.service.settings.database) as connection:
        rows = connection.execute("SELECT erased_by, r::text FROM ops.contact_erasure r ORDER BY erased_at").fetchall()
    assert [by for by, _ in rows] == [alone.id("N-jia"), alone.id("N-jia"), alone.id("operator")]
    assert not any(address in text for _, text in rows)


@pytest.mark.parametrize("address", ["nobody", "a@b", "a b@example.org", "x" * 300 + "@example.org", "张@example.org"])
def test_what_is_no_address_is_refused(alone: Notified, address: str) -> None:
    refused(alone.person("jia").post("/contact", {"email": address}), 422, "invalid-request")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/inbox/410804-M-00000000000000000000000000000000/read", {}, 404, "unknown-notice"),
        ("POST", "/inbox/nonsense/read", {}, 422, "invalid-request"),
        ("POST", "/inbox/read-all", {"surplus": 1}, 422, "invalid-request"),
        ("POST", "/deliveries/410804-M-00000000000000000000000000000000/retry", {}, 403, "not-allowed"),
        ("GET", "/inbox?cursor=2.1.x", None, 422, "invalid-request"),
        ("GET", "/inbox?limit=0", None, 422, "invalid-request"),
        ("GET", "/deliveries/failed", None, 403, "not-allowed"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(
    alone: Notified, method: str, path: str, body: Any, status: int, code: str
) -> None:
    caller = alone.person("jia")
    refused(caller.post(path, body) if method == "POST" else caller.get(path), status, code)


def test_the_table_of_rules_can_be_read_by_everybody(alone: Notified) -> None:
    table = ok(alone.person("jia").get("/rules"))
    opened = next(one for one in table if one["kind"] == "report_opened")
    assert (opened["to"], opened["otherwise"]) == (["liaison@group"], ["lead_unit_heads@group"])


def test_without_a_mail_server_nothing_is_queued_for_one(alone: Notified) -> None:
    contact = alone.person("liaison")
    ok(contact.post("/contact", {"email": "liaison@example.org"}))
    position = alone.opened(2, "2027-08")
    alone.settle(position)
    wait_until(lambda: bool(ok(alone.service.office("auditor").get("/deliveries", event=position))), 10)
    (only,) = ok(alone.service.office("auditor").get("/deliveries", event=position))
    assert only["channel"] == "inbox"
