"""Groups of companies: an enterprise has one parent at most, and no circle closes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import COMPANY_GROUPS
from services.projects.domain.company_group.commands import AssignParent, RemoveParent
from services.projects.domain.company_group.events import ParentAssigned, ParentRemoved
from services.projects.domain.referral.graph import chain
from sevenx.kernel.errors import Rejection
from tests.unit.projects.enterprises import ONE, THREE, TWO
from tests.unit.projects.stories import LIAISON, TODAY, Story


def belongs(enterprise: str, parent: str) -> AssignParent:
    return AssignParent(enterprise, parent, TODAY, LIAISON)


def test_an_enterprise_belongs_to_one_parent_and_may_change_it() -> None:
    story = Story(COMPANY_GROUPS)
    assert story.when(belongs(ONE, TWO)) == [ParentAssigned(ONE, TWO, None, TODAY, LIAISON)]
    assert story.when(belongs(ONE, TWO)) == []
    assert story.when(belongs(ONE, THREE)) == [ParentAssigned(ONE, THREE, TWO, TODAY, LIAISON)]


def test_a_circle_is_refused_with_its_chain() -> None:
    story = Story(COMPANY_GROUPS).after([belongs(ONE, TWO), belongs(TWO, THREE)])
    refused = story.refused(belongs(THREE, ONE))
    assert (refused.code, refused.details["chain"]) == ("parent-circle", [ONE, TWO, THREE])
    assert story.refused(belongs(ONE, ONE)).code == "parent-circle"


def test_a_parent_is_taken_away_with_the_reason() -> None:
    story = Story(COMPANY_GROUPS).after([belongs(ONE, TWO)])
    assert story.refused(RemoveParent(ONE, " ", TODAY, LIAISON)).code == "reason-missing"
    assert story.refused(RemoveParent(TWO, "误", TODAY, LIAISON)).code == "no-parent"
    assert story.when(RemoveParent(ONE, "股权转让", TODAY, LIAISON)) == [
        ParentRemoved(ONE, TWO, "股权转让", TODAY, LIAISON)
    ]


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.booleans()), max_size=30))
def test_whatever_is_assigned_and_removed_every_chain_ends(steps: list[tuple[int, int, bool]]) -> None:
    """Invariant: no enterprise is its own parent, through whomever."""
    state = COMPANY_GROUPS.initial
    for child, parent, remove in steps:
        command = RemoveParent(str(child), "误", TODAY, LIAISON) if remove else belongs(str(child), str(parent))
        decided = COMPANY_GROUPS.decide(command, state)
        if not isinstance(decided, Rejection):
            state = COMPANY_GROUPS.fold(decided, state)
    for number in range(1, 7):
        assert state.parent_of.get(chain(state.parent_of, str(number))[-1]) is None
