"""Commands on trips (外出招商)."""

from __future__ import annotations

from fastapi import APIRouter

from services.outreach.api_models import (
    ApproveTripBody,
    CorrectTripBody,
    ReasonBody,
    ResultBody,
    TripBody,
    VisitBody,
)
from services.outreach.api_types import ItemNumber, TripId
from services.outreach.deciders import TRIP
from services.outreach.domain.trip import commands as c
from services.outreach.domain.values import ApprovalLevel, Fund
from services.outreach.roster import Roster
from services.outreach.trip_desk import known_budget, known_trip, trip_scopes, with_money, without_money
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["trips 外出招商"])


@router.post("/trips", status_code=201)
async def request_trip(body: TripBody, desk: Commands, reads: ReadModel) -> Answer:
    """Report a trip beforehand (外出报备): dates, places, companions, whom it is to see. A head's or leader's own trip,
    and one at the cost of the special fund, is for the district to approve; any other for the unit's head or the
    group's leader."""
    roster = Roster(reads)
    await _check(roster, body)
    approval = await roster.approval_for(body.traveller, body.unit, desk.today())
    if body.budget is not None and (await known_budget(desk, body.budget)).fund is Fund.SPECIAL:
        approval = ApprovalLevel.DISTRICT
    command = c.RequestTrip(
        by=desk.principal.subject,
        today=desk.today(),
        traveller=body.traveller,
        traveller_name=await roster.name_of(body.traveller),
        unit=body.unit,
        group=body.group,
        kind=body.kind,
        purpose=body.purpose,
        destinations=tuple(one.destination() for one in body.destinations),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        companions=tuple(dict.fromkeys(body.companions)),
        enterprises=tuple(body.enterprises),
        approval=approval,
        home_city=await roster.home_city(),
        abroad_document=body.abroad_document,
        budget=body.budget,
        estimate=body.estimate,
    )
    stream = await desk.next_id("T", body.starts_on.year)
    return await desk.give(TRIP, stream, command, {"unit": body.unit, "group": body.group})


async def _check(roster: Roster, body: TripBody) -> None:
    if body.unit is not None:
        await roster.check_unit(body.unit)
    if body.group is not None:
        await roster.check_group(body.group)
    if body.companions:
        await roster.check_persons(*body.companions)


@router.post("/trips/{trip_id}/approve")
async def approve_trip(trip_id: TripId, body: ApproveTripBody, desk: Commands, reads: ReadModel) -> Answer:
    """Approve (批准), beforehand and never one's own. Where a budget bears the trip its estimate is set aside in the
    same step; a budget that lacks the money refuses the approval."""
    trip = await known_trip(desk, trip_id)
    due_on = await Roster(reads).result_due_on(trip.ends_on)
    command = c.ApproveTrip(desk.principal.subject, desk.today(), due_on, body.abroad_document)
    return await desk.give_all([(TRIP, trip_id, command), *with_money(trip, trip_id, desk)], trip_scopes(trip))


@router.post("/trips/{trip_id}/reject")
async def reject_trip(trip_id: TripId, body: ReasonBody, desk: Commands) -> Answer:
    """Do not approve (不予批准), with the reason."""
    return await _give(desk, trip_id, c.RejectTrip(desk.principal.subject, desk.today(), body.reason))


@router.post("/trips/{trip_id}/cancel")
async def cancel_trip(trip_id: TripId, body: ReasonBody, desk: Commands) -> Answer:
    """The trip does not take place (取消); what was set aside for it is free again."""
    trip = await known_trip(desk, trip_id)
    command = c.CancelTrip(desk.principal.subject, desk.today(), body.reason)
    freed = without_money(trip, trip_id, body.reason, desk)
    return await desk.give_all([(TRIP, trip_id, command), *freed], trip_scopes(trip))


@router.post("/trips/{trip_id}/visits", status_code=201)
async def record_visit(trip_id: TripId, body: VisitBody, desk: Commands, reads: ReadModel) -> Answer:
    """Record a visit (走访登记): the enterprise by name, the place, whom one met by number and role, never by name."""
    command = c.RecordVisit(
        by=desk.principal.subject,
        today=desk.today(),
        visited_on=body.visited_on,
        enterprise=body.enterprise,
        code=body.code,
        place=body.place,
        outside_city=body.outside_city,
        people_met=body.people_met,
        roles=tuple(body.roles),
        summary=body.summary,
        home_city=await Roster(reads).home_city(),
        lead=body.lead,
    )
    return await _give(desk, trip_id, command)


@router.post("/trips/{trip_id}/visits/{number}/withdraw")
async def withdraw_visit(trip_id: TripId, number: ItemNumber, body: ReasonBody, desk: Commands) -> Answer:
    """Withdraw a visit that was recorded wrongly (撤回走访); the days of a completed trip follow at once."""
    return await _give(desk, trip_id, c.WithdrawVisit(desk.principal.subject, desk.today(), number, body.reason))


@router.post("/trips/{trip_id}/result")
async def file_result(trip_id: TripId, body: ResultBody, desk: Commands, reads: ReadModel) -> Answer:
    """File what the trip has brought (提交成果), within five working days after it: else its days do not count."""
    rules = await Roster(reads).counting_rules()
    return await _give(desk, trip_id, c.FileResult(desk.principal.subject, desk.today(), body.result, rules))


@router.post("/trips/{trip_id}/correct")
async def correct_trip(trip_id: TripId, body: CorrectTripBody, desk: Commands) -> Answer:
    """Correct a completed trip (更正): its result, days that were no 实质招商. Never by who travelled or filed it."""
    excluded = None if body.excluded_days is None else tuple(body.excluded_days)
    command = c.CorrectCompletion(desk.principal.subject, desk.today(), body.reason, body.result, excluded)
    return await _give(desk, trip_id, command)


async def _give(desk: CommandDesk, trip_id: str, command: object) -> Answer:
    await known_trip(desk, trip_id)
    return await desk.give(TRIP, trip_id, command, trip_scopes)
