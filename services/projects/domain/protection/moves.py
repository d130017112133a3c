"""How protection passes from one lead to another: the events that rules of several kinds cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.projects.domain.dates import add_months
from services.projects.domain.protection.commands import Terms
from services.projects.domain.protection.events import (
    ContestLapsed,
    GrantBasis,
    LeadQueued,
    ProtectionGranted,
    ProtectionReleased,
    ReleaseCause,
)
from services.projects.domain.protection.state import Hold, Investor, OpenContest, Report


def granted(report: Report, intent: str, terms: Terms, today: date, basis: GrantBasis) -> ProtectionGranted:
    """首报首谈: six months by default, from today (mechanism, «Projects»)."""
    return ProtectionGranted(
        lead=report.lead,
        unit=report.unit,
        group=report.group,
        investor=report.investor,
        intent_key=intent,
        report=report.number,
        registered_on=report.registered_on,
        registered_by=report.registered_by,
        from_date=today,
        until=add_months(today, terms.months),
        basis=basis,
        warn_days=terms.warn_days,
        release_days=terms.release_days,
        extensions=terms.extensions,
    )


def queued(report: Report, intent: str, waiting: Iterable[Report], holder: Report, today: date) -> LeadQueued:
    """备案: later reports wait in the order of the reports, whenever they came to wait."""
    position = 1 + sum(one.number < report.number for one in waiting)
    return LeadQueued(
        lead=report.lead,
        unit=report.unit,
        group=report.group,
        investor=report.investor,
        intent_key=intent,
        report=report.number,
        registered_on=report.registered_on,
        registered_by=report.registered_by,
        position=position,
        holder=holder.lead,
        holder_unit=holder.unit,
        queued_on=today,
    )


def released(
    state: Investor, hold: Hold, cause: ReleaseCause, reason: str, by: str, terms: Terms, today: date
) -> list[Any]:
    """The protection ends, contests about it have lost their object, and the queue moves up."""
    report = state.reports[hold.lead]
    queue = state.queue(report.intent)
    following = queue[0] if queue else None
    return [
        *lapsed(state.contests_of(report.intent), "被异议的保护已结束", today),
        ProtectionReleased(
            lead=report.lead,
            unit=report.unit,
            group=report.group,
            intent_key=report.intent,
            cause=cause,
            reason=reason,
            decided_by=by,
            released_on=today,
            next_lead=following.lead if following else None,
        ),
        *moved_up(following, report.intent, terms, today),
    ]


def moved_up(following: Report | None, intent: str, terms: Terms, today: date) -> list[ProtectionGranted]:
    """The queue moves up on release and expiry: the earliest report that waits is protected."""
    return [] if following is None else [granted(following, intent, terms, today, GrantBasis.NEXT_IN_QUEUE)]


def lapsed(contests: Iterable[OpenContest], reason: str, today: date) -> list[ContestLapsed]:
    return [ContestLapsed(one.made.contest, one.made.lead, one.made.intent_key, reason, today) for one in contests]
