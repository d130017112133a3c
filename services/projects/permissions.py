"""Who may do what. Scopes: `group` the project's group, `finder` the unit that found it, `landing` its landing unit,
`claimant` the unit that claims, `led` the group where the claimant is one of its lead units."""

from __future__ import annotations

from services.projects.domain.lead import commands as lead
from services.projects.domain.project import commands as project
from sevenx.kernel.auth import Rule

COMMERCE = Rule("commerce_bureau")
DISTRICT_OFFICE = Rule("district_office")
GROUP_WORK = (Rule("liaison", "group"), Rule("lead_unit_head", "group"))
GROUP_LEADERS = (Rule("group_leader", "group"), Rule("group_deputy", "group"))
FINDER = (Rule("unit_liaison", "finder"), Rule("unit_head", "finder"))
LANDING = (Rule("unit_liaison", "landing"), Rule("unit_head", "landing"))
DAILY_WORK = (*GROUP_WORK, *LANDING, COMMERCE)
"""Lead units run the daily work (三(二)); the landing unit carries the project (二(一))."""

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    lead.RegisterLead: (*FINDER, *GROUP_WORK, *GROUP_LEADERS, COMMERCE),
    lead.QualifyLead: (Rule("lead_unit_head", "group"), *GROUP_LEADERS, COMMERCE),
    lead.CloseLead: (*GROUP_WORK, COMMERCE),
    lead.ConvertLead: (*GROUP_WORK, *FINDER, COMMERCE),
    project.OpenProject: (*GROUP_WORK, *FINDER, COMMERCE),
    project.FileEvidence: (*DAILY_WORK, *FINDER),
    project.WithdrawEvidence: DAILY_WORK,
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
    project.CorrectStage: (COMMERCE, DISTRICT_OFFICE),
    project.ClaimFunds: (Rule("unit_liaison", "claimant"), Rule("unit_head", "claimant"), Rule("liaison", "led")),
    project.CheckFunds: (COMMERCE, DISTRICT_OFFICE),
    project.RecogniseFunds: (COMMERCE, DISTRICT_OFFICE),
    project.ReverseFunds: (COMMERCE, DISTRICT_OFFICE),
    project.ShareCredit: (COMMERCE, DISTRICT_OFFICE),
}
