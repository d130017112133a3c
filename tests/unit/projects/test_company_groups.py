"""Groups of companies: an enterprise has one parent at most, and no circle closes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.projects.deciders import COMPANY_GROUPS
from services.projects.domain.company_group.commands import AssignParent, RemoveParent
from services.projects.domain.company_group.events import ParentAssigned, ParentRemoved
from services.projects.domain.company_group.graph import parents, path, survivor
from services.projects.domain.enterprise.commands import MergeEnterprises, UndoMerge
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


STEPS = st.tuples(
    st.sampled_from("123456"),
    st.sampled_from("123456"),
    st.sampled_from(["assign", "assign", "remove", "merge", "undo"]),
)


def step(one: str, other: str, what: str) -> Any:
    match what:
        case "assign":
            return belongs(one, other)
        case "remove":
            return RemoveParent(one, "误", TODAY, LIAISON)
        case "merge":
            return MergeEnterprises(one, other, "同一", TODAY, LIAISON)
        case _:
            return UndoMerge(one, other, "误", TODAY, LIAISON)


@given(st.lists(STEPS, max_size=40))
def test_whatever_is_assigned_merged_and_taken_back_nobody_is_its_own_parent(steps: list[tuple[str, str, str]]) -> None:
    """Invariant: no circle, through whomever, and whoever is merged is one in the end."""
    state = COMPANY_GROUPS.initial
    alive = set("123456")
    for one, other, what in steps:
        if what == "merge" and (one == other or not {one, other} <= alive):
            continue  # the enterprises themselves refuse that
        decided = COMPANY_GROUPS.decide(step(one, other, what), state)
        if not isinstance(decided, Rejection):
            state = COMPANY_GROUPS.fold(decided, state)
            alive = set("123456") - set(state.merged_into)
        above = parents(state.parent_of, state.merged_into)
        for start in above:
            assert all(path(above, parent, start) == [] for parent in above[start])
        assert {survivor(state.merged_into, each) for each in "123456"} == alive
