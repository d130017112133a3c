"""Who is told, in which words, by which channels: derived from the roster, never typed twice (三(二))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifier.domain.notice.events import Channel
from services.notifier.domain.recipients import Selector, addressees
from services.notifier.domain.roster import MERGED, Roster
from services.notifier.domain.rules import Rule, Rules
from services.notifier.domain.telling import commands, messages, window_end
from services.notifier.domain.texts import Text, link, written
from tests.unit.given import at

from .given import ALPHA, BETA, DISTRICT, G1, GAMMA, NAMES, change, person, roster

NOW = at("2026-08-20 09:10")
POSITION = "reporting/410804-R-2026-08-G1@1"


def named(selector: str, facts: Mapping[str, Any], of: Roster | None = None) -> list[str]:
    """The persons whom a selector names, without the district's code."""
    found = addressees([Selector.parse(selector)], facts, of or roster(), DISTRICT)
    return [one.person.removeprefix(f"{DISTRICT}-").removeprefix("N-") for one in found]


@pytest.mark.parametrize(
    ("selector", "facts", "whom"),
    [
        ("head@group", {"group": G1}, ["leader"]),
        ("head@unit", {"unit": ALPHA}, ["head-alpha"]),
        ("head@subject", {"subject": person("cadre")}, ["cadre"]),
        ("head@ranking", {"ranking": [{"subject": G1}, {"subject": BETA}]}, ["leader", "head-beta"]),
        ("head@shares", {"shares": [{"holder": G1}, {"holder": BETA}]}, ["leader", "head-beta"]),
        ("unit_head@parties", {"parties": [G1, ALPHA]}, ["head-alpha"]),
        ("deputy@group", {"group": G1}, ["deputy"]),
        ("liaison@group", {"group": G1}, ["liaison"]),
        ("liaison@reporters", {"reporters": [G1, GAMMA, ALPHA]}, ["liaison", "contact-gamma"]),
        ("lead_unit_heads@group", {"group": G1}, ["head-alpha", "head-beta"]),
        ("lead_unit_liaisons@group", {"group": G1}, []),
        ("person@claimed_by", {"claimed_by": person("x")}, ["x"]),
        ("person@to", {"to": [person("x"), f"{DISTRICT}-commerce-bureau"]}, ["x", "commerce-bureau"]),
        ("office@referee", {"referee": "district_office"}, ["district-office"]),
        ("office:commerce_bureau", {}, ["commerce-bureau"]),
        ("head@unit", {"unit": None}, []),
        ("liaison@unit", {"unit": ALPHA}, []),
    ],
)
def test_whom_a_selector_names(selector: str, facts: Mapping[str, Any], whom: list[str]) -> None:
    """三(三): each group one liaison, each responsible unit one; both heads where two units lead."""
    assert named(selector, facts) == whom


def test_of_a_merged_unit_whoever_holds_the_post_where_it_went_is_told() -> None:
    """一: ids never change; a project of a merged unit is its survivor's to look after."""
    old = f"{DISTRICT}-U-old"
    merged = roster(change(old, MERGED, BETA), change(BETA, MERGED, ALPHA))
    assert named("head@unit", {"unit": old}, merged) == ["head-beta"]
    assert named("liaison@unit", {"unit": old}, merged) == named("liaison@unit", {"unit": BETA})


def test_the_post_counts_as_it_was_held_on_the_day() -> None:
    """People change: the successor is told from his first day on."""
    successor = (
        change(G1, "liaison", person("liaison"), begins=False, since=date(2026, 9, 1), version=2),
        change(G1, "liaison", person("new"), since=date(2026, 9, 1), version=3),
    )
    for day, who in ((date(2026, 8, 31), ["liaison"]), (date(2026, 9, 1), ["new"])):
        assert named("liaison@group", {"group": G1}, roster(*successor, on=day)) == who


def test_a_unit_that_no_longer_leads_is_no_longer_asked() -> None:
    withdrawn = change(G1, "lead", BETA, begins=False, since=date(2026, 8, 1), version=9)
    assert named("lead_unit_heads@group", {"group": G1}, roster(withdrawn)) == ["head-alpha"]


RULE: dict[str, Any] = {
    "kind": "opened",
    "event": "reporting.ReportPeriodOpened",
    "name": {"zh": "开始报送", "en": "open"},
    "to": ["liaison@group"],
    "else": ["lead_unit_heads@group"],
    "title": {"zh": "{group}请{step}", "en": "{group}: please {step}"},
    "body": {"zh": "{due_at}前", "en": "by {due_at}"},
    "link": "/reports/{group}/{period}",
}
FACTS = {"group": G1, "step": "draft", "due_at": at("2026-08-26 00:00"), "period": "2026-08"}


def rules(*changed: Mapping[str, Any]) -> Rules:
    notices = [{**RULE, "kind": f"rule_{n}", **one} for n, one in enumerate(changed or ({},))]
    return Rules.parse({"join_minutes": 30, "notices": notices, "escalations": []})


def told(*changed: Mapping[str, Any], of: Roster | None = None, actor: str = "", facts: Any = None) -> list[Any]:
    table = rules(*changed)
    asked = [(rule, facts or FACTS) for rule in table.notices]
    return list(messages(asked, NAMES, of or roster(), DISTRICT, actor))


