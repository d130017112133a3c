"""Who may do what. Scopes: `unit`, `group` and `traveller` of the trip or claim; `approving_unit` and `approving_group`
where head or leader decides; `own_unit` the unit of an own fund; `special` the district for the special fund.

A head's own trip has no approving unit: the district decides. A claim that breaks a rule has none either.
What the clock and the reactions give is nobody's to give; nobody decides on what is his own, whatever he holds.
"""

from __future__ import annotations

from services.outreach.domain.budget import commands as budget
from services.outreach.domain.trip import commands as trip
from sevenx.kernel.auth import SELF, Rule

COMMERCE = Rule("commerce_bureau")
FINANCE = Rule("finance_bureau")
DISTRICT_OFFICE = Rule("district_office")
SUPERVISION = Rule("supervision_office")
DISTRICT = (Rule("district_leader"), DISTRICT_OFFICE)
"""三(一), 三(四): who decides on heads' trips and on what goes beyond a rule."""
UNIT = (Rule("unit_liaison", "unit"), Rule("unit_head", "unit"))
GROUP = (
    Rule("liaison", "group"),
    Rule("lead_unit_head", "group"),
    Rule("group_leader", "group"),
    Rule("group_deputy", "group"),
)
WORK = (*UNIT, *GROUP, COMMERCE, DISTRICT_OFFICE)
MADE = (Rule(SELF, "traveller"), *WORK)
"""What who travelled does himself, or has done for him."""
SUPERIORS = (Rule("unit_head", "approving_unit"), Rule("group_leader", "approving_group"), *DISTRICT)
FUND_HOLDERS = (Rule("unit_head", "own_unit"), Rule("commerce_bureau", "special"), DISTRICT_OFFICE)
EXPENSE_SUPERIORS = (Rule("unit_head", "approving_unit"), Rule("commerce_bureau", "special"), *DISTRICT)

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    trip.RequestTrip: WORK,
    trip.ApproveTrip: SUPERIORS,
    trip.RejectTrip: SUPERIORS,
    trip.CancelTrip: (*MADE, Rule("district_leader")),
    trip.RecordVisit: MADE,
    trip.WithdrawVisit: (*MADE, SUPERVISION),
    trip.FileResult: MADE,
    trip.CorrectCompletion: (COMMERCE, SUPERVISION, DISTRICT_OFFICE),
    budget.AllocateBudget: (FINANCE,),
    budget.IncreaseBudget: (FINANCE,),
    budget.ReduceBudget: (FINANCE,),
    budget.CommitExpense: (*SUPERIORS, *FUND_HOLDERS),
    budget.ReleaseCommitment: (*FUND_HOLDERS, FINANCE),
    budget.ReleaseTrip: (*MADE, Rule("district_leader")),
    budget.ClaimExpense: (*UNIT, Rule("commerce_bureau", "special")),
    budget.ApproveExpense: EXPENSE_SUPERIORS,
    budget.RejectExpense: EXPENSE_SUPERIORS,
    budget.PayExpense: (FINANCE,),
    budget.ReverseExpense: (FINANCE, DISTRICT_OFFICE),
}
