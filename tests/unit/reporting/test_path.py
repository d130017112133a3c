"""Clause 三(三): drafted by the liaison, reviewed by the lead units' heads, signed off, accepted or returned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.reporting.domain.report import commands as c
from services.reporting.domain.report.events import (
    FigureDiscrepancyNoted,
    ReportAccepted,
    ReportClockStopped,
    ReportDrafted,
    ReportFiguresFrozen,
    ReportRestated,
    ReportReturned,
    ReportReviewed,
    ReportSentBack,
    ReportSignedOff,
    ReportSubmitted,
    SignOffDelegated,
)
from services.reporting.domain.report.values import CutMark, Indicator
from tests.unit.given import at

from .given import (
    ACCEPT,
    BUREAU,
    DEPUTY,
    DRAFT,
    DUE,
    HEAD,
    LEADER,
    LEADS,
    LIAISON,
    OTHER_REVIEW,
    READY,
    RETURN,
    REVIEW,
    SIGN,
    Told,
    cut,
    figures,
)

FREEZE = c.FreezeFigures(figures(signed=2), cut())
RESTATE = c.RestateReport(
    BUREAU, "合同作废", ("projects/410804-P-2026-0001@7",), (c.Correction(Indicator.SIGNED_COUNT, Decimal(1)),)
)


def test_both_heads_review_where_two_units_lead() -> None:
    """三(三)."""
    told = Told(DRAFT, REVIEW)
    assert told.then(ReportReviewed)[0].outstanding == (LEADS[1],)
    told.when(SIGN).refused("review-outstanding")
    assert told.when(OTHER_REVIEW).then(ReportReviewed)[0].outstanding == ()
    told.when(SIGN).then(ReportSignedOff, ReportClockStopped, ReportSubmitted)


def test_one_head_is_enough_where_one_unit_leads() -> None:
    Told(DRAFT, replace(REVIEW, lead_units=LEADS[:1]), replace(SIGN, lead_units=LEADS[:1])).then(
        ReportSignedOff, ReportClockStopped, ReportSubmitted
    )


def test_a_lead_unit_assigned_after_the_reviews_has_to_review_too() -> None:
    """二, 三(二): who must act follows the roster."""
    told = Told(*READY, replace(SIGN, lead_units=(*LEADS, "410804-U-commerce")))
    assert told.refused("review-outstanding").details["outstanding"] == ["410804-U-commerce"]


def test_only_a_lead_units_head_reviews() -> None:
    Told(DRAFT, replace(REVIEW, unit="410804-U-finance")).refused("not-lead-unit")


def test_nobody_reviews_or_signs_his_own_draft() -> None:
    Told(DRAFT, replace(REVIEW, by=LIAISON)).refused("own-work")
    Told(*READY, replace(SIGN, by=LIAISON)).refused("own-work")


def test_a_new_draft_begins_the_reviews_anew() -> None:
    told = Told(*READY, DRAFT)
    assert told.then(ReportDrafted)[0].draft == 2
    told.when(SIGN).refused("review-outstanding")


def test_a_head_sends_a_draft_back_with_reasons() -> None:
    back = c.SendBack(at("2026-08-21 12:00"), HEAD, ("请补充在谈项目",), LEADS[0], LEADS)
    told = Told(DRAFT, back)
    assert told.then(ReportSentBack)[0].reasons == ("请补充在谈项目",)
    told.when(SIGN).refused("review-outstanding")
    told.when(DRAFT).then(ReportDrafted)
    Told(DRAFT, replace(back, reasons=(" ",))).refused("reasons-missing")
    Told(DRAFT, replace(back, unit="410804-U-finance")).refused("not-lead-unit")
    Told(back).refused("wrong-step")


def test_a_delegate_signs_in_the_leaders_place() -> None:
    """三(三): the group leader or a delegate."""
    as_deputy = replace(SIGN, by=DEPUTY, as_leader=False)
    told = Told(*READY, as_deputy)
    told.refused("not-the-delegate")
    told.when(c.DelegateSignOff(LEADER, DEPUTY, "出差")).then(SignOffDelegated)
    assert told.when(as_deputy).then(ReportSignedOff, ReportClockStopped, ReportSubmitted)[0].on_behalf_of == LEADER


def test_a_delegate_who_reviewed_does_not_sign_off() -> None:
    told = Told(*READY, c.DelegateSignOff(LEADER, HEAD, "出差"))
    told.when(replace(SIGN, by=HEAD, as_leader=False)).refused("own-work")


def test_the_sign_off_submits_once() -> None:
    told = Told(*READY, SIGN)
    for command in (SIGN, DRAFT, c.Contribute(at("2026-08-24 11:00"), "n", "410804-U-finance", "x")):
        told.when(command).refused("already-submitted")


def test_the_commerce_bureau_accepts_once() -> None:
    told = Told(*READY, SIGN, ACCEPT)
    told.then(ReportAccepted)
    told.when(ACCEPT).then()
    told.when(RETURN).refused("wrong-step")


@pytest.mark.parametrize("by", [LIAISON, HEAD, LEADER])
def test_nobody_accepts_what_he_worked_on(by: str) -> None:
    """Group two is led by the Commerce Bureau itself."""
    Told(*READY, SIGN, c.AcceptReport(by)).refused("own-work")


def test_a_returned_report_is_corrected_and_signed_again() -> None:
    """三(三)."""
    told = Told(*READY, SIGN, RETURN)
    assert told.then(ReportReturned)[0].reasons == ("数字有误",)
    told.when(ACCEPT).refused("wrong-step")
    told.when(SIGN).refused("review-outstanding")
    submitted = told.when(*READY, SIGN).then(ReportSignedOff, ReportSubmitted)[1]
    assert (submitted.submission, submitted.draft) == (2, 2)
    told.when(ACCEPT).then(ReportAccepted)


def test_a_return_needs_reasons() -> None:
    Told(*READY, SIGN, c.ReturnReport(BUREAU, ())).refused("reasons-missing")


def test_a_draft_says_in_words_how_the_month_went() -> None:
    Told(replace(DRAFT, narrative="  ")).refused("narrative-missing")


def test_a_claim_that_the_events_do_not_bear_out_is_marked_with_both_numbers() -> None:
    """三(三)."""
    claims = (
        c.Claim(Indicator.SIGNED_COUNT, Decimal(3), "一份合同在途"),
        c.Claim(Indicator.LANDED_COUNT, Decimal(0)),
    )
    told = Told(replace(DRAFT, figures=figures(signed=2), claims=claims))
    noted = told.then(ReportDrafted, FigureDiscrepancyNoted)[1]
    assert (noted.claimed, noted.borne_out, noted.explanation) == (Decimal(3), Decimal(2), "一份合同在途")
    told.when(REVIEW, OTHER_REVIEW, SIGN)
    assert told.all(ReportSubmitted)[0].discrepancies == 1


def test_figures_freeze_once_when_every_area_has_closed_the_period() -> None:
    """三(三): at the cut-off; the cut that was used is recorded."""
    told = Told(DRAFT, FREEZE)
    (frozen,) = told.then(ReportFiguresFrozen)
    assert len(frozen.cut) == 12
    (difference,) = frozen.differences
    assert (difference.indicator, difference.reported, difference.frozen) == (Indicator.SIGNED_COUNT, 0, 2)
    told.when(c.FreezeFigures(figures(signed=9), cut())).then()


@pytest.mark.parametrize("marks", [(), (*cut(), CutMark("audit", 0, "s", 1, at("2026-07-26 00:00")))])
def test_figures_do_not_freeze_on_half_the_facts(marks: tuple[CutMark, ...]) -> None:
    Told(c.FreezeFigures(figures(), marks)).refused("period-not-closed")


def test_a_draft_after_the_freeze_has_the_frozen_figures() -> None:
    """三(三): later events fall into the next period."""
    told = Told(FREEZE, replace(DRAFT, at=DUE, figures=figures(signed=7)))
    assert {one.indicator: one.month for one in told.then(ReportDrafted)[0].figures}[Indicator.SIGNED_COUNT] == 2


def test_a_closed_month_is_corrected_by_a_restatement_with_both_numbers() -> None:
    """三(三): never a silent change."""
    told = Told(FREEZE, RESTATE)
    (restated,) = told.then(ReportRestated)
    (correction,) = restated.corrections
    assert (restated.restatement, correction.was, correction.now) == (1, 2, 1)
    told.when(RESTATE).then()
    again = replace(RESTATE, corrections=(c.Correction(Indicator.SIGNED_COUNT, Decimal(2)),))
    assert told.when(again).then(ReportRestated)[0].restatement == 2


def test_an_open_month_is_not_restated_and_a_restatement_needs_a_basis() -> None:
    Told(RESTATE).refused("period-not-closed")
    Told(FREEZE, replace(RESTATE, reason=" ")).refused("restatement-without-basis")
    Told(FREEZE, replace(RESTATE, basis=())).refused("restatement-without-basis")
    Told(FREEZE, replace(RESTATE, basis=("hearsay",))).refused("restatement-without-basis")
    Told(DRAFT, FREEZE, replace(RESTATE, by=LIAISON)).refused("own-work")
