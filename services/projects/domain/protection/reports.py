"""Reports of an investor: the first is protected, later ones wait; what becomes of them."""

from __future__ import annotations

from services.projects.domain.protection.commands import ConvertProtected, Leave, ProveTalk, ReportLead
from services.projects.domain.protection.events import (
    FirstTalkProved,
    GrantBasis,
    ProtectionConverted,
    QueueLeft,
)
from services.projects.domain.protection.moves import granted, lapsed, queued, released
from services.projects.domain.protection.state import Investor, Report, Standing
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def report(command: ReportLead, state: Investor) -> Decision:
    """首报: the first complete registration that is accepted is protected; a later one of the same investor and intent
    is kept as 备案 in its order, never refused (mechanism, «Projects»)."""
    if command.lead in state.reports:
        return []
    intent = command.intent_key
    if intent not in state.holds:
        intent = state.aliases.get(intent, intent)
    new = Report(
        lead=command.lead,
        unit=command.unit,
        group=command.group,
        investor=command.investor,
        intent=intent,
        number=len(state.reports) + 1,
        registered_on=command.today,
        registered_by=command.by,
        standing=Standing.QUEUED,
        since=command.today,
    )
    hold = state.holds.get(intent)
    if hold is None:
        return [granted(new, intent, command.terms, command.today, GrantBasis.FIRST_REPORT)]
    return [queued(new, intent, state.queue(intent), state.reports[hold.lead], command.today)]


def convert(command: ConvertProtected, state: Investor) -> Decision:
    """While another lead is protected nobody else negotiates with its investor about the same intent; the holder's
    protection goes on for the project that its lead becomes."""
    known = state.reports.get(command.lead)
    hold = state.holds.get(known.intent) if known else None
    if known is None or hold is None:
        return []
    if hold.lead != command.lead:
        return protected_by(state.reports[hold.lead])
    return [ProtectionConverted(known.lead, known.unit, known.intent, command.project, command.today)]


def protected_by(holder: Report) -> Rejection:
    """Only the holder's unit is told."""
    return Rejection(
        "lead-protected",
        f"该投资方的同一意向由 {holder.unit} 首报并在保护期内，本线索为备案，不能转入洽谈；"
        "有异议的可在期限内提出（contests）。",
        f"{holder.unit} reported this investor and intent first and is protected; this lead is kept on file and cannot "
        "be negotiated. Contest the protection within its days if you have grounds.",
        rule="首报首谈",
        details={"holder_unit": holder.unit},
        status=409,
    )


def prove_talk(command: ProveTalk, state: Investor) -> Decision:
    """首谈 is the first substantive talk proved by minutes or the investor's confirmation; kept apart from 首报, since
    where they differ it is decided on evidence."""
    known = state.reports.get(command.lead)
    if known is None:
        return []
    first = state.talks.get(known.intent)
    if first is not None and first.talked_on <= command.talked_on:
        return []
    return [
        FirstTalkProved(
            lead=known.lead,
            unit=known.unit,
            intent_key=known.intent,
            talked_on=command.talked_on,
            sha256=command.sha256,
            proved_on=command.today,
            project=command.project,
        )
    ]


def leave(command: Leave, state: Investor) -> Decision:
    """A lead that is closed, or whose project is lost or terminated, holds nothing any more and waits for nothing."""
    known = state.reports.get(command.lead)
    if known is None or known.standing is Standing.ENDED:
        return []
    hold = state.hold_of(command.lead)
    if hold is not None:
        return released(state, hold, command.cause, command.reason, command.by, command.terms, command.today)
    own = [one for one in state.contests.values() if one.made.lead == command.lead]
    return [
        *lapsed(own, "提出异议的线索已不再备案", command.today),
        QueueLeft(known.lead, known.unit, known.intent, command.reason, command.today, command.by),
    ]
