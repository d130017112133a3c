"""Who may do what. Scopes: `group` the project's group, `finder` the unit that found it, `landing` its landing unit,
`claimant` the unit that claims, `led` the group where the claimant is one of its lead units."""

from __future__ import annotations

from services.projects.domain.lead import commands as l
from services.projects.domain.project import commands as p
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
    l.RegisterLead: (*FINDER, *GROUP_WORK, *GROUP_LEADERS, COMMERCE),
    l.QualifyLead: (Rule("lead_unit_head", "group"), *GROUP_LEADERS, COMMERCE),
    l.CloseLead: (*GROUP_WORK, COMMERCE),
    l.ConvertLead: (*GROUP_WORK, *FINDER, COMMERCE),
    p.OpenProject: (*GROUP_WORK, *FINDER, COMMERCE),
    p.FileEvidence: (*DAILY_WORK, *FINDER),
    p.WithdrawEvidence: DAILY_WORK,
    p.AgreeDates: DAILY_WORK,
    p.RecordIntent: DAILY_WORK,
    p.Sign: (*GROUP_WORK, COMMERCE),
    p.RegisterCompany: DAILY_WORK,
    p.AssignProjectCode: DAILY_WORK,
    p.Land: (*GROUP_WORK, COMMERCE),
    p.StartConstruction: DAILY_WORK,
    p.StartProduction: DAILY_WORK,
    p.ReachCapacity: DAILY_WORK,
    p.ChangeStatus: (*GROUP_WORK, COMMERCE),
    p.CorrectStage: (COMMERCE, DISTRICT_OFFICE),
    p.ClaimFunds: (Rule("unit_liaison", "claimant"), Rule("unit_head", "claimant"), Rule("liaison", "led")),
    p.CheckFunds: (COMMERCE, DISTRICT_OFFICE),
    p.RecogniseFunds: (COMMERCE, DISTRICT_OFFICE),
    p.ReverseFunds: (COMMERCE, DISTRICT_OFFICE),
    p.ShareCredit: (COMMERCE, DISTRICT_OFFICE),
}
