"""Who may do what. Scopes: `group` and `unit` are what the command is about; `founding` is the district while it is not
established yet, so that the operator brings in the first roster and nobody's office is needed before any exists.

The district office (区政府办公室) keeps the mechanism: it issued the notice, names who holds a post and decides
overlaps (一). The Commerce Bureau (商务局) does the daily work (三（二）, 三（三）). A group names its own liaison,
and so does a unit.
"""

from __future__ import annotations

from services.registry.domain.correction import RollBackImport
from services.registry.domain.district import commands as d
from services.registry.domain.group import commands as g
from services.registry.domain.person import commands as n
from services.registry.domain.unit import commands as u
from sevenx.kernel.auth import Rule

DISTRICT_OFFICE = Rule("district_office")
COMMERCE = Rule("commerce_bureau")
FOUNDING = Rule("operator", "founding")
ROSTER = (DISTRICT_OFFICE, FOUNDING)
"""What stands in the notice."""
UNIT_HEAD = Rule("unit_head", "unit")
GROUP_LEADERS = (Rule("group_leader", "group"), Rule("group_deputy", "group"))
PLAN_DRAFTERS = (Rule("liaison", "group"), Rule("lead_unit_head", "group"), *GROUP_LEADERS)
PLAN_APPROVERS = (Rule("group_leader", "group"), Rule("district_leader"))

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    d.EstablishDistrict: ROSTER,
    d.RecordNotice: ROSTER,
    d.PublishCalendar: (*ROSTER, COMMERCE),
    d.DefineSetting: ROSTER,
    d.ChangeSetting: (DISTRICT_OFFICE,),
    d.ListIndustry: ROSTER,
    d.RecordImport: ROSTER,
    d.RecordRollback: (DISTRICT_OFFICE,),
    RollBackImport: (DISTRICT_OFFICE,),
    d.DecideOverlap: (DISTRICT_OFFICE,),
    u.RegisterUnit: ROSTER,
    u.AddAlias: (DISTRICT_OFFICE, COMMERCE),
    u.RenameUnit: (DISTRICT_OFFICE,),
    u.SetUnitParent: ROSTER,
    u.MergeUnit: (DISTRICT_OFFICE,),
    u.AppointUnitHead: ROSTER,
    u.ReleaseUnitHead: (DISTRICT_OFFICE,),
    u.DesignateUnitLiaison: (*ROSTER, COMMERCE, UNIT_HEAD),
    u.AnnounceUnitLiaisonEnd: (DISTRICT_OFFICE, COMMERCE, UNIT_HEAD, Rule("unit_liaison", "unit")),
    u.HandOverUnitHead: (DISTRICT_OFFICE,),
    u.HandOverUnitLiaison: (DISTRICT_OFFICE, COMMERCE, UNIT_HEAD),
    n.RegisterPerson: (*ROSTER, COMMERCE),
    g.FormGroup: ROSTER,
    g.AssignLeadUnit: ROSTER,
    g.WithdrawLeadUnit: (DISTRICT_OFFICE,),
    g.AssignResponsibleUnit: ROSTER,
    g.WithdrawResponsibleUnit: (DISTRICT_OFFICE,),
    g.SetDuties: ROSTER,
    g.AppointLeader: ROSTER,
    g.ReleaseLeader: (DISTRICT_OFFICE,),
    g.AppointDeputy: ROSTER,
    g.ReleaseDeputy: (DISTRICT_OFFICE,),
    g.DesignateLiaison: (*ROSTER, COMMERCE, *GROUP_LEADERS),
    g.AnnounceLiaisonEnd: (DISTRICT_OFFICE, COMMERCE, *GROUP_LEADERS, Rule("liaison", "group")),
    g.HandOverLeader: (DISTRICT_OFFICE,),
    g.HandOverDeputy: (DISTRICT_OFFICE,),
    g.HandOverLiaison: (DISTRICT_OFFICE, COMMERCE, *GROUP_LEADERS),
    g.AdoptAnnualPlan: PLAN_APPROVERS,
    g.DraftPlan: PLAN_DRAFTERS,
    g.SubmitPlan: PLAN_DRAFTERS,
    g.ApprovePlan: PLAN_APPROVERS,
    g.ReturnPlan: PLAN_APPROVERS,
    g.AdoptPlan: (COMMERCE, *PLAN_APPROVERS),
    g.SetTarget: (COMMERCE, Rule("group_leader", "group")),
}
