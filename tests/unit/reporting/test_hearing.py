"""A hearing from its schedule to its minutes, clause 三(一)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest

from services.reporting.deciders import HEARING
from services.reporting.domain.hearing import commands as h
from services.reporting.domain.hearing.events import (
    BriefingPackPrepared,
    HearingHeld,
    HearingPostponed,
    HearingScheduled,
    MinutesApproved,
    MinutesDrafted,
    MinutesIssued,
    MinutesSentBack,
)
from services.reporting.domain.hearing.pack import digest
from services.reporting.domain.hearing.state import HearingStatus
from tests.unit.given import Told, at

from .hearings import (
    APPROVED,
    CLERK,
    DRAFT,
    DRAFTED,
    GROUP,
    HELD,
    ISSUE,
    ISSUED,
    LEADER,
    NUMBER,
    OFFICE,
    OTHER_DRAFT,
    PREPARE,
    SCHEDULE,
    SINCE,
    TODAY,
    UNIT,
    UNTIL,
    hearing,
    pack,
)


def test_the_district_hears_each_group_and_each_responsible_unit_since_the_hearing_before() -> None:
    """三(一) 区委、区政府每双月听取."""
    (event,) = hearing().then(HearingScheduled)
    assert (event.number, event.year, event.month) == (4, 2026, 8)
    assert (event.covers_from, event.covers_until, event.planned_on) == (SINCE, UNTIL, date(2026, 8, 27))
    assert event.reporters == (GROUP, UNIT)


def test_a_hearing_is_scheduled_once() -> None:
    hearing(SCHEDULE).then()


def test_a_hearing_that_would_cover_nothing_is_refused() -> None:
    Told(HEARING, replace(SCHEDULE, covers_from=UNTIL)).refused("nothing-to-cover")


@pytest.mark.parametrize("command", [PREPARE, HELD, DRAFTED, APPROVED, ISSUE], ids=lambda c: type(c).__name__)
def test_nothing_happens_to_a_hearing_that_is_not_scheduled(command: object) -> None:
    assert Told(HEARING, command).refused("hearing-not-scheduled").status == 404


POSTPONE = h.PostponeHearing(at("2026-08-20 10:00"), date(2026, 9, 3), at("2026-09-02 00:00"), "与省级会议冲突", OFFICE)


def test_a_hearing_may_be_put_off_with_a_reason_and_then_covers_more() -> None:
    """三(一): it is not dropped."""
    (event,) = hearing(POSTPONE).then(HearingPostponed)
    assert (event.planned_was, event.planned_on) == (TODAY, date(2026, 9, 3))
    assert event.covers_until == at("2026-09-02 00:00")


def test_a_hearing_put_off_after_its_time_was_covered_covers_no_more() -> None:
    """三(一): the next hearing begins where this one's cover ended."""
    (event,) = hearing(PREPARE, replace(POSTPONE, at=at("2026-08-26 10:00"))).then(HearingPostponed)
    assert event.covers_until == UNTIL
    (event,) = hearing(replace(POSTPONE, at=UNTIL)).then(HearingPostponed)
    assert event.covers_until == UNTIL
    early = replace(PREPARE, pack=pack(as_of=at("2026-08-20 09:00")))
    (event,) = hearing(early, POSTPONE).then(HearingPostponed)
    assert event.covers_until == at("2026-09-02 00:00")


def test_a_hearing_is_put_off_to_a_later_day_and_not_without_a_reason() -> None:
    hearing(replace(POSTPONE, planned_on=TODAY)).refused("not-later")
    hearing(replace(POSTPONE, at=at("2026-09-04 10:00"))).refused("not-later")
    hearing(replace(POSTPONE, reason=" ")).refused("reason-missing")
    hearing(PREPARE, HELD, POSTPONE).refused("wrong-step")


def test_a_pack_is_known_by_its_digest_and_a_later_one_replaces_it() -> None:
    (event,) = hearing(PREPARE).then(BriefingPackPrepared)
    assert (event.pack, event.sha256) == (1, digest(pack()))
    hearing(PREPARE, PREPARE).then()
    (event,) = hearing(PREPARE, replace(PREPARE, pack=pack(1))).then(BriefingPackPrepared)
    assert (event.pack, event.sha256) == (2, digest(pack(1)))


def test_the_digest_is_of_what_the_pack_says_and_not_of_how_it_is_written() -> None:
    """The same instants and amounts written another way are the same pack; another number is another one."""
    one = pack(1)
    other = replace(one, covers_from=one.covers_from.astimezone(UTC), as_of=one.as_of.astimezone(UTC))
    assert digest(other) == digest(one)
    amount = replace(one.groups[0].results, signed_amount=Decimal("0"))
    assert digest(replace(one, groups=(replace(one.groups[0], results=amount),))) == digest(one)
    amount = replace(amount, signed_amount=Decimal("0.01"))
    assert digest(replace(one, groups=(replace(one.groups[0], results=amount),))) != digest(one)


