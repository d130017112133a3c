"""E-mail to a real SMTP server: at least once there, once in the record, and no address anywhere else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from prometheus_client import REGISTRY, generate_latest

from services.notifier.domain.notice.events import NotificationDelivered, NotificationFailed
from services.reporting.domain.report.events import ReportReturned
from sevenx.kernel.telemetry import JsonFormatter
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from sevenx.local.processes import free_port
from tests.conftest import SharedPostgres
from tests.integration.bus import records
from tests.integration.districts import ok, refused
from tests.integration.mailbox import HEAD, LEADER, LIAISON, PATIENCE, Mailbox, environment, serving
from tests.integration.notified import BEGIN, Notified, district
from tests.integration.service_process import spawned, wait_until


@dataclass
class Post:
    """A running notifier that sends to a mailbox, and where this mailbox listens."""

    told: Notified
    mailbox: Mailbox
    port: int

    def deliveries(self, event: str, channel: str = "email") -> list[dict[str, Any]]:
        found = ok(self.told.service.office("auditor").get("/deliveries", event=event))
        return [one for one in found if one["channel"] == channel]

    def until(self, event: str, status: str) -> dict[str, Any]:
        """The one e-mail about an event, once it stands so."""
        wait_until(
            lambda: [one["status"] for one in self.deliveries(event)] == [status],
            PATIENCE,
            lambda: str(self.deliveries(event)),
        )
        return self.deliveries(event)[0]

    def returned(self, period: str, group: int = 1) -> str:
        """The Commerce Bureau returns a report: liaison, both heads and the leader are told at once."""
        self.told.opened(group, period)
        event = ReportReturned(1, self.told.id("commerce-bureau"), ("请核对（模拟数据）",))
        return self.told.tell("reporting", self.told.report(group, period), event)

    def leaves(self, name: str, email: str | None) -> None:
        ok(self.told.person(name).post("/contact", {"email": email}))


@pytest.fixture(scope="module")
def post(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[Post]:
    port, mailbox = free_port(), Mailbox()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(port).items():
            patch.setenv(name, value)
        with serving(mailbox, port), district(postgres, kafka) as told:
            yield Post(told, mailbox, port)


def test_a_person_who_left_an_address_gets_a_letter_and_nobody_sees_the_address(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        post.leaves("leader-1", LEADER)
        event = post.returned("2026-08")
        (mail,) = post.mailbox.wait(LEADER)
        done = post.until(event, "delivered")
    assert (done["receipt"], done["person"]) == (mail["Message-ID"], post.told.id("N-leader-1"))
    text = str(mail.get_content())
    assert "请核对（模拟数据）" in text
    assert f"https://sevenx.example.org/reports/{post.told.id('G-1')}/2026-08" in text
    assert len(post.deliveries(event, "inbox")) == 4, "the inbox holds it as well, for all who are told"

    post.told.settle()
    topic = events_topic(post.told.service.district, "notifier")
    assert not any(LEADER.encode() in (one.value() or b"") for one in records(post.told.kafka, topic))
    ours = [JsonFormatter().format(one) for one in caplog.records if one.name != "mail.log"]
    assert not any(LEADER in one for one in ours), "mail.log is the test's mail server"
    assert LEADER.encode() not in generate_latest()
    refused(post.told.person("head-alpha").get("/deliveries", event=event), 403, "not-allowed")


def test_what_comes_within_one_window_is_one_letter(post: Post) -> None:
    """People: a liaison has ten minutes a month."""
    post.leaves("liaison", LIAISON)
    events = [post.told.opened(group, "2026-10") for group in (1, 2)]
    post.told.settle(*events)
    assert [one["status"] for event in events for one in post.deliveries(event)] == ["queued", "queued"]
    assert post.mailbox.to(LIAISON) == []
    post.told.tick(BEGIN + timedelta(minutes=31))
    (mail,) = post.mailbox.wait(LIAISON)
    assert str(mail["Subject"]).startswith("月报开始报送（2条）")
    assert {post.until(event, "delivered")["receipt"] for event in events} == {mail["Message-ID"]}
    post.leaves("liaison", None)


def test_an_address_that_is_not_taken_fails_for_good_until_an_operator_asks(post: Post) -> None:
    post.mailbox.refuse[HEAD] = [f"550 5.1.1 <{HEAD}> unknown"]
    post.leaves("head-beta", HEAD)
    post.leaves("leader-1", None)
    event = post.returned("2026-11")
    failed = post.until(event, "failed")
    assert (failed["attempts"], failed["reason"]) == (1, "550 5.1.1 <(address)> unknown")
    operator = post.told.service.office("operator")
    assert failed["id"] in [one["id"] for one in ok(operator.get("/deliveries/failed"))["items"]]
    refused(post.told.person("head-beta").post(f"/deliveries/{failed['id']}/retry", {}), 403, "not-allowed")
    del post.mailbox.refuse[HEAD]
    again = ok(operator.post(f"/deliveries/{failed['id']}/retry", {}))
    assert again["events"] == ["NotificationRequeued"]
    assert len(post.mailbox.wait(HEAD)) == 1
    assert post.until(event, "delivered")["attempts"] == 0
    post.leaves("head-beta", None)


def test_a_server_that_is_busy_is_asked_again_and_not_for_ever(post: Post) -> None:
    busy = "450 4.2.1 busy"
    post.mailbox.refuse[HEAD] = [busy, busy, "250 OK"]
    taken = len(post.mailbox.to(HEAD))
    post.leaves("head-beta", HEAD)
    event = post.returned("2026-12")
    wait_until(lambda: [one["attempts"] >= 2 for one in post.deliveries(event)] == [True], PATIENCE)
    del post.mailbox.refuse[HEAD]
    assert post.until(event, "delivered")["reason"] is None
    assert len(post.mailbox.to(HEAD)) == taken + 1
    post.mailbox.refuse[HEAD] = [busy]
    bounded = post.until(post.returned("2027-01"), "failed")
    assert (bounded["attempts"], bounded["reason"]) == (3, busy)
    del post.mailbox.refuse[HEAD]
    post.leaves("head-beta", None)


def test_who_erases_his_address_is_written_to_no_more(post: Post) -> None:
    post.leaves("liaison", LIAISON)
    event = post.told.opened(2, "2027-02")
    post.told.settle(event)
    taken = len(post.mailbox.letters)
    assert ok(post.told.person("liaison").post("/contact/forget", {}))["erased"] == ["email"]
    post.told.tick(BEGIN + timedelta(minutes=90))
    failed = post.until(event, "failed")
    assert (failed["reason"], failed["attempts"]) == ("no address", 1)
    assert len(post.mailbox.letters) == taken
    with psycopg.connect(post.told.service.settings.database) as connection:
        assert connection.execute("SELECT count(*) FROM ops.contact WHERE email = %s", (LIAISON,)).fetchone() == (0,)


def test_a_dead_server_loses_nothing_and_costs_no_attempt(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    port, mailbox = free_port(), Mailbox()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(port).items():
            patch.setenv(name, value)
        with district(postgres, kafka) as told:
            post = Post(told, mailbox, port)
            post.leaves("leader-1", LEADER)
            events = [post.returned(f"2026-{month:02d}") for month in (8, 9)]
            wait_until(lambda: REGISTRY.get_sample_value("sevenx_mail_server_up") == 0, PATIENCE)
            wait_until(lambda: (REGISTRY.get_sample_value("sevenx_notices_oldest_queued_seconds") or 0) > 0, PATIENCE)
            assert [post.deliveries(event)[0]["attempts"] for event in events] == [0, 0]
            with serving(mailbox, port):
                assert len(mailbox.wait(LEADER, 2)) == 2
                for event in events:
                    post.until(event, "delivered")
                wait_until(lambda: REGISTRY.get_sample_value("sevenx_notices_oldest_queued_seconds") == 0, PATIENCE)
            told.settle()
            assert told.published(NotificationFailed) == []
            assert len(told.published(NotificationDelivered)) == 2 * (1 + 4) + 2
            assert ok(told.service.office("auditor").get("/projections/verify"))["equal"] is True


def test_a_crash_after_the_server_took_it_sends_it_again_under_the_same_name(
    postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path
) -> None:
    """At least once at the server, once in the record."""
    port, mailbox = free_port(), Mailbox()
    with district(postgres, kafka) as told:
        ok(told.person("leader-1").post("/contact", {"email": LEADER}))
        settings = told.service.settings
    event = Post(told, mailbox, port).returned("2026-08")
    with serving(mailbox, port):
        with spawned(settings, tmp_path / "log", **environment(port), SEVENX_FAULT="mail.taken") as process:
            wait_until(lambda: process.poll() is not None, 60, (tmp_path / "log").read_text)
        (first,) = mailbox.wait(LEADER)
        assert LEADER not in (tmp_path / "log").read_text("utf-8")
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment(port).items():
                patch.setenv(name, value)
            with district(postgres, kafka, settings, told) as again:
                delivered = Post(again, mailbox, port).until(event, "delivered")
                again.settle()
                mine = [one for one in again.published(NotificationDelivered) if one.stream == delivered["id"]]
    assert [one["Message-ID"] for one in mailbox.to(LEADER)] == [first["Message-ID"]] * 2
    assert [one.data["receipt"] for one in mine] == [first["Message-ID"]]
