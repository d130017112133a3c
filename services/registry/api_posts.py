"""Lists about posts: what is vacant or soon will be, and what was handed over."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.registry import queries as q
from services.registry.api_types import GroupId, Limit, OnDay
from services.registry.api_views import HandoverPage, HandoverView, VacancyPage
from services.registry.vacancy_views import vacancies
from sevenx.district.vacancies import VacancyKind
from sevenx.kernel.http import ReadModel

router = APIRouter(tags=["posts 职务"])

_SCOPE = r"^[0-9]{6}-[GU]-[a-z0-9-]+"
_Scope = Annotated[str | None, Query(pattern=f"{_SCOPE}$", description="Of a group or unit")]
_OfPost = Annotated[str | None, Query(pattern=f"{_SCOPE}/[a-z_]+$", description="`next` of a page")]
_OfEvent = Annotated[str | None, Query(pattern=f"{_SCOPE}/[0-9]{{1,9}}$", description="`next` of a page")]


@router.get("/vacancies")
async def list_vacancies(
    reads: ReadModel,
    on: OnDay,
    kind: Annotated[list[VacancyKind] | None, Query(description="One or several kinds")] = None,
    role: Annotated[list[str] | None, Query(description="One or several roles")] = None,
    group: Annotated[GroupId | None, Query(description="This group and its units")] = None,
    cursor: _OfPost = None,
    limit: Limit = 100,
) -> VacancyPage:
    """Posts that nobody holds on the day, or whose holder's end is announced while nobody follows (一, 三（三）): a
    group's leader and liaison, the heads of its units, a responsible unit's liaison. `days` says for how long.

    An announced end of a liaison is shown until a successor is designated, also when an earlier day is asked about.
    """
    found = [
        one
        for one in await vacancies(reads, on, group)
        if (not kind or one.kind in kind)
        and (not role or one.role in role)
        and (cursor is None or f"{one.scope}/{one.role}" > cursor)
    ]
    page = found[:limit]
    return VacancyPage(items=page, next=f"{page[-1].scope}/{page[-1].role}" if len(found) > limit else None)


@router.get("/handovers")
async def list_handovers(
    reads: ReadModel,
    scope: _Scope = None,
    cursor: _OfEvent = None,
    limit: Limit = 100,
) -> HandoverPage:
    """What was handed over with which post (交接), by group or unit and time."""
    rows = await reads.rows(q.handovers(scope, cursor, limit))
    items = [HandoverView(**row, scope=row["stream"]) for row in rows[:limit]]
    more = f"{rows[limit - 1]['stream']}/{rows[limit - 1]['version']}" if len(rows) > limit else None
    return HandoverPage(items=items, next=more)
