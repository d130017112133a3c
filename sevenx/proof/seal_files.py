"""Seals as files, outside the stores: a folder for each, never half.

seal.pub                 the public key that verifies them (PEM)
000001/leaves.bin        the leaves' data: 32 bytes each, ordered by area, stream, version
       manifest.tsv      for each area and stream: area, stream, first and last version of this seal
       seal.json         the signed statement, with the root over the leaves of all seals so far
       seal.sig          its Ed25519 signature, hex
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sevenx.proof.merkle import HASH, Range
from sevenx.proof.seal_statement import NO_PREVIOUS, SealKey, SealRefused, read_statement, statement_of

LEAVES, MANIFEST, STATEMENT, SIGNATURE, PUBLIC_KEY = "leaves.bin", "manifest.tsv", "seal.json", "seal.sig", "seal.pub"
_BUFFER = 8192 * HASH


@dataclass(frozen=True, slots=True)
class Span:
    """The versions of one stream that a seal holds."""

    area: str
    stream: str
    first: int
    last: int

    @property
    def leaves(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class SealFolder:
    """One seal's folder; reading raises SealRefused that names the file."""

    path: Path

    @property
    def number(self) -> int:
        return int(self.path.name)

    def read(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise SealRefused(f"{self.path / name} cannot be read: {error.strerror}") from error

    @property
    def statement(self) -> bytes:
        return self.read(STATEMENT)

    @property
    def signature(self) -> str:
        return self.read(SIGNATURE).decode("ascii", "replace").strip()

    def spans(self) -> Iterator[Span]:
        """The manifest's lines in their order."""
        for line in self.read(MANIFEST).decode("utf-8", "replace").splitlines():
            try:
                area, stream, first, last = line.split("\t")
                yield Span(area, stream, int(first), int(last))
            except ValueError as error:
                raise SealRefused(f"{self.path / MANIFEST} has a line that is not an entry: {line!r}") from error

    def fields(self) -> dict[str, Any]:
        """The fields of LogSealed, out of statement and signature."""
        said = read_statement(self.statement)
        del said["format"], said["district"]
        said["subtrees"] = tuple(said["subtrees"])
        return said | {"statement_hash": sha256(self.statement).hexdigest(), "signature": self.signature}


def seal_folders(folder: Path) -> list[SealFolder]:
    """The seals in a folder, by number; empty when there is none."""
    if not folder.is_dir():
        return []
    found = (p for p in folder.iterdir() if p.is_dir() and p.name.isdigit() and len(p.name) == 6)
    return [SealFolder(path) for path in sorted(found, key=lambda p: int(p.name))]


def sealed_versions(folder: Path) -> dict[tuple[str, str], int]:
    """The last sealed version by area and stream."""
    return {(span.area, span.stream): span.last for seal in seal_folders(folder) for span in seal.spans()}


class SealWriter:
    """Makes one seal: leaves are added in their order, then it is signed and put in place whole.

        with SealWriter(folder, key, district) as writer:
            for leaf in leaves: writer.add(area, stream, version, hash)
            fields = writer.finish("month", "2026-07", as_of, sealed_at)

    What earlier seals hold is left out. Memory: the last version of each stream that was ever sealed.
    """

    def __init__(self, folder: Path, key: SealKey, district: str) -> None:
        """SealRefused when the earlier seals are not complete."""
        self._folder, self._key, self._district = folder, key, district
        earlier = seal_folders(folder)
        for expected, seal in enumerate(earlier, 1):
            if seal.number != expected:
                raise SealRefused(f"{folder} lacks seal {expected}: put it back from your copy before sealing again")
        self._sealed = sealed_versions(folder)
        self.number = len(earlier) + 1
        self._previous = earlier[-1].fields() if earlier else None
        self._tree = Range()
        if self._previous is not None:
            subtrees = [bytes.fromhex(root) for root in self._previous["subtrees"]]
            self._tree = Range(self._previous["tree_size"], subtrees)
        self._span: Span | None = None
        self._manifest: list[str] = []
        self._buffer = bytearray()
        self.leaves = 0

    @property
    def sealed(self) -> Mapping[tuple[str, str], int]:
        """The last sealed version by area and stream: whoever knows it need not offer what lies before."""
        return self._sealed

    def __enter__(self) -> SealWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._temporary = Path(tempfile.mkdtemp(prefix=".seal-", dir=self._folder))
        self._file = (self._temporary / LEAVES).open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def add(self, area: str, stream: str, version: int, digest: bytes) -> None:
        """Add an event; (area, stream, version) must ascend and a stream's versions have no gap, else SealRefused."""
        sealed = self._sealed.get((area, stream), 0)
        if version <= sealed:
            return
        span = self._span
        if span is not None and (span.area, span.stream) == (area, stream):
            if version != span.last + 1:
                raise SealRefused(f"{area}/{stream}: after version {span.last} comes {version}; audit has not read all")
            self._span = Span(area, stream, span.first, version)
        else:
            if span is not None and (area, stream) < (span.area, span.stream):
                raise SealRefused(f"leaves are out of order at {area}/{stream}")
            if version != sealed + 1:
                raise SealRefused(f"{area}/{stream}: version {sealed + 1} is missing; audit has not read all")
            self._end_span()
            self._span = Span(area, stream, version, version)
        self._buffer += digest
        self.leaves += 1
        if len(self._buffer) >= _BUFFER:
            self._flush()

    def _end_span(self) -> None:
        if self._span is not None:
            one = self._span
            self._manifest.append(f"{one.area}\t{one.stream}\t{one.first}\t{one.last}\n")

    def _flush(self) -> None:
        self._tree.append(self._buffer)
        self._file.write(self._buffer)
        self._buffer.clear()

    def finish(self, kind: str, period: str, as_of: datetime, sealed_at: datetime) -> dict[str, Any]:
        """Sign and put the seal in place; the fields of its LogSealed. SealRefused when there is nothing to seal."""
        self._end_span()
        self._flush()
        if not self.leaves:
            raise SealRefused("nothing has happened since the last seal")
        manifest = "".join(self._manifest).encode()
        seal: dict[str, Any] = {
            "number": self.number,
            "kind": kind,
            "period": period,
            "as_of": as_of,
            "sealed_at": sealed_at,
            "leaves": self.leaves,
            "tree_size": self._tree.size,
            "root": self._tree.root().hex(),
            "subtrees": tuple(root.hex() for root in self._tree.subtrees),
            "manifest_hash": sha256(manifest).hexdigest(),
            "previous_seal": self._previous["statement_hash"] if self._previous else NO_PREVIOUS,
            "key_id": self._key.id,
        }
        statement = statement_of(self._district, seal)
        self._put({MANIFEST: manifest, STATEMENT: statement, SIGNATURE: (self._key.sign(statement) + "\n").encode()})
        return SealFolder(self._folder / f"{self.number:06d}").fields()

    def _put(self, files: Mapping[str, bytes]) -> None:
        """All files to the disk, then one rename: a crash leaves the whole seal or none."""
        self._file.flush()
        os.fsync(self._file.fileno())
        for name, content in files.items():
            with (self._temporary / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        os.chmod(self._temporary, 0o755)  # noqa: S103 auditors read it under their own account
        _sync_folder(self._temporary)
        final = self._folder / f"{self.number:06d}"
        try:
            os.rename(self._temporary, final)
        except OSError as error:
            raise SealRefused(f"{final} cannot be put in place: {error.strerror}") from error
        _sync_folder(self._folder)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
