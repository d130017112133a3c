"""The rules of a trip that takes place: visits, the result, and which days count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.outreach.domain.credit_code import is_credit_code
from services.outreach.domain.trip.approval import CLAUSE, contradicts, inside_city, wrong_step
from services.outreach.domain.trip.commands import (
    CorrectCompletion,
    FileResult,
    NoteResultOverdue,
    RecordVisit,
    WithdrawVisit,
)
from services.outreach.domain.trip.events import (
    TripCompleted,
    TripCompletionCorrected,
    TripResultOverdue,
    VisitRecorded,
    VisitWithdrawn,
)
from services.outreach.domain.trip.state import Trip, TripStatus, Visit
from services.outreach.domain.values import CountingRules, TripKind
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def days_that_count(
    kind: TripKind, visits: Iterable[Visit], rules: CountingRules, excluded: Iterable[date] = ()
) -> tuple[date, ...]:
    """三(一) 实质招商: a day counts with at least so many named enterprises visited outside the city on it. Meetings
    and training do not count, nor does transit: a day without a visit. Each day is told once, in order."""
    if kind in rules.not_counted:
        return ()
    seen: dict[date, set[str]] = defaultdict(set)
    for one in visits:
        if one.outside_city:
            seen[one.visited_on].add(one.enterprise)
    enough = (day for day, names in seen.items() if len(names) >= rules.named_enterprises)
    return tuple(sorted(set(enough) - set(excluded)))


def record(command: RecordVisit, state: Trip) -> Decision:
    """三(一): a visit on a day of the approved trip, of a named enterprise."""
    if state.status is not TripStatus.APPROVED:
        return wrong_step(state, "登记走访", "record a visit for")
    if not state.starts_on <= command.visited_on <= min(state.ends_on, command.today):
        return Rejection(
            "visit-outside-trip",
            zh=f"走访日期须在行程 {state.starts_on} 至 {state.ends_on} 之内，且不晚于今天 {command.today}。",
            en=f"A visit lies within {state.starts_on} to {state.ends_on} and not after today, {command.today}.",
            rule=CLAUSE,
            details={"visited_on": command.visited_on.isoformat()},
            field="visited_on",
        )
    if contradicts(command.place, command.outside_city, command.home_city):
        return inside_city(command.place, command.home_city)
    if command.code is not None and not is_credit_code(command.code):
        return Rejection(
            "credit-code",
            zh="统一社会信用代码的格式或校验位不对（GB 32100）；没有的请留空。",
            en="The unified social credit code is wrong in form or check character (GB 32100); else leave it out.",
            details={"code": command.code},
            field="code",
        )
    return [
        VisitRecorded(
            visit=state.last_visit + 1,
            visited_on=command.visited_on,
            enterprise=command.enterprise,
            code=command.code,
            place=command.place,
            outside_city=command.outside_city,
            people_met=command.people_met,
            roles=command.roles,
            summary=command.summary,
            lead=command.lead,
            recorded_by=command.by,
            recorded_on=command.today,
        )
    ]


def withdraw(command: WithdrawVisit, state: Trip) -> Decision:
    """A visit that was recorded wrongly is withdrawn by an event; a completed trip's days follow at once."""
    if command.visit not in state.visits:
        if 0 < command.visit <= state.last_visit:
            return []
        return Rejection(
            "no-such-visit",
            zh=f"该行程没有第 {command.visit} 次走访。",
            en=f"The trip has no visit {command.visit}.",
            details={"visits": sorted(state.visits)},
            status=404,
        )
    withdrawn = VisitWithdrawn(command.visit, command.reason, command.by, command.today)
    if state.status is not TripStatus.COMPLETED:
        return [withdrawn]
    left = replace(state, visits={n: one for n, one in state.visits.items() if n != command.visit})
    corrected = _corrected(left, left.result, left.excluded_days, command)
    return [withdrawn, corrected] if corrected.counted_days != state.counted_days else [withdrawn]


def file_result(command: FileResult, state: Trip) -> Decision:
    """三(一): the result is filed within five working days after the trip; filed later, its days do not count."""
    if state.status is not TripStatus.APPROVED:
        return wrong_step(state, "提交成果", "file a result for")
    if command.today < state.ends_on:
        return Rejection(
            "trip-not-over",
            zh=f"行程到 {state.ends_on} 结束，结束当日起可提交成果。",
            en=f"The trip ends on {state.ends_on}: its result can be filed from that day on.",
            rule=CLAUSE,
        )
    in_time = command.today <= state.result_due_on
    days = days_that_count(state.kind, state.visits.values(), command.rules) if in_time else ()
    return [
        TripCompleted(
            traveller=state.traveller,
            unit=state.unit,
            group=state.group,
            kind=state.kind,
            starts_on=state.starts_on,
            ends_on=state.ends_on,
            visits=len(state.visits),
            counted_days=days,
            result=command.result,
            in_time=in_time,
            due_on=state.result_due_on,
            filed_by=command.by,
            filed_on=command.today,
            rules=command.rules,
        )
    ]


def note_overdue(command: NoteResultOverdue, state: Trip) -> Decision:
    """三(一): by the clock, once: the result was not filed in time."""
    if state.status is not TripStatus.APPROVED or state.result_overdue or command.today <= state.result_due_on:
        return []
    return [TripResultOverdue(state.traveller, state.unit, state.group, state.requested_by, due_on=state.result_due_on)]


def correct(command: CorrectCompletion, state: Trip) -> Decision:
    """A completed trip is corrected by an event with its reason, never by who travelled or filed it. What was filed
    too late stays uncounted."""
    if state.status is not TripStatus.COMPLETED:
        return wrong_step(state, "更正成果", "correct of")
    if command.by in (*state.whose_own(), state.filed_by):
        return Rejection(
            "own-trip",
            zh="不能更正本人外出或本人经手的行程。",
            en="Nobody corrects a trip of his own, or one whose result he filed.",
            rule=CLAUSE,
            status=403,
        )
    excluded = state.excluded_days if command.excluded_days is None else tuple(sorted(set(command.excluded_days)))
    outside = [day for day in excluded if not state.starts_on <= day <= state.ends_on]
    if outside:
        return Rejection(
            "day-outside-trip",
            zh=f"{outside[0]} 不在行程 {state.starts_on} 至 {state.ends_on} 之内。",
            en=f"{outside[0]} is no day of the trip, {state.starts_on} to {state.ends_on}.",
            details={"days": [day.isoformat() for day in outside]},
            field="excluded_days",
        )
    result = state.result if command.result is None else command.result
    if (result, excluded) == (state.result, state.excluded_days):
        return []
    return [_corrected(state, result, excluded, command)]


def _corrected(
    state: Trip, result: str, excluded: tuple[date, ...], command: CorrectCompletion | WithdrawVisit
) -> TripCompletionCorrected:
    days = days_that_count(state.kind, state.visits.values(), state.rules, excluded) if state.in_time else ()
    return TripCompletionCorrected(
        traveller=state.traveller,
        unit=state.unit,
        group=state.group,
        visits=len(state.visits),
        days_were=state.counted_days,
        counted_days=days,
        excluded_days=excluded,
        result=result,
        reason=command.reason,
        corrected_by=command.by,
        corrected_on=command.today,
    )
