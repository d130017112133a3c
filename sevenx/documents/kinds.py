"""What a document may be: its type is told by the bytes, and must be what its name and sender say."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import yaml

from sevenx.declaration import ROOT
from sevenx.documents.store import PIECE
from sevenx.kernel.errors import Problem

KINDS = ROOT / "data" / "documents.yaml"
_UNSAID = ("", "application/octet-stream", "binary/octet-stream")
"""Types by which a sender says that he does not know."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken; see `data/documents.yaml`."""

    name: str
    zh: str
    en: str
    media_type: str
    extensions: tuple[str, ...]
    starts: bytes
    entries: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def is_told_by(self, file: BinaryIO) -> bool:
        """Whether the bytes are of this kind."""
        file.seek(0)
        if file.read(len(self.starts)) != self.starts:
            return False
        if self.entries:
            entries = _entries_of(file)
            return entries.issuperset(self.entries) and entries.isdisjoint(self.refused)
        if self.streams:
            found = _streams_in(file, (*self.streams, *self.refused))
            return found.issuperset(self.streams) and found.isdisjoint(self.refused)
        return True


@dataclass(frozen=True)
class Taken:
    """What the data file says: the largest size in MiB, and the kinds by name."""

    largest_mib: int
    kinds: Mapping[str, Kind]


@cache
def read_kinds(path: Path = KINDS) -> Taken:
    """The kinds of a file. ValueError lists what is wrong with it."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    problems = [
        f"{name} has no {part}"
        for name, one in raw["kinds"].items()
        for part in ("zh", "en", "media_type", "extensions", "starts")
        if not one.get(part)
    ]
    if type(raw["largest_mib"]) is not int or raw["largest_mib"] < 1:
        problems.append(f"largest_mib is {raw['largest_mib']!r}, no whole number from 1 on")
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    kinds = {
        name: Kind(
            name=name,
            zh=one["zh"],
            en=one["en"],
            media_type=one["media_type"],
            extensions=tuple(one["extensions"]),
            starts=bytes.fromhex(one["starts"]),
            **{part: tuple(one.get(part, ())) for part in ("entries", "streams", "refused")},
        )
        for name, one in raw["kinds"].items()
    }
    return Taken(raw["largest_mib"], kinds)


def kind_stated(kinds: Iterable[Kind], name: str, media_type: str) -> Kind:
    """The kind that a file's name and type say. Problem 415 for one that is not taken, 422 where the two disagree.

    name: the file's own, with its ending; media_type: the Content-Type, or what says that it is not known."""
    known = tuple(kinds)
    said = media_type.partition(";")[0].strip().lower()
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    by_name = next((one for one in known if ending in one.extensions), None)
    by_type = next((one for one in known if one.media_type == said), None)
    if by_name is None or (by_type is None and said not in _UNSAID):
        raise _not_taken(known, ending, said, "query.name" if by_name is None else "header.content-type")
    if by_type is not None and by_type is not by_name:
        raise wrong_file(
            "document-type-differs",
            f"文件名的扩展名是 .{ending}（{by_name.zh}），而请求注明的类型是 {said}（{by_type.zh}）；请更正其一。",
            f"The name ends in .{ending} ({by_name.en}), the type says {said} ({by_type.en}); mend one of them.",
            "query.name",
        )
    return by_name


def check_content(kind: Kind, file: BinaryIO) -> None:
    """Problem 422 unless the bytes are what the file's name says."""
    if not kind.is_told_by(file):
        raise wrong_file(
            "document-content-differs",
            f"文件内容不是有效的{kind.zh}，或含有宏程序；请检查文件，另存为 {kind.zh} 后再上传。",
            f"The bytes are no valid {kind.en}, or hold macros; save the file as {kind.en} and send it again.",
        )


def wrong_file(code: str, zh: str, en: str, where: str = "body", status: int = 422) -> Problem:
    """A refusal of a file, to be shown beside its chooser."""
    field = {"where": where, "message": en, "message_zh": zh, "kind": code}
    return Problem(status, code, zh, en, details={"fields": [field]})


def _not_taken(known: tuple[Kind, ...], ending: str, said: str, where: str) -> Problem:
    zh, en = "、".join(one.zh for one in known), ", ".join(one.en for one in known)
    endings = ", ".join(f".{ending}" for one in known for ending in one.extensions)
    what = f".{ending}" if where == "query.name" and ending else said or "?"
    return wrong_file(
        "document-type-not-taken",
        f"不接受 {what} 类型的文件；可上传：{zh}（{endings}）。",
        f"A file of type {what} is not taken; these are: {en} ({endings}).",
        where,
        415,
    )


def _entries_of(file: BinaryIO) -> set[str]:
    """Names in a ZIP container; none where it is broken."""
    try:
        with zipfile.ZipFile(file) as container:
            return set(container.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return set()


def _streams_in(file: BinaryIO, names: Iterable[str]) -> set[str]:
    """Which of the names stand in the file as directory entries of a compound file: UTF-16, closed by a zero."""
    marks = {name: f"{name}\0".encode("utf-16-le") for name in names}
    longest, found, before = max(map(len, marks.values())), set[str](), b""
    file.seek(0)
    while piece := file.read(PIECE):
        window = before + piece
        found |= {name for name, mark in marks.items() if mark in window}
        before = window[-longest:]
    return found
