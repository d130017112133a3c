"""Who may do what. Scopes: `group` the project's group, `finder` the unit that found it, `landing` its landing unit,
`claimant` the unit that claims, `led` the group where the claimant is one of its lead units, `judging` the group where
the gate is the preliminary judgement. Of an enterprise, `group` and `finder` are the group or unit that registered it;
of a contact person, the one that keeps it. `statistics` is the unit that counts fixed-asset
investment, `receiver` and `receiving` are the unit and the group that are asked to take a lead over. Of a procedure,
`responsible` is the unit that is asked, of a problem its owner; `raiser` is who raised that. The commands of the clock
and of reactions are nobody's to give."""

from __future__ import annotations

from services.projects.domain.company_group import commands as company_group
from services.projects.domain.document import commands as document
from services.projects.domain.enterprise import commands as enterprise
from services.projects.domain.file_import import commands as file_import
from services.projects.domain.lead import commands as lead
from services.projects.domain.lead import transfer_commands as transfer
from services.projects.domain.problem import commands as problem
from services.projects.domain.procedure import commands as procedure
from services.projects.domain.project import baseline_commands as baseline
from services.projects.domain.project import commands as project
from services.projects.domain.project import contract_commands as contract
from services.projects.domain.project import gate_commands as gate
from services.projects.domain.project import promise_commands as promise
from services.projects.domain.project import statistics_commands as statistics
from services.projects.domain.protection import commands as protection
from services.projects.domain.referral import commands as referral
from sevenx.kernel.auth import Rule

