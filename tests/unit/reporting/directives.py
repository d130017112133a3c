"""Words of the tests of directives: one is given to the finance bureau until 30 September 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.reporting.deciders import DIRECTIVE
from services.reporting.domain.directive import commands as d
from services.reporting.domain.directive.reminding import Reminding
from services.reporting.domain.directive.state import Directive
from tests.unit.given import Told, at

OWNER, GROUP = "410804-U-finance", "410804-G-1"
HEAD, CLERK, OFFICE = "410804-N-head", "410804-N-clerk", "410804-N-supervision"
DUE, LATER = date(2026, 9, 30), date(2026, 10, 15)
BEFORE, DUE_ENDS, AFTER = at("2026-09-20 10:00"), at("2026-10-01 00:00"), at("2026-10-02 10:00")

REGISTER = d.RegisterDirective(at("2026-08-28 09:00"), "加快用地手续", "9月底前完成。", "会议纪要第三项", None, OFFICE)
REMINDING = Reminding((5, 1))
ISSUE = d.IssueDirective(at("2026-08-28 10:00"), OWNER, GROUP, DUE, OFFICE, REMINDING)
ACKNOWLEDGE = d.AcknowledgeDirective(at("2026-08-29 09:00"), CLERK)
PROGRESS = d.GiveFeedback(BEFORE, "已报市局。", done=False, documents=(), by=CLERK)
DONE = d.GiveFeedback(BEFORE, "已批复。", done=True, documents=("a" * 64,), by=HEAD)
ASK = d.RequestExtension(BEFORE, LATER, "市局审批时限延长", HEAD)
GRANT = d.GrantExtension(BEFORE, None, OFFICE, for_owner=False, reminding=REMINDING)
REFUSE = d.RefuseExtension(BEFORE, "理由不充分", OFFICE, for_owner=False)
PASS = d.VerifyDirective(AFTER, passed=True, note="", by=OFFICE, for_owner=False)
FAIL = d.VerifyDirective(AFTER, passed=False, note="批复未附。", by=OFFICE, for_owner=False)
CLOSE = d.CloseDirective(AFTER, withdrawn=False, reason="", by=OFFICE, for_owner=False)
WITHDRAW = d.CloseDirective(AFTER, withdrawn=True, reason="事项已由上级承办", by=OFFICE, for_owner=False)
JUDGE = d.JudgeDirective(DUE_ENDS)


def directive(*commands: Any) -> Told[Directive]:
    """A directive that was given to its owner, and what the commands made of it."""
    return Told(DIRECTIVE, REGISTER, ISSUE, *commands)
