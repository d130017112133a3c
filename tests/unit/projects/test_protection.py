"""首报首谈: the first report is protected, later ones wait, and the queue moves up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.projects.deciders import PROTECTION
from services.projects.domain.dates import add_months
from services.projects.domain.parties import party_key
from services.projects.domain.protection import commands as c
from services.projects.domain.protection import events as e
from services.projects.domain.protection.events import GrantBasis, ReleaseCause
from services.projects.domain.values import Commerce, Party, Referee
from tests.unit.projects.protections import (
    ANYANG,
    FIRST,
    MACUN,
    NOBODY,
    PEOPLE,
    SECOND,
    TERMS,
    THIRD,
    contest,
    day,
    decide_contest,
    decide_intent,
    decide_release,
    extend,
    give_up,
    judge_idle,
    report,
    reported,
)
from tests.unit.projects.stories import CHECKER, INVESTOR, TODAY, Story, sha

PROJECT = "410804-P-2026-0001"


def test_the_first_complete_registration_is_protected_for_six_months() -> None:
    """首报首谈: 首报 is the first complete registration accepted; six months by default."""
    [event] = Story(PROTECTION).when(report())
    assert isinstance(event, e.ProtectionGranted)
    assert (event.lead, event.unit, event.report, event.basis) == (FIRST, MACUN, 1, GrantBasis.FIRST_REPORT)
    assert (event.from_date, event.until) == (TODAY, date(2027, 1, 20))


def test_later_reports_of_the_same_investor_and_intent_are_kept_in_order() -> None:
    """首报首谈: later reports are kept as queued 备案, never refused; only the holder's unit is told."""
    story = reported(FIRST)
    [second] = story.when(report(SECOND))
    [third] = story.when(report(THIRD))
    assert isinstance(second, e.LeadQueued)
    assert [(one.lead, one.position, one.holder_unit) for one in (second, third)] == [
        (SECOND, 1, MACUN), (THIRD, 2, MACUN),
    ]  # fmt: skip


def test_another_intent_of_the_same_investor_has_a_protection_of_its_own() -> None:
    """首报首谈: one active protection per investor and intent."""
    [event] = reported(FIRST).when(report(SECOND, intent_key="trade-logistics"))
    assert isinstance(event, e.ProtectionGranted)


def test_a_lead_is_reported_once() -> None:
    assert reported(FIRST).when(report()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Polaris Metals (demo) GmbH", "POLARIS  METALS（DEMO）ＧｍｂＨ"), ("北极星-金属（模拟）", "北极星金属(模拟)")],
)
def test_a_foreign_investor_is_known_by_its_name_however_it_is_written(one: str, other: str) -> None:
    assert party_key(Party(one)) == party_key(Party(other))
    assert party_key(Party(one)) != party_key(Party(one + "二"))
    assert party_key(INVESTOR) == INVESTOR.code


def test_digits_that_are_parted_are_not_run_together() -> None:
    assert party_key(Party("Works 1-11 (demo) Ltd")) != party_key(Party("Works 11-1 (demo) Ltd"))
    assert party_key(Party("Works 1 – 11 (demo) Ltd")) == party_key(Party("works 1-11 demo, ltd."))


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [(date(2026, 8, 31), 6, date(2027, 2, 28)), (date(2026, 7, 1), 6, date(2027, 1, 1)),
     (date(2027, 8, 31), 6, date(2028, 2, 29)), (date(2026, 6, 30), 6, date(2026, 12, 30))],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_months_last(begin: date, months: int, end: date) -> None:
    assert add_months(begin, months) == end


def test_a_protection_is_extended_once_with_a_reason() -> None:
    """首报首谈: default six months, one extension."""
    story = reported(FIRST)
    assert story.refused(extend(reason=" ")).code == "reason-missing"
    [event] = story.when(extend())
    assert (event.until_was, event.until) == (date(2027, 1, 20), date(2027, 7, 20))
    refused = story.refused(extend())
    assert (refused.code, refused.details["until"]) == ("no-extension-left", "2027-07-20")