COMMERCE = Rule("commerce_bureau")
DISTRICT_OFFICE = Rule("district_office")
GROUP_WORK = (Rule("liaison", "group"), Rule("lead_unit_head", "group"))
GROUP_LEADERS = (Rule("group_leader", "group"), Rule("group_deputy", "group"))
FINDER = (Rule("unit_liaison", "finder"), Rule("unit_head", "finder"))
LANDING = (Rule("unit_liaison", "landing"), Rule("unit_head", "landing"))
DAILY_WORK = (*GROUP_WORK, *LANDING, COMMERCE)
"""Lead units run the daily work (三(二)); the landing unit carries the project (二(一))."""
REGISTRARS = (*FINDER, *GROUP_WORK, *GROUP_LEADERS, COMMERCE)
NEGOTIATORS = (*GROUP_WORK, *FINDER, COMMERCE)
ASKERS = (*GROUP_WORK, *LANDING)
ANSWERERS = (Rule("unit_head", "responsible"), Rule("unit_liaison", "responsible"), COMMERCE)
"""The department that is asked; the Commerce Bureau where it coordinates (三(二)). Nobody answers what he asked for."""
RAISERS = (*DAILY_WORK, *FINDER, *GROUP_LEADERS)
RECEIVERS = (
    Rule("unit_head", "receiver"),
    Rule("unit_liaison", "receiver"),
    Rule("liaison", "receiving"),
    Rule("lead_unit_head", "receiving"),
)
"""The unit and group that are asked to take a lead over (流转)."""
STATISTICS = (Rule("statistics_bureau"), Rule("unit_head", "statistics"), Rule("unit_liaison", "statistics"))
"""The statistics bureau, and the people of its unit (setting `bodies.statistics_bureau`)."""
SENDERS = (*RAISERS, *ANSWERERS, Rule("unit_liaison", "claimant"), Rule("unit_head", "claimant"), DISTRICT_OFFICE)
"""Whoever may file a document with something may send it in for that; lead units claim funds with their vouchers."""
REFEREES = (COMMERCE, DISTRICT_OFFICE)
"""Which of the two decides is a rule: not the Commerce Bureau where it or its group is a party."""

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    lead.RegisterLead: REGISTRARS,
    lead.QualifyLead: (Rule("lead_unit_head", "group"), *GROUP_LEADERS, COMMERCE),
    lead.CloseLead: (*GROUP_WORK, COMMERCE),
    lead.ConvertLead: NEGOTIATORS,
    lead.RecordTalk: REGISTRARS,
    lead.IdentifyInvestor: REGISTRARS,
    transfer.AskTransfer: (*FINDER, *GROUP_WORK, *GROUP_LEADERS, COMMERCE),
    transfer.AcceptTransfer: RECEIVERS,
    transfer.DeclineTransfer: RECEIVERS,
    transfer.WithdrawTransfer: (*FINDER, *GROUP_WORK, *GROUP_LEADERS, COMMERCE),
    protection.MoveReport: RECEIVERS,
    protection.ReportLead: REGISTRARS,
    protection.ConvertProtected: NEGOTIATORS,
    protection.ProveTalk: (*REGISTRARS, *LANDING),
    protection.GiveUp: (*FINDER, *GROUP_WORK),
    protection.Contest: (*FINDER, *GROUP_WORK, *GROUP_LEADERS),
    protection.Extend: REFEREES,
    protection.DecideRelease: REFEREES,
    protection.DecideContest: REFEREES,
    protection.DecideIntent: REFEREES,
    referral.RecordReferral: REGISTRARS,
    referral.WithdrawReferral: REFEREES,
    enterprise.RegisterEnterprise: REGISTRARS,
    enterprise.CorrectEnterprise: REGISTRARS,
    enterprise.RenameEnterprise: REGISTRARS,
    enterprise.AddEnterpriseAlias: REGISTRARS,
    enterprise.RemoveEnterpriseAlias: REGISTRARS,
    enterprise.AssignCreditCode: REGISTRARS,
    enterprise.AddListing: REGISTRARS,
    enterprise.RemoveListing: REGISTRARS,
    enterprise.AddEnterpriseContact: REGISTRARS,
    enterprise.EraseEnterpriseContact: REGISTRARS,
    enterprise.DismissDuplicate: (COMMERCE,),
    enterprise.MergeEnterprises: (COMMERCE,),
    enterprise.UndoMerge: (COMMERCE,),
    company_group.AssignParent: REGISTRARS,
    company_group.RemoveParent: REGISTRARS,
    project.OpenProject: NEGOTIATORS,
    project.FileEvidence: (*DAILY_WORK, *FINDER),
    project.WithdrawEvidence: DAILY_WORK,
    project.RecordProjectTalk: (*DAILY_WORK, *FINDER, *GROUP_LEADERS),
    project.AgreeDates: DAILY_WORK,
    project.RecordIntent: DAILY_WORK,
    project.Sign: (*GROUP_WORK, COMMERCE),
    project.RegisterCompany: DAILY_WORK,
    project.AssignProjectCode: DAILY_WORK,
    project.Land: (*GROUP_WORK, COMMERCE),
    project.StartConstruction: DAILY_WORK,
    project.StartProduction: DAILY_WORK,
    project.ReachCapacity: DAILY_WORK,
    project.ChangeStatus: (*GROUP_WORK, COMMERCE),
    project.CorrectStage: REFEREES,
    project.ClaimFunds: (Rule("unit_liaison", "claimant"), Rule("unit_head", "claimant"), Rule("liaison", "led")),
    project.CheckFunds: REFEREES,
    project.RecogniseFunds: REFEREES,
    project.ReverseFunds: REFEREES,
    project.ShareCredit: REFEREES,
    baseline.BaselineProject: (COMMERCE, Rule("operator")),
    baseline.ApproveBaseline: (COMMERCE,),
    baseline.RejectBaseline: (COMMERCE,),
    gate.RecordGate: (*REFEREES, Rule("lead_unit_head", "judging")),
    gate.TakeGateBack: REFEREES,
    contract.AmendContract: (*GROUP_WORK, COMMERCE),
    contract.DeclareExtension: (*GROUP_WORK, COMMERCE),
    contract.AddExtension: (*GROUP_WORK, COMMERCE),
    contract.WithdrawExtension: (*GROUP_WORK, COMMERCE),
    contract.RemoveExtension: (*GROUP_WORK, COMMERCE),
    statistics.RecordStatistics: STATISTICS,
    statistics.CorrectStatistics: STATISTICS,
    promise.MakePromise: (*GROUP_WORK, COMMERCE),
    promise.AmendPromise: (*GROUP_WORK, COMMERCE),
    promise.FulfilPromise: DAILY_WORK,
    promise.BreakPromise: (*GROUP_WORK, *REFEREES),
    promise.WithdrawPromise: REFEREES,
    procedure.RequestProcedure: ASKERS,
    procedure.AcceptProcedure: ANSWERERS,
    procedure.AskSupplement: ANSWERERS,
    procedure.GiveSupplement: ASKERS,
    procedure.MovePromisedDate: ANSWERERS,
    procedure.GrantProcedure: ANSWERERS,
    procedure.RefuseProcedure: ANSWERERS,
    procedure.WithdrawProcedure: ASKERS,
    problem.RaiseProblem: RAISERS,
    problem.HandleProblem: ANSWERERS,
    problem.EscalateProblem: (*ANSWERERS, *RAISERS),
    problem.ReturnProblem: REFEREES,
    problem.CloseProblem: (Rule("self", "raiser"), *REFEREES),
    document.StoreDocument: SENDERS,
    file_import.ImportFile: REGISTRARS,
    problem.ReopenProblem: (Rule("self", "raiser"), *REFEREES),
}
