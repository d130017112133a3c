"""Merkle trees with the hashing of RFC 6962 (section 2.1): leaf SHA-256(00 ‖ data), node SHA-256(01 ‖ left ‖ right).

A leaf's data is the SHA-256 of an event's value, 32 bytes: the very hash that the next event of the stream holds as
`prev`, so that chain and tree rest on one hash of the bytes on the bus. Leaf data stands one after the other in a
buffer of 32 bytes each.

`Range` is appended to and keeps only the roots of its perfect subtrees (at most 64 hashes); `Levels` keeps all nodes
and answers with proofs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH = 32
EMPTY = sha256(b"").digest()
"""The root of the tree without leaves."""
_LEAF, _NODE = b"\x00", b"\x01"
_CHUNK = 65536 * HASH
"""Leaves are hashed in chunks of this many bytes, so that memory stays flat."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


def _leaf_hashes(data: bytes | bytearray | memoryview) -> list[bytes]:
    raw = bytes(data)
    if len(raw) % HASH:
        raise ValueError(f"{len(raw)} bytes are not a whole number of {HASH}-byte leaves")
    return [sha256(_LEAF + raw[i : i + HASH]).digest() for i in range(0, len(raw), HASH)]


def _parents(nodes: list[bytes]) -> list[bytes]:
    """The level above: a node for each pair; the last one without a partner is left to the caller."""
    pairs = iter(nodes)
    return [sha256(_NODE + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]


class Range:
    """The tree over the first `size` leaves as a compact range: roots of perfect subtrees, largest first."""

    def __init__(self, size: int = 0, subtrees: Sequence[bytes] = ()) -> None:
        """Go on from a known range; ValueError when the number of subtrees does not fit the size."""
        if len(subtrees) != size.bit_count() or any(len(root) != HASH for root in subtrees):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(subtrees)}")
        heights = [h for h in reversed(range(size.bit_length())) if size >> h & 1]
        self.size = size
        self._by_height = dict(zip(heights, subtrees, strict=True))

    @property
    def subtrees(self) -> tuple[bytes, ...]:
        return tuple(self._by_height[h] for h in sorted(self._by_height, reverse=True))

    def append(self, data: bytes | bytearray | memoryview) -> None:
        """Append leaves, 32 bytes of data each: about two hashes a leaf, level by level."""
        view = memoryview(data)
        for start in range(0, len(view), _CHUNK):
            self._append(_leaf_hashes(view[start : start + _CHUNK]))

    def _append(self, nodes: list[bytes]) -> None:
        start, height = self.size, 0
        self.size += len(nodes)
        while nodes:
            if start >> height & 1:
                nodes = [self._by_height.pop(height), *nodes]
            if len(nodes) & 1:
                self._by_height[height] = nodes[-1]
            nodes = _parents(nodes)
            height += 1

    def root(self) -> bytes:
        """The root over all leaves so far; EMPTY when there is none."""
        roots = list(self.subtrees)
        if not roots:
            return EMPTY
        root = roots.pop()
        while roots:
            root = node_hash(roots.pop(), root)
        return root


def root_of(data: bytes | bytearray | memoryview) -> bytes:
    """The root over leaves of 32 bytes each."""
    tree = Range()
    tree.append(data)
    return tree.root()


@dataclass(frozen=True)
class Levels:
    """All nodes of a tree: `levels[h][i]` is the root over the leaves from i·2^h to (i+1)·2^h, or to the end."""

    levels: tuple[list[bytes], ...]

    @classmethod
    def of(cls, data: bytes | bytearray | memoryview) -> Levels:
        """Build the tree over leaves of 32 bytes each; 64 bytes of memory a leaf."""
        levels = [_leaf_hashes(data)]
        while len(levels[-1]) > 1:
            below = levels[-1]
            levels.append(_parents(below) + (below[-1:] if len(below) & 1 else []))
        return cls(tuple(levels))

    @property
    def size(self) -> int:
        return len(self.levels[0])

    def root(self) -> bytes:
        return self.levels[-1][0] if self.size else EMPTY

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The audit path of a leaf, from the bottom (RFC 6962, section 2.1.1); IndexError when there is none."""
        if not 0 <= index < self.size:
            raise IndexError(f"the tree has {self.size} leaves, no leaf {index}")
        path = []
        for level in self.levels[:-1]:
            if index ^ 1 < len(level):
                path.append(level[index ^ 1])
            index >>= 1
        return path

    def consistency_proof(self, old_size: int) -> list[bytes]:
        """The proof that this tree appends to its first `old_size` leaves (RFC 6962, section 2.1.2)."""
        if not 0 < old_size <= self.size:
            raise IndexError(f"the tree has {self.size} leaves, there is no earlier tree of {old_size}")
        if old_size == self.size:
            return []
        height = (old_size & -old_size).bit_length() - 1
        node = (old_size >> height) - 1
        path = [] if old_size == 1 << height else [self.levels[height][node]]
        for level in self.levels[height:-1]:
            if node ^ 1 < len(level):
                path.append(level[node ^ 1])
            node >>= 1
        return path


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf (its data) stands at `index` of the tree with this root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf_hash(leaf)
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old_size: int, size: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether the tree of `size` leaves begins with that of `old_size` (RFC 9162, section 2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not path and old_root == root
    steps = list(path)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == root