def test_nobody_extends_or_releases_his_own() -> None:
    """首报首谈: nobody decides his own; where the Commerce Bureau is a party the district office decides."""
    story = reported(FIRST)
    assert story.refused(extend(by=PEOPLE[FIRST])).code == "own-case"
    own = Commerce(MACUN, ())
    assert story.refused(extend(commerce=own)).code == "not-the-deciding-office"
    assert story.when(extend(commerce=own, office=Referee.DISTRICT_OFFICE))


def test_30_days_without_progress_warn_and_60_propose_the_release() -> None:
    """首报首谈: 30 days without progress warns, 60 proposes release (never automatic)."""
    story = reported(FIRST)
    assert story.when(judge_idle(TODAY, day(29))) == []
    [warned] = story.when(judge_idle(TODAY, day(30)))
    assert (warned.idle_days, warned.release_proposed_on) == (30, day(60))
    assert story.when(judge_idle(TODAY, day(30))) == []
    [proposed] = story.when(judge_idle(TODAY, day(60)))
    assert isinstance(proposed, e.ReleaseProposed)
    assert story.when(judge_idle(TODAY, day(99))) == []
    assert story.state.hold_of(FIRST) is not None, "proposed is not released"


def test_progress_begins_a_new_spell_that_may_warn_again() -> None:
    story = reported(FIRST).after([judge_idle(TODAY, day(30))])
    assert story.when(judge_idle(day(31), day(60))) == []
    [warned] = story.when(judge_idle(day(31), day(61)))
    assert warned.idle_since == day(31)


def test_a_release_is_decided_only_when_it_was_proposed_and_nothing_moved_since() -> None:
    """首报首谈: the Commerce Bureau decides, never without the 60 days."""
    story = reported(FIRST)
    assert story.refused(decide_release(True, day(10))).code == "no-release-proposed"
    story.after([judge_idle(TODAY, day(30)), judge_idle(TODAY, day(60))])
    assert story.refused(decide_release(True, day(62), progress_on=day(61))).code == "no-release-proposed"
    assert story.refused(decide_release(True, day(61), by=PEOPLE[FIRST])).code == "own-case"
    [event] = story.when(decide_release(True, day(61)))
    assert (event.cause, event.next_lead) == (ReleaseCause.IDLE, None)
    assert story.refused(extend()).code == "not-protected"


def test_a_declined_release_counts_idleness_anew() -> None:
    story = reported(FIRST).after([judge_idle(TODAY, day(30)), judge_idle(TODAY, day(60))])
    [event] = story.when(decide_release(False, day(63)))
    assert isinstance(event, e.ReleaseDeclined)
    assert story.refused(decide_release(True, day(64))).code == "no-release-proposed"
    assert story.when(judge_idle(TODAY, day(92))) == []
    [warned] = story.when(judge_idle(TODAY, day(93)))
    assert warned.idle_since == day(63)


def test_the_queue_moves_up_on_release() -> None:
    """首报首谈: the queue moves up on release, the earliest report first."""
    story = reported(FIRST, SECOND, THIRD).after([judge_idle(TODAY, day(30)), judge_idle(TODAY, day(60))])
    released, granted = story.when(decide_release(True, day(61)))
    assert (released.next_lead, granted.lead, granted.unit) == (SECOND, SECOND, ANYANG)
    assert (granted.basis, granted.from_date) == (GrantBasis.NEXT_IN_QUEUE, day(61))
    assert [one.lead for one in story.state.queue("aluminium")] == [THIRD]


def test_the_queue_moves_up_on_expiry_and_a_term_is_judged_only_when_it_is_over() -> None:
    """首报首谈: the queue moves up on expiry."""
    story = reported(FIRST, SECOND)
    until = date(2027, 1, 20)
    assert story.when(c.JudgeTerms(TERMS, until)) == []
    expired, granted = story.when(c.JudgeTerms(TERMS, date(2027, 1, 21)))
    assert (expired.lead, expired.until, expired.next_lead) == (FIRST, until, SECOND)
    assert (granted.lead, granted.from_date) == (SECOND, date(2027, 1, 21))


