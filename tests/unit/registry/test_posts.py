"""Posts over time: leaders, deputies, heads, and exactly one liaison. Every person here is fictional."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.group.commands import (
    AppointDeputy,
    AppointLeader,
    DesignateLiaison,
    ReleaseDeputy,
    ReleaseLeader,
)
from services.registry.domain.group.events import (
    DeputyAppointed,
    DeputyReleased,
    LeaderAppointed,
    LeaderReleased,
    LiaisonDesignated,
    LiaisonReleased,
)
from services.registry.domain.group.state import Group
from services.registry.domain.tenure import Tenures, holder_on
from services.registry.domain.unit.commands import AppointUnitHead, DesignateUnitLiaison, ReleaseUnitHead
from services.registry.domain.unit.events import (
    UnitHeadAppointed,
    UnitHeadReleased,
    UnitLiaisonDesignated,
    UnitLiaisonReleased,
)
from services.registry.domain.unit.state import Unit
from sevenx.kernel.errors import Rejection

from .scenario import FORMED, GROUP, REGISTERED, UNIT, code, day, when

JIA, YI = ("410804-N-jia-yi", "甲某"), ("410804-N-yi-er", "乙某")


def test_the_first_liaison_is_designated() -> None:
    """三（三）"""
    assert when(GROUP, [FORMED], DesignateLiaison(*JIA, day("2021-01-01"))) == [
        LiaisonDesignated(*JIA, day("2021-01-01"), "")
    ]


def test_a_new_liaison_begins_on_the_day_that_the_former_one_ends() -> None:
    """三（三）: one liaison, not two and not none."""
    former = LiaisonDesignated(*JIA, day("2021-01-01"), "")
    assert when(GROUP, [FORMED, former], DesignateLiaison(*YI, day("2021-06-01"))) == [
        LiaisonReleased(*JIA, day("2021-06-01"), "succeeded"),
        LiaisonDesignated(*YI, day("2021-06-01"), ""),
    ]


def test_a_liaison_cannot_begin_before_the_present_one_began() -> None:
    """三（三）"""
    present = LiaisonDesignated(*JIA, day("2021-06-01"), "")
    assert code(when(GROUP, [FORMED, present], DesignateLiaison(*YI, day("2021-05-31")))) == "post-already-held"


def test_designating_the_present_liaison_again_changes_nothing() -> None:
    present = LiaisonDesignated(*JIA, day("2021-06-01"), "")
    assert when(GROUP, [FORMED, present], DesignateLiaison(*JIA, day("2021-09-01"))) == []


def test_the_start_of_the_first_holder_can_be_moved_back() -> None:
    """一: the start of a post may have been assumed."""
    events = when(
        GROUP, [FORMED], AppointLeader(*JIA, day("2020-07-01"), assumed=True), AppointLeader(*JIA, day("2020-05-18"))
    )
    assert isinstance(events, list)
    assert [type(event) for event in events] == [LeaderAppointed, LeaderAppointed]
    leaders = GROUP.fold([FORMED, *events]).leaders
    assert [(t.person, t.start, t.end) for t in leaders] == [(JIA[0], day("2020-05-18"), None)]


def test_a_past_day_still_shows_who_led_the_group_then() -> None:
    """一: posts are dated."""
    events = when(
        GROUP,
        [FORMED],
        AppointLeader(*JIA, day("2020-07-01")),
        ReleaseLeader(day("2022-03-01"), "transferred"),
        AppointLeader(*YI, day("2022-04-01")),
    )
    assert isinstance(events, list)
    leaders = GROUP.fold([FORMED, *events]).leaders
    shown = [holder_on(leaders, day(text)) for text in ("2020-06-30", "2022-02-28", "2022-03-15", "2022-04-01")]
    assert [tenure and tenure.name for tenure in shown] == [None, "甲某", None, "乙某"]


def test_a_leader_is_succeeded_and_a_deputy_too() -> None:
    """一"""
    given = [
        FORMED,
        LeaderAppointed(*JIA, day("2020-07-01"), True, ""),
        DeputyAppointed(*JIA, day("2020-07-01"), True, ""),
    ]
    assert when(GROUP, given, AppointLeader(*YI, day("2021-07-01")), AppointDeputy(*YI, day("2021-08-01"))) == [
        LeaderReleased(*JIA, day("2021-07-01"), "succeeded"),
        LeaderAppointed(*YI, day("2021-07-01"), False, ""),
        DeputyReleased(*JIA, day("2021-08-01"), "succeeded"),
        DeputyAppointed(*YI, day("2021-08-01"), False, ""),
    ]


def test_nobody_is_released_from_a_vacant_post_nor_before_taking_it_up() -> None:
    """一"""
    assert code(when(GROUP, [FORMED], ReleaseLeader(day("2021-01-01"), "transferred"))) == "post-vacant"
    given = [FORMED, DeputyAppointed(*JIA, day("2021-07-01"), False, "")]
    assert code(when(GROUP, given, ReleaseDeputy(day("2021-06-30"), "transferred"))) == "release-before-start"


def test_a_post_is_given_to_a_persons_id() -> None:
    assert code(when(GROUP, [FORMED], AppointLeader("甲某", "甲某", day("2021-01-01")))) == "malformed-id"


def test_a_unit_has_one_head_and_one_liaison() -> None:
    """三（一）, 三（三）"""
    given = [
        REGISTERED,
        UnitHeadAppointed(*JIA, day("2020-07-01"), False, ""),
        UnitLiaisonDesignated(*JIA, day("2020-07-01"), ""),
    ]
    commands = (AppointUnitHead(*YI, day("2021-01-01")), DesignateUnitLiaison(*YI, day("2021-01-01")))
    assert when(UNIT, given, *commands) == [
        UnitHeadReleased(*JIA, day("2021-01-01"), "succeeded"),
        UnitHeadAppointed(*YI, day("2021-01-01"), False, ""),
        UnitLiaisonReleased(*JIA, day("2021-01-01"), "succeeded"),
        UnitLiaisonDesignated(*YI, day("2021-01-01"), ""),
    ]


def test_a_unit_may_be_without_a_head_for_a_while() -> None:
    """三（一）: the quota is prorated to the days in the post."""
    given = [REGISTERED, UnitHeadAppointed(*JIA, day("2020-07-01"), False, "")]
    assert when(UNIT, given, ReleaseUnitHead(day("2021-01-01"), "transferred")) == [
        UnitHeadReleased(*JIA, day("2021-01-01"), "transferred")
    ]


FIRST = date(2021, 1, 1)
days = st.integers(0, 30).map(lambda n: FIRST + timedelta(n))
people = st.sampled_from([(f"410804-N-p{n}", f"某{n}") for n in range(4)])
designations = st.lists(st.tuples(people, days), max_size=12)


def one_holder_a_day(tenures: Tenures) -> None:
    """From the first designation on, exactly one tenure covers each day, and the tenures follow one another."""
    lasting = [t for t in tenures if t.end is None or t.end > t.start]
    if not tenures:
        return
    begins = min(t.start for t in lasting)
    for n in range(40):
        on = FIRST + timedelta(n)
        covering = [t for t in tenures if t.start <= on and (t.end is None or on < t.end)]
        assert len(covering) == (1 if on >= begins else 0)
        assert holder_on(tenures, on) == (covering[0] if covering else None)


@given(designations)
def test_at_every_instant_a_group_has_exactly_one_liaison(wanted: list[tuple[tuple[str, str], date]]) -> None:
    """三（三）: whatever is asked in whatever order."""
    state: Group = GROUP.fold([FORMED])
    for person, on in wanted:
        decision = GROUP.decide(DesignateLiaison(*person, on), state)
        if not isinstance(decision, Rejection):
            state = GROUP.fold(decision, state)
    one_holder_a_day(state.liaisons)


@given(designations)
def test_at_every_instant_a_unit_has_exactly_one_liaison(wanted: list[tuple[tuple[str, str], date]]) -> None:
    """三（三）"""
    state: Unit = UNIT.fold([REGISTERED])
    for person, on in wanted:
        decision = UNIT.decide(DesignateUnitLiaison(*person, on), state)
        if not isinstance(decision, Rejection):
            state = UNIT.fold(decision, state)
    one_holder_a_day(state.liaisons)


@given(designations)
def test_a_designation_that_was_taken_can_be_repeated_and_changes_nothing(
    wanted: list[tuple[tuple[str, str], date]],
) -> None:
    state: Group = GROUP.fold([FORMED])
    for person, on in wanted:
        decision = GROUP.decide(DesignateLiaison(*person, on), state)
        if not isinstance(decision, Rejection):
            state = GROUP.fold(decision, state)
            assert GROUP.decide(DesignateLiaison(*person, on), state) == []
