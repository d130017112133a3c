"""Seals in their folder: whole or not there, each going on where the last one ended, and every change of them named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sevenx.proof.dump import DumpSource
from sevenx.proof.merkle import root_of
from sevenx.proof.seal_files import SealWriter, seal_folders
from sevenx.proof.seal_statement import SealKey, SealRefused, read_public_key
from sevenx.proof.verify import Report, verify_log
from tests.unit.proof import a_log

NOW = datetime(2026, 7, 26, tzinfo=UTC)


def digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    return a_log.build(tmp_path_factory.mktemp("key") / "seals", events=4)[1]


def make(folder: Path, key: SealKey, *leaves: tuple[str, str, int]) -> dict[str, object]:
    with SealWriter(folder, key, "410804") as writer:
        for area, stream, version in leaves:
            writer.add(area, stream, version, digest(f"{area}{stream}{version}"))
        return writer.finish("month", "2026-07", NOW, NOW)


def test_a_seal_holds_what_earlier_ones_do_not_and_its_root_covers_all(tmp_path: Path, key: SealKey) -> None:
    first = make(tmp_path, key, ("a", "x", 1), ("a", "x", 2), ("b", "y", 1))
    second = make(tmp_path, key, ("a", "x", 1), ("a", "x", 2), ("a", "x", 3), ("a", "z", 1), ("b", "y", 1))
    assert (first["leaves"], second["leaves"], second["tree_size"]) == (3, 2, 5)
    assert second["previous_seal"] == first["statement_hash"]
    order = ["ax1", "ax2", "by1", "ax3", "az1"]
    assert second["root"] == root_of(b"".join(map(digest, order))).hex()
    assert (tmp_path / "000002" / "manifest.tsv").read_text() == "a\tx\t3\t3\na\tz\t1\t1\n"


@pytest.mark.parametrize(
    ("leaves", "why"),
    [
        ([("a", "x", 2)], "version 1 is missing"),
        ([("a", "x", 1), ("a", "x", 3)], "audit has not read all"),
        ([("b", "x", 1), ("a", "x", 1)], "out of order"),
        ([], "nothing has happened"),
    ],
)
def test_a_seal_with_a_gap_or_without_events_is_refused_and_leaves_nothing(
    tmp_path: Path, key: SealKey, leaves: list[tuple[str, str, int]], why: str
) -> None:
    with pytest.raises(SealRefused, match=why):
        make(tmp_path, key, *leaves)
    assert list(tmp_path.iterdir()) == []


def test_a_lost_seal_stops_sealing(tmp_path: Path, key: SealKey) -> None:
    make(tmp_path, key, ("a", "x", 1))
    make(tmp_path, key, ("a", "x", 2))
    shutil.rmtree(tmp_path / "000001")
    with pytest.raises(SealRefused, match="lacks seal 1"):
        make(tmp_path, key, ("a", "x", 3))


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(SealRefused, match="cannot be read"):
        SealKey("not a key")


def flip(name: str) -> Callable[[Path], None]:
    def change(seals: Path) -> None:
        path = seals / "000001" / name
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)

    return change


def other_key(seals: Path) -> None:
    raw = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (seals / "seal.pub").write_bytes(raw)


@pytest.mark.parametrize(
    "change",
    [flip("leaves.bin"), flip("manifest.tsv"), flip("seal.json"), flip("seal.sig"), other_key,
     lambda seals: shutil.rmtree(seals / "000002"), lambda seals: shutil.rmtree(seals / "000001"),
     lambda seals: (seals / "000001" / "seal.sig").unlink()],
    ids=["leaves", "manifest", "statement", "signature", "key", "last dropped", "first dropped", "file dropped"],
)  # fmt: skip
def test_whatever_is_changed_in_the_folder_of_seals_is_named(tmp_path: Path, change: Callable[[Path], None]) -> None:
    log, _, _ = a_log.build(tmp_path / "seals", events=20)
    dump = a_log.write(log, tmp_path / "dump")

    def verify() -> Report:
        return verify_log(DumpSource(dump), tmp_path / "seals", read_public_key(tmp_path / "seals" / "seal.pub"))

    assert verify().problems == []
    change(tmp_path / "seals")
    assert {problem.kind for problem in verify().problems} >= {"seal"}
    assert len(seal_folders(tmp_path / "seals")) >= 1