def test_a_holder_may_give_up() -> None:
    story = reported(FIRST, SECOND)
    released, granted = story.when(give_up())
    assert (released.cause, granted.lead) == (ReleaseCause.GIVEN_UP, SECOND)
    assert story.refused(give_up()).code == "not-protected"
    assert story.refused(give_up(THIRD)).code == "not-reported"


def test_only_the_holder_negotiates() -> None:
    """首报首谈: a lead that waits is refused by name of the holder's unit, and of nothing else of it."""
    story = reported(FIRST, SECOND)
    refused = story.refused(c.ConvertProtected(SECOND, PROJECT, TODAY))
    assert (refused.code, refused.details) == ("lead-protected", {"holder_unit": MACUN})
    [event] = story.when(c.ConvertProtected(FIRST, PROJECT, TODAY))
    assert isinstance(event, e.ProtectionConverted)


def test_a_lead_whose_protection_ended_negotiates_while_nobody_else_is_protected() -> None:
    story = reported(FIRST).after([give_up()])
    assert story.when(c.ConvertProtected(FIRST, PROJECT, TODAY)) == []
    story.when(report(SECOND))
    assert story.refused(c.ConvertProtected(FIRST, PROJECT, TODAY)).code == "lead-protected"


def test_a_signed_project_keeps_its_intent_without_a_term() -> None:
    """Conversion keeps the protection's story consistent: with the contract no term, no idleness, no release counts."""
    story = reported(FIRST).after([c.ConvertProtected(FIRST, PROJECT, TODAY), c.Fulfil(FIRST, PROJECT, day(20))])
    assert story.when(c.Fulfil(FIRST, PROJECT, day(20))) == []
    assert story.when(c.JudgeTerms(TERMS, day(400))) == []
    assert story.when(judge_idle(TODAY, day(60))) == []
    assert [type(one) for one in story.when(report(SECOND))] == [e.LeadQueued]
    for command in (extend(), give_up(), decide_release(True, day(70)), contest()):
        assert story.refused(command).code == "protection-fulfilled"


def test_a_signature_taken_back_lets_the_term_count_again() -> None:
    story = reported(FIRST).after([c.ConvertProtected(FIRST, PROJECT, TODAY), c.Fulfil(FIRST, PROJECT, day(20))])
    assert [type(one) for one in story.when(c.Reopen(FIRST, PROJECT, "合同无效", day(30)))] == [e.ProtectionReopened]
    assert story.when(c.Reopen(FIRST, PROJECT, "合同无效", day(30))) == []
    assert [type(one) for one in story.when(c.JudgeTerms(TERMS, day(400)))] == [e.ProtectionExpired]


def leave(lead: str, cause: ReleaseCause = ReleaseCause.LEAD_CLOSED) -> c.Leave:
    return c.Leave(lead, cause, "关闭", TERMS, TODAY, PEOPLE[lead])


def test_a_closed_lead_and_a_lost_project_give_their_place_to_the_next() -> None:
    story = reported(FIRST, SECOND, THIRD)
    [left] = story.when(leave(SECOND))
    assert isinstance(left, e.QueueLeft)
    released, granted = story.when(leave(FIRST, ReleaseCause.PROJECT_OVER))
    assert (released.cause, granted.lead) == (ReleaseCause.PROJECT_OVER, THIRD)
    assert story.when(leave(FIRST)) == []


def test_first_report_and_first_talk_are_kept_apart() -> None:
    """首报首谈: 首谈 the first substantive talk proved by minutes or confirmation; kept apart from 首报."""
    story = reported(FIRST, SECOND)
    [talk] = story.when(c.ProveTalk(FIRST, day(-1), sha("m1"), TODAY))
    assert (talk.lead, talk.unit, talk.talked_on) == (FIRST, MACUN, day(-1))
    assert story.when(c.ProveTalk(SECOND, TODAY, sha("m2"), TODAY)) == []
    [earlier] = story.when(c.ProveTalk(SECOND, day(-9), sha("m3"), TODAY))
    assert (earlier.lead, earlier.unit) == (SECOND, ANYANG)
    assert story.state.hold_of(FIRST) is not None, "the protection stands until it is contested and decided"
    assert story.when(c.ProveTalk(THIRD, day(-20), sha("m4"), TODAY)) == []


