"""What may be decided about a protection while it lasts, and what the clock says of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.projects.domain.dates import add_months, check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.protection.checks import (
    check_judge,
    check_uncontested,
    check_unfulfilled,
    holding,
    parties_referee,
)
from services.projects.domain.protection.commands import (
    DecideRelease,
    Extend,
    Fulfil,
    GiveUp,
    JudgeIdle,
    JudgeTerms,
    Reopen,
)
from services.projects.domain.protection.events import (
    ProtectionExpired,
    ProtectionExtended,
    ProtectionFulfilled,
    ProtectionReopened,
    ProtectionWarned,
    ReleaseCause,
    ReleaseDeclined,
    ReleaseProposed,
)
from services.projects.domain.protection.moves import moved_up, released
from services.projects.domain.protection.state import Hold, Investor
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def extend(command: Extend, state: Investor) -> Decision:
    """首报首谈: default six months, one extension of the same length, with a reason."""
    found = holding(state, command.lead)
    if isinstance(found, Rejection):
        return found
    report, hold = found
    wrong = (
        check_unfulfilled(hold)
        or check_judge(parties_referee(command.commerce, [report]), command.office, command.by, {report.registered_by})
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    if wrong is not None:
        return wrong
    if hold.extensions_left < 1:
        return Rejection(
            "no-extension-left",
            f"保护期只能延长规定的次数，现至 {hold.until}，不能再延长。",
            f"The protection has been extended as often as it may be; it ends on {hold.until}.",
            rule="首报首谈",
            details={"until": hold.until.isoformat()},
            status=409,
        )
    until = add_months(hold.until, command.terms.months)
    return [
        ProtectionExtended(
            report.lead, report.unit, report.intent, hold.until, until, command.reason, command.by, command.today
        )
    ]


def decide_release(command: DecideRelease, state: Investor) -> Decision:
    """60 days without progress propose the release, the Commerce Bureau decides: never automatic, and not without the
    proposal."""
    found = holding(state, command.lead)
    if isinstance(found, Rejection):
        return found
    report, hold = found
    wrong = (
        check_unfulfilled(hold)
        or check_judge(parties_referee(command.commerce, [report]), command.office, command.by, {report.registered_by})
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
        or check_uncontested(state, report.intent)
    )
    if wrong is not None:
        return wrong
    proposed, progress = hold.proposed_since, command.progress_on
    if proposed is None or (progress is not None and progress > proposed):
        return Rejection(
            "no-release-proposed",
            f"该保护未满 {hold.release_days} 天无进展，或此后已有进展，不能解除。",
            f"No release stands proposed: it takes {hold.release_days} days without progress.",
            rule="首报首谈",
            details={"release_days": hold.release_days},
            status=409,
        )
    if command.release:
        return released(state, hold, ReleaseCause.IDLE, command.reason, command.by, command.terms, command.today)
    return [ReleaseDeclined(report.lead, report.unit, report.intent, command.reason, command.by, command.today)]


def give_up(command: GiveUp, state: Investor) -> Decision:
    """The holder may give its protection up at any time before the contract."""
    found = holding(state, command.lead)
    if isinstance(found, Rejection):
        return found
    _, hold = found
    wrong = check_unfulfilled(hold) or check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or released(
        state, hold, ReleaseCause.GIVEN_UP, command.reason, command.by, command.terms, command.today
    )


def fulfil(command: Fulfil, state: Investor) -> Decision:
    """With the formal contract the intent is the holder's; the term no longer counts."""
    hold = state.hold_of(command.lead)
    if hold is None or hold.fulfilled:
        return []
    report = state.reports[command.lead]
    return [ProtectionFulfilled(report.lead, report.unit, report.intent, command.project, command.signed_on)]


def reopen(command: Reopen, state: Investor) -> Decision:
    """A signature that was taken back leaves the protection as it stood."""
    hold = state.hold_of(command.lead)
    if hold is None or not hold.fulfilled:
        return []
    report = state.reports[command.lead]
    return [ProtectionReopened(report.lead, report.unit, report.intent, command.project, command.reason, command.today)]


def judge_idle(command: JudgeIdle, state: Investor) -> Decision:
    """30 days without progress warn, 60 propose the release: once each for one spell of idleness."""
    found = (_idle(state, lead, since, command.on) for lead, since in command.idle)
    return [one for one in found if one is not None]


def _idle(state: Investor, lead: str, idle_since: date, on: date) -> ProtectionWarned | ReleaseProposed | None:
    hold = state.hold_of(lead)
    if hold is None or hold.fulfilled:
        return None
    report, since = state.reports[lead], max(idle_since, hold.idle_from)
    idle = (on - since).days
    if idle >= hold.release_days and hold.proposed_since != since:
        return ReleaseProposed(report.lead, report.unit, report.group, report.intent, since, idle)
    if hold.warn_days <= idle < hold.release_days and hold.warned_since != since:
        proposed_on = since + timedelta(days=hold.release_days)
        return ProtectionWarned(report.lead, report.unit, report.group, report.intent, since, idle, proposed_on)
    return None


def judge_terms(command: JudgeTerms, state: Investor) -> Decision:
    """A term that is over without a contract ends the protection, and the queue moves up; an open contest is decided
    before."""
    events: list[Any] = []
    for intent, hold in state.holds.items():
        if not hold.fulfilled and command.on > hold.until and not state.contests_of(intent):
            events += _expired(command, state, intent, hold)
    return events


def _expired(command: JudgeTerms, state: Investor, intent: str, hold: Hold) -> list[Any]:
    report, queue = state.reports[hold.lead], state.queue(intent)
    following = queue[0] if queue else None
    expired = ProtectionExpired(
        lead=report.lead,
        unit=report.unit,
        group=report.group,
        intent_key=intent,
        until=hold.until,
        next_lead=following.lead if following else None,
    )
    return [expired, *moved_up(following, intent, command.terms, command.on)]
