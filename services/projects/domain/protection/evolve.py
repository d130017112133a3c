"""How each event changes what is known of an investor's protections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from services.projects.domain.protection import events as e
from services.projects.domain.protection.state import Hold, Investor, OpenContest, Report, Standing

Key = TypeVar("Key")
Value = TypeVar("Value")


def evolve(state: Investor, event: Any) -> Investor:
    """The investor after the event; an event that it does not know leaves it as it is."""
    match event:
        case e.ProtectionGranted():
            return _granted(state, event)
        case e.LeadQueued():
            return _report(state, event, Standing.QUEUED, event.queued_on)
        case e.QueueLeft():
            return _ended(state, event.lead, event.left_on)
        case e.ProtectionReleased():
            return _let_go(state, event.lead, event.intent_key, event.released_on)
        case e.ProtectionExpired():
            return _let_go(state, event.lead, event.intent_key, event.until)
        case e.ReportMoved():
            moved = replace(state.reports[event.lead], unit=event.unit, group=event.group)
            return replace(state, reports={**state.reports, event.lead: moved})
        case e.FirstTalkProved():
            return replace(state, talks={**state.talks, event.intent_key: event})
        case e.IntentDecided():
            return _intent(state, event)
        case e.LeadContested() | e.ContestDecided() | e.ContestLapsed() | e.ContestOverdue():
            return _contest(state, event)
        case _:
            return _hold(state, event)


def _granted(state: Investor, event: e.ProtectionGranted) -> Investor:
    hold = Hold(
        lead=event.lead,
        from_date=event.from_date,
        until=event.until,
        warn_days=event.warn_days,
        release_days=event.release_days,
        extensions_left=event.extensions,
        idle_from=event.from_date,
    )
    known = _report(state, event, Standing.HOLDING, event.from_date)
    return replace(known, holds={**known.holds, event.intent_key: hold})


def _report(state: Investor, event: e.ProtectionGranted | e.LeadQueued, standing: Standing, since: date) -> Investor:
    report = Report(
        lead=event.lead,
        unit=event.unit,
        group=event.group,
        investor=event.investor,
        intent=event.intent_key,
        number=event.report,
        registered_on=event.registered_on,
        registered_by=event.registered_by,
        standing=standing,
        since=since,
    )
    return replace(state, reports={**state.reports, event.lead: report})


def _ended(state: Investor, lead: str, on: date) -> Investor:
    ended = replace(state.reports[lead], standing=Standing.ENDED, since=on)
    return replace(state, reports={**state.reports, lead: ended})


def _let_go(state: Investor, lead: str, intent: str, on: date) -> Investor:
    return _ended(replace(state, holds=_without(state.holds, intent)), lead, on)


def _hold(state: Investor, event: Any) -> Investor:
    match event:
        case e.ProtectionExtended():
            left = state.holds[event.intent_key].extensions_left - 1
            return _held(state, event.intent_key, until=event.until, extensions_left=left)
        case e.ProtectionWarned():
            return _held(state, event.intent_key, warned_since=event.idle_since)
        case e.ReleaseProposed():
            return _held(state, event.intent_key, proposed_since=event.idle_since)
        case e.ReleaseDeclined():
            return _held(state, event.intent_key, idle_from=event.decided_on, proposed_since=None)
        case e.ProtectionConverted():
            return _held(state, event.intent_key, project=event.project)
        case e.ProtectionFulfilled():
            return _held(state, event.intent_key, project=event.project, fulfilled=True)
        case e.ProtectionReopened():
            return _held(state, event.intent_key, fulfilled=False)
        case _:
            return state


def _held(state: Investor, intent: str, **changes: Any) -> Investor:
    return replace(state, holds={**state.holds, intent: replace(state.holds[intent], **changes)})


def _intent(state: Investor, event: e.IntentDecided) -> Investor:
    """The report itself moves by the events that follow; what is left of the old intent points to the new one."""
    if event.same_as is None:
        return state
    others = [one for one in state.reports.values() if one.intent == event.was and one.lead != event.lead]
    if any(one.standing is not Standing.ENDED for one in others):
        return state
    kept = {was: event.intent_key if to == event.was else to for was, to in state.aliases.items()}
    return replace(state, aliases={**_without(kept, event.intent_key), event.was: event.intent_key})


def _contest(state: Investor, event: Any) -> Investor:
    match event:
        case e.LeadContested():
            opened = {**state.contests, event.contest: OpenContest(event)}
            return replace(state, contests=opened, contests_made=event.contest)
        case e.ContestOverdue():
            overdue = replace(state.contests[event.contest], overdue=True)
            return replace(state, contests={**state.contests, event.contest: overdue})
        case e.ContestDecided() if not event.upheld:
            refuted = state.refuted | {(event.lead, event.holder_lead)}
            return replace(state, refuted=refuted, contests=_without(state.contests, event.contest))
        case _:
            return replace(state, contests=_without(state.contests, event.contest))


def _without(of: Mapping[Key, Value], key: Key) -> dict[Key, Value]:
    return {one: value for one, value in of.items() if one != key}
