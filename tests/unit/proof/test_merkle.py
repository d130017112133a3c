"""Trees as RFC 6962 has them: against its recursive definition, and proofs that fail when anything is changed."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenx.proof.merkle import EMPTY, HASH, Levels, Range, root_of, verify_consistency, verify_inclusion


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH as section 2.1 of RFC 6962 writes it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


def leaves_of(count: int) -> list[bytes]:
    return [sha256(str(n).encode()).digest() for n in range(count)]


sizes = st.integers(1, 70)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Range().root() == root_of(b"") == Levels.of(b"").root() == EMPTY


@given(st.lists(st.integers(0, 20), max_size=8))
def test_appending_in_any_portions_gives_the_defined_root(portions: list[int]) -> None:
    leaves = leaves_of(sum(portions))
    tree, at = Range(), 0
    for portion in portions:
        tree.append(b"".join(leaves[at : at + portion]))
        at += portion
        tree = Range(tree.size, tree.subtrees)  # as the next seal does
    assert tree.size == len(leaves)
    assert tree.root() == Levels.of(b"".join(leaves)).root() == defined_root(leaves)


def test_a_tree_larger_than_one_chunk_has_the_defined_root() -> None:
    leaves = leaves_of(70_001)
    assert root_of(b"".join(leaves)) == defined_root(leaves)


@given(sizes, st.data())
def test_an_inclusion_proof_holds_for_its_leaf_and_for_no_other(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    tree = Levels.of(b"".join(leaves))
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(index)
    assert verify_inclusion(leaves[index], index, size, path, tree.root())
    other = data.draw(st.integers(0, size + 3).filter(lambda n: n != index))
    assert not verify_inclusion(leaves[index], other, size, path, tree.root())
    assert not verify_inclusion(sha256(b"forged").digest(), index, size, path, tree.root())
    assert not verify_inclusion(leaves[index], index, size, [*path, EMPTY], tree.root())
    for at in range(len(path)):
        assert not verify_inclusion(leaves[index], index, size, path[:at] + path[at + 1 :], tree.root())


@given(sizes, st.data())
def test_a_consistency_proof_holds_between_two_sizes_and_for_no_forged_root(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    old_size = data.draw(st.integers(1, size))
    old_root, tree = root_of(b"".join(leaves[:old_size])), Levels.of(b"".join(leaves))
    path = tree.consistency_proof(old_size)
    assert verify_consistency(old_size, size, path, old_root, tree.root())
    assert not verify_consistency(old_size, size, path, EMPTY, tree.root())
    assert not verify_consistency(old_size, size, path, old_root, EMPTY)
    assert not verify_consistency(old_size, size, [*path, EMPTY], old_root, tree.root())


def test_sizes_and_indices_outside_the_tree_are_refused() -> None:
    tree = Levels.of(b"".join(leaves_of(3)))
    with pytest.raises(IndexError):
        tree.inclusion_proof(3)
    with pytest.raises(IndexError):
        tree.consistency_proof(4)
    with pytest.raises(ValueError, match="not a whole number"):
        root_of(bytes(HASH + 1))
    with pytest.raises(ValueError, match="perfect subtrees"):
        Range(3, [EMPTY])
