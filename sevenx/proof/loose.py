"""Records that do not link to the head of their stream: forks, events before their predecessors, gaps, changed events.

A record whose predecessor has not come is held. If the predecessor comes, the record was moved; if it does not, an
event is missing or was changed, and the stream goes on after it, so that one wrong event is named once. Two records
that link to one event are a fork: the branch that others continue becomes the stream, and both are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sevenx.kernel.envelope import PREV
from sevenx.proof.findings import Problem
from sevenx.proof.source import Record
from sevenx.proof.streams import HASH, Held, Stream

Accept = Callable[[Stream, Record, bytes, bytes], Iterable[Problem]]
"""Appends (stream, record, value, digest) and tells what is wrong with the content."""
MOST_HELD = 64
"""Records that a stream may hold before it is resolved: memory stays bounded whatever stands in a log."""
_WIDEST_GAP = 1_000_000
"""A version further ahead than this is not believed."""


def place(
    stream: Stream, record: Record, value: bytes, digest: bytes, version: int, accept: Accept
) -> Iterator[Problem]:
    """Put a record in its place in the stream, or hold it."""
    prev = value[PREV]
    if prev == stream.tip:
        yield from accept(stream, record, value, digest)
        yield from _drain(stream, accept)
        stream.settle()
        return
    parent = stream.find(prev)
    side = stream.held.get(prev)
    held = Held(digest, prev, version, record, value, parent is not None or (side is not None and side.fork))
    stream.held[digest] = held
    if parent is not None:
        yield from _forked(stream, parent + 1, held)
    if held.fork:
        yield from _follow_the_longer(stream, held, accept)
    if len(stream.held) >= MOST_HELD:
        yield from resolve(stream, accept)
    stream.settle()


def _drain(stream: Stream, accept: Accept) -> Iterator[Problem]:
    """Append the held records that now follow."""
    while True:
        following = next((h for h in stream.held.values() if h.prev == stream.tip), None)
        if following is None:
            return
        del stream.held[following.digest]
        yield _problem("moved", "it stands before its predecessor", stream, following)
        yield from accept(stream, following.record, following.value, following.digest)


def _forked(stream: Stream, version: int, held: Held) -> Iterator[Problem]:
    """Name both records that claim one version; the first one's offset is looked up later, by its hash."""
    first = stream.hash_at(version)
    yield _problem("fork", f"another event than {first.hex()[:16]}… claims version {version}", stream, held, version)
    yield Problem(
        "fork",
        f"another event than {held.digest.hex()[:16]}… claims version {version}",
        held.record.topic(),
        held.record.partition(),
        None,
        stream.id,
        version,
        first,
    )


def _follow_the_longer(stream: Stream, tip: Held, accept: Accept) -> Iterator[Problem]:
    """When others continue the second branch beyond the first, it becomes the stream."""
    branch = [tip]
    while branch[0].prev in stream.held:
        branch.insert(0, stream.held[branch[0].prev])
    root = stream.find(branch[0].prev)
    if root is None or root + len(branch) <= stream.version:
        return
    del stream.leaves[root * HASH :]
    for held in branch:
        del stream.held[held.digest]
        yield from accept(stream, held.record, held.value, held.digest)
    yield from _drain(stream, accept)


def resolve(stream: Stream, accept: Accept) -> Iterator[Problem]:
    """Say why the held records do not link, and let the stream go on with them."""
    waiting = sorted((h for h in stream.held.values() if not h.fork), key=lambda h: h.version)
    roots = [held for held in waiting if held.prev not in stream.held]
    for root in roots:
        gap = root.version - stream.version - 1
        if gap < 0:
            what = f"it links to no known event and claims version {root.version}, which stands already"
            yield _problem("fork", what, stream, root)
            continue
        if gap > _WIDEST_GAP:
            yield _problem("content", f"it follows no event and claims version {root.version}", stream, root)
            continue
        if gap:
            last = f" to {root.version - 1}" if gap > 1 else ""
            what = f"version {stream.version + 1}{last} is missing before this record"
            yield _problem("missing", what, stream, root, stream.version + 1)
            stream.leaves += bytes(gap * HASH)
            stream.absent += gap
        else:
            what = f"its prev is not the hash of version {root.version - 1}: one of the two was changed"
            yield _problem("broken-link", what, stream, root)
        yield from _append_chain(stream, root, accept)
    stream.held = {}
    stream.settle()


def _append_chain(stream: Stream, root: Held, accept: Accept) -> Iterator[Problem]:
    held: Held | None = root
    while held is not None:
        del stream.held[held.digest]
        yield from accept(stream, held.record, held.value, held.digest)
        tip = held.digest
        held = next((h for h in stream.held.values() if h.prev == tip), None)


def _problem(kind: str, what: str, stream: Stream, held: Held, version: int | None = None) -> Problem:
    record = held.record
    return Problem(
        kind,
        what,
        record.topic(),
        record.partition(),
        record.offset(),
        stream.id,
        held.version if version is None else version,
        held.digest,
    )
