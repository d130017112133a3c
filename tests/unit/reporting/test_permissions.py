"""Who may do what in area reporting. Default deny."""

from __future__ import annotations

import pytest

from services.reporting.domain.directive import commands as d
from services.reporting.domain.hearing import commands as h
from services.reporting.domain.report import commands as c
from services.reporting.permissions import PERMISSIONS
from sevenx.kernel.auth import Scopes
from tests.unit import given
from tests.unit.given import commands_of, somebody

SCOPES: Scopes = {"group": "410804-G-1", "unit": "410804-U-finance"}
BY_THE_SYSTEM = (
    c.JudgeDeadline,
    c.Remind,
    c.CloseContributions,
    c.MoveDeadline,
    c.FreezeFigures,
    d.RemindOwner,
    d.JudgeDirective,
)
"""Given by the clock and by reactions, to no person."""
PARTS = {c.Claim, c.Correction}


def may(command: type, *grants: str) -> bool:
    return given.may(PERMISSIONS, command, somebody(*grants), SCOPES)


def test_every_command_has_its_permission_or_is_the_systems_own() -> None:
    assert set(PERMISSIONS) == commands_of(c, h, d) - set(BY_THE_SYSTEM) - PARTS


@pytest.mark.parametrize("command", [*PERMISSIONS, *BY_THE_SYSTEM])
def test_without_the_right_grant_nothing_is_allowed(command: type) -> None:
    assert not may(command)
    assert not may(command, "auditor@410804", "city@410804", "statistics_bureau@410804", "finance_bureau@410804")
    assert not may(command, "liaison@410804-G-2", "group_leader@410804-G-2", "unit_head@410804-U-statistics")
    assert not may(command, "commerce_bureau@410811", "operator@410811", "district_office@410811")
    assert not may(command, "supervision_office@410811", "district_leader@410811")


@pytest.mark.parametrize("command", BY_THE_SYSTEM)
def test_nobody_gives_the_clocks_commands(command: type) -> None:
    everything = [f"{rule.role}@{of}" for rules in PERMISSIONS.values() for rule in rules for of in _ids(rule.of)]
    assert not may(command, *everything)


def _ids(of: str) -> list[str]:
    return [str(SCOPES[of])] if of else ["410804"]


@pytest.mark.parametrize(
    ("command", "grant"),
    [
        (c.DraftReport, "liaison@410804-G-1"),
        (c.ReviewReport, "unit_head@410804-U-finance"),
        (c.SignOff, "group_leader@410804-G-1"),
        (c.SignOff, "group_deputy@410804-G-1"),
        (c.DelegateSignOff, "group_leader@410804-G-1"),
        (c.Contribute, "unit_liaison@410804-U-finance"),
        (c.AcceptReport, "commerce_bureau@410804"),
        (c.ReturnReport, "commerce_bureau@410804"),
        (c.OpenReport, "district_office@410804"),
    ],
)
def test_each_step_is_its_own_posts_to_do(command: type, grant: str) -> None:
    """三(三): drafted by the liaison, reviewed by the lead unit's head, signed off by the leader or a delegate."""
    assert may(command, grant)
    assert not may(c.RestateReport, grant) or grant.startswith("commerce_bureau")


@pytest.mark.parametrize("command", [h.ApproveMinutes, h.SendBackMinutes])
def test_minutes_are_a_district_leaders_to_approve_and_the_offices_to_issue(command: type) -> None:
    """三(一): whoever drafts and issues does not approve."""
    assert may(command, "district_leader@410804")
    assert not may(command, "district_office@410804", "supervision_office@410804")
    assert may(h.IssueMinutes, "district_office@410804")
    assert not may(h.IssueMinutes, "district_leader@410804")


@pytest.mark.parametrize(
    "command",
    [d.RegisterDirective, d.IssueDirective, d.GrantExtension, d.RefuseExtension, d.VerifyDirective, d.CloseDirective],
)
def test_directives_are_the_supervision_offices_and_no_owner_closes_its_own(command: type) -> None:
    """三(五): 立项, 交办, 核验, 销号 by the supervision office."""
    assert may(command, "supervision_office@410804")
    assert not may(command, "unit_head@410804-U-finance", "unit_liaison@410804-U-finance", "district_office@410804")


@pytest.mark.parametrize("command", [d.AcknowledgeDirective, d.GiveFeedback, d.RequestExtension])
def test_the_owner_receives_answers_and_asks_and_nobody_does_it_in_its_place(command: type) -> None:
    """三(五): 签收, 反馈, 延期申请 by the owner."""
    assert may(command, "unit_head@410804-U-finance")
    assert not may(command, "unit_head@410804-U-statistics", "supervision_office@410804")
