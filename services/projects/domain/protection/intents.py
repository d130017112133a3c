"""Whether two reports of an investor are of one intent: the registry's industry says so at first, the Commerce Bureau
decides otherwise."""

from __future__ import annotations

from typing import Any

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.protection.checks import UNKNOWN, check_judge, parties_referee
from services.projects.domain.protection.commands import DecideIntent
from services.projects.domain.protection.events import GrantBasis, IntentDecided, QueueLeft, ReleaseCause
from services.projects.domain.protection.moves import granted, lapsed, queued, released
from services.projects.domain.protection.state import Investor, Report, Standing
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide_intent(command: DecideIntent, state: Investor) -> Decision:
    """Declare two intents the same, or one distinct, with the reason; nobody decides his own."""
    lead = state.reports.get(command.lead)
    other = state.reports.get(command.same_as) if command.same_as else None
    if lead is None or (command.same_as and other is None):
        return UNKNOWN
    concerned = [lead, other] if other else [lead, *_rivals(state, lead)]
    wrong = (
        _check_live(*([lead, other] if other else [lead]))
        or check_judge(
            parties_referee(command.commerce, concerned),
            command.office,
            command.by,
            {one.registered_by for one in concerned},
        )
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    if wrong is not None:
        return wrong
    return _same(command, state, lead, other) if other else _distinct(command, state, lead)


def _rivals(state: Investor, lead: Report) -> list[Report]:
    hold = state.holds.get(lead.intent)
    return [state.reports[hold.lead]] if hold else []


def _check_live(*reports: Report) -> Rejection | None:
    ended = [one.lead for one in reports if one.standing is Standing.ENDED]
    if not ended:
        return None
    return Rejection(
        "not-protected",
        "该线索的保护或备案已经结束。",
        "A lead whose protection has ended has no intent to be decided.",
        details={"leads": ended},
        status=409,
    )


def _same(command: DecideIntent, state: Investor, lead: Report, other: Report) -> Decision:
    """The later report joins the earlier one's intent; its own protection, if it had one, ends."""
    earlier, later = sorted((lead, other), key=lambda one: one.number)
    if earlier.intent == later.intent:
        return Rejection("same-already", "两条线索已属同一意向。", "The two are of one intent already.", status=409)
    hold = state.hold_of(later.lead)
    if hold is not None and hold.project is not None:
        return Rejection(
            "under-negotiation",
            "后报的线索已转为项目，不再并入他人的意向；成绩归属请办理成绩份额。",
            "The later report is a project already; settle the credit by shares.",
            details={"project": hold.project},
            status=409,
        )
    target = state.holds.get(earlier.intent)
    moved: list[Any] = [_decided(command, later, earlier.intent, earlier.lead)]
    moved += _out_of(command, state, later)
    if target is None:
        return [*moved, granted(later, earlier.intent, command.terms, command.today, GrantBasis.INTENT)]
    holder = state.reports[target.lead]
    return [*moved, queued(later, earlier.intent, state.queue(earlier.intent), holder, command.today)]


def _distinct(command: DecideIntent, state: Investor, lead: Report) -> Decision:
    """A report that waits is found to be of an intent of its own: it is the first one of that."""
    if state.hold_of(lead.lead) is not None:
        return Rejection(
            "holds-its-intent",
            "该线索是本意向的保护对象；请对备案中的线索认定为不同意向。",
            "This lead is the protected one; declare the waiting one to be distinct.",
            status=409,
        )
    used = {one.intent for one in state.reports.values()} | set(state.aliases)
    base = lead.intent.rpartition("~")[0] or lead.intent
    number = next(n for n in range(2, len(used) + 3) if f"{base}~{n}" not in used)
    intent = f"{base}~{number}"
    return [
        _decided(command, lead, intent, None),
        *_out_of(command, state, lead),
        granted(lead, intent, command.terms, command.today, GrantBasis.INTENT),
    ]


def _out_of(command: DecideIntent, state: Investor, report: Report) -> list[Any]:
    """The report leaves the intent in which it was; who waited behind it moves up."""
    hold = state.hold_of(report.lead)
    if hold is not None:
        cause = ReleaseCause.INTENT
        return released(state, hold, cause, command.reason, command.by, command.terms, command.today)
    own = [one for one in state.contests.values() if one.made.lead == report.lead]
    left = QueueLeft(report.lead, report.unit, report.intent, command.reason, command.today, command.by)
    return [*lapsed(own, "提出异议的线索已不再备案", command.today), left]


def _decided(command: DecideIntent, moved: Report, intent: str, same_as: str | None) -> IntentDecided:
    return IntentDecided(
        lead=moved.lead,
        unit=moved.unit,
        was=moved.intent,
        intent_key=intent,
        same_as=same_as,
        reason=command.reason,
        referee=command.office,
        decided_by=command.by,
        decided_on=command.today,
    )
