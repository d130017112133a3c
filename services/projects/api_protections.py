"""Commands on the protection of first reports (首报首谈)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from services.projects import protection_models as m
from services.projects.api_types import LeadId
from services.projects.deciders import PROTECTION
from services.projects.domain.protection import commands as c
from services.projects.domain.values import Referee
from services.projects.due_queries import latest_progress
from services.projects.protection_desk import acting_office, concerned, office_for
from services.projects.roster import roster_of
from services.projects.tables import CALENDARS
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/leads/{lead_id}", tags=["protection 首报首谈"])
ContestNumber = Annotated[int, Path(ge=1, le=9999, examples=[1])]


@router.post("/protection/extend")
async def extend(lead_id: LeadId, body: m.ExtendBody, desk: Commands, reads: ReadModel) -> Answer:
    """Extend a protection, once, with the reason: by the Commerce Bureau, or by the district office where the bureau or
    its group is the holder."""
    about, roster, today = await concerned(desk, lead_id), await roster_of(reads), desk.today()
    commerce = roster.commerce(today)
    office = office_for(desk.principal, about.investor, commerce, lead_id)
    command = c.Extend(lead_id, body.reason, roster.terms(), commerce, office, today, desk.principal.subject)
    return await desk.give(PROTECTION, about.stream, command)


@router.post("/protection/decide-release")
async def decide_release(lead_id: LeadId, body: m.DecideReleaseBody, desk: Commands, reads: ReadModel) -> Answer:
    """Decide on a release that the clock proposed after the days without progress. Released, the next report that waits
    is protected."""
    about, roster, today = await concerned(desk, lead_id), await roster_of(reads), desk.today()
    commerce = roster.commerce(today)
    command = c.DecideRelease(
        lead=lead_id,
        release=body.release,
        reason=body.reason,
        progress_on=await reads.scalar(latest_progress(lead_id)),
        terms=roster.terms(),
        commerce=commerce,
        office=office_for(desk.principal, about.investor, commerce, lead_id),
        today=today,
        by=desk.principal.subject,
    )
    return await desk.give(PROTECTION, about.stream, command)


@router.post("/protection/give-up")
async def give_up(lead_id: LeadId, body: m.GiveUpBody, desk: Commands, reads: ReadModel) -> Answer:
    """Give one's own protection up; the next report that waits is protected."""
    about = await concerned(desk, lead_id)
    terms = (await roster_of(reads)).terms()
    command = c.GiveUp(lead_id, body.reason, terms, desk.today(), desk.principal.subject)
    return await desk.give(PROTECTION, about.stream, command, about.scopes)


@router.post("/contests", status_code=201)
async def contest(lead_id: LeadId, body: m.ContestBody, desk: Commands, reads: ReadModel) -> Answer:
    """Contest the protection behind which this lead waits (异议), within 5 working days of learning of it."""
    about, roster, today = await concerned(desk, lead_id), await roster_of(reads), desk.today()
    command = c.Contest(
        lead=lead_id,
        grounds=body.grounds,
        evidence=tuple(body.evidence),
        terms=roster.terms(),
        calendar=await CALENDARS.kept(reads),
        commerce=roster.commerce(today),
        today=today,
        by=desk.principal.subject,
    )
    return await desk.give(PROTECTION, about.stream, command, about.scopes)


@router.post("/contests/{contest}/decide")
async def decide_contest(
    lead_id: LeadId, contest: ContestNumber, body: m.DecideContestBody, desk: Commands, reads: ReadModel
) -> Answer:
    """Decide a contest on its evidence (裁定): by the office that its event names, and by nobody of those concerned.
    `lead_id` is the contesting lead, `contest` the number that the list of contests shows."""
    about = await concerned(desk, lead_id)
    found = about.investor.contests.get(contest)
    office = acting_office(desk.principal, found.made.referee if found else Referee.COMMERCE_BUREAU)
    terms = (await roster_of(reads)).terms()
    command = c.DecideContest(
        lead_id, contest, body.upheld, body.reason, terms, office, desk.today(), desk.principal.subject
    )
    return await desk.give(PROTECTION, about.stream, command)


@router.post("/intent")
async def decide_intent(lead_id: LeadId, body: m.DecideIntentBody, desk: Commands, reads: ReadModel) -> Answer:
    """Declare the intent of this lead the same as another report's of the investor, or distinct. Two reports of one
    intent: the later one waits behind the earlier. Distinct: a waiting lead is protected in its own right."""
    about, roster, today = await concerned(desk, lead_id), await roster_of(reads), desk.today()
    commerce = roster.commerce(today)
    command = c.DecideIntent(
        lead=lead_id,
        same_as=body.same_as,
        reason=body.reason,
        terms=roster.terms(),
        commerce=commerce,
        office=office_for(desk.principal, about.investor, commerce, lead_id, *filter(None, [body.same_as])),
        today=today,
        by=desk.principal.subject,
    )
    return await desk.give(PROTECTION, about.stream, command)
