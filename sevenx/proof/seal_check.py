"""Seals against the log: signatures, links, roots, and every sealed event at its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sevenx.kernel.topics import events_topic, partition_of
from sevenx.proof.findings import Problem
from sevenx.proof.merkle import HASH, Range
from sevenx.proof.seal_files import LEAVES, MANIFEST, SealFolder, Span, seal_folders
from sevenx.proof.seal_statement import (
    FIELDS,
    NO_PREVIOUS,
    SealRefused,
    key_id,
    read_statement,
    signature_holds,
    statement_of,
)
from sevenx.proof.streams import Stream

Streams = Mapping[str, Mapping[str, Stream]]
"""Streams by area and id."""
_NOTHING = bytes(HASH)


@dataclass
class SealCheck:
    """What came of checking the seals."""

    problems: list[Problem] = field(default_factory=list)
    seals: list[dict[str, Any]] = field(default_factory=list)
    """number, period, leaves, tree_size, holds."""
    sealed: dict[tuple[str, str], int] = field(default_factory=dict)
    """The last sealed version by area and stream."""


def check_seals(
    folder: Path,
    key: Ed25519PublicKey,
    district: str,
    streams: Streams,
    announced: Sequence[Mapping[str, Any]],
    discarded: Collection[bytes] = (),
) -> SealCheck:
    """Check each seal of a folder against the log's streams and the LogSealed events (`announced`, their fields)."""
    done = SealCheck()
    tree, previous = Range(), NO_PREVIOUS
    for expected, seal in enumerate(seal_folders(folder), 1):
        before = len(done.problems)
        if seal.number != expected:
            done.problems.append(_of(expected, "its files are missing"))
        try:
            said = read_statement(seal.statement)
            done.problems += _statement_problems(seal, said, key, district, previous)
            spans = list(seal.spans())
            done.problems += _span_problems(seal, said, spans, done.sealed)
            tree = _check_leaves(seal, said, spans, tree, streams, district, discarded, done)
            previous = sha256(seal.statement).hexdigest()
            summary = {name: said[name] for name in ("kind", "period", "leaves", "tree_size", "root")}
        except SealRefused as error:
            done.problems.append(_of(seal.number, str(error)))
            summary = {}
        done.seals.append({"number": seal.number, **summary, "holds": len(done.problems) == before})
    done.problems += check_announcements(folder, district, announced)
    return done


def _of(number: int, what: str) -> Problem:
    return Problem("seal", f"seal {number}: {what}")


def _statement_problems(
    seal: SealFolder, said: Mapping[str, Any], key: Ed25519PublicKey, district: str, previous: str
) -> Iterator[Problem]:
    if not signature_holds(key, seal.statement, seal.signature):
        yield _of(seal.number, "the signature does not hold for the statement under this key")
    if said["key_id"] != key_id(key):
        yield _of(seal.number, f"it was signed with the key {said['key_id'][:16]}…, not {key_id(key)[:16]}…")
    if said["district"] != district:
        yield _of(seal.number, f"it is of district {said['district']}, the log of {district}")
    if said["number"] != seal.number:
        yield _of(seal.number, f"its statement has the number {said['number']}")
    if said["previous_seal"] != previous:
        yield _of(seal.number, "it does not refer to the statement of the seal before it")


def _span_problems(
    seal: SealFolder, said: Mapping[str, Any], spans: Sequence[Span], sealed: dict[tuple[str, str], int]
) -> Iterator[Problem]:
    """The manifest is the one that was signed, in order, and continues the earlier ones; `sealed` is brought up."""
    if sha256(seal.read(MANIFEST)).hexdigest() != said["manifest_hash"]:
        yield _of(seal.number, f"{MANIFEST} is not the one that was signed")
    if spans != sorted(spans, key=lambda s: (s.area, s.stream)) or sum(s.leaves for s in spans) != said["leaves"]:
        yield _of(seal.number, f"{MANIFEST} does not fit the number and order of the leaves")
    for span in spans:
        if span.first != sealed.get((span.area, span.stream), 0) + 1 or span.last < span.first:
            yield _of(seal.number, f"{span.area}/{span.stream} does not go on where the seal before it ended")
        sealed[span.area, span.stream] = span.last


