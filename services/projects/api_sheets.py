"""Leads and projects as Excel sheets: exports, and templates to fill in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Select, select

from services.projects import tables as t
from services.projects.api_documents import disposition
from services.projects.domain.values import Light
from services.projects.list_filters import LeadsAsked, ProjectsAsked
from services.projects.project_rows import unsigned
from services.projects.sheet_columns import LEADS, PROJECTS, Sheet
from services.projects.sheet_names import names_of
from services.projects.sheet_writer import SheetWriter, template
from services.projects.visibility import check_reader, shown
from sevenx.district.sheets import MEDIA_TYPE, SIMULATED
from sevenx.kernel.auth import Principal
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.http import Asking, ReadModel, runtime_of
from sevenx.kernel.projection import READ
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["sheets 表格"])
_CONTENT: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}}
_CHUNK = 1 << 16


@router.get("/leads.xlsx", response_class=Response, responses=_CONTENT)
async def export_leads(asking: Asking, asked: LeadsAsked, reads: ReadModel, request: Request) -> Response:
    """Leads as an Excel sheet, searched, sorted and masked as the list is. A text that begins like a formula is written
    as text. The template's columns come back in an import as they went."""
    return await _export(reads, asking, LEADS, asked.all_rows(), lambda _: True, request)


@router.get("/projects.xlsx", response_class=Response, responses=_CONTENT)
async def export_projects(
    asking: Asking, asked: ProjectsAsked, reads: ReadModel, request: Request, light: Light | None = None
) -> Response:
    """Projects as an Excel sheet, searched, sorted and masked as the list is, or those that show a `light`."""
    query = asked.all_rows()
    if light is not None:
        query = query.where(t.project.c.light == light, t.project.c.status.in_(t.UNDER_WAY))
    return await _export(reads, asking, PROJECTS, query, unsigned, request)


@router.get("/leads/template.xlsx", response_class=Response, responses=_CONTENT)
async def leads_template(asking: Asking, reads: ReadModel, request: Request) -> Response:
    """The sheet of leads to be filled in, with explanations and the lists that its cells are chosen from."""
    return await _template(reads, asking, LEADS, request)


@router.get("/projects/template.xlsx", response_class=Response, responses=_CONTENT)
async def projects_template(asking: Asking, reads: ReadModel, request: Request) -> Response:
    """The sheet by which qualified leads become projects, to be filled in."""
    return await _template(reads, asking, PROJECTS, request)


async def _export(
    reads: Reads,
    asking: Principal,
    sheet: Sheet,
    query: Select[Any],
    hidden: Callable[[Mapping[str, Any]], bool],
    request: Request,
) -> Response:
    """Rows go from the database's cursor into the file, some hundred at a time."""
    writer = SheetWriter(sheet, await _head(reads, asking, sheet, request), await names_of(reads))
    try:
        async for rows in reads.batches(query):
            await asyncio.to_thread(writer.add, [_lit(shown(asking, row, hidden(row))) for row in rows])
    except BaseException:
        await asyncio.shield(asyncio.to_thread(writer.discard))
        raise
    file = await asyncio.to_thread(writer.save)
    day = _today(request)
    named = disposition(f"{sheet.name}-{asking.district}-{day}.xlsx", f"{sheet.name_en}-{day}.xlsx")
    return StreamingResponse(_chunks(file), media_type=MEDIA_TYPE, headers=_headers(named))


def _lit(row: dict[str, Any]) -> dict[str, Any]:
    """A project that is over shows no light."""
    return row if row["status"] in t.UNDER_WAY or "light" not in row else {**row, "light": None}


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


async def _template(reads: Reads, asking: Principal, sheet: Sheet, request: Request) -> Response:
    check_reader(asking)
    names, head = await names_of(reads), await _head(reads, asking, sheet, request)
    content = await asyncio.to_thread(template, sheet, head, names)
    named = disposition(f"{sheet.name}导入模板-{asking.district}.xlsx", f"{sheet.name_en}-template.xlsx")
    return Response(content, media_type=MEDIA_TYPE, headers=_headers(named))


def _headers(disposed: str) -> dict[str, str]:
    return {"Content-Disposition": disposed, "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def _today(request: Request) -> str:
    return str(runtime_of(request).clock.now().astimezone(SHANGHAI).date())


async def _head(reads: Reads, asking: Principal, sheet: Sheet, request: Request) -> str:
    """Whose sheet it is, of which day, and that it is of a simulation."""
    table = t.metadata.tables[f"{READ}.deployment"]
    simulated = runtime_of(request).clock.simulated or await reads.scalar(select(table.c.simulated))
    whose = f"{asking.district} {sheet.name} {sheet.name_en}，{_today(request)}"
    return whose + (f"，{SIMULATED}" if simulated else "")
