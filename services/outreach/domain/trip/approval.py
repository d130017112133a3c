"""The rules before a trip: reported and approved beforehand, never by oneself, abroad only with its own approval."""

from __future__ import annotations

from datetime import date

from services.outreach.domain.trip.commands import ApproveTrip, CancelTrip, RejectTrip, RequestTrip
from services.outreach.domain.trip.events import TripApproved, TripCancelled, TripRejected, TripRequested
from services.outreach.domain.trip.state import STATUS_ZH, Trip, TripStatus
from services.outreach.domain.values import Destination
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(一)"
FARTHEST = 366
"""Days ahead; what lies farther is a slip of the pen."""
LONGEST = 60
"""Days; a longer trip is a slip of the pen or needs several requests."""


def request(command: RequestTrip, state: Trip) -> Decision:
    """三(一): a trip is reported beforehand (外出报备), with dates, places and whom it is to see."""
    if state.status is not TripStatus.NONE:
        return []
    wrong = (
        _dates(command.starts_on, command.ends_on, command.today)
        or _places(command.destinations, command.home_city)
        or _parties(command)
        or _estimate(command)
    )
    if wrong:
        return wrong
    return [
        TripRequested(
            traveller=command.traveller,
            traveller_name=command.traveller_name,
            unit=command.unit,
            group=command.group,
            kind=command.kind,
            purpose=command.purpose,
            destinations=command.destinations,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            companions=command.companions,
            enterprises=command.enterprises,
            requested_by=command.by,
            requested_on=command.today,
            approval=command.approval,
            abroad_document=command.abroad_document,
            budget=command.budget,
            estimate=command.estimate,
        )
    ]


def _dates(starts_on: date, ends_on: date, today: date) -> Rejection | None:
    """三(一): beforehand: on the first day of the trip at the latest."""
    if starts_on < today:
        return Rejection(
            "trip-not-beforehand",
            zh=f"外出须事前报备：出发日期 {starts_on} 已过，今天是 {today}。",
            en=f"A trip is reported beforehand: {starts_on} is past, today is {today}.",
            rule=CLAUSE,
            details={"starts_on": starts_on.isoformat(), "today": today.isoformat()},
            field="starts_on",
        )
    if (starts_on - today).days > FARTHEST:
        return Rejection(
            "trip-too-far-ahead",
            zh=f"出发日期 {starts_on} 距今超过 {FARTHEST} 天，请临近时再报备。",
            en=f"{starts_on} is more than {FARTHEST} days ahead: report the trip nearer to it.",
            rule=CLAUSE,
            field="starts_on",
        )
    if not starts_on <= ends_on or (ends_on - starts_on).days >= LONGEST:
        return Rejection(
            "trip-dates",
            zh=f"返回日期 {ends_on} 须不早于出发日期 {starts_on}，且全程不超过 {LONGEST} 天；更长的请分次报备。",
            en=f"A trip ends on or after {starts_on} and lasts {LONGEST} days at most; report a longer one in parts.",
            rule=CLAUSE,
            field="ends_on",
        )
    return None


def _places(destinations: tuple[Destination, ...], home_city: str) -> Rejection | None:
    if not destinations:
        zh, en = "请写明目的地。", "Name the places of the trip."
        return Rejection("trip-without-place", zh=zh, en=en, rule=CLAUSE, field="destinations")
    for n, one in enumerate(destinations):
        if contradicts(one.place, one.outside_city, home_city):
            return inside_city(one.place, home_city).within(f"destinations.{n}")
    return None


def contradicts(place: str, outside: bool, home_city: str) -> bool:
    """Whether a place that names our own city is said to lie outside it."""
    return outside and bool(home_city) and home_city in place


def inside_city(place: str, home_city: str) -> Rejection:
    return Rejection(
        "inside-city",
        zh=f"“{place}”在{home_city}市内，不能作为市外地点；请更正地点，或取消“市外”。",
        en=f"{place} lies in our own city: mend the place, or do not mark it as outside.",
        rule=f"{CLAUSE} outreach.outside_of",
        details={"place": place},
        field="place",
    )