def test_ids_are_read_as_names_and_links_keep_them() -> None:
    (message,) = told()
    assert (message.title_zh, message.title_en) == ("招商一组请起草", "Group One: please draft")
    assert (message.body_zh, message.body_en) == ("2026年8月25日 24:00前", "by 2026-08-25 24:00")
    assert message.link == "/reports/410804-G-1/2026-08"
    assert message.to.told_as == f"liaison@{G1}"


def test_where_a_post_is_vacant_those_named_instead_are_told() -> None:
    vacant = change(G1, "liaison", person("liaison"), begins=False, since=date(2026, 8, 1), version=2)
    assert [one.to.person for one in told(of=roster(vacant))] == [person("head-alpha"), person("head-beta")]
    assert [one.to.person for one in told()] == [person("liaison")]


def test_nobody_is_told_what_he_did_himself() -> None:
    assert told(actor=person("liaison")) == []


def test_of_one_event_a_person_is_told_once_by_the_first_rule_that_names_him() -> None:
    both = told({}, {"to": ["liaison@group", "head@group"]})
    assert [(one.rule.kind, one.to.person) for one in both] == [
        ("rule_0", person("liaison")),
        ("rule_1", person("leader")),
    ]


def test_an_event_may_be_meant_only_with_certain_values() -> None:
    (red,) = rules({"when": {"light": "red", "reasons": "empty"}}).notices
    assert red.holds({"light": "red", "reasons": []})
    assert not red.holds({"light": "yellow", "reasons": []})
    assert not red.holds({"light": "red", "reasons": ["x"]})


def test_email_goes_to_those_who_want_it_and_the_inbox_to_all() -> None:
    table = rules({"to": ["liaison@group", "head@group"]})
    sent = commands(told({"to": ["liaison@group", "head@group"]}), POSITION, NOW, frozenset({person("leader")}), table)
    assert [(one.person, one.channel) for one in sent] == [
        (person("liaison"), Channel.INBOX),
        (person("leader"), Channel.INBOX),
        (person("leader"), Channel.EMAIL),
    ]
    assert all(one.queued_for == NOW for one in sent)


def test_an_email_that_may_be_joined_waits_for_the_end_of_its_window() -> None:
    table, wanted = rules({"join": True}), frozenset({person("liaison")})
    inbox, email = commands(told({"join": True}), POSITION, NOW, wanted, table)
    assert (inbox.queued_for, email.queued_for) == (NOW, at("2026-08-20 09:30"))


def test_a_rule_without_email_sends_none() -> None:
    table = rules({"channels": ["inbox"]})
    (only,) = commands(told({"channels": ["inbox"]}), POSITION, NOW, frozenset({person("liaison")}), table)
    assert only.channel is Channel.INBOX


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.integers(1, 600))
def test_a_window_ends_after_now_and_within_its_length(now: datetime, minutes: int) -> None:
    end = window_end(now, minutes)
    assert now < end <= now + timedelta(minutes=minutes)
    assert window_end(end - timedelta(microseconds=1), minutes) == end
    assert window_end(end, minutes) == end + timedelta(minutes=minutes)


@given(st.lists(st.integers(0, 24 * 60), min_size=1, max_size=60))
def test_a_person_gets_at_most_one_joined_letter_of_a_kind_in_a_window(offsets: list[int]) -> None:
    """People: a liaison has ten minutes a month."""
    begin = at("2026-08-20 00:00")
    letters = {window_end(begin + timedelta(minutes=one), 30) for one in offsets}
    assert len(letters) <= len({one // 30 for one in offsets})
    assert all(letter - begin <= timedelta(minutes=max(offsets) + 30) for letter in letters)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "—", "—"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (7, "7", "7"),
        (date(2026, 8, 5), "2026年8月5日", "2026-08-05"),
        (at("2026-08-26 00:00"), "2026年8月25日 24:00", "2026-08-25 24:00"),
        (at("2026-08-26 09:05"), "2026年8月26日 09:05", "2026-08-26 09:05"),
        (Decimal("1234567.50"), "1,234,567.5", "1,234,567.5"),
        (Decimal("5000000.00"), "5,000,000", "5,000,000"),
        ([], "—", "—"),
        (["甲", "乙"], "甲、乙", "甲, 乙"),
        ([{"code": "late", "zh": "超期", "en": "late"}], "超期", "late"),
        ("2026-08", "2026年8月", "2026-08"),
        (GAMMA, "丙局（模拟）", "Gamma Bureau (simulated)"),
        ("410804-U-unknown", "410804-U-unknown", "410804-U-unknown"),
    ],
)
def test_values_are_written_as_people_read_them(value: Any, zh: str, en: str) -> None:
    assert (written(value, NAMES, 0), written(value, NAMES, 1)) == (zh, en)


def test_a_long_reason_is_cut_and_a_field_that_is_not_there_is_an_error() -> None:
    assert len(Text("{reason}", "x").filled({"reason": "长" * 5000}, {}).zh) < 1000
    with pytest.raises(KeyError):
        Text("{nothing}", "x").filled({}, {})
    assert link("/leads/{lead}", {"lead": "410804-L-2026-0001"}) == "/leads/410804-L-2026-0001"


def test_the_rules_of_an_event_come_in_their_order() -> None:
    table = rules({}, {"event": "x.Y"}, {"event": "*.ReportPeriodOpened"})
    assert [rule.kind for rule in table.of("reporting", "ReportPeriodOpened")] == ["rule_0", "rule_2"]
    found: Rule | None = table.kind("rule_1")
    assert found is not None
    assert table.kind("gone") is None
