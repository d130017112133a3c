"""An enterprise: one legal person registered once, found by all its names; its contact persons are ids."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.values import Alias, AliasKind, ForeignRegistration, Listing
from services.projects.domain.values import Origin
from tests.unit.projects.enterprises import NAME, ONE, TWO, alias, enterprise, register
from tests.unit.projects.stories import GROUP_ONE, LIAISON, STREET, TODAY, Story, credit_code

LIST = Listing("中国民营企业500强", 2025, 321)
FOREIGN = {"origin": Origin.FOREIGN, "place": "德国", "code": None}


def test_an_enterprise_is_registered_with_all_that_is_known() -> None:
    aliases = (Alias("Starriver Aluminium (demo) Co., Ltd.", AliasKind.FOREIGN),)
    [event] = Story(ENTERPRISE).when(register(aliases=aliases, lists=(LIST,)))
    assert isinstance(event, e.EnterpriseRegistered)
    assert (event.enterprise, event.code, event.registered_for) == (ONE, credit_code(1), STREET)
    assert (event.aliases, event.lists, event.industry_code) == (aliases, (LIST,), "C3252")


def test_an_enterprise_is_registered_once() -> None:
    assert enterprise().refused(register()).code == "enterprise-registered"


def test_a_legal_person_is_registered_once() -> None:
    """GB 32100: one code, one legal person; the refusal names who has it."""
    refused = Story(ENTERPRISE).refused(register(same_code=TWO))
    assert (refused.code, refused.status, refused.details["enterprise"]) == ("enterprise-exists", 409, TWO)


def test_an_enterprise_at_home_has_a_code_that_holds() -> None:
    """«Identity»: unified social credit code checked (GB 32100)."""
    assert Story(ENTERPRISE).refused(register(code=None)).code == "credit-code-missing"
    wrong = credit_code(1)[:-1] + ("0" if credit_code(1)[-1] != "0" else "1")
    assert Story(ENTERPRISE).refused(register(code=wrong)).code == "credit-code-wrong"


def test_a_foreign_enterprise_has_the_registration_of_its_country() -> None:
    """«Identity»: foreign investors without a code allowed, by country or region and number."""
    assert Story(ENTERPRISE).refused(register(**FOREIGN)).code == "identity-missing"
    wrong = ForeignRegistration("Germany", "HRB 1")
    assert Story(ENTERPRISE).refused(register(**FOREIGN, foreign=wrong)).code == "foreign-registration-wrong"
    assert Story(ENTERPRISE).when(register(**FOREIGN, foreign=ForeignRegistration("DE", "HRB 000001")))


def test_an_enterprise_at_home_has_no_foreign_registration() -> None:
    assert Story(ENTERPRISE).refused(register(foreign=ForeignRegistration("DE", "1"))).code == "not-foreign"


def test_an_industry_code_is_one_of_the_classification() -> None:
    """GB/T 4754."""
    assert Story(ENTERPRISE).refused(register(industry_code="C99")).code == "industry-code-wrong"


@pytest.mark.parametrize("field", ["place", "note"])
def test_contact_details_never_reach_the_bus(field: str) -> None:
    refused = Story(ENTERPRISE).refused(register(**{field: "请联系13800000000"}))
    assert (refused.code, refused.field) == ("contact-details", field)


def test_a_correction_says_all_that_holds_and_leaves_no_former_name() -> None:
    story = enterprise(name="星和铝材（模拟）有限公司")
    facts = {"name": NAME, "origin": Origin.PROVINCE_EXTERNAL, "place": "浙江省", "today": TODAY, "by": LIAISON}
    assert story.refused(c.CorrectEnterprise(**facts, reason=" ")).code == "reason-missing"
    [event] = story.when(c.CorrectEnterprise(**facts, reason="字号录入有误"))
    assert (event.name, event.previous_name) == (NAME, "星和铝材（模拟）有限公司")
    assert (story.state.name, story.state.aliases, story.state.industry_code) == (NAME, {}, None)
    assert story.when(c.CorrectEnterprise(**facts, reason="再次")) == []


def test_a_renamed_enterprise_keeps_its_former_name() -> None:
    story = enterprise().after([c.RenameEnterprise("星河新材料（模拟）有限公司", TODAY, TODAY, LIAISON)])
    assert (story.state.name, story.state.aliases) == ("星河新材料（模拟）有限公司", {NAME: AliasKind.FORMER})
    story.when(c.RenameEnterprise(NAME, TODAY, TODAY, LIAISON))
    assert (story.state.name, list(story.state.aliases)) == (NAME, ["星河新材料（模拟）有限公司"])
    tomorrow = TODAY + timedelta(days=1)
    assert story.refused(c.RenameEnterprise("新名（模拟）", tomorrow, TODAY, LIAISON)).code == "date-in-future"
    assert story.when(c.RenameEnterprise(NAME, TODAY, TODAY, LIAISON)) == []


def test_a_name_is_entered_once_and_taken_out_with_the_reason() -> None:
    story = enterprise().after([alias("星河铝")])
    assert story.refused(alias("星河铝")).code == "alias-known"
    assert story.refused(alias(NAME)).code == "alias-known"
    assert story.refused(c.RemoveEnterpriseAlias("别家", "误", TODAY, LIAISON)).code == "alias-unknown"
    assert story.refused(c.RemoveEnterpriseAlias("星河铝", "", TODAY, LIAISON)).code == "reason-missing"
    assert story.when(c.RemoveEnterpriseAlias("星河铝", "系另一家", TODAY, LIAISON))
    assert story.state.aliases == {}


def test_a_code_replaces_another_only_with_the_reason() -> None:
    story = enterprise(**FOREIGN, foreign=ForeignRegistration("DE", "HRB 000001"))
    [event] = story.when(c.AssignCreditCode(credit_code(2), TODAY, LIAISON))
    assert (event.code, event.previous) == (credit_code(2), None)
    assert story.refused(c.AssignCreditCode(credit_code(3), TODAY, LIAISON)).code == "reason-missing"
    taken = c.AssignCreditCode(credit_code(3), TODAY, LIAISON, "误", same_code=TWO)
    assert story.refused(taken).details["enterprise"] == TWO
    [event] = story.when(c.AssignCreditCode(credit_code(3), TODAY, LIAISON, "录入有误"))
    assert event.previous == credit_code(2)


def test_a_list_counts_once_for_a_year_and_its_rank_can_be_corrected() -> None:
    story = enterprise().after([c.AddListing(LIST, TODAY, LIAISON)])
    assert story.when(c.AddListing(LIST, TODAY, LIAISON)) == []
    [event] = story.when(c.AddListing(Listing(LIST.list_name, 2025, 320), TODAY, LIAISON))
    assert event.listing.rank == 320
    assert story.refused(c.AddListing(Listing(LIST.list_name, 2027, 1), TODAY, LIAISON)).code == "list-year-wrong"
    assert story.refused(c.AddListing(Listing(LIST.list_name, 2024, 0), TODAY, LIAISON)).code == "list-rank-wrong"
    assert story.refused(c.RemoveListing(LIST.list_name, 2024, "误", TODAY, LIAISON)).code == "list-unknown"
    assert story.when(c.RemoveListing(LIST.list_name, 2025, "母公司入榜", TODAY, LIAISON))
    assert story.state.lists == {}


def test_a_contact_is_an_id_that_is_never_given_twice() -> None:
    """Architecture: contact persons never stand on the bus."""
    story = enterprise()
    [first] = story.when(c.AddEnterpriseContact(STREET, TODAY, LIAISON))
    assert (first.contact, first.holder) == ("410804-C-2026-0001-1", STREET)
    story.when(c.EraseEnterpriseContact(first.contact, "r-1", ("name",), TODAY, LIAISON))
    [second] = story.when(c.AddEnterpriseContact(GROUP_ONE, TODAY, LIAISON))
    assert second.contact == "410804-C-2026-0001-2"


def test_an_erasure_is_recorded_once_and_says_nothing_of_the_person() -> None:
    story = enterprise().after([c.AddEnterpriseContact(STREET, TODAY, LIAISON)])
    erase = c.EraseEnterpriseContact("410804-C-2026-0001-1", "r-1", ("name", "telephone"), TODAY, LIAISON)
    assert story.when(erase) == [
        e.EnterpriseContactErased("410804-C-2026-0001-1", "r-1", ("name", "telephone"), TODAY, LIAISON)
    ]
    assert story.when(erase) == []
    other = c.EraseEnterpriseContact("410804-C-2026-0001-9", "r-2", (), TODAY, LIAISON)
    assert story.refused(other).code == "unknown-contact"


def test_what_follows_a_registration_is_not_dated_before_it() -> None:
    early = c.AddListing(LIST, date(2026, 7, 1), LIAISON)
    assert enterprise().refused(early).code == "date-out-of-order"


def test_an_unknown_enterprise_is_named_so() -> None:
    assert Story(ENTERPRISE).refused(alias("某")).status == 404
