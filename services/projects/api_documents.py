"""Documents: sent in once, kept by their SHA-256, read by those who may read what they belong to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from typing import IO, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from services.projects import document_queries as q
from services.projects.api_types import ProjectId
from services.projects.deciders import DOCUMENT
from services.projects.document_desk import document_id, readable_row, subject_scopes
from services.projects.document_models import StoredAnswer, StoredList, StoredView, TakenKind, TakenView
from services.projects.document_store import Documents, answering, documents_of
from services.projects.domain.document.commands import StoreDocument
from services.projects.domain.document.decide import EMPTY
from services.projects.domain.document.events import Paper
from services.projects.project_rows import readable
from services.projects.roster import roster_of
from services.projects.visibility import check_reader
from sevenx.documents.kinds import Kind, check_content, kind_stated, read_kinds, wrong_file
from sevenx.documents.store import PIECE, Incoming
from sevenx.kernel.bodies import is_plain
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, ReadModel, Uploads, request_digest

router = APIRouter(tags=["documents 文件"])
STREAMED = frozenset({"/documents"})
"""Where bodies are longer than others."""
SHOWN = 500
PAPER_ZH = {
    Paper.EVIDENCE: "材料", Paper.VOUCHER: "凭证", Paper.GATE: "前置程序文件", Paper.PROMISE: "承诺材料",
    Paper.MINUTES: "会议纪要", Paper.PROCEDURE: "手续文书", Paper.TALK: "洽谈材料", Paper.OTHER: "文件",
}  # fmt: skip

Subject = Annotated[
    str,
    Query(
        alias="for",
        pattern=r"^[0-9]{6}-[LPH]-[0-9]{4}-[0-9]{4,9}$",
        description="The lead, project or procedure that it belongs to",
        examples=["410804-P-2026-0001"],
    ),
]
Name = Annotated[
    str,
    Query(
        min_length=1,
        max_length=255,
        description="The file's name, for its ending; it is not kept",
        examples=["合同（模拟）.pdf"],
    ),
]
Sha256Path = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", examples=["ab" * 32])]
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The bytes themselves, no form; Content-Type says what they are",
        "content": {
            one.media_type: {"schema": {"type": "string", "format": "binary"}} for one in read_kinds().kinds.values()
        },
    }
}
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}


@router.post(
    "/documents",
    status_code=201,
    openapi_extra=_BODY,
    responses={
        415: {"description": "A type of file that is not taken", **_PROBLEM},
        507: {"description": "No room is left in the store", **_PROBLEM},
    },
)
async def store_document(
    request: Request,
    desk: Uploads,
    reads: ReadModel,
    subject: Subject,
    name: Name,
    paper: Paper = Paper.OTHER,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> StoredAnswer:
    """Send the bytes of a document in, for a lead, project or procedure. It is answered with their SHA-256, by which
    commands name it. The same bytes are the same document, however often they are sent. Whoever may read what it
    belongs to may read it."""
    documents = documents_of(request)
    store = documents.store
    scopes = await subject_scopes(desk, subject, await roster_of(reads))
    desk.check_permission(StoreDocument, scopes)
    kind = kind_stated(documents.settings.kinds, name if is_plain(name) else "", content_type)
    _check_length(request.headers.get("content-length", ""), documents.settings.largest)
    with answering():
        # What blocks, writes to the disk among it, is done off the event loop.
        incoming = await asyncio.to_thread(store.receive().__enter__)
        try:
            await _receive(request.stream(), incoming, documents.settings.largest)
            await asyncio.to_thread(_keep, incoming, kind)
        finally:
            await asyncio.to_thread(incoming.__exit__, None, None, None)
    command = StoreDocument(
        sha256=incoming.sha256,
        size=incoming.size,
        media_type=kind.media_type,
        subject=subject,
        paper=paper,
        today=desk.today(),
        by=desk.principal.subject,
    )
    sent = desk.of_body(request_digest(request, f"{subject} {incoming.sha256}".encode()))
    answer = await sent.give(DOCUMENT, document_id(desk.principal.district, incoming.sha256), command, scopes)
    return StoredAnswer(**answer.model_dump(), sha256=incoming.sha256, size=incoming.size, media_type=kind.media_type)


@router.get("/documents-taken")
async def taken(request: Request, asking: Asking, reads: ReadModel) -> TakenView:
    """Which files are taken, and how large they may be."""
    check_reader(asking)
    documents: Documents = documents_of(request)
    return TakenView(
        kept=documents.kept_in is not None,
        required=(await roster_of(reads)).documents_required(),
        largest=documents.settings.largest,
        kinds=[
            TakenKind(zh=one.zh, en=one.en, media_type=one.media_type, extensions=list(one.extensions))
            for one in documents.settings.kinds
        ],
    )


@router.get("/projects/{project_id}/documents")
async def documents_of_project(project_id: ProjectId, asking: Asking, reads: ReadModel) -> StoredList:
    """The documents that were sent in for a project and its procedures."""
    await readable(project_id, asking, reads)
    return StoredList(items=[StoredView(**row) for row in await reads.rows(q.of_subject(project_id, SHOWN))])


@router.get(
    "/documents/{sha256}",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The bytes, checked against their SHA-256 before the first one is sent",
            "content": {one.media_type: {} for one in read_kinds().kinds.values()},
        },
        500: {"description": "The stored bytes are damaged or lost; none is sent", **_PROBLEM},
    },
)
async def document(sha256: Sha256Path, request: Request, asking: Asking, reads: ReadModel) -> StreamingResponse:
    """The bytes of a document, for whoever sent it in, may read what it belongs to, or sees the whole district. To know
    a SHA-256 gives nobody a right."""
    rows = list(await reads.rows(q.with_subjects(document_id(asking.district, sha256), asking.subject)))
    row = readable_row(asking, rows)
    if row is None:
        raise Problem(
            404,
            "unknown-document",
            "文件库中没有这份文件，或者您无权查看。",
            "There is no such document in the store, or you may not read it.",
        )
    with answering():
        file = await asyncio.to_thread(documents_of(request).store.read, sha256)
    return StreamingResponse(
        _sent(file),
        media_type=row["media_type"],
        headers={
            "Content-Length": str(row["size"]),
            "Content-Disposition": disposition(_file_name(row), f"{sha256[:12]}.{_ending(row['media_type'])}"),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
            "ETag": f'"{sha256}"',
        },
    )


def disposition(name: str, plain: str) -> str:
    """Content-Disposition of a download (RFC 6266): `name` in UTF-8 for every browser of today, `plain`, which is
    ASCII, for others. Neither can end the header or leave the folder."""
    safe = "".join("_" if one in '\\/:*?"<>|' or not one.isprintable() else one for one in name).strip(". ")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe[-120:] or plain, safe='')}"


def _file_name(row: Any) -> str:
    """What the download is called: the title under which it was filed, or what it is and the start of its hash."""
    title = row["title"] or f"{PAPER_ZH[Paper(row['paper'])]}-{row['sha256'][:8]}"
    return f"{title}.{_ending(row['media_type'])}"


def _ending(media_type: str) -> str:
    return next((one.extensions[0] for one in read_kinds().kinds.values() if one.media_type == media_type), "bin")


def _check_length(said: str, largest: int) -> None:
    if said.isdigit() and int(said) > largest:
        raise _too_large(largest)


async def _receive(pieces: AsyncIterator[bytes], incoming: Incoming, largest: int) -> None:
    """Write the body as it comes, a megabyte at a time; Problem 413 as soon as it is too large."""
    waiting = bytearray()
    try:
        async for piece in pieces:
            waiting += piece
            if incoming.size + len(waiting) > largest:
                raise _too_large(largest)
            if len(waiting) >= PIECE:
                await asyncio.to_thread(incoming.write, bytes(waiting))
                waiting.clear()
    except ClientDisconnect as cut:
        raise Problem(
            400,
            "upload-cut",
            "上传中断，文件没有保存；请重新上传。",
            "The connection was cut before the file was whole; nothing was stored. Send it again.",
        ) from cut
    if waiting:
        await asyncio.to_thread(incoming.write, bytes(waiting))


def _keep(incoming: Incoming, kind: Kind) -> None:
    if not incoming.size:
        raise wrong_file(EMPTY.code, EMPTY.zh, EMPTY.en)
    check_content(kind, incoming.content())
    incoming.keep()


def _too_large(largest: int) -> Problem:
    mib = largest >> 20
    return wrong_file(
        "document-too-large",
        f"文件超过 {mib} MiB；请压缩扫描分辨率或分成几份后再上传。",
        f"The file is larger than {mib} MiB; scan it at a lower resolution, or send it in parts.",
        status=413,
    )


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with closing(file):
        while piece := file.read(PIECE):
            yield piece
