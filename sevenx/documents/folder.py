"""Documents in a folder: `aa/bb/<sha256>`, by the first digits of the hash.

A document is written to `incoming/` in the same file system, flushed to the disk, and only then moved to its name; the
folders on the way are flushed as well. So a name either leads to the whole document or is not there, whatever is killed
or full in between. What a killed writer leaves in `incoming/` is swept away after a day.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self
from uuid import uuid4

from sevenx.documents.store import (
    DocumentDamaged,
    DocumentMissing,
    Incoming,
    StoreAway,
    StoreFull,
    checked,
    damaged,
    pieces_of,
)
from sevenx.kernel.errors import SettingsError

log = logging.getLogger(__name__)
_NAME = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"[0-9a-f]{2}")
_LEFT_OVER = 24 * 3600
"""Seconds after which what lies in `incoming/` has no writer any more."""
_FULL = {errno.ENOSPC, errno.EDQUOT}


class FolderStore:
    """A store in a folder of its own, on a file system that renames atomically (any local one, and NFS)."""

    def __init__(self, root: Path) -> None:
        """Makes the folder where it is lacking; SettingsError when it cannot be written to."""
        self.root = root
        self._incoming = root / "incoming"
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"the documents' folder {root} cannot be made: {error.strerror}") from error
        self._sweep()

    def receive(self) -> Incoming:
        return _IncomingFile(self, self._incoming / uuid4().hex)

    def read(self, sha256: str) -> IO[bytes]:
        try:
            with self.path(sha256).open("rb") as file:
                return checked(sha256, pieces_of(file))
        except FileNotFoundError:
            raise DocumentMissing(f"document {sha256} is not in {self.root}") from None
        except OSError as error:
            if error.errno == errno.EIO:
                raise damaged(sha256, f"it cannot be read from {self.root}: {error.strerror}") from error
            raise away(self.root, error) from error

    def size(self, sha256: str) -> int | None:
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None
        except OSError as error:
            raise away(self.root, error) from error

    def stored(self) -> Iterator[str]:
        for first in _entries(self.root, _PART):
            for second in _entries(first, _PART):
                yield from (one.name for one in _entries(second, _NAME))

    def path(self, sha256: str) -> Path:
        """Where a document's bytes are; ValueError for what is no SHA-256."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256: 64 lower-case hex digits")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def place(self, source: Path, sha256: str) -> None:
        """Move a file that is on the disk to its name."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)

    def settle(self, sha256: str) -> None:
        """Make a name outlive a power cut, whoever made it and the folders above it."""
        folder = self.path(sha256).parent
        for one in (folder, folder.parent, self.root):
            _flush(one)

    def _sweep(self) -> None:
        for file in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > _LEFT_OVER:
                    file.unlink()
                    log.warning("swept an unfinished document", extra={"file": file.name})


class _IncomingFile:
    """A document that arrives in a file of its own."""

    def __init__(self, store: FolderStore, path: Path) -> None:
        self._store, self._path = store, path
        self._digest, self._size = hashlib.sha256(), 0
        self._file: BinaryIO | None = None

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def size(self) -> int:
        return self._size

    def __enter__(self) -> Self:
        try:
            self._file = open_new(self._path)
        except OSError as error:
            raise away(self._store.root, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        with suppress(FileNotFoundError):
            self._path.unlink()

    def write(self, data: bytes) -> None:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._open().write(rest) :]
        except OSError as error:
            raise away(self._store.root, error) from error
        self._digest.update(data)
        self._size += len(data)

    def content(self) -> BinaryIO:
        self._open().seek(0)
        return self._open()

    def keep(self) -> None:
        try:
            os.fsync(self._open().fileno())
            if not self._is_there():
                self._path.chmod(0o440)
                self._store.place(self._path, self.sha256)
            self._store.settle(self.sha256)
        except OSError as error:
            raise away(self._store.root, error) from error

    def _is_there(self) -> bool:
        try:
            self._store.read(self.sha256).close()
        except (DocumentMissing, DocumentDamaged):
            return False
        return True

    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("the document is written within its block")
        return self._file


def open_new(path: Path) -> BinaryIO:
    """A new file to write and read, unbuffered: a full disk is found where it is met."""
    return path.open("x+b", buffering=0)


def away(root: Path, error: OSError) -> StoreFull | StoreAway:
    """What an error of the file system means to a client."""
    if error.errno in _FULL:
        return StoreFull(f"no room is left in the documents' folder {root}")
    return StoreAway(f"the documents' folder {root} cannot be used: {error.strerror or error}")


def _entries(folder: Path, name: re.Pattern[str]) -> list[Path]:
    return sorted(one for one in folder.iterdir() if name.fullmatch(one.name))


def _flush(folder: Path) -> None:
    """Put a folder's names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
