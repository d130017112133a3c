"""The bi-monthly hearings (听取汇报, 三(一)): commands and reads."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from services.reporting import hearing_queries, queries
from services.reporting.arranging import first_hearing
from services.reporting.briefing import pack_of
from services.reporting.deciders import HEARING
from services.reporting.domain.hearing import commands as h
from services.reporting.domain.hearing.schedule import HearingRules, covers_until_for
from services.reporting.hearing_models import (
    HearingStep,
    HearingSummary,
    HearingView,
    HeldBody,
    IssueMinutesBody,
    MinutesBackBody,
    MinutesBody,
    PackView,
    PostponeBody,
    ScheduleBody,
)
from services.reporting.ids import HEARING_ID
from sevenx.district.settings import DistrictSettings
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["hearings 听取汇报"])

HearingId = Annotated[str, Path(pattern=HEARING_ID, examples=["410804-HD-2026-08"])]


@router.post("/hearings", status_code=201)
async def schedule(body: ScheduleBody, desk: Commands, reads: ReadModel) -> Answer:
    """Begin to hear the groups' and responsible units' reports every second month (三(一)). From then on the clock
    schedules each next hearing and prepares its briefing pack."""
    if (before := await desk.earlier()) is not None:
        return before[0]
    by = desk.principal.subject
    stream, command = await first_hearing(reads, desk.now(), desk.principal.district, body.month, by)
    return await desk.give(HEARING, stream, command)


@router.post("/hearings/{hearing_id}/postpone")
async def postpone(hearing_id: HearingId, body: PostponeBody, desk: Commands, reads: ReadModel) -> Answer:
    """Put the hearing off to a later day, with the reason (延期)."""
    row = await _row(reads, hearing_id)
    rules = HearingRules.of(DistrictSettings(row["settings"]))
    until = covers_until_for(body.planned_on, rules, await queries.work_calendar(reads))
    command = h.PostponeHearing(desk.now(), body.planned_on, until, body.reason, desk.principal.subject)
    return await desk.give(HEARING, hearing_id, command)


@router.post("/hearings/{hearing_id}/pack")
async def prepare_pack(hearing_id: HearingId, desk: Commands, reads: ReadModel) -> Answer:
    """Prepare the briefing pack anew (汇报材料), as things stand now. The clock prepares it by itself, on the morning
    after the last day that the hearing covers."""
    row = await _row(reads, hearing_id)
    pack = await pack_of(reads, row, desk.now())
    return await desk.give(HEARING, hearing_id, h.PreparePack(pack, desk.principal.subject))


@router.post("/hearings/{hearing_id}/held")
async def held(hearing_id: HearingId, body: HeldBody, desk: Commands) -> Answer:
    """Record that the hearing took place (召开), and who reported; who did not is told by the event."""
    command = h.RecordHearing(
        today=desk.today(),
        held_on=body.held_on,
        chair=body.chair,
        attended=tuple(body.attended),
        summary=body.summary,
        by=desk.principal.subject,
    )
    return await desk.give(HEARING, hearing_id, command)


@router.post("/hearings/{hearing_id}/minutes")
async def draft_minutes(hearing_id: HearingId, body: MinutesBody, desk: Commands) -> Answer:
    """Put a draft of the minutes to approval (会议纪要送审), by its SHA-256; a new one replaces it."""
    return await desk.give(HEARING, hearing_id, h.DraftMinutes(desk.today(), body.sha256, desk.principal.subject))


@router.post("/hearings/{hearing_id}/minutes/send-back")
async def send_back_minutes(hearing_id: HearingId, body: MinutesBackBody, desk: Commands) -> Answer:
    """A district leader wants another draft (退回), and says why."""
    return await desk.give(HEARING, hearing_id, h.SendBackMinutes(tuple(body.reasons), desk.principal.subject))


@router.post("/hearings/{hearing_id}/minutes/approve")
async def approve_minutes(hearing_id: HearingId, body: MinutesBody, desk: Commands) -> Answer:
    """A district leader approves the draft that he read (审定); never his own."""
    return await desk.give(HEARING, hearing_id, h.ApproveMinutes(desk.today(), body.sha256, desk.principal.subject))


@router.post("/hearings/{hearing_id}/minutes/issue")
async def issue_minutes(hearing_id: HearingId, body: IssueMinutesBody, desk: Commands) -> Answer:
    """Issue the approved minutes (印发) under their document number, which is entered and never generated."""
    command = h.IssueMinutes(desk.today(), body.document_number, body.sha256, desk.principal.subject)
    return await desk.give(HEARING, hearing_id, command)


@router.get("/hearings")
async def list_hearings(
    reads: ReadModel, year: Annotated[int | None, Query(ge=2000, le=2100)] = None
) -> list[HearingSummary]:
    """Hearings, the latest first."""
    return [HearingSummary(**_summary(row)) for row in await hearing_queries.all_of(reads, year)]


@router.get("/hearings/{hearing_id}")
async def get_hearing(hearing_id: HearingId, reads: ReadModel) -> HearingView:
    """A hearing with its latest briefing pack and every step."""
    row = await _row(reads, hearing_id)
    names = HearingStep.model_fields
    return HearingView(
        **{**_summary(row), **{name: row[name] for name in HearingView.model_fields if name in row}},
        briefing=await _pack(reads, row, row["pack"]) if row["pack"] else None,
        steps=[
            HearingStep(**{name: one[name] for name in names}) for one in await hearing_queries.steps(reads, hearing_id)
        ],
    )


@router.get("/hearings/{hearing_id}/packs/{number}")
async def get_pack(hearing_id: HearingId, number: Annotated[int, Path(ge=1, le=10_000)], reads: ReadModel) -> PackView:
    """One of the hearing's briefing packs."""
    return await _pack(reads, await _row(reads, hearing_id), number)


def _summary(row: hearing_queries.Row) -> dict[str, Any]:
    return {"id": row["stream"], **{name: row[name] for name in HearingSummary.model_fields if name in row}}


async def _row(reads: Reads, hearing: str) -> hearing_queries.Row:
    row = await hearing_queries.one(reads, hearing)
    if row is None:
        zh, en = f"没有听取汇报 {hearing}；请先安排。", f"There is no hearing {hearing}; schedule it first."
        raise Problem(404, "hearing-not-scheduled", zh, en)
    return row


async def _pack(reads: Reads, row: hearing_queries.Row, number: int) -> PackView:
    pack = await hearing_queries.pack(reads, row["stream"], number)
    if pack is None:
        zh, en = f"没有第 {number} 份汇报材料。", f"There is no briefing pack {number}."
        raise Problem(404, "pack-unknown", zh, en)
    content = pack["content"]
    return PackView(
        hearing=row["stream"],
        **{name: pack[name] for name in ("pack", "as_of", "sha256", "prepared_by", "covers_from", "covers_until")},
        **{name: content[name] for name in ("groups", "units", "reports", "projects", "directives")},
    )
