"""Posts are handed over, ends are announced, vacancies are seen; and exactly one liaison at every instant. Every person
here is fictional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.registry.domain.group.commands import (
    AnnounceLiaisonEnd,
    AppointLeader,
    DesignateLiaison,
    HandOverDeputy,
    HandOverLeader,
    HandOverLiaison,
    ReleaseLeader,
)
from services.registry.domain.group.events import (
    DeputyAppointed,
    DeputyReleased,
    LeaderAppointed,
    LeaderReleased,
    LiaisonDesignated,
    LiaisonEndAnnounced,
    LiaisonReleased,
    PostHandedOver,
)
from services.registry.domain.tenure import Tenure, Tenures, holder_on
from services.registry.domain.unit.commands import (
    AnnounceUnitLiaisonEnd,
    DesignateUnitLiaison,
    HandOverUnitHead,
    HandOverUnitLiaison,
)
from services.registry.domain.unit.events import UnitHeadAppointed, UnitLiaisonDesignated
from sevenx.district.posts import standing
from sevenx.district.vacancies import VacancyKind, vacancy
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

from .scenario import FORMED, GROUP, REGISTERED, UNIT, code, day, when

JIA, YI, BING = ("410804-N-jia-yi", "甲某"), ("410804-N-yi-er", "乙某"), ("410804-N-bing-san", "丙某")
SINCE, ON = day("2021-01-01"), day("2021-06-01")
ITEMS = ("在谈线索台账", "月报底稿")
LIAISON = LiaisonDesignated(*JIA, SINCE, "")


def test_a_liaison_hands_over_in_one_step_with_what_was_handed_over() -> None:
    """三（三）"""
    command = HandOverLiaison(*YI, ON, ITEMS, "两条线索待回访", "丙某", "组长指定")
    assert when(GROUP, [FORMED, LIAISON], command) == [
        LiaisonReleased(*JIA, ON, "handed-over"),
        LiaisonDesignated(*YI, ON, "组长指定"),
        PostHandedOver("liaison", *JIA, *YI, ON, ITEMS, "两条线索待回访", "丙某", "组长指定"),
    ]


def test_leader_deputy_and_head_hand_over_likewise() -> None:
    """一, 三（一）"""
    given_ = [FORMED, LeaderAppointed(*JIA, SINCE, True, ""), DeputyAppointed(*YI, SINCE, True, "")]
    events = when(GROUP, given_, HandOverLeader(*BING, ON, ITEMS), HandOverDeputy(*JIA, ON, ITEMS))
    assert isinstance(events, list)
    assert [type(event) for event in events] == [
        LeaderReleased,
        LeaderAppointed,
        PostHandedOver,
        DeputyReleased,
        DeputyAppointed,
        PostHandedOver,
    ]
    unit = [REGISTERED, UnitHeadAppointed(*JIA, SINCE, False, ""), UnitLiaisonDesignated(*YI, SINCE, "")]
    changed = when(UNIT, unit, HandOverUnitHead(*YI, ON, ITEMS), HandOverUnitLiaison(*JIA, ON, ITEMS))
    assert isinstance(changed, list)
    state = UNIT.fold([*unit, *changed])
    assert [t.person for t in (state.heads[-1], state.liaisons[-1])] == [YI[0], JIA[0]]
    assert [event.post for event in changed if hasattr(event, "post")] == ["head", "liaison"]


@pytest.mark.parametrize(
    ("given_", "command", "refusal"),
    [
        ([FORMED], HandOverLiaison(*YI, ON, ITEMS), "post-vacant"),
        ([FORMED, LIAISON], HandOverLiaison(*JIA, ON, ITEMS), "handed-over-to-oneself"),
        ([FORMED, LIAISON], HandOverLiaison(*YI, ON, (" ",)), "handover-items"),
        ([FORMED, LIAISON], HandOverLiaison(*YI, SINCE, ITEMS), "handover-before-start"),
        ([FORMED, LIAISON], HandOverLiaison(*YI, day("2020-12-31"), ITEMS), "handover-before-start"),
        ([FORMED, LIAISON], HandOverLiaison("乙某", "乙某", ON, ITEMS), "malformed-id"),
    ],
)
def test_a_handover_has_two_persons_a_later_day_and_something_to_hand_over(
    given_: list[Any], command: Any, refusal: str
) -> None:
    """三（三）"""
    assert code(when(GROUP, given_, command)) == refusal


def test_an_announced_end_leaves_the_liaison_in_the_post_until_a_successor_begins() -> None:
    """三（三）: exactly one, also when the announced day has passed."""
    announce = AnnounceLiaisonEnd(day("2021-07-01"), "调动", ON)
    events = when(GROUP, [FORMED, LIAISON], announce)
    assert events == [LiaisonEndAnnounced(*JIA, day("2021-07-01"), "调动")]
    state = GROUP.fold([FORMED, LIAISON, *events])
    later = holder_on(state.liaisons, day("2021-09-01"))
    assert (later and later.person, state.liaison_ends) == (JIA[0], day("2021-07-01"))
    assert when(GROUP, [FORMED, LIAISON, *events], announce) == []
    succeeded = when(GROUP, [FORMED, LIAISON, *events], DesignateLiaison(*YI, day("2021-07-01")))
    assert GROUP.fold([FORMED, LIAISON, *events, *succeeded]).liaison_ends is None
    withdrawn = when(GROUP, [FORMED, LIAISON, *events], AnnounceLiaisonEnd(None, "不调动", ON))
    assert withdrawn == [LiaisonEndAnnounced(*JIA, None, "不调动")]
    assert GROUP.fold([FORMED, LIAISON, *events, *withdrawn]).liaison_ends is None


@pytest.mark.parametrize(
    ("given_", "command", "refusal"),
    [
        ([FORMED], AnnounceLiaisonEnd(ON, "调动", ON), "post-vacant"),
        ([FORMED, LIAISON], AnnounceLiaisonEnd(day("2021-05-31"), "调动", ON), "end-past"),
        ([FORMED, LIAISON], AnnounceLiaisonEnd(SINCE, "调动", day("2020-12-01")), "end-past"),
        ([FORMED, LIAISON], AnnounceLiaisonEnd(day("2021-07-01"), " ", ON), "reason-missing"),
    ],
)
def test_an_end_is_announced_of_a_holder_for_a_day_to_come(given_: list[Any], command: Any, refusal: str) -> None:
    """三（三）"""
    assert code(when(GROUP, given_, command)) == refusal


# -- vacancies --------------------------------------------------------------------------------------------------------


def test_a_post_that_nobody_ever_held_is_vacant_since_it_was_expected() -> None:
    """三（三）: each group one liaison."""
    found = vacancy((), SINCE, ON)
    assert found is not None
    assert (found.kind, found.since, found.days, found.never_held) == (VacancyKind.VACANT, SINCE, 151, True)
    assert vacancy((), ON, SINCE) is None


def test_a_post_is_vacant_from_the_day_on_which_its_holder_left() -> None:
    """一"""
    left = (Tenure(*JIA, SINCE, day("2021-03-01")),)
    found = vacancy(left, SINCE, ON)
    assert found is not None
    assert (found.since, found.days, found.never_held, found.successor) == (day("2021-03-01"), 92, False, None)
    coming = Tenure(*YI, day("2021-08-01"))
    followed = vacancy((*left, coming), SINCE, ON)
    assert followed is not None
    assert followed.successor == coming
    assert vacancy((*left, coming), SINCE, day("2021-08-01")) is None


def test_a_known_end_is_a_warning_until_somebody_follows() -> None:
    """一, 三（三）"""
    ending = (Tenure(*JIA, SINCE, day("2021-07-01")),)
    found = vacancy(ending, SINCE, ON)
    assert found is not None
    assert (found.kind, found.since, found.days, found.holder) == (VacancyKind.ENDING, day("2021-07-01"), 30, ending[0])
    assert vacancy((*ending, Tenure(*YI, day("2021-07-01"))), SINCE, ON) is None
    late = vacancy((*ending, Tenure(*YI, day("2021-07-02"))), SINCE, ON)
    assert late is not None, "one day would be without a holder"


def test_an_announced_end_that_has_passed_is_overdue_and_the_post_is_held() -> None:
    """三（三）"""
    held = (Tenure(*JIA, SINCE),)
    found = vacancy(held, SINCE, ON, announced=day("2021-05-01"))
    assert found is not None
    assert (found.kind, found.days, found.holder) == (VacancyKind.OVERDUE, 31, held[0])
    assert vacancy(held, SINCE, ON) is None


FIRST = date(2021, 1, 1)
days = st.integers(0, 30).map(lambda n: FIRST + timedelta(n))
people = st.sampled_from([(f"410804-N-p{n}", f"某{n}") for n in range(4)])


@given(st.lists(st.tuples(st.booleans(), people, days), max_size=10), days)
def test_a_post_is_vacant_exactly_when_nobody_holds_it(asked: list[Any], on: date) -> None:
    """一: whatever is asked in whatever order."""
    state = GROUP.fold([FORMED])
    for appoints, person, effective in asked:
        command = AppointLeader(*person, effective) if appoints else ReleaseLeader(effective, "调动")
        decision = GROUP.decide(command, state)
        if not isinstance(decision, Rejection):
            state = GROUP.fold(decision, state)
    found = vacancy(state.leaders, FIRST, on)
    vacant = found is not None and found.kind is VacancyKind.VACANT
    assert vacant == (holder_on(state.leaders, on) is None)
    if found is not None and vacant:
        earlier = [found.since + timedelta(n) for n in range((on - found.since).days + 1)]
        assert all(holder_on(state.leaders, one) is None for one in earlier)


# -- exactly one liaison ----------------------------------------------------------------------------------------------


class Liaisons(RuleBasedStateMachine):
    """三（三）: whatever is asked of a group or unit, from its first designation on every day has one liaison.

    Beside the decider runs a model: who is in the post from which day on, as a plain list of days.
    """

    decider: Decider[Any] = GROUP
    designating: Callable[..., Any] = DesignateLiaison
    handing: Callable[..., Any] = HandOverLiaison
    announcing: Callable[..., Any] = AnnounceLiaisonEnd
    founding: Any = FORMED

    def __init__(self) -> None:
        super().__init__()
        self.state = self.decider.fold([self.founding])
        self.said: list[dict[str, Any]] = []
        """What other services read of the events."""
        self.model: dict[date, str] = {}
        """Who the model says is the liaison on each of the days."""

    def give(self, command: Any) -> bool:
        decision = self.decider.decide(command, self.state)
        if isinstance(decision, Rejection):
            return False
        self.state = self.decider.fold(decision, self.state)
        for event in decision:
            name = type(event).__name__
            if name.endswith(("Designated", "Released")):
                row = {"role": "liaison", "person": event.person, "effective": event.effective}
                self.said.append({**row, "version": len(self.said), "begins": name.endswith("Designated")})
        return bool(decision)

    def takes_over(self, person: str, on: date) -> None:
        for n in range(40):
            if (one := FIRST + timedelta(n)) >= on:
                self.model[one] = person

    @rule(person=people, on=days)
    def designate(self, person: tuple[str, str], on: date) -> None:
        if self.give(type(self).designating(*person, on)):
            self.takes_over(person[0], on)

    @rule(person=people, on=days, items=st.sampled_from([ITEMS, ()]))
    def hand_over(self, person: tuple[str, str], on: date, items: tuple[str, ...]) -> None:
        before: Tenures = self.state.liaisons
        if self.give(type(self).handing(*person, on, items)):
            assert items
            assert before
            self.takes_over(person[0], on)

    @rule(on=st.none() | days, today=days)
    def announce(self, on: date | None, today: date) -> None:
        before = self.state.liaisons
        self.give(type(self).announcing(on, "调动", today))
        assert self.state.liaisons == before

    @invariant()
    def exactly_one(self) -> None:
        tenures: Tenures = self.state.liaisons
        for n in range(40):
            on = FIRST + timedelta(n)
            holding = [t for t in tenures if t.start <= on and (t.end is None or on < t.end)]
            assert [t.person for t in holding] == ([self.model[on]] if on in self.model else [])

    @invariant()
    def every_service_sees_the_same_one(self) -> None:
        for n in range(40):
            held = standing(self.said, ("role", "person"), on := FIRST + timedelta(n))
            assert [person for _, person in held] == ([self.model[on]] if on in self.model else [])

    @invariant()
    def the_tenures_follow_one_another(self) -> None:
        tenures: Tenures = self.state.liaisons
        assert all(t.end is None or t.start < t.end for t in tenures)
        assert all(one.end == other.start for one, other in pairwise(tenures))


class UnitLiaisons(Liaisons):
    decider = UNIT
    designating = DesignateUnitLiaison
    handing = HandOverUnitLiaison
    announcing = AnnounceUnitLiaisonEnd
    founding = REGISTERED


TestGroupLiaisons = Liaisons.TestCase
TestGroupLiaisons.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestUnitLiaisons = UnitLiaisons.TestCase
TestUnitLiaisons.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
