"""Contests of a protection (异议): raised and decided within working days, by nobody of those concerned."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.projects.domain.codes import is_sha256
from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.protection.checks import (
    UNKNOWN,
    check_judge,
    check_unfulfilled,
    parties_referee,
)
from services.projects.domain.protection.commands import Contest, DecideContest, JudgeContests, Terms
from services.projects.domain.protection.events import (
    ContestDecided,
    ContestOverdue,
    GrantBasis,
    LeadContested,
    ProtectionReleased,
    ReleaseCause,
)
from services.projects.domain.protection.moves import granted, lapsed, queued
from services.projects.domain.protection.state import Hold, Investor, Report, Standing
from sevenx.district.calendar import WorkCalendar
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def contest_until(report: Report, hold: Hold, calendar: WorkCalendar, terms: Terms) -> date:
    """The last day to contest: so many working days after the later of when the lead came to wait and when the other
    was protected."""
    return calendar.add_working_days(max(report.since, hold.from_date), terms.contest_working_days)


def contest(command: Contest, state: Investor) -> Decision:
    """Contest within 5 working days (mechanism, «Projects»), on grounds, by the unit of a lead that waits."""
    report = state.reports.get(command.lead)
    hold = state.holds.get(report.intent) if report else None
    if report is None:
        return UNKNOWN
    if report.standing is not Standing.QUEUED or hold is None:
        return Rejection(
            "nothing-to-contest",
            "只有备案中的线索可以对同一意向的保护提出异议。",
            "Only a lead that waits behind a protection can contest it.",
            details={"standing": str(report.standing)},
            status=409,
        )
    last = contest_until(report, hold, command.calendar, command.terms)
    if command.today > last:
        return Rejection(
            "contest-too-late",
            f"异议须在 {command.terms.contest_working_days} 个工作日内提出，截止 {last}。",
            f"A contest is raised within {command.terms.contest_working_days} working days, until {last}.",
            rule="首报首谈",
            details={"until": last.isoformat()},
        )
    wrong = (
        check_unfulfilled(hold)
        or check_reason(command.grounds, "grounds")
        or check_free_text(grounds=command.grounds)
        or next((check_hash(one, "evidence") for one in command.evidence if not is_sha256(one)), None)
        or _check_new(command, state, hold)
    )
    if wrong is not None:
        return wrong
    holder = state.reports[hold.lead]
    return [
        LeadContested(
            contest=state.contests_made + 1,
            lead=report.lead,
            by_unit=report.unit,
            holder=holder.lead,
            holder_unit=holder.unit,
            group=report.group,
            intent_key=report.intent,
            grounds=command.grounds,
            evidence=command.evidence,
            contested_by=command.by,
            contested_on=command.today,
            decide_by=command.calendar.add_working_days(command.today, command.terms.decision_working_days),
            referee=parties_referee(command.commerce, [report, holder]),
        )
    ]


def _check_new(command: Contest, state: Investor, hold: Hold) -> Rejection | None:
    """A lead contests a protection once."""
    mine = [one.made.contest for one in state.contests.values() if one.made.lead == command.lead]
    if not mine and (command.lead, hold.lead) not in state.refuted:
        return None
    return Rejection(
        "contested-before",
        "该线索已对此保护提出过异议。",
        "This lead has contested this protection already.",
        details={"contests": mine},
        status=409,
    )


def decide_contest(command: DecideContest, state: Investor) -> Decision:
    """Decided within 10 working days and, late or not, on evidence; nobody decides his own. Upheld, the protection goes
    to the contesting lead, and the other waits in the order of its report."""
    found = state.contests.get(command.contest)
    if found is None or found.made.lead != command.lead:
        return Rejection(
            "no-open-contest", "没有这项待裁定的异议。", "There is no such contest to be decided.", status=404
        )
    made = found.made
    challenger, holder = state.reports[made.lead], state.reports[made.holder]
    concerned = {made.contested_by, challenger.registered_by, holder.registered_by}
    wrong = (
        check_judge(made.referee, command.office, command.by, concerned)
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    if wrong is not None:
        return wrong
    winner = challenger if command.upheld else holder
    decided = ContestDecided(
        contest=made.contest,
        lead=made.lead,
        intent_key=made.intent_key,
        upheld=command.upheld,
        holder_lead=winner.lead,
        unit=winner.unit,
        reason=command.reason,
        referee=made.referee,
        decided_by=command.by,
        decided_on=command.today,
    )
    return [decided, *_passed_on(command, state, challenger, holder)] if command.upheld else [decided]


def _passed_on(command: DecideContest, state: Investor, challenger: Report, holder: Report) -> list[Any]:
    """The protection passes to the challenger; other contests were about one that is no more."""
    intent, today = holder.intent, command.today
    others = [one for one in state.contests_of(intent) if one.made.contest != command.contest]
    waiting = [one for one in state.queue(intent) if one.lead != challenger.lead]
    return [
        *lapsed(others, "被异议的保护已结束", today),
        ProtectionReleased(
            lead=holder.lead,
            unit=holder.unit,
            group=holder.group,
            intent_key=intent,
            cause=ReleaseCause.CONTEST,
            reason=command.reason,
            decided_by=command.by,
            released_on=today,
            next_lead=challenger.lead,
        ),
        granted(challenger, intent, command.terms, today, GrantBasis.CONTEST),
        queued(holder, intent, waiting, challenger, today),
    ]


def judge_contests(command: JudgeContests, state: Investor) -> Decision:
    """A contest that is not decided in time is stated once, so that somebody is told."""
    late = (one.made for one in state.contests.values() if not one.overdue and command.on > one.made.decide_by)
    return [ContestOverdue(one.contest, one.lead, one.intent_key, one.decide_by, one.referee) for one in late]