def test_two_intents_are_declared_the_same_and_the_later_report_waits() -> None:
    """首报首谈: the Commerce Bureau may declare two intents the same."""
    story = reported(FIRST).after([report(SECOND, intent_key="new-materials")])
    decided, released, queued = story.when(decide_intent())
    assert (decided.lead, decided.was, decided.intent_key, decided.same_as) == (
        SECOND, "new-materials", "aluminium", FIRST,
    )  # fmt: skip
    assert (released.cause, queued.position, queued.holder_unit) == (ReleaseCause.INTENT, 1, MACUN)
    [third] = story.when(report(THIRD, intent_key="new-materials"))
    assert (type(third), third.intent_key) == (e.LeadQueued, "aluminium")
    assert story.refused(decide_intent()).code == "same-already"


def test_whichever_lead_is_named_first_the_later_report_moves() -> None:
    story = reported(FIRST).after([report(SECOND, intent_key="new-materials")])
    decided, *_ = story.when(decide_intent(FIRST, SECOND))
    assert (decided.lead, decided.same_as) == (SECOND, FIRST)


def test_two_intents_are_declared_distinct_and_the_waiting_one_is_protected() -> None:
    """首报首谈: the Commerce Bureau may declare two intents distinct."""
    story = reported(FIRST, SECOND, THIRD)
    decided, left, granted = story.when(decide_intent(SECOND, None))
    assert (decided.intent_key, left.intent_key, granted.intent_key) == ("aluminium~2", "aluminium", "aluminium~2")
    assert granted.basis is GrantBasis.INTENT
    assert story.refused(decide_intent(FIRST, None)).code == "holds-its-intent"
    assert [one.lead for one in story.state.queue("aluminium")] == [THIRD]
    again, *_ = story.when(decide_intent(THIRD, None))
    assert again.intent_key == "aluminium~3"


def test_who_is_a_party_does_not_decide_on_intents() -> None:
    """首报首谈: nobody decides his own."""
    story = reported(FIRST, SECOND)
    for party in (MACUN, ANYANG):
        refused = story.refused(decide_intent(SECOND, None, commerce=Commerce(party, ())))
        assert (refused.code, refused.details["referee"]) == ("not-the-deciding-office", "district_office")
    assert story.refused(decide_intent(SECOND, None, by=PEOPLE[FIRST])).code == "own-case"
    assert story.refused(decide_intent(SECOND, None, reason="")).code == "reason-missing"
    assert story.refused(decide_intent(SECOND, THIRD)).code == "not-reported"
    story.when(replace(give_up(FIRST)))
    assert story.refused(decide_intent(SECOND, FIRST)).code == "not-protected"


def test_a_project_under_way_is_not_moved_into_anothers_intent() -> None:
    story = reported(FIRST).after(
        [report(SECOND, intent_key="new-materials"), c.ConvertProtected(SECOND, PROJECT, TODAY)]
    )
    assert story.refused(decide_intent()).code == "under-negotiation"


def test_a_contested_protection_is_not_ended_before_the_contest_is_decided() -> None:
    story = reported(FIRST, SECOND).after([contest(), judge_idle(TODAY, day(30)), judge_idle(TODAY, day(60))])
    assert story.when(c.JudgeTerms(TERMS, day(400))) == []
    assert story.refused(decide_release(True, day(61))).code == "contest-open"
    story.when(decide_contest(False))
    assert [type(one) for one in story.when(c.JudgeTerms(TERMS, day(400)))] == [
        e.ProtectionExpired, e.ProtectionGranted,
    ]  # fmt: skip


def test_the_offices_colleague_decides_and_the_commerce_bureau_alone_where_it_is_no_party() -> None:
    story = reported(FIRST)
    assert story.refused(extend(office=Referee.DISTRICT_OFFICE)).code == "not-the-deciding-office"
    [event] = story.when(extend(commerce=NOBODY, by=CHECKER))
    assert event.extended_by == CHECKER