def _check_leaves(
    seal: SealFolder,
    said: Mapping[str, Any],
    spans: Sequence[Span],
    tree: Range,
    streams: Streams,
    district: str,
    discarded: Collection[bytes],
    done: SealCheck,
) -> Range:
    """The tree with this seal's leaves, by the log where the file is damaged.

    Where file and log agree, the root over the file's leaves is the root over the log's.
    """
    filed = seal.read(LEAVES)
    by_file = _appended(tree, filed) if len(filed) == said["leaves"] * HASH else None
    if by_file is not None and _fits(by_file, said):
        done.problems += _compare(spans, filed, streams, district)
        done.problems += _discarded(spans, filed, discarded, district)
        return by_file
    done.problems.append(_of(seal.number, f"{LEAVES} does not give the signed root"))
    by_log = _appended(tree, b"".join(_log_leaves(span, streams).ljust(span.leaves * HASH, b"\0") for span in spans))
    if not _fits(by_log, said):
        done.problems.append(_of(seal.number, "the log's events do not give the signed root either"))
    return by_log


def _appended(tree: Range, leaves: bytes) -> Range:
    longer = Range(tree.size, tree.subtrees)
    longer.append(leaves)
    return longer


def _fits(tree: Range, said: Mapping[str, Any]) -> bool:
    subtrees = [root.hex() for root in tree.subtrees]
    return (tree.size, tree.root().hex(), subtrees) == (said["tree_size"], said["root"], list(said["subtrees"]))


def _log_leaves(span: Span, streams: Streams) -> bytes:
    stream = streams.get(span.area, {}).get(span.stream)
    return b"" if stream is None else bytes(stream.leaves[(span.first - 1) * HASH : span.last * HASH])


def _compare(spans: Sequence[Span], filed: bytes, streams: Streams, district: str) -> Iterator[Problem]:
    """Name each sealed event that the log lacks or has with other bytes."""
    at = 0
    for span in spans:
        sealed, found = filed[at : at + span.leaves * HASH], _log_leaves(span, streams)
        at += span.leaves * HASH
        if sealed == found:
            continue
        for n in range(span.leaves):
            wanted, given = sealed[n * HASH : (n + 1) * HASH], found[n * HASH : (n + 1) * HASH]
            if given in (b"", _NOTHING):
                yield _event("sealed-missing", "a sealed event is not in the log", district, span, n, wanted)
            elif given != wanted:
                what = f"a sealed event was changed: sealed {wanted.hex()[:16]}…, found {given.hex()[:16]}…"
                yield _event("sealed-changed", what, district, span, n, given)


def _discarded(spans: Sequence[Span], filed: bytes, discarded: Collection[bytes], district: str) -> Iterator[Problem]:
    if not discarded:
        return
    at = 0
    for span in spans:
        for n in range(span.leaves):
            if filed[at : at + HASH] in discarded:
                what = "a sealed event was discarded by RecordDiscarded"
                yield _event("sealed-discarded", what, district, span, n, filed[at : at + HASH])
            at += HASH


def _event(kind: str, what: str, district: str, span: Span, n: int, digest: bytes) -> Problem:
    """A problem of a sealed event; its offset is looked up later, by its hash."""
    topic, partition = events_topic(district, span.area), partition_of(span.stream)
    return Problem(kind, what, topic, partition, None, span.stream, span.first + n, digest)


def check_announcements(folder: Path, district: str, announced: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Each seal in the folder is on the bus as it is, and the other way round."""
    filed = {seal.number: seal for seal in seal_folders(folder)}
    for event in announced:
        seal = filed.pop(event["number"], None)
        if seal is None:
            yield _of(event["number"], "LogSealed is on the bus, but its files are missing")
            continue
        said = {name: event[name] for name in FIELDS}
        try:
            if statement_of(district, said) != seal.statement or event["signature"] != seal.signature:
                yield _of(event["number"], "LogSealed on the bus and the signed statement in the folder differ")
        except SealRefused as error:
            yield _of(event["number"], str(error))
    for number in filed:
        yield _of(number, "its files are there, but LogSealed is not on the bus")
