"""Pages and lists of protections (首报首谈), their queues and contests. Of another unit's protection only the holder is
shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.projects import protection_queries as q
from services.projects import protection_views as v
from services.projects.api_types import GroupId, LeadId, UnitId
from services.projects.domain.protection.state import Standing
from services.projects.protection_desk import unknown_lead
from services.projects.roster import roster_of
from services.projects.tables import CALENDARS
from services.projects.visibility import check_reader, sees_all, shown_protection, works_on
from sevenx.kernel.http import Asking, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["protection 首报首谈"])
Row = Mapping[str, Any]
Limit = Annotated[int, Query(ge=1, le=500)]
State = Annotated[str | None, Query(pattern="^(open|upheld|dismissed|lapsed)$")]


@router.get("/protections")
async def list_protections(
    asking: Asking,
    reads: ReadModel,
    group: GroupId | None = None,
    unit: UnitId | None = None,
    standing: Standing | None = None,
    proposed: Annotated[bool, Query(description="Only those whose release is proposed")] = False,
    limit: Limit = 200,
) -> v.ProtectionList:
    """Protections and waiting reports, the term that ends first before the others. Reports of others that wait are not
    listed for a unit; of those that hold, only who holds."""
    check_reader(asking)
    rows = await reads.rows(q.protections(group, unit, standing.value if standing else None, proposed, limit))
    seen = [row for row in rows if row["standing"] == Standing.HOLDING or works_on(asking, row)]
    return v.ProtectionList(items=[v.ProtectionView(**shown_protection(asking, row)) for row in seen])


@router.get("/leads/{lead_id}/protection")
async def lead_protection(lead_id: LeadId, asking: Asking, reads: ReadModel) -> v.LeadProtectionView:
    """How a lead stands: protected until when, or waiting at which place behind which unit, and until when it may be
    contested. Who does not work on it sees only who holds."""
    check_reader(asking)
    row = await reads.one(q.report_of(lead_id))
    if row is None:
        raise unknown_lead(lead_id)
    rows = await reads.rows(q.of_intent(row["stream"], row["intent"]))
    holder = next((one for one in rows if one["standing"] == Standing.HOLDING), None)
    waiting = [one for one in rows if one["standing"] == Standing.QUEUED]
    unit = holder["finder"] if holder else None
    if not works_on(asking, row):
        return v.LeadProtectionView(
            **shown_protection(asking, row), holder_unit=unit, position=None, waiting=None, idle_since=None,
            contest_until=None, first_talk=None, first_talk_differs=False, contests=[], queue=[],
        )  # fmt: skip
    talk = await reads.one(q.first_talk(row["stream"], row["intent"]))
    of_investor = await reads.rows(q.contests(stream=row["stream"]))
    return v.LeadProtectionView(
        **row,
        holder_unit=unit,
        position=next((n for n, one in enumerate(waiting, 1) if one["lead"] == lead_id), None),
        waiting=len(waiting),
        idle_since=row["latest_progress"] if row["standing"] == Standing.HOLDING else None,
        contest_until=await _contest_until(row, holder, reads),
        first_talk=v.FirstTalkView(**talk) if talk and (sees_all(asking) or talk["lead"] == lead_id) else None,
        first_talk_differs=bool(talk and holder and talk["finder"] != holder["finder"]),
        contests=_contests(asking, of_investor, lead_id),
        queue=[v.ProtectionView(**one) for one in waiting] if sees_all(asking) else [],
    )


def _contests(asking: Asking, rows: Sequence[Row], lead_id: str) -> list[v.ContestView]:
    """Those in which the lead is a party."""
    return [v.ContestView(**_shown(asking, row)) for row in rows if lead_id in (row["lead"], row["holder"])]


async def _contest_until(row: Row, holder: Row | None, reads: Reads) -> date | None:
    if holder is None or row["standing"] != Standing.QUEUED or holder["fulfilled"]:
        return None
    roster = await roster_of(reads)
    learnt = max(row["since"], holder["from_date"])
    return (await CALENDARS.kept(reads)).add_working_days(learnt, roster.terms().contest_working_days)


@router.get("/contests")
async def list_contests(
    asking: Asking, reads: ReadModel, state: State = None, overdue: bool | None = None, limit: Limit = 200
) -> v.ContestList:
    """Contests (异议), the one to be decided first before the others; a unit sees those in which it is a party."""
    check_reader(asking)
    rows = await reads.rows(q.contests(state, overdue, limit=limit))
    return v.ContestList(items=[v.ContestView(**_shown(asking, row)) for row in rows if _party(asking, row)])


def _party(asking: Asking, row: Row) -> bool:
    return works_on(asking, row) or _holds(asking, row)


def _holds(asking: Asking, row: Row) -> bool:
    return any(grant.partition("@")[2] == row["holder_unit"] for grant in asking.grants)


def _shown(asking: Asking, row: Row) -> dict[str, Any]:
    """The holder's lead is shown to the holder and to the offices; the contesting unit knows the unit alone."""
    seen = dict(row)
    if not sees_all(asking) and not _holds(asking, row):
        seen["holder"] = ""
    return seen
