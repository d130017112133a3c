"""The import of leads and projects out of filled-in Excel templates: all rows or none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Request

from services.projects.deciders import FILE_IMPORT
from services.projects.domain.file_import.commands import ImportFile
from services.projects.domain.file_import.events import ImportKind
from services.projects.import_desk import check_new, import_id
from services.projects.import_rows import Ready, lead_rows, project_rows
from services.projects.roster import Roster, roster_of
from services.projects.sheet_columns import LEADS, PROJECTS, Sheet
from services.projects.sheet_models import ImportAnswer
from services.projects.sheet_names import Named, names_of
from services.projects.sheet_reader import sheet_table
from services.projects.sheet_table import Table, WrongFile, problem_of, refused
from services.projects.sheet_uploads import BODY, DryRun, FileName, SentFile, received
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.http import ReadModel, Uploads, request_digest
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["sheets 表格"])
STREAMED = frozenset({"/leads/import", "/projects/import"})
"""Where bodies are longer than others."""
_SHEETS = {ImportKind.LEADS: LEADS, ImportKind.PROJECTS: PROJECTS}
Rows = Callable[[CommandDesk, Table, Roster, Named], Awaitable[Ready]]


@router.post("/leads/import", openapi_extra=BODY)
async def import_leads(
    request: Request, desk: Uploads, reads: ReadModel, name: FileName, dry_run: DryRun = False
) -> ImportAnswer:
    """Register the leads of a filled-in template, in the order of their rows: every row as its single registration
    would be, with its permission and its protection (首报). All rows come in or, with an error anywhere, none: the
    problem `sheet-invalid` lists every error with its cell. The same file comes in once (409 `file-imported`)."""
    return await _import(request, desk, reads, await _file(request, desk, name), dry_run, ImportKind.LEADS)


@router.post("/projects/import", openapi_extra=BODY)
async def import_projects(
    request: Request, desk: Uploads, reads: ReadModel, name: FileName, dry_run: DryRun = False
) -> ImportAnswer:
    """Turn the leads of a filled-in template into projects (洽谈), every row as its single request would be. All rows
    come in or none, the same file once."""
    return await _import(request, desk, reads, await _file(request, desk, name), dry_run, ImportKind.PROJECTS)


async def _file(request: Request, desk: CommandDesk, name: str) -> SentFile:
    """The file, of somebody who may import for some group or unit; for which he may, each row is asked."""
    own = {grant.partition("@")[2] for grant in desk.principal.grants}
    desk.check_permission(ImportFile, {"group": own, "finder": own})
    return await received(name, request.headers.get("content-length", ""), request.stream())


async def _import(
    request: Request, desk: CommandDesk, reads: Reads, file: SentFile, dry_run: bool, kind: ImportKind
) -> ImportAnswer:
    sent = desk.of_body(request_digest(request, f"{file.name}\n{file.sha256}".encode()))
    if not dry_run and (earlier := await sent.earlier()) is not None:
        return _again(file, *earlier)
    table = await _table(file, _SHEETS[kind])
    command = ImportFile(kind, file.name, file.sha256, len(table.rows), sent.today(), sent.principal.subject)
    await check_new(sent, command)
    rows: Rows = lead_rows if kind is ImportKind.LEADS else project_rows
    ready = await rows(sent, table, await roster_of(reads), await names_of(reads))
    if ready.errors:
        raise refused("sheet-invalid", "表格", "sheet", ready.errors, file.sha256)
    if dry_run:
        return ImportAnswer(
            position=None,
            after=[],
            dry_run=True,
            replayed=False,
            file=file.name,
            sha256=file.sha256,
            rows=ready.count,
            first=None,
            last=None,
        )
    ids = await sent.next_ids(ready.letter, sent.today().year, ready.count)
    steps = await asyncio.to_thread(ready.steps, ids)
    everyone = {name: {str(step.scopes[name]) for step in steps} for name in ("group", "finder")}
    whole = (FILE_IMPORT, import_id(sent.principal.district, file.sha256), command, everyone)
    done = await sent.give_each([whole, *((*one, step.scopes) for step in steps for one in step.commands)])
    return _answer(file, done, ids)


async def _table(file: SentFile, sheet: Sheet) -> Table:
    """The table of the sheet. Problem 422 `sheet-invalid` and others for what is none, with where it is wrong."""
    try:
        return await asyncio.to_thread(sheet_table, file.content, sheet)
    except WrongFile as wrong:
        at = f"{sheet.name}!{wrong.line}" if wrong.line else file.name
        errors = [{"at": at, "zh": wrong.zh, "en": wrong.en}]
        raise problem_of(wrong, errors=errors, count=1, sha256=file.sha256) from wrong


def _answer(file: SentFile, done: Answer, ids: Sequence[str]) -> ImportAnswer:
    return ImportAnswer(
        position=done.position,
        after=done.after,
        dry_run=False,
        replayed=done.replayed,
        file=file.name,
        sha256=file.sha256,
        rows=len(ids),
        first=ids[0],
        last=ids[-1],
    )


def _again(file: SentFile, done: Answer, events: Sequence[Recorded]) -> ImportAnswer:
    """The answer of the same request, from what it caused."""
    return _answer(file, done, [one.meta.stream for one in events if one.name in ("LeadRegistered", "ProjectOpened")])
