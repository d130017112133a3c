"""Two enterprises found to be one, or two: decided by the Commerce Bureau, and taken back where that was wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.projects.deciders import COMPANY_GROUPS, LEAD
from services.projects.domain.company_group.commands import AssignParent
from services.projects.domain.company_group.graph import parents, survivor
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.duplicates import by_age
from services.projects.domain.enterprise.values import Ground
from services.projects.domain.lead.commands import IdentifyInvestor
from services.projects.domain.lead.events import InvestorIdentified
from services.projects.domain.values import Party
from tests.unit.projects.enterprises import ONE, THREE, TWO, alias, enterprise
from tests.unit.projects.stories import CHECKER, INVESTOR, LIAISON, TODAY, Story, credit_code, lead, register_lead

SIMILAR = c.Suspect(ONE, Decimal("0.97"), Ground.LIKE_NAME)


def merge(survivor: str = ONE, absorbed: str = TWO, **changes: Any) -> c.MergeEnterprises:
    facts: dict[str, Any] = {"reason": "同一企业", "today": TODAY, "by": CHECKER}
    return c.MergeEnterprises(survivor, absorbed, **{**facts, **changes})


def undo(survivor: str = ONE, absorbed: str = TWO, reason: str = "实为两家") -> c.UndoMerge:
    return c.UndoMerge(survivor, absorbed, reason, TODAY, CHECKER)


def test_what_looks_like_one_is_proposed_once() -> None:
    story = enterprise(enterprise=TWO)
    found = c.SuspectDuplicates((SIMILAR,), TODAY)
    assert story.when(found) == [e.DuplicateSuspected(ONE, Decimal("0.97"), Ground.LIKE_NAME, TODAY)]
    assert story.when(found) == []


def test_what_was_found_to_be_two_is_not_proposed_again() -> None:
    story = enterprise(enterprise=TWO)
    assert story.refused(c.DismissDuplicate(ONE, "", TODAY, CHECKER)).code == "reason-missing"
    assert story.refused(c.DismissDuplicate(TWO, "误", TODAY, CHECKER)).code == "same-enterprise"
    assert story.when(c.DismissDuplicate(ONE, "同名两家", TODAY, CHECKER))
    assert story.when(c.DismissDuplicate(ONE, "再次", TODAY, CHECKER)) == []
    assert story.when(c.SuspectDuplicates((SIMILAR,), TODAY)) == []


@pytest.mark.parametrize(("one", "other"), [("9", "10"), ("10", "9")])
def test_a_pair_stands_with_the_later_one(one: str, other: str) -> None:
    assert by_age(f"410804-E-2026-{one:0>4}", f"410804-E-2026-{other:0>4}")[1].endswith("0010")
    assert by_age("410804-E-2026-9999", "410804-E-2026-10000")[1] == "410804-E-2026-10000"
    assert by_age("410804-E-2027-0001", "410804-E-2026-0002")[1] == "410804-E-2027-0001"


def test_a_merge_stands_in_both_and_the_absorbed_is_changed_no_more() -> None:
    survives, absorbed = enterprise(), enterprise(enterprise=TWO)
    event = e.EnterprisesMerged(ONE, TWO, "同一企业", TODAY, CHECKER)
    assert survives.when(merge()) == absorbed.when(merge()) == [event]
    assert (survives.state.absorbed, absorbed.state.merged_into) == ({TWO}, ONE)
    refused = absorbed.refused(alias("某"))
    assert (refused.code, refused.status, refused.details["survivor"]) == ("enterprise-merged", 409, ONE)
    assert absorbed.when(c.SuspectDuplicates((SIMILAR,), TODAY)) == []
    assert survives.when(alias("某"))


def test_a_contact_of_the_absorbed_can_still_be_erased() -> None:
    story = enterprise().after([c.AddEnterpriseContact("410804-U-macun", TODAY, LIAISON), merge(TWO, ONE)])
    assert story.when(c.EraseEnterpriseContact("410804-C-2026-0001-1", "r", (), TODAY, LIAISON))


def test_no_circle_of_merges_closes() -> None:
    """Each must stand for itself: what was merged neither takes in nor is taken in."""
    story = enterprise(enterprise=TWO).after([merge()])
    assert story.refused(merge(TWO, THREE)).code == "enterprise-merged"
    assert story.refused(merge(THREE, TWO)).code == "enterprise-merged"
    assert enterprise().refused(merge(ONE, ONE)).code == "same-enterprise"


def test_different_codes_are_one_only_where_one_is_a_mistake() -> None:
    """GB 32100: a code is that of one legal person."""
    codes = (credit_code(1), credit_code(2))
    assert enterprise().refused(merge(codes=codes)).code == "different-codes"
    assert enterprise().refused(merge(codes=codes, despite_codes=True, reason=" ")).code == "reason-missing"
    assert enterprise().when(merge(codes=codes, despite_codes=True))
    assert enterprise().when(merge(codes=(credit_code(1), None)))


def test_a_merge_is_undone_by_an_event_and_the_two_are_not_proposed_again() -> None:
    survives, absorbed = enterprise().after([merge()]), enterprise(enterprise=TWO).after([merge()])
    assert survives.refused(undo(reason="")).code == "reason-missing"
    assert survives.refused(undo(ONE, THREE)).code == "no-such-merge"
    event = e.MergeUndone(ONE, TWO, "实为两家", TODAY, CHECKER)
    assert survives.when(undo()) == absorbed.when(undo()) == [event]
    assert (survives.state.absorbed, absorbed.state.merged_into) == (frozenset(), None)
    assert absorbed.when(c.SuspectDuplicates((SIMILAR,), TODAY)) == []
    assert absorbed.refused(undo()).code == "no-such-merge"
    assert absorbed.when(alias("某"))


def test_nobody_is_one_with_what_it_belongs_to() -> None:
    """A subsidiary is another legal person."""
    story = Story(COMPANY_GROUPS).after(
        [AssignParent(ONE, THREE, TODAY, LIAISON), AssignParent(THREE, TWO, TODAY, LIAISON)]
    )
    refused = story.refused(merge(ONE, TWO))
    assert (refused.code, refused.details["chain"]) == ("merge-within-group", [ONE, THREE, TWO])
    assert story.refused(merge(TWO, ONE)).code == "merge-within-group"


def test_what_was_merged_is_one_in_its_group() -> None:
    story = Story(COMPANY_GROUPS).after([AssignParent(TWO, THREE, TODAY, LIAISON), merge(ONE, TWO)])
    assert parents(story.state.parent_of, story.state.merged_into) == {ONE: [THREE]}
    assert story.refused(AssignParent(THREE, ONE, TODAY, LIAISON)).code == "parent-circle"
    assert story.refused(AssignParent(TWO, "410804-E-2026-0009", TODAY, LIAISON)).code == "enterprise-merged"
    story.when(undo())
    assert parents(story.state.parent_of, story.state.merged_into) == {TWO: [THREE]}
    assert story.refused(undo()).code == "no-such-merge"


def test_merges_are_followed_to_the_end() -> None:
    assert survivor({ONE: TWO, TWO: THREE}, ONE) == THREE
    assert survivor({}, ONE) == ONE


def test_a_leads_investor_is_identified_unless_its_code_is_anothers() -> None:
    """«Identity»: a code is that of one legal person (GB 32100)."""
    story = lead()
    assert story.refused(IdentifyInvestor(ONE, credit_code(9), TODAY, LIAISON)).code == "enterprise-code-differs"
    assert story.when(IdentifyInvestor(ONE, INVESTOR.code, TODAY, LIAISON)) == [
        InvestorIdentified(ONE, None, TODAY, LIAISON)
    ]
    assert story.when(IdentifyInvestor(ONE, INVESTOR.code, TODAY, LIAISON)) == []
    [event] = story.when(IdentifyInvestor(TWO, None, TODAY, LIAISON))
    assert event.previous == ONE


def test_a_lead_may_name_its_enterprise_from_the_beginning() -> None:
    named = Story(LEAD).after([register_lead(investor=Party(INVESTOR.name, INVESTOR.code, ONE))])
    assert named.state.enterprise == ONE
    assert named.when(IdentifyInvestor(ONE, INVESTOR.code, TODAY, LIAISON)) == []
