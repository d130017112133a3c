"""The roster as files: YAML that an import reads, and an Excel workbook. Read from the log itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import IO
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from services.registry.api_types import OnToday
from services.registry.domain.roster.outline import Outline
from services.registry.import_views import ExportView
from services.registry.roster_excel import workbook_of
from services.registry.roster_import import Input
from services.registry.roster_standing import head_of, is_simulated, outline_of
from services.registry.roster_yaml import calendars_of, files_of
from services.registry.roster_zip import MEDIA_TYPE, zipped
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, runtime_of

router = APIRouter(tags=["roster 名册"])
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHUNK = 1 << 16


@router.get("/roster/export")
async def export_roster(request: Request, asking: Asking, today: OnToday) -> ExportView:
    """The roster as it stands, as the files of `data/districts/<code>` and the calendars. Imported again they change
    nothing; elsewhere they found the same district.

    Not in them: the district office's decisions on overlaps, plans and targets, handovers, and units that have left a
    group.
    """
    outline = await _outline(request, asking.district)
    head = head_of(outline.district, today)
    files, calendars = await asyncio.to_thread(lambda: (files_of(outline, head), calendars_of(outline, head)))
    return ExportView(
        as_of=today,
        simulated=is_simulated(outline.district),
        sha256=Input(files, calendars).sha256,
        files=files,
        calendars=calendars,
    )


@router.get("/roster/export.xlsx", response_class=Response, responses={200: {"content": {_EXCEL: {}}}})
async def export_workbook(request: Request, asking: Asking, today: OnToday) -> Response:
    """The roster as it stands, as an Excel workbook: a sheet each for units, groups, their units, posts, industries,
    settings and calendars. A text that begins like a formula is written as text."""
    outline = await _outline(request, asking.district)
    content = await asyncio.to_thread(workbook_of, outline, head_of(outline.district, today))
    return Response(content, media_type=_EXCEL, headers=_download(asking.district, today, "xlsx"))


@router.get("/roster/export.zip", response_class=Response, responses={200: {"content": {MEDIA_TYPE: {}}}})
async def export_zip(request: Request, asking: Asking, today: OnToday) -> Response:
    """The roster as it stands, as a zip file of the folder that `sevenx export roster` writes: its YAML files, and the
    calendars in `calendars`. `POST /roster/import/file` takes it as it is, and it changes nothing."""
    outline = await _outline(request, asking.district)
    head = head_of(outline.district, today)
    file = await asyncio.to_thread(
        lambda: zipped(asking.district, files_of(outline, head), calendars_of(outline, head), today)
    )
    return StreamingResponse(_chunks(file), media_type=MEDIA_TYPE, headers=_download(asking.district, today, "zip"))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _download(district: str, day: date, ending: str) -> dict[str, str]:
    """What the file is called (RFC 6266), and that no cache keeps it."""
    name = quote(f"名册-{district}-{day}.{ending}")
    shown = f"attachment; filename=\"roster-{district}-{day}.{ending}\"; filename*=UTF-8''{name}"
    return {"Content-Disposition": shown, "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


async def _outline(request: Request, district: str) -> Outline:
    outline = await outline_of(runtime_of(request).handler, district)
    if outline is None:
        raise Problem(
            404,
            "district-not-established",
            "本区尚未建立；请先导入本区名册。",
            "The district is not established yet; import its roster first.",
        )
    return outline
