"""二(三), 以企引企: who brought whom, without circles, and one that brings a batch."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import REFERRALS
from services.projects.domain.parties import party_key
from services.projects.domain.referral.commands import KnownParty, RecordReferral, WithdrawReferral
from services.projects.domain.referral.events import ReferralRecorded, ReferralWithdrawn
from services.projects.domain.referral.graph import chain, generations
from services.projects.domain.referral.state import Referrals
from services.projects.domain.values import Party
from sevenx.kernel.errors import Rejection
from tests.unit.projects.stories import CHECKER, LIAISON, TODAY, Story, credit_code


def party(number: int) -> Party:
    return Party(f"第{number}家（模拟）有限公司", credit_code(number))


def brings(referrer: int, referred: int, **changes: Any) -> RecordReferral:
    return RecordReferral(party(referrer), party(referred), TODAY, LIAISON, **changes)


def key(number: int) -> str:
    return party_key(party(number))


def test_a_referral_says_who_brought_whom() -> None:
    [event] = Story(REFERRALS).when(brings(1, 2, lead="410804-L-2026-0001", note="配套企业"))
    assert isinstance(event, ReferralRecorded)
    assert (event.referral, event.referrer_key, event.referred_key) == (1, key(1), key(2))


def test_the_same_referral_again_changes_nothing() -> None:
    assert Story(REFERRALS).after([brings(1, 2)]).when(brings(1, 2)) == []


def test_a_circle_is_refused_with_its_chain() -> None:
    """Clause 二(三) as a graph: cycles refused."""
    story = Story(REFERRALS).after([brings(1, 2), brings(2, 3)])
    refused = story.refused(brings(3, 1, named=frozenset({key(2)})))
    assert (refused.code, refused.details["chain"]) == ("referral-circle", [key(3), key(2), key(1)])
    masked = story.refused(brings(3, 1))
    assert masked.details["chain"] == [key(3), None, key(1)], "三(二): a masked party is not told by its code either"
    assert story.refused(brings(4, 4)).code == "referral-circle"
    assert story.refused(brings(3, 1, from_lead=True)).code == "referral-circle"


def test_an_investor_is_brought_by_one() -> None:
    story = Story(REFERRALS).after([brings(1, 2)])
    refused = story.refused(brings(3, 2, named=frozenset({key(1)})))
    assert (refused.code, refused.details["referral"]) == ("brought-before", 1)
    assert "第1家" in refused.zh


def test_who_brought_an_investor_is_said_to_those_alone_to_whom_it_is_named() -> None:
    """三(二): sharing with unsigned investors masked; the number of the referral is no name."""
    refused = Story(REFERRALS).after([brings(1, 2)]).refused(brings(3, 2, named=frozenset({key(2), key(3)})))
    assert (refused.code, refused.details) == ("brought-before", {"referral": 1})
    assert "第1家" not in refused.zh + refused.en
    assert "已隐去名称" in refused.zh
    assert "masked" in refused.en


LEAD = "410804-L-2026-0001"


def investor(number: int, *others: str) -> KnownParty:
    return KnownParty(party(number).name, frozenset({key(number), *others}))


def test_a_lead_tells_who_brought_its_own_investor_and_nobody_elses() -> None:
    """二(三): the field that is to be mended is the lead's number."""
    story = Story(REFERRALS)
    refused = story.refused(brings(1, 2, lead=LEAD, lead_investor=investor(3)))
    assert (refused.code, refused.field, refused.status) == ("lead-of-another", "lead", 422)
    assert "第3家" in refused.zh
    assert "第2家" in refused.zh
    story.when(brings(1, 2, lead=LEAD, lead_investor=investor(2)))
    again = story.refused(brings(1, 2, lead=LEAD, lead_investor=investor(3)))
    assert again.code == "lead-of-another", "also where the referral itself is on record"


def test_the_leads_investor_may_be_meant_by_another_of_its_keys() -> None:
    """合并: what was found to be one enterprise is one party, by whichever of its codes or names it is meant."""
    for known, more in ((investor(3, key(2)), frozenset[str]()), (investor(3), frozenset({key(3)}))):
        told = brings(1, 2, lead=LEAD, lead_investor=known, referred_keys=more)
        [event] = Story(REFERRALS).when(told)
        assert isinstance(event, ReferralRecorded)
        assert (event.referred_key, event.lead) == (key(2), LEAD)


def test_a_registration_is_not_refused_for_another_referrer() -> None:
    """首报首谈: reports are never refused; the first referrer stays the one who brought the investor."""
    assert Story(REFERRALS).after([brings(1, 2)]).when(brings(3, 2, from_lead=True)) == []


def test_a_mistaken_referral_is_withdrawn_and_no_longer_counts() -> None:
    story = Story(REFERRALS).after([brings(1, 2)])
    assert story.refused(WithdrawReferral(1, " ", TODAY, CHECKER)).code == "reason-missing"
    [event] = story.when(WithdrawReferral(1, "登记有误", TODAY, CHECKER))
    assert isinstance(event, ReferralWithdrawn)
    assert story.refused(WithdrawReferral(1, "登记有误", TODAY, CHECKER)).code == "unknown-referral"
    [again] = story.when(brings(2, 1))
    assert again.referral == 2


def test_one_brings_a_batch() -> None:
    """二(三): 对接一个、落地一个、带来一批, counted by generation."""
    story = Story(REFERRALS).after([brings(1, 2), brings(1, 3), brings(2, 4), brings(4, 5), brings(8, 9)])
    brought_by = story.state.brought_by
    assert generations(brought_by, key(1)) == [sorted([key(2), key(3)]), [key(4)], [key(5)]]
    assert chain(brought_by, key(5)) == [key(5), key(4), key(2), key(1)]
    assert generations(brought_by, key(9)) == []


@given(pairs=st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7), st.booleans()), max_size=30))
def test_whatever_is_recorded_and_withdrawn_no_chain_ever_closes(pairs: list[tuple[int, int, bool]]) -> None:
    """Invariant: from every party the chain upwards ends, and everybody below it finds back to it."""
    events: list[Any] = []
    state: Referrals = REFERRALS.initial
    for referrer, referred, withdraw in pairs:
        commands: list[Any] = [brings(referrer, referred)]
        if withdraw and state.recorded:
            commands.append(WithdrawReferral(min(state.recorded), "误", TODAY, CHECKER))
        for command in commands:
            decided = REFERRALS.decide(command, state)
            if not isinstance(decided, Rejection):
                events.extend(decided)
                state = REFERRALS.fold(decided, state)
    for number in range(1, 8):
        assert state.brought_by.get(chain(state.brought_by, key(number))[-1]) is None
        for generation in generations(state.brought_by, key(number)):
            assert all(key(number) in chain(state.brought_by, one) for one in generation)
    assert REFERRALS.fold(events) == state
