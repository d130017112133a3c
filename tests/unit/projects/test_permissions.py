"""Who may do what in area projects. Default deny."""

from __future__ import annotations

import pytest

from services.projects.domain.company_group.commands import CompanyGroupCommand
from services.projects.domain.document.commands import StoreDocument
from services.projects.domain.enterprise import commands as enterprise
from services.projects.domain.enterprise.commands import EnterpriseCommand
from services.projects.domain.file_import.commands import ImportFile
from services.projects.domain.lead import commands as lead
from services.projects.domain.lead.commands import LeadCommand
from services.projects.domain.problem import commands as problem
from services.projects.domain.problem.commands import ProblemCommand
from services.projects.domain.procedure import commands as procedure
from services.projects.domain.procedure.commands import ProcedureCommand
from services.projects.domain.project import commands as project
from services.projects.domain.project.baseline_commands import BaselineProject
from services.projects.domain.project.commands import ProjectCommand
from services.projects.domain.protection import commands as protection
from services.projects.domain.protection.commands import ProtectionCommand
from services.projects.domain.referral.commands import ReferralCommand
from services.projects.permissions import PERMISSIONS
from services.projects.visibility import MASK, check_reader, shown
from sevenx.kernel.auth import Principal, Scopes
from sevenx.kernel.errors import Problem
from tests.unit import given
from tests.unit.given import somebody as who

SCOPES: Scopes = {
    "group": "410804-G-1",
    "finder": "410804-U-macun",
    "landing": "410804-U-industry-zone",
    "claimant": "410804-U-industry-zone",
    "responsible": "410804-U-planning",
}
ROW = {
    "group_id": "410804-G-1", "finder": "410804-U-macun", "landing_unit": None, "title": "铝板带", "contact": "x",
    "investor_name": "星河铝材（模拟）有限公司", "investor_code": "1",
}  # fmt: skip


def may(principal: Principal, command: type) -> bool:
    return given.may(PERMISSIONS, command, principal, SCOPES)


BY_ITSELF = {
    protection.Fulfil, protection.Reopen, protection.Leave,
    protection.JudgeIdle, protection.JudgeTerms, protection.JudgeContests, enterprise.SuspectDuplicates,
    procedure.JudgeProcedure, problem.JudgeProblem,
}  # fmt: skip
"""Commands of reactions and of the clock, which nobody may give."""


def test_every_command_has_its_permission() -> None:
    unions = (
        LeadCommand, ProjectCommand, ProtectionCommand, ReferralCommand, EnterpriseCommand, CompanyGroupCommand,
        ProcedureCommand, ProblemCommand,
    )  # fmt: skip
    commands = {one for union in unions for one in union.__args__} | {StoreDocument, ImportFile}
    assert set(PERMISSIONS) == commands - BY_ITSELF


@pytest.mark.parametrize("command", PERMISSIONS)
def test_without_a_grant_nothing_is_allowed(command: type) -> None:
    assert not may(who(), command)
    others = {"auditor", "district_leader", "operator", "city"} - {rule.role for rule in PERMISSIONS[command]}
    assert not may(who(*(f"{role}@410804" for role in others)), command)
    assert ("operator" in others) is (command is not BaselineProject)


@pytest.mark.parametrize("command", PERMISSIONS)
def test_another_groups_liaison_and_another_district_are_refused(command: type) -> None:
    assert not may(who("liaison@410804-G-2", "unit_head@410804-U-finance", "commerce_bureau@410811"), command)


@pytest.mark.parametrize(
    "command",
    [lead.RegisterLead, project.OpenProject, project.Sign, project.Land, project.FileEvidence, project.ChangeStatus],
)
def test_the_groups_liaison_does_the_daily_work(command: type) -> None:
    """Clause 三(二): lead units run the daily work; 三(三): each group has one liaison."""
    assert may(who("liaison@410804-G-1"), command)


@pytest.mark.parametrize(
    "command", [project.StartConstruction, project.StartProduction, project.ReachCapacity, project.ClaimFunds]
)
def test_the_landing_unit_carries_the_project(command: type) -> None:
    """Clause 二(一): landing units receive the project."""
    assert may(who("unit_liaison@410804-U-industry-zone"), command)


@pytest.mark.parametrize("command", [project.CheckFunds, project.RecogniseFunds, project.ReverseFunds])
def test_those_who_claim_do_not_decide(command: type) -> None:
    """Funds in place: no claimant recognises."""
    assert not may(who("liaison@410804-G-1", "unit_head@410804-U-industry-zone", "lead_unit_head@410804-G-1"), command)
    assert may(who("commerce_bureau@410804"), command)
    assert may(who("district_office@410804"), command)


def test_the_project_asks_and_the_department_answers() -> None:
    """Clauses 二(二), 三(二): the project's people ask, the department answers, the Commerce Bureau coordinates."""
    for asks in (procedure.RequestProcedure, procedure.GiveSupplement, procedure.WithdrawProcedure):
        assert may(who("liaison@410804-G-1"), asks)
        assert may(who("unit_head@410804-U-industry-zone"), asks)
        assert not may(who("unit_head@410804-U-planning", "commerce_bureau@410804"), asks)
    for answers in procedure.ProcedureAnswer.__args__:
        assert may(who("unit_liaison@410804-U-planning"), answers)
        assert may(who("commerce_bureau@410804"), answers)
        assert not may(who("liaison@410804-G-1", "unit_head@410804-U-industry-zone"), answers)


def test_a_problem_is_closed_by_who_raised_it_and_handled_by_its_owner() -> None:
    """Clause 三(二): 及时协调解决有关问题."""
    raiser = SCOPES | {"raiser": "410804-N-a"}
    assert given.may(PERMISSIONS, problem.CloseProblem, who(), raiser)
    assert not given.may(PERMISSIONS, problem.CloseProblem, who(name="410804-N-b"), raiser)
    assert may(who("unit_head@410804-U-planning"), problem.HandleProblem)
    assert not may(who("unit_head@410804-U-planning"), problem.CloseProblem)
    assert not may(who("liaison@410804-G-1"), problem.ReturnProblem)


def test_the_commerce_bureau_does_not_claim_by_its_office() -> None:
    assert not may(who("commerce_bureau@410804"), project.ClaimFunds)


def test_an_unsigned_investor_is_masked_for_those_who_do_not_work_on_it() -> None:
    """Clause 三(二): information is shared among the groups, unsigned investors masked."""
    other = shown(who("liaison@410804-G-2"), ROW, unsigned=True)
    assert (other["investor_name"], other["investor_code"], other["contact"]) == (MASK, None, None)
    for grant in ("liaison@410804-G-1", "unit_head@410804-U-macun", "commerce_bureau@410804", "auditor@410804"):
        assert shown(who(grant), ROW, unsigned=True) == ROW
    assert shown(who("liaison@410804-G-2"), ROW, unsigned=False) == ROW


def test_reading_needs_an_office_or_a_post() -> None:
    check_reader(who("unit_liaison@410804-U-macun"))
    check_reader(who("auditor@410804"))
    for stranger in (who(), who("city@410804"), who("liaison@410811-G-1")):
        with pytest.raises(Problem) as raised:
            check_reader(stranger)
        assert raised.value.status == 403
