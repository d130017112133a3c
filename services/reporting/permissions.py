"""Who may do what. Scopes: `group` the report's group, `unit` the unit in whose name it is done (for a directive its
owner).

What a unit head may do for a group follows from the roster: the rules check that his unit leads it or is responsible.
The clock's and the reactions' commands are nobody's to give.
"""

from __future__ import annotations

from services.reporting.domain.directive import commands as d
from services.reporting.domain.hearing import commands as h
from services.reporting.domain.report import commands as r
from sevenx.kernel.auth import Rule

COMMERCE = Rule("commerce_bureau")
OFFICE = Rule("district_office")
SUPERVISION = Rule("supervision_office")
LEADER = Rule("group_leader", "group")
DELEGATES = (Rule("group_deputy", "group"), Rule("lead_unit_head", "group"))
"""Who may be a delegate; the rules ask for the delegation itself."""
UNIT_HEAD = Rule("unit_head", "unit")
UNIT_LIAISON = Rule("unit_liaison", "unit")

REPORTS: dict[type, tuple[Rule, ...]] = {
    r.OpenReport: (COMMERCE, OFFICE, Rule("operator")),
    r.Contribute: (UNIT_LIAISON, UNIT_HEAD),
    r.DraftReport: (Rule("liaison", "group"),),
    r.ReviewReport: (UNIT_HEAD,),
    r.SendBack: (UNIT_HEAD, LEADER),
    r.DelegateSignOff: (LEADER,),
    r.SignOff: (LEADER, *DELEGATES),
    r.AcceptReport: (COMMERCE,),
    r.ReturnReport: (COMMERCE,),
    r.RestateReport: (COMMERCE,),
}
HEARINGS: dict[type, tuple[Rule, ...]] = {
    h.ScheduleHearing: (OFFICE, Rule("operator")),
    h.PostponeHearing: (OFFICE,),
    h.PreparePack: (OFFICE, COMMERCE, SUPERVISION),
    h.RecordHearing: (OFFICE,),
    h.DraftMinutes: (OFFICE,),
    h.SendBackMinutes: (Rule("district_leader"),),
    h.ApproveMinutes: (Rule("district_leader"),),
    h.IssueMinutes: (OFFICE,),
}
DIRECTIVES: dict[type, tuple[Rule, ...]] = {
    d.RegisterDirective: (SUPERVISION,),
    d.IssueDirective: (SUPERVISION,),
    d.AcknowledgeDirective: (UNIT_HEAD, UNIT_LIAISON),
    d.GiveFeedback: (UNIT_HEAD, UNIT_LIAISON),
    d.RequestExtension: (UNIT_HEAD,),
    d.GrantExtension: (SUPERVISION,),
    d.RefuseExtension: (SUPERVISION,),
    d.VerifyDirective: (SUPERVISION,),
    d.CloseDirective: (SUPERVISION,),
}
PERMISSIONS: dict[type, tuple[Rule, ...]] = {**REPORTS, **HEARINGS, **DIRECTIVES}
