"""What the routes on documents share: for what a document is sent in, who may read it, and whether what a command names
must be stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import Request

from services.projects.deciders import DOCUMENT, PROCEDURE
from services.projects.domain.document.state import StoredDocument
from services.projects.domain.procedure.state import Procedure
from services.projects.domain.values import Stage
from services.projects.project_desk import existing, scopes_of
from services.projects.protection_desk import registered
from services.projects.protection_desk import scopes_of as lead_scopes
from services.projects.roster import Roster, roster_of
from services.projects.visibility import check_reader, sees_all, works_on
from sevenx.kernel.auth import Principal, Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, runtime_of

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SUBJECTS = ("project_id", "lead_id", "procedure")
"""Names in the routes' paths of what a document may be sent in for."""
_TAKEN_BACK = "/evidence/withdraw"
"""Names a document that was filed before, and does not file one."""


def document_id(district: str, sha256: str) -> str:
    """The stream of a document: `410804-DOC-` and its SHA-256."""
    return f"{district}-DOC-{sha256}"


async def subject_scopes(desk: CommandDesk, subject: str, roster: Roster) -> Scopes:
    """For whom it is asked whether he may send a document in for a lead, project or procedure; Problem 404 when there
    is none."""
    if "-L-" in subject:
        return lead_scopes(await registered(desk, subject))
    if "-H-" not in subject:
        return _with_lead_units(desk, scopes_of(await existing(desk, subject)), roster)
    procedure: Procedure = await desk.state(PROCEDURE, subject)
    if procedure.requested is None:
        raise Problem(404, "unknown-procedure", f"没有手续 {subject}。", f"There is no procedure {subject}.")
    project = await existing(desk, procedure.requested.project)
    return {**scopes_of(project), "responsible": procedure.requested.unit}


def _with_lead_units(desk: CommandDesk, scopes: Scopes, roster: Roster) -> Scopes:
    """A lead unit of the group claims funds with its vouchers."""
    return {**scopes, "claimant": roster.lead_units(str(scopes["group"]), desk.today())}


def readable_row(reader: Principal, rows: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first of a document's rows by which this reader may read it: he sent it in, or he may read the lead, project
    or procedure for which it was sent in; None when there is no such row."""
    if any(row["stored_by"] == reader.subject for row in rows):
        return next(row for row in rows if row["stored_by"] == reader.subject)
    check_reader(reader)
    return next((row for row in rows if _may_read(reader, row)), None)


def _may_read(reader: Principal, row: Mapping[str, Any]) -> bool:
    if sees_all(reader) or works_on(reader, row):
        return True
    if row["unit"] is not None and any(grant.partition("@")[2] == row["unit"] for grant in reader.grants):
        return True
    return row["stage"] not in (None, Stage.NEGOTIATING)


async def documents_are_stored(request: Request, asking: Asking) -> None:
    """Where setting `documents.required` asks for it, Problem 422 unless every document that a command names was sent
    in for the lead, project or procedure that it is about. What is only just registered has no id for which anything
    could have been sent in: it is not asked."""
    subject = next((request.path_params[name] for name in _SUBJECTS if name in request.path_params), None)
    if request.method != "POST" or subject is None or request.url.path.endswith(_TAKEN_BACK):
        return
    runtime = runtime_of(request)
    if not (await roster_of(runtime.reads)).documents_required():
        return
    named = {where: sha256 for where, sha256 in _named(await _body_of(request)) if _SHA256.fullmatch(sha256)}
    streams = {sha256: document_id(asking.district, sha256) for sha256 in named.values()}
    if not streams:
        return
    states: dict[str, StoredDocument] = await runtime.handler.states(
        [(DOCUMENT, stream) for stream in streams.values()]
    )
    lacking = [where for where, sha256 in named.items() if not states[streams[sha256]].is_of(subject)]
    if lacking:
        raise _not_stored(lacking, subject)


def _not_stored(lacking: list[str], subject: str) -> Problem:
    zh = f"文件还没有上传到 {subject}；请先选择文件上传，再提交。"
    en = f"The document was not sent in for {subject}; choose the file, so that it is stored, and submit again."
    kind = "document-not-stored"
    fields = [{"where": f"body.{where}", "message": en, "message_zh": zh, "kind": kind} for where in lacking]
    return Problem(422, kind, zh, en, details={"fields": fields, "rule": "documents.required"})


async def _body_of(request: Request) -> Any:
    try:
        return json.loads(await request.body() or b"null")
    except ValueError:
        return None  # the route says what is wrong with it


def _named(body: Any, at: str = "", depth: int = 6) -> Iterator[tuple[str, str]]:
    """(place, value) of every field of a body whose name ends in `sha256`."""
    if depth == 0:
        return
    inner = enumerate(body) if isinstance(body, list) else body.items() if isinstance(body, dict) else ()
    for key, value in inner:
        where = f"{at}.{key}" if at else str(key)
        if isinstance(value, str) and str(key).endswith("sha256"):
            yield where, value
        else:
            yield from _named(value, where, depth - 1)
