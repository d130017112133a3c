"""The roster as files: YAML that an import reads, and an Excel workbook. Read from the log itself."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from services.registry.api_types import OnToday
from services.registry.deciders import DISTRICT, decider_of
from services.registry.domain.district.events import ClockKind
from services.registry.domain.district.state import District
from services.registry.domain.roster.outline import Outline
from services.registry.import_views import ExportView
from services.registry.roster_excel import workbook_of
from services.registry.roster_import import Input
from services.registry.roster_yaml import SIMULATED, calendars_of, files_of
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, runtime_of

router = APIRouter(tags=["roster 名册"])
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/roster/export")
async def export_roster(request: Request, asking: Asking, today: OnToday) -> ExportView:
    """The roster as it stands, as the files of `data/districts/<code>` and the calendars. Imported again they change
    nothing; elsewhere they found the same district.

    Not in them: the district office's decisions on overlaps, plans and targets, handovers, and units that have left a
    group.
    """
    outline = await _outline(request, asking.district)
    head = _head(outline.district, str(today))
    files, calendars = await asyncio.to_thread(lambda: (files_of(outline, head), calendars_of(outline, head)))
    return ExportView(
        as_of=today,
        simulated=_is_simulated(outline.district),
        sha256=Input(files, calendars).sha256,
        files=files,
        calendars=calendars,
    )


@router.get("/roster/export.xlsx", response_class=Response, responses={200: {"content": {_EXCEL: {}}}})
async def export_workbook(request: Request, asking: Asking, today: OnToday) -> Response:
    """The roster as it stands, as an Excel workbook: a sheet each for units, groups, their units, posts, industries,
    settings and calendars. A text that begins like a formula is written as text."""
    outline = await _outline(request, asking.district)
    content = await asyncio.to_thread(workbook_of, outline, _head(outline.district, str(today)))
    name = quote(f"名册-{asking.district}-{today}.xlsx")
    shown = f"attachment; filename=\"roster-{asking.district}-{today}.xlsx\"; filename*=UTF-8''{name}"
    return Response(content, media_type=_EXCEL, headers={"Content-Disposition": shown})


async def _outline(request: Request, district: str) -> Outline:
    handler = runtime_of(request).handler
    stream = f"{district}-D"
    state, _ = await handler.state(DISTRICT, stream)
    if state.genesis is None:
        raise Problem(
            404,
            "district-not-established",
            "本区尚未建立；请先导入本区名册。",
            "The district is not established yet; import its roster first.",
        )
    streams = [one for letter in "UGN" for one in await handler.streams(f"{district}-{letter}-")]
    states: dict[str, Any] = await handler.states([(decider_of(one), one) for one in (stream, *streams)])
    return Outline(states)


def _is_simulated(district: District) -> bool:
    return district.genesis is not None and district.genesis.clock is ClockKind.SIMULATED


def _head(district: District, day: str) -> str:
    """Whose roster it is, of which day, and that it is of a simulation."""
    genesis = district.genesis
    whose = "" if genesis is None else f"{genesis.code} {genesis.zh} {genesis.en}"
    return f"{whose}，{day}" + (f"，{SIMULATED}" if _is_simulated(district) else "")
