"""Default deny: a command is refused unless a rule allows a grant that the principal holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.auth import ROLES, SELF, Principal, Rule, authorize
from sevenx.kernel.errors import Problem

G1, G2 = "410804-G-1", "410804-G-2"


def person(*grants: str) -> Principal:
    return Principal("410804-N-x", "410804", frozenset(grants))


def test_a_command_without_a_rule_is_refused_to_everyone() -> None:
    everything = person(*(f"{role}@{scope}" for role in ROLES for scope in ("410804", G1, G2)))
    with pytest.raises(Problem) as refused:
        authorize(everything, (), {"group": G1}, "Anything")
    assert refused.value.status == 403


def test_a_grant_for_one_group_is_none_for_another() -> None:
    rules = (Rule("liaison", "group"),)
    assert authorize(person(f"liaison@{G1}"), rules, {"group": G1}, "Draft") == f"liaison@{G1}"
    with pytest.raises(Problem):
        authorize(person(f"liaison@{G1}"), rules, {"group": G2}, "Draft")


def test_a_scope_that_is_not_told_allows_nothing() -> None:
    with pytest.raises(Problem):
        authorize(person("liaison@410804", "liaison@"), (Rule("liaison", "group"),), {}, "Draft")


def test_an_unknown_role_cannot_stand_in_a_rule() -> None:
    with pytest.raises(ValueError, match="not a role"):
        Rule("boss")


def test_what_concerns_a_person_is_his_own_by_his_subject_and_by_no_token() -> None:
    rules = (Rule(SELF, "person"),)
    assert authorize(person(), rules, {"person": "410804-N-x"}, "Read") == "self@410804-N-x"
    for scopes_told in ({"person": "410804-N-y"}, {}):
        with pytest.raises(Problem):
            authorize(person("self@410804-N-y", "self@410804"), rules, scopes_told, "Read")


roles = st.sampled_from([role for role in ROLES if role != SELF])
scopes = st.sampled_from(["410804", G1, G2])


@given(st.sets(st.tuples(roles, scopes)), st.lists(st.tuples(roles, st.booleans())), scopes)
def test_only_a_grant_that_a_rule_names_opens_the_door(
    grants: set[tuple[str, str]], rules: list[tuple[str, bool]], scope: str
) -> None:
    who = person(*(f"{role}@{where}" for role, where in grants))
    asked = [Rule(role, "group" if scoped else "") for role, scoped in rules]
    expected = any((role, scope if scoped else "410804") in grants for role, scoped in rules)
    try:
        authorize(who, asked, {"group": scope}, "X")
        assert expected
    except Problem:
        assert not expected
