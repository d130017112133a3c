"""The import of a roster as a file: the zip file that the export gives, or one file of it."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from services.registry.api_import import bring_in
from services.registry.api_models import GenesisBody
from services.registry.domain.roster.document import At, RosterError
from services.registry.import_views import ImportAnswer
from services.registry.roster_file import FILES
from services.registry.roster_import import Input
from services.registry.roster_standing import head_of, outline_of
from services.registry.roster_yaml import files_of
from services.registry.roster_zip import MEDIA_TYPE, Sent, read_sent
from sevenx.kernel.bodies import is_plain
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Uploads, request_digest, runtime_of

router = APIRouter(tags=["roster 名册"])
FileName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=120,
        pattern=r"^[^/\\]+$",
        description="The file's name, without a folder: what a single file is, is known by it",
        examples=["roster-410804-2026-07-10.zip", "people.yaml"],
    ),
]
DryRun = Annotated[bool, Query(description="Show the difference and store nothing")]
_BYTES = "application/octet-stream"
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The zip file or the YAML file itself, 1 MiB at most",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (MEDIA_TYPE, _BYTES)},
    }
}


@router.post("/roster/import/file", openapi_extra=BODY)
async def import_roster_file(request: Request, desk: Uploads, name: FileName, dry_run: DryRun = False) -> ImportAnswer:
    """Import a roster as `POST /roster/import` does, out of a zip file of its folder or a single file of it.

    A file that is not among those sent is taken as the roster stands, so that `people.yaml` alone is enough where only
    people have changed; before the founding all of them are needed. Time is real; a deployment that simulates it is
    founded by `POST /roster/import`.
    """
    content = await request.body()
    asked = desk.of_body(request_digest(request, f"{name}\n{hashlib.sha256(content).hexdigest()}".encode()))

    async def source() -> Input:
        return await _source(request, asked, name, content)

    return await bring_in(request, asked, source, GenesisBody(), dry_run)


async def _source(request: Request, desk: CommandDesk, name: str, content: bytes) -> Input:
    """The files that were sent, with those of the roster as it stands that were not. Problem 422 `roster-invalid` for
    what holds no files."""
    sent = await asyncio.to_thread(read_sent, name, content) if is_plain(name) else _NO_NAME
    if sent.errors:
        raise Input(sent.files, sent.calendars).refused(sent.errors)
    if sent.files.keys() >= set(FILES):
        return Input(sent.files, sent.calendars)
    outline = await outline_of(runtime_of(request).handler, desk.principal.district)
    if outline is None:
        return Input(sent.files, sent.calendars)
    standing = await asyncio.to_thread(files_of, outline, head_of(outline.district, desk.today()))
    return Input(sent.files, sent.calendars, standing)


_NO_NAME = Sent(
    errors=(
        RosterError(At("?", 1), "文件名含控制字符，请改名。", "the file's name has control characters; rename it."),
    )
)
