"""Who may do what. Scopes: `group` the report's group, `unit` the unit in whose name it is done.

What a unit head may do for a group follows from the roster: the rules check that his unit leads it or is responsible.
The clock's and the reactions' commands are nobody's to give.
"""

from __future__ import annotations

from services.reporting.domain.report import commands as c
from sevenx.kernel.auth import Rule

COMMERCE = Rule("commerce_bureau")
LEADER = Rule("group_leader", "group")
DELEGATES = (Rule("group_deputy", "group"), Rule("lead_unit_head", "group"))
"""Who may be a delegate; the rules ask for the delegation itself."""
UNIT_HEAD = Rule("unit_head", "unit")

PERMISSIONS: dict[type, tuple[Rule, ...]] = {
    c.OpenReport: (COMMERCE, Rule("district_office"), Rule("operator")),
    c.Contribute: (Rule("unit_liaison", "unit"), UNIT_HEAD),
    c.DraftReport: (Rule("liaison", "group"),),
    c.ReviewReport: (UNIT_HEAD,),
    c.SendBack: (UNIT_HEAD, LEADER),
    c.DelegateSignOff: (LEADER,),
    c.SignOff: (LEADER, *DELEGATES),
    c.AcceptReport: (COMMERCE,),
    c.ReturnReport: (COMMERCE,),
    c.RestateReport: (COMMERCE,),
}
