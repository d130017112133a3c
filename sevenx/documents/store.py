"""What a store of documents does, whatever it stands on, and what may go wrong."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, BinaryIO, Protocol, Self

from prometheus_client import Counter

from sevenx.kernel.errors import SevenXError

DOCUMENTS_DAMAGED = Counter("sevenx_documents_damaged_total", "Reads that found a stored document damaged")

log = logging.getLogger(__name__)
PIECE = 1 << 20
"""Bytes that are read or written at once; a file up to this size is checked in memory."""


class DocumentMissing(SevenXError):
    """There are no bytes of this SHA-256 in the store."""


class DocumentDamaged(SevenXError):
    """The bytes that the store holds under this SHA-256 are not those that were stored."""


class StoreFull(SevenXError):
    """No room is left (ENOSPC, or the quota is used up); nothing was stored."""


class StoreAway(SevenXError):
    """The store does not answer, or refuses us; what was asked for may be asked again."""


class Incoming(Protocol):
    """A document that arrives. Leaving its block without `keep` leaves nothing in the store."""

    @property
    def sha256(self) -> str:
        """Of the bytes so far, 64 lower-case hex digits."""

    @property
    def size(self) -> int:
        """Bytes so far."""

    def write(self, data: bytes) -> None:
        """Add bytes; StoreFull where there is no room."""

    def content(self) -> BinaryIO:
        """What has arrived so far, from its start, to be looked into before it is kept."""

    def keep(self) -> None:
        """Store it under its SHA-256; when this returns it outlives a power cut. Bytes that are there already stay the
        same document, and damaged ones are replaced. StoreFull, StoreAway."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class DocumentStore(Protocol):
    """Bytes by their SHA-256."""

    def receive(self) -> Incoming:
        """A place for a document that arrives."""

    def read(self, sha256: str) -> IO[bytes]:
        """The bytes, from their start: a file that was checked as a whole and that is the reader's own.
        DocumentMissing, DocumentDamaged, StoreAway."""

    def size(self, sha256: str) -> int | None:
        """Bytes under this SHA-256, unchecked; None when there are none."""

    def stored(self) -> Iterator[str]:
        """The SHA-256 of all documents, in order."""


def checked(sha256: str, pieces: Iterator[bytes]) -> IO[bytes]:
    """The pieces as a file of the reader's own, once all of them are there and hash to `sha256`; DocumentDamaged, which
    is also counted and logged, when they do not. What is handed out is what was checked, not read a second time."""
    digest = hashlib.sha256()
    file: IO[bytes] = SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115
    try:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
        if digest.hexdigest() != sha256:
            raise damaged(sha256, f"its {file.tell()} bytes hash to {digest.hexdigest()}")
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def damaged(sha256: str, why: str) -> DocumentDamaged:
    """The error for damaged bytes, counted and logged."""
    DOCUMENTS_DAMAGED.inc()
    log.error("document damaged", extra={"sha256": sha256, "why": why})
    return DocumentDamaged(f"document {sha256} is damaged: {why}; bring it back from the backup")


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file's bytes from where it stands."""
    while piece := file.read(PIECE):
        yield piece