def test_a_pack_of_another_time_or_after_the_hearing_is_refused() -> None:
    hearing(replace(PREPARE, pack=pack(covers_until=at("2026-08-25 00:00")))).refused("pack-covers-another-time")
    hearing(PREPARE, HELD, replace(PREPARE, pack=pack(1))).refused("hearing-over")


def test_who_reported_and_who_did_not_is_recorded() -> None:
    """三(一): each group and each responsible unit is heard."""
    (event,) = hearing(PREPARE, HELD).then(HearingHeld)
    assert (event.attended, event.absent, event.pack) == ((GROUP,), (UNIT,), 1)


def test_a_hearing_needs_its_pack_its_chair_and_reporters_of_its_own() -> None:
    hearing(HELD).refused("pack-missing")
    hearing(PREPARE, replace(HELD, held_on=date(2026, 8, 28))).refused("held-in-future")
    hearing(PREPARE, replace(HELD, attended=())).refused("attendance-wrong")
    hearing(PREPARE, replace(HELD, chair=" ")).refused("attendance-wrong")
    refused = hearing(PREPARE, replace(HELD, attended=("410804-G-9",))).refused("attendance-wrong")
    assert refused.details["unknown"] == ["410804-G-9"]
    hearing(PREPARE, HELD, HELD).refused("wrong-step")


def test_minutes_are_issued_only_after_approval_under_a_number_that_was_entered() -> None:
    """三(一) 会议纪要: drafted, approved by a district leader, issued."""
    story = hearing(PREPARE, HELD, DRAFTED)
    story.then(MinutesDrafted)
    story.when(ISSUE).refused("minutes-not-approved")
    (approved,) = story.when(APPROVED).then(MinutesApproved)
    assert (approved.draft, approved.sha256) == (1, DRAFT)
    (issued,) = story.when(ISSUE).then(MinutesIssued)
    assert (issued.document_number, issued.sha256, issued.draft_sha256) == (NUMBER, ISSUED, DRAFT)
    assert (issued.approved_by, issued.issued_by) == (LEADER, OFFICE)
    assert story.state.status is HearingStatus.MINUTES_ISSUED


def test_nobody_approves_what_he_drafted_or_a_draft_that_he_did_not_read() -> None:
    hearing(PREPARE, HELD, DRAFTED, replace(APPROVED, by=CLERK)).refused("own-work")
    hearing(PREPARE, HELD, DRAFTED, replace(APPROVED, sha256=OTHER_DRAFT)).refused("another-draft")
    hearing(PREPARE, HELD, APPROVED).refused("wrong-step")
    hearing(PREPARE, HELD, DRAFTED, APPROVED, APPROVED).then()


def test_a_draft_is_sent_back_with_reasons_and_replaced() -> None:
    back = h.SendBackMinutes(("请补充时限",), LEADER)
    story = hearing(PREPARE, HELD, DRAFTED, back)
    story.then(MinutesSentBack)
    story.when(APPROVED).refused("wrong-step")
    (again,) = story.when(replace(DRAFTED, sha256=OTHER_DRAFT)).then(MinutesDrafted)
    assert again.draft == 2
    hearing(PREPARE, HELD, DRAFTED, replace(back, reasons=(" ",))).refused("reasons-missing")
    hearing(PREPARE, HELD, back).refused("wrong-step")
    hearing(PREPARE, HELD, DRAFTED, DRAFTED).then()
    hearing(DRAFTED).refused("wrong-step")


@pytest.mark.parametrize(
    "number", ["马政办会纪〔2026〕3号", "马村区政府会议纪要〔2026〕12期", "区政府会议纪要第7期", "马政纪〔2026〕第3号"]
)
def test_a_number_as_the_register_has_it_is_taken(number: str) -> None:
    """GB/T 9704: the year in 〔〕."""
    hearing(PREPARE, HELD, DRAFTED, APPROVED, replace(ISSUE, document_number=number)).then(MinutesIssued)


@pytest.mark.parametrize(
    "number", ["", "3", "马政办会纪[2026]3号", "马政办会纪（2026）3号", "〔2026〕3号", "马政办〔26〕3号"]
)
def test_a_number_of_another_form_is_refused(number: str) -> None:
    """GB/T 9704: neither [] nor () around the year."""
    hearing(PREPARE, HELD, DRAFTED, APPROVED, replace(ISSUE, document_number=number)).refused("document-number-wrong")


def test_an_unknown_command_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        hearing().when(object())
