"""Clause 三(一): a trip is reported and approved beforehand, by another, and can be refused or cancelled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.outreach.deciders import TRIP
from services.outreach.domain.trip import commands as c
from services.outreach.domain.trip.events import TripApproved, TripCancelled, TripRejected, TripRequested
from services.outreach.domain.values import Destination
from tests.unit.given import Told

from .given import APPROVE, HEAD, LEADER, LIAISON, REQUEST, RESULT, STAFF, approved, day, trip, visit

REJECT = c.RejectTrip(LEADER, day("08-05"), "与会议冲突（模拟）")
CANCEL = c.CancelTrip(LIAISON, day("08-06"), "企业时间有变（模拟）")
ABROAD = replace(REQUEST, destinations=(Destination("新加坡", "境外", outside_city=True, abroad=True),))


def test_a_trip_is_requested_with_all_that_its_approver_needs() -> None:
    requested = trip().then(TripRequested)[0]
    assert (requested.traveller, requested.starts_on, requested.enterprises) == (
        HEAD,
        day("08-10"),
        REQUEST.enterprises,
    )


def test_a_trip_is_reported_beforehand_its_first_day_at_the_latest() -> None:
    """三(一)."""
    trip(request=replace(REQUEST, today=day("08-10"))).then(TripRequested)
    trip(request=replace(REQUEST, today=day("08-11"))).refused("trip-not-beforehand", "三(一)")


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"ends_on": day("08-09")}, "trip-dates", "ends_on"),
        ({"ends_on": day("12-09")}, "trip-dates", "ends_on"),
        ({"starts_on": day("08-10").replace(year=2028)}, "trip-too-far-ahead", "starts_on"),
        ({"destinations": ()}, "trip-without-place", "destinations"),
        ({"unit": None}, "trip-for-nobody", "unit"),
        ({"companions": (HEAD,)}, "own-companion", "companions"),
        ({"estimate": Decimal(100)}, "estimate-without-budget", "budget"),
        ({"budget": "410804-B-2026-special"}, "estimate-without-budget", "estimate"),
        ({"budget": "410804-B-2026-special", "estimate": Decimal(0)}, "estimate-without-budget", "estimate"),
        (
            {"budget": "410804-B-2026-special", "estimate": Decimal(1), "unit": None, "group": "410804-G-1"},
            "estimate-without-unit",
            "unit",
        ),
    ],
)
def test_what_is_wrong_in_a_request_is_said_and_where(changed: dict[str, object], code: str, field: str) -> None:
    assert trip(request=replace(REQUEST, **changed)).refused(code).field == field  # type: ignore[arg-type]


def test_a_place_of_our_own_city_is_not_outside() -> None:
    """三(一), setting outreach.outside_of."""
    inside = Destination("河南省焦作市温县", "河南", outside_city=True, abroad=False)
    refused = trip(request=replace(REQUEST, destinations=(*REQUEST.destinations, inside))).refused("inside-city")
    assert refused.field == f"destinations.{len(REQUEST.destinations)}.place"
    trip(request=replace(REQUEST, destinations=(replace(inside, outside_city=False),))).then(TripRequested)


def test_the_superior_approves_and_the_day_of_the_result_is_known() -> None:
    told = trip(APPROVE).then(TripApproved)[0]
    assert (told.approved_by, told.result_due_on) == (LEADER, day("08-19"))
    trip(APPROVE, APPROVE).then()


@pytest.mark.parametrize("who", [HEAD, STAFF, LIAISON])
def test_nobody_decides_on_a_trip_of_his_own(who: str) -> None:
    """三(一): not the traveller, not a companion, not who asked for it."""
    assert trip(replace(APPROVE, by=who)).refused("own-trip").status == 403
    trip(replace(REJECT, by=who)).refused("own-trip")


def test_a_trip_is_not_approved_after_it_began() -> None:
    """三(一): approval beforehand."""
    trip(replace(APPROVE, today=day("08-10"))).then(TripApproved)
    trip(replace(APPROVE, today=day("08-11"))).refused("trip-already-begun")


def test_abroad_only_with_the_approval_to_go_abroad() -> None:
    """三(四)."""
    trip(APPROVE, request=ABROAD).refused("abroad-without-approval", "travel.abroad_approval")
    told = trip(replace(APPROVE, abroad_document="模拟外〔2026〕1号"), request=ABROAD).then(TripApproved)[0]
    assert told.abroad_document == "模拟外〔2026〕1号"
    trip(APPROVE, request=replace(ABROAD, abroad_document="模拟外〔2026〕1号")).then(TripApproved)


def test_a_rejected_trip_cannot_be_approved_or_made() -> None:
    assert trip(REJECT).then(TripRejected)[0].reason == "与会议冲突（模拟）"
    trip(REJECT, REJECT).then()
    trip(REJECT, APPROVE).refused("wrong-step")
    trip(REJECT, visit("08-10")).refused("wrong-step")


def test_a_trip_that_does_not_take_place_is_cancelled_one_with_visits_is_not() -> None:
    trip(CANCEL).then(TripCancelled)
    approved(CANCEL).then(TripCancelled)
    approved(CANCEL, CANCEL).then()
    approved(visit("08-10"), CANCEL).refused("trip-with-visits")
    approved(visit("08-10"), c.WithdrawVisit(LIAISON, day("08-11"), 1, "误登"), CANCEL).then(TripCancelled)
    approved(RESULT, CANCEL).refused("wrong-step")


def test_what_was_never_requested_is_not_found() -> None:
    for command in (APPROVE, REJECT, CANCEL, visit("08-10"), RESULT):
        assert Told(TRIP, command).refused("no-such-trip").status == 404
