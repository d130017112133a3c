"""Who may do what in area assessment. Default deny."""

from __future__ import annotations

import pytest

from services.assessment.domain.book import commands as book
from services.assessment.domain.score import commands as score
from services.assessment.domain.year import commands as year
from services.assessment.permissions import PERMISSIONS
from services.assessment.visibility import check_ranking, check_score
from sevenx.kernel.auth import Scopes
from sevenx.kernel.errors import Problem
from tests.unit import given
from tests.unit.given import commands_of, somebody

SCOPES: Scopes = {"appellant": "410804-G-1"}
BY_THE_SYSTEM = (year.EndPublicNotice, year.Freeze)
"""Given by the clock and by reactions, to no person."""
PARTS = {score.Scored}


def may(command: type, *grants: str) -> bool:
    return given.may(PERMISSIONS, command, somebody(*grants), SCOPES)


def test_every_command_has_its_permission_or_is_the_systems_own() -> None:
    assert set(PERMISSIONS) == commands_of(book, score, year) - set(BY_THE_SYSTEM) - PARTS


@pytest.mark.parametrize("command", [*PERMISSIONS, *BY_THE_SYSTEM])
def test_without_the_right_grant_nothing_is_allowed(command: type) -> None:
    assert not may(command)
    assert not may(command, "auditor@410804", "operator@410804", "commerce_bureau@410804", "unit_head@410804-U-other")
    assert not may(command, "assessment_office@410811", "district_leader@410811", "group_leader@410804-G-2")


@pytest.mark.parametrize("command", BY_THE_SYSTEM)
def test_nobody_gives_the_clocks_commands(command: type) -> None:
    assert not may(command, "assessment_office@410804", "district_leader@410804", "group_leader@410804-G-1")


@pytest.mark.parametrize("grant", ["group_leader", "group_deputy", "liaison", "lead_unit_head"])
def test_those_who_are_assessed_appeal_and_do_nothing_else(grant: str) -> None:
    """三(五): appeals by those concerned."""
    allowed = [command for command in PERMISSIONS if may(command, f"{grant}@410804-G-1")]
    assert allowed == [year.FileAppeal]


def test_the_office_rates_and_the_leaders_settle() -> None:
    """三(五): 初评 by the assessment office, 审定 by the district committee and government."""
    office = {command for command in PERMISSIONS if may(command, "assessment_office@410804")}
    assert office == set(PERMISSIONS) - {year.Settle, year.FileAppeal}
    assert [command for command in PERMISSIONS if may(command, "district_leader@410804")] == [year.Settle]


def sees(check: str, *grants: str, public: bool = False) -> bool:
    principal = somebody(*grants)
    try:
        if check == "ranking":
            check_ranking(principal, public)
        else:
            check_score(principal, "410804-G-1", public)
    except Problem:
        return False
    return True


def test_before_it_is_public_a_score_is_seen_by_the_offices_and_by_those_concerned() -> None:
    """三(五)"""
    assert sees("ranking", "assessment_office@410804")
    assert sees("ranking", "auditor@410804")
    assert not sees("ranking", "group_leader@410804-G-1")
    assert not sees("ranking", "commerce_bureau@410804")
    assert sees("score", "group_leader@410804-G-1")
    assert not sees("score", "group_leader@410804-G-2")
    assert sees("score", "group_leader@410804-G-2", public=True)
    assert sees("ranking", "liaison@410804-G-2", public=True)
    assert not sees("ranking", public=True)
