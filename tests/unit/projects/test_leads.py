"""A lead: registered completely, judged by another, closed or converted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.projects.deciders import LEAD
from services.projects.domain.lead.commands import CloseLead, ConvertLead, QualifyLead
from services.projects.domain.lead.events import (
    CloseReason,
    LeadClosed,
    LeadConverted,
    LeadQualified,
    LeadRegistered,
)
from services.projects.domain.values import LeadSource, Origin, Party
from tests.unit.projects.stories import HEAD, INVESTOR, LIAISON, TODAY, Story, credit_code, lead, register_lead


def test_a_complete_lead_is_registered() -> None:
    [event] = Story(LEAD).when(register_lead())
    assert isinstance(event, LeadRegistered)
    assert (event.investor, event.registered_on, event.registered_by) == (INVESTOR, TODAY, LIAISON)
    assert event.contact == "410804-C-0001"


def test_a_lead_is_registered_once() -> None:
    assert lead().refused(register_lead()).code == "lead-exists"


def test_an_investor_at_home_needs_a_credit_code_that_holds() -> None:
    """«Identity»: unified social credit code checked (GB 32100)."""
    assert Story(LEAD).refused(register_lead(investor=Party("无码（模拟）公司"))).code == "credit-code-missing"
    wrong = credit_code(1)[:-1] + ("0" if credit_code(1)[-1] != "0" else "1")
    assert Story(LEAD).refused(register_lead(investor=Party("错码（模拟）公司", wrong))).code == "credit-code-wrong"


def test_a_foreign_investor_may_have_no_credit_code() -> None:
    """«Identity»: foreign investors without one allowed."""
    foreign = register_lead(investor=Party("Polaris Metals (demo) GmbH"), origin=Origin.FOREIGN, origin_place="德国")
    assert Story(LEAD).when(foreign)


def test_a_referred_lead_names_who_brought_it() -> None:
    """Clause 二(三): 以企引企, who brought whom is recorded."""
    assert Story(LEAD).refused(register_lead(source=LeadSource.REFERRAL)).code == "referrer-missing"
    [event] = Story(LEAD).when(
        register_lead(source=LeadSource.REFERRAL, referred_by=Party("老友铝业（模拟）有限公司", credit_code(9)))
    )
    assert event.referred_by.name == "老友铝业（模拟）有限公司"


def test_an_industry_code_is_one_of_the_classification() -> None:
    """«Identity»: industry by GB/T 4754."""
    assert Story(LEAD).refused(register_lead(industry_code="C99")).code == "industry-code-wrong"


def test_what_is_wrong_with_the_investor_is_said_at_its_own_field() -> None:
    wrong = register_lead(investor=replace(INVESTOR, code="91000000MA00000010"))
    assert Story(LEAD).refused(wrong).field == "investor.code"


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1)])
def test_an_expected_investment_is_above_zero(amount: Decimal) -> None:
    assert Story(LEAD).refused(register_lead(expected_investment=amount)).code == "amount-not-positive"


@pytest.mark.parametrize("field", ["title", "intent", "origin_place"])
def test_contact_details_never_reach_the_bus(field: str) -> None:
    """Architecture: contact details and an enterprise's contact persons never stand on the bus."""
    refused = Story(LEAD).refused(register_lead(**{field: "请联系13800000000"}))
    assert refused.code == "contact-details"
    assert refused.field == field


def test_nobody_qualifies_a_lead_that_he_registered() -> None:
    """Architecture, security: nobody confirms what he himself claimed."""
    story = lead()
    assert story.refused(QualifyLead(TODAY, LIAISON)).code == "own-lead"
    assert story.when(QualifyLead(TODAY, HEAD, "真实")) == [LeadQualified(TODAY, HEAD, "真实")]
    assert story.when(QualifyLead(TODAY, HEAD)) == []


def test_a_lead_is_qualified_before_it_is_negotiated() -> None:
    story = lead()
    assert story.refused(ConvertLead("410804-P-2026-0001", TODAY, LIAISON)).code == "lead-status"
    story.when(QualifyLead(TODAY, HEAD))
    converted = story.when(ConvertLead("410804-P-2026-0001", TODAY, LIAISON))
    assert converted == [LeadConverted("410804-P-2026-0001", TODAY, LIAISON)]


def test_one_lead_becomes_one_project() -> None:
    """«Identity»: one project counts once."""
    story = lead().after([QualifyLead(TODAY, HEAD), ConvertLead("410804-P-2026-0001", TODAY, LIAISON)])
    refused = story.refused(ConvertLead("410804-P-2026-0002", TODAY, LIAISON))
    assert (refused.code, refused.details["project"]) == ("lead-status", "410804-P-2026-0001")


def test_a_closed_lead_stays_on_record_and_goes_no_further() -> None:
    story = lead()
    closed = story.when(CloseLead(TODAY, LIAISON, CloseReason.NO_CONTACT, "三次未联系上"))
    assert closed == [LeadClosed(TODAY, LIAISON, CloseReason.NO_CONTACT, "三次未联系上")]
    assert story.refused(QualifyLead(TODAY, HEAD)).code == "lead-status"
    assert story.refused(CloseLead(TODAY, LIAISON, CloseReason.DUPLICATE)).code == "lead-status"


def test_what_follows_a_registration_is_not_dated_before_it() -> None:
    early = replace(QualifyLead(TODAY, HEAD), today=date(2026, 7, 1))
    assert lead().refused(early).code == "date-out-of-order"


def test_an_unknown_lead_is_named_so() -> None:
    assert Story(LEAD).refused(QualifyLead(TODAY, HEAD)).status == 404
