"""A filled-in sheet as it is sent in: the bytes themselves, no form, read in pieces up to a limit."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query
from starlette.requests import ClientDisconnect

from services.projects.sheet_files import too_large
from services.projects.sheet_reader import LIMITS
from services.projects.sheet_table import WrongFile, problem_of
from sevenx.district.sheets import MEDIA_TYPE
from sevenx.kernel.bodies import is_plain
from sevenx.kernel.errors import Problem

FileName = Annotated[
    str,
    Query(
        min_length=1,
        max_length=120,
        pattern=r"^[^/\\]+$",
        description="The file's name, without a folder; it is kept with the import",
        examples=["线索（模拟）.xlsx"],
    ),
]
DryRun = Annotated[bool, Query(description="Say what is wrong, or how many rows would come in, and store nothing")]
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"The filled-in template, .xlsx, {LIMITS.size >> 20} MiB at most",
        "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


async def received(name: str, length: str, pieces: AsyncIterator[bytes]) -> SentFile:
    """The whole file. Problem 413 as soon as it is too large, 400 where the connection was cut, 422 for a name that is
    no text."""
    if not is_plain(name):
        raise problem_of(
            WrongFile("file-name-wrong", "文件名含控制字符，请改名", "the file's name has control characters")
        )
    if length.isdigit() and int(length) > LIMITS.size:
        raise problem_of(too_large(LIMITS))
    content = bytearray()
    try:
        async for piece in pieces:
            content += piece
            if len(content) > LIMITS.size:
                raise problem_of(too_large(LIMITS))
    except ClientDisconnect as cut:
        raise Problem(
            400,
            "upload-cut",
            "上传中断，未导入任何内容；请重新上传。",
            "The connection was cut before the file was whole; nothing was imported. Send it again.",
        ) from cut
    return SentFile(name, bytes(content))
