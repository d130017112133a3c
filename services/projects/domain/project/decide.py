"""From a command to the rule that decides it."""

from __future__ import annotations

from services.projects.domain.project import baseline_commands as b
from services.projects.domain.project import commands as c
from services.projects.domain.project import contract_commands as k
from services.projects.domain.project import gate_commands as g
from services.projects.domain.project import gates
from services.projects.domain.project import promise_commands as p
from services.projects.domain.project import statistics_commands as s
from services.projects.domain.project.amending import amend
from services.projects.domain.project.baselining import baseline, check_taken_over, decide_baseline
from services.projects.domain.project.credit import share
from services.projects.domain.project.dates import agree
from services.projects.domain.project.events import ProjectOpened
from services.projects.domain.project.evidence import file_documents, withdraw
from services.projects.domain.project.extending import decide_extension
from services.projects.domain.project.funds import claim
from services.projects.domain.project.identity import assign_code, change_status, record_intent, register_company
from services.projects.domain.project.promises import decide_promise
from services.projects.domain.project.recognition import decide_claim
from services.projects.domain.project.stages import advance, correct, land, open_project, sign
from services.projects.domain.project.state import Project
from services.projects.domain.project.statistics import decide_statistics
from services.projects.domain.project.talks import record_talk
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide(command: c.ProjectCommand, state: Project) -> Decision:
    """The events that a command causes, or why it is refused."""
    if isinstance(command, c.OpenProject):
        return open_project(command, state)
    if isinstance(command, b.BaselineProject):
        return baseline(command, state)
    if state.opened is None:
        return Rejection("unknown-project", "没有这个项目。", "There is no such project.", status=404)
    if (wrong := check_taken_over(command, state)) is not None:
        return wrong
    match command:
        case c.ClaimFunds():
            return claim(command, state, state.opened)
        case c.CheckFunds() | c.RecogniseFunds() | c.ReverseFunds():
            return decide_claim(command, state)
        case c.Sign():
            return sign(command, state, state.opened)
        case c.Land():
            return land(command, state, state.opened)
        case c.StartConstruction() | c.StartProduction() | c.ReachCapacity():
            return advance(command, state, state.opened)
        case _:
            return _record(command, state, state.opened)


def _record(command: c.ProjectCommand, state: Project, opened: ProjectOpened) -> Decision:
    match command:
        case c.FileEvidence():
            return file_documents(command, state)
        case c.WithdrawEvidence():
            return withdraw(command, state)
        case c.AgreeDates():
            return agree(command, state)
        case c.RecordIntent():
            return record_intent(command, state)
        case c.RegisterCompany():
            return register_company(command, state)
        case c.AssignProjectCode():
            return assign_code(command, state)
        case c.ChangeStatus():
            return change_status(command, state, opened)
        case c.CorrectStage():
            return correct(command, state, opened)
        case c.ShareCredit():
            return share(command, state)
        case c.RecordProjectTalk():
            return record_talk(command, state)
        case p.MakePromise() | p.AmendPromise() | p.FulfilPromise() | p.BreakPromise() | p.WithdrawPromise():
            return decide_promise(command, state)
        case k.AmendContract():
            return amend(command, state, opened)
        case k.DeclareExtension() | k.AddExtension() | k.WithdrawExtension() | k.RemoveExtension():
            return decide_extension(command, state)
        case s.RecordStatistics() | s.CorrectStatistics():
            return decide_statistics(command, state)
        case b.ApproveBaseline() | b.RejectBaseline():
            return decide_baseline(command, state)
        case g.RecordGate():
            return gates.record(command, state)
        case g.TakeGateBack():
            return gates.take_back(command, state)
        case _:
            raise TypeError(f"{type(command).__name__} is no command of a project")