def _parties(command: RequestTrip) -> Rejection | None:
    if not (command.unit or command.group):
        return Rejection(
            "trip-for-nobody",
            zh="请写明为哪个单位或招商小组外出。",
            en="Say for which unit or group the trip is made.",
            rule=CLAUSE,
            field="unit",
        )
    if command.traveller in command.companions:
        return Rejection(
            "own-companion",
            zh="外出人不能同时列为同行人员。",
            en="The traveller is not a companion of himself.",
            rule=CLAUSE,
            field="companions",
        )
    return None


def _estimate(command: RequestTrip) -> Rejection | None:
    """三(四): what a trip will cost is known with the budget that is to bear it, or neither is."""
    if (command.budget is None) is not (command.estimate is None) or (
        command.estimate is not None and command.estimate <= 0
    ):
        return Rejection(
            "estimate-without-budget",
            zh="预计费用与列支预算须同时填写，且金额大于零。",
            en="Give the estimate together with the budget that bears it, and more than nothing.",
            rule="三(四)",
            field="budget" if command.budget is None else "estimate",
        )
    if command.budget is not None and command.unit is None:
        return Rejection(
            "estimate-without-unit",
            zh="从预算列支的行程须写明单位。",
            en="A trip that a budget bears names the unit that claims its expenses.",
            rule="三(四)",
            field="unit",
        )
    return None


def approve(command: ApproveTrip, state: Trip) -> Decision:
    """三(一): approved beforehand by the superior; 三(四): abroad only with the approval to go abroad (因公出国)."""
    if state.status is TripStatus.APPROVED:
        return []
    wrong = _open(state, "批准", "approve") or _own(command.by, state)
    if wrong:
        return wrong
    if command.today > state.starts_on:
        return Rejection(
            "trip-already-begun",
            zh=f"外出须事前批准：已于 {state.starts_on} 出发，不能事后补批。",
            en=f"A trip is approved beforehand: it began on {state.starts_on}; reject it.",
            rule=CLAUSE,
        )
    document = command.abroad_document or state.abroad_document
    if state.abroad and not document:
        return Rejection(
            "abroad-without-approval",
            zh="因公出国（境）须先取得任务批件，请填写批件号。",
            en="A trip abroad needs the approval to go abroad (因公出国任务批件): give its number.",
            rule="travel.abroad_approval",
            field="abroad_document",
        )
    return [
        TripApproved(state.traveller, state.requested_by, command.by, command.today, command.result_due_on, document)
    ]


def reject(command: RejectTrip, state: Trip) -> Decision:
    """三(一): the superior may refuse, with a reason."""
    if state.status is TripStatus.REJECTED:
        return []
    wrong = _open(state, "否决", "reject") or _own(command.by, state)
    if wrong:
        return wrong
    return [TripRejected(state.traveller, state.requested_by, command.by, command.today, command.reason)]


def cancel(command: CancelTrip, state: Trip) -> Decision:
    """A trip that does not take place is cancelled; one on which somebody was visited did take place."""
    if state.status is TripStatus.CANCELLED:
        return []
    if state.status not in (TripStatus.REQUESTED, TripStatus.APPROVED):
        return wrong_step(state, "取消", "cancel")
    if state.visits:
        return Rejection(
            "trip-with-visits",
            zh="该行程已登记走访，不能取消；登记有误的请先撤回走访。",
            en="Visits are recorded for this trip: it took place. Withdraw those that are wrong first.",
            rule=CLAUSE,
            status=409,
        )
    return [TripCancelled(state.traveller, command.by, command.today, command.reason)]


def _open(state: Trip, zh: str, verb: str) -> Rejection | None:
    return None if state.status is TripStatus.REQUESTED else wrong_step(state, zh, verb)


def _own(by: str, state: Trip) -> Rejection | None:
    """三(一): nobody approves a trip that he makes, goes along on, or asked for."""
    if by not in state.whose_own():
        return None
    return Rejection(
        "own-trip",
        zh="不能审批本人外出、本人同行或本人申请的行程，请由上级审批。",
        en="Nobody decides on a trip of his own, one that he goes along on, or one that he asked for.",
        rule=CLAUSE,
        status=403,
    )


def wrong_step(state: Trip, zh: str, verb: str) -> Rejection:
    return Rejection(
        "wrong-step",
        zh=f"该行程当前为“{STATUS_ZH[state.status]}”，不能{zh}。",
        en=f"The trip is {state.status}: there is nothing to {verb}.",
        rule=CLAUSE,
        details={"status": state.status},
        status=409,
    )
