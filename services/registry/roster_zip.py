"""A roster on its way from hand to hand: a zip file of the district's folder, or a single file of it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO

from services.registry.domain.roster.document import At, RosterError
from services.registry.roster_file import CALENDAR, Texts

MEDIA_TYPE = "application/zip"
CALENDARS = "calendars"
"""The folder of the calendars within a district's, as `sevenx export roster` writes it."""
_ENDINGS = (".yaml", ".yml")
_MOST_PARTS = 200
_UNPACKED = 4 << 20
_IN_MEMORY = 1 << 20
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Sent:
    """The files that somebody sent, or what is wrong with them as files."""

    files: dict[str, str] = field(default_factory=dict)
    calendars: dict[str, str] = field(default_factory=dict)
    errors: tuple[RosterError, ...] = ()


def zipped(folder: str, files: Texts, calendars: Texts, day: date) -> IO[bytes]:
    """The roster's files in `folder` and the calendars in one below it, read from the beginning. The same roster of the
    same day is the same bytes. The caller closes it."""
    file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 handed to the answer that streams it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in (
            *((f"{folder}/{name}", text) for name, text in sorted(files.items())),
            *((f"{folder}/{CALENDARS}/{name}", text) for name, text in sorted(calendars.items())),
        ):
            part = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            packed.writestr(part, text.encode())
    file.seek(0)
    return file


def read_sent(name: str, content: bytes) -> Sent:
    """The files in what was sent under a name. Folders do not matter, and what an archiver adds by itself is left out;
    nothing is unpacked before its size is known, and nothing to a disk."""
    if not content:
        return _wrong(name, "文件为空，请核对所选文件", "the file is empty; check which one you chose")
    if content.startswith(b"PK"):
        return _unzipped(name, content)
    if not name.lower().endswith(_ENDINGS):
        return _wrong(
            name,
            "请选择导出的 zip 压缩包，或其中的一个 .yaml 文件",
            "choose the zip file that the export gives, or one .yaml file of it",
        )
    return _sorted([(name, content)])


def _unzipped(name: str, content: bytes) -> Sent:
    try:
        return _parts_of(name, content)
    except _DamagedError:
        return _wrong(
            name, "压缩包已损坏，请重新压缩为 zip 后再试", "the zip file is damaged; pack it again and try anew"
        )


class _DamagedError(Exception):
    """What zipfile stumbles over in a broken file: an error of its own, of zlib, of the system, a wrong value."""


def _parts_of(name: str, content: bytes) -> Sent:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir() and not _of_an_archiver(part.filename)]
            wrong = _refused(name, parts)
            read = [] if wrong else [(_base(part.filename), _contents(packed, part)) for part in parts]
    except Exception as error:
        raise _DamagedError from error
    return wrong or _sorted(read)


def _contents(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes. The size that a zip file states need not be true: not more than that is read."""
    with packed.open(part) as opened:
        content = opened.read(part.file_size + 1)
    if len(content) != part.file_size:
        raise zipfile.BadZipFile(part.filename)
    return content


def _refused(name: str, parts: list[zipfile.ZipInfo]) -> Sent | None:
    """What is in a zip file, before anything of it is unpacked."""
    if any(part.filename == "[Content_Types].xml" for part in parts):
        return _wrong(
            name,
            "这是 Excel 或 Word 文件；请上传导出的 zip 压缩包，或其中的一个 .yaml 文件",
            "this is an Excel or Word file; send the zip file that the export gives, or one .yaml file of it",
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        return _wrong(name, "压缩包有密码，请去掉密码后重新压缩", "the zip file has a password; pack it without one")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        return _too_large(name)
    if not parts:
        return _wrong(name, "压缩包中没有文件，请核对所选文件", "no file is in the zip file; check which one you chose")
    return None


def _sorted(read: list[tuple[str, bytes]]) -> Sent:
    """Files by what they are, each once."""
    files: dict[str, str] = {}
    calendars: dict[str, str] = {}
    errors: list[RosterError] = []
    for name, content in read:
        kind = calendars if CALENDAR.fullmatch(name) else files
        if name in kind:
            errors.append(
                RosterError(At(name, 1), "压缩包中有两个同名文件；请只留一个。", "two files have this name; leave one.")
            )
            continue
        try:
            kind[name] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            at = At(name, content.count(b"\n", 0, error.start) + 1)
            zh, en = "不是UTF-8编码；请用UTF-8另存后再试。", "this is not UTF-8; save it as UTF-8 and try again."
            errors.append(RosterError(at, zh, en))
    return Sent(files, calendars, tuple(errors))


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _of_an_archiver(path: str) -> bool:
    return path.startswith("__MACOSX/") or _base(path).startswith(".")


def _too_large(name: str) -> Sent:
    most = f"{_UNPACKED >> 20} MiB"
    return _wrong(
        name,
        f"压缩包解压后超过 {most} 或 {_MOST_PARTS} 个文件，请只保留名册的文件",
        f"the zip file unpacks to over {most} or {_MOST_PARTS} files; keep the roster's files alone",
    )


def _wrong(name: str, zh: str, en: str) -> Sent:
    return Sent(errors=(RosterError(At(name, 1), f"{zh}。", f"{en}."),))
