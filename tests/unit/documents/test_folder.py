"""A document in a folder is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenx.documents import folder
from sevenx.documents.folder import FolderStore
from sevenx.documents.store import DOCUMENTS_DAMAGED, DocumentDamaged, DocumentMissing, StoreAway, StoreFull
from sevenx.kernel.errors import SettingsError

DATA = b"%PDF-1.7 agreement (fictional)" * 100


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stored(store: FolderStore, *pieces: bytes) -> str:
    with store.receive() as incoming:
        for piece in pieces:
            incoming.write(piece)
        incoming.keep()
    return incoming.sha256


def read(store: FolderStore, digest: str) -> bytes:
    with store.read(digest) as file:
        return file.read()


def incoming_of(store: FolderStore) -> list[Path]:
    return list((store.root / "incoming").iterdir())


@given(st.lists(st.binary(max_size=2000), max_size=6))
def test_what_was_stored_is_read_and_lies_under_its_hash(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    with tempfile.TemporaryDirectory() as root:
        store = FolderStore(Path(root))
        assert stored(store, *pieces) == sha(data) == stored(store, data)
        assert read(store, sha(data)) == data
        assert store.size(sha(data)) == len(data)
        assert list(store.stored()) == [sha(data)]
        assert incoming_of(store) == []


@given(st.binary(min_size=1, max_size=500), st.data())
def test_a_changed_byte_anywhere_is_found_before_any_is_handed_out(data: bytes, draw: st.DataObject) -> None:
    place, other = draw.draw(st.integers(0, len(data) - 1)), draw.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as root:
        store = FolderStore(Path(root))
        digest, before = stored(store, data), DOCUMENTS_DAMAGED._value.get()
        path = store.path(digest)
        path.chmod(0o640)
        path.write_bytes(data[:place] + bytes([data[place] ^ other]) + data[place + 1 :])
        with pytest.raises(DocumentDamaged, match="backup"):
            store.read(digest)
        assert DOCUMENTS_DAMAGED._value.get() == before + 1
        assert stored(store, data) == digest, "sent again, the good bytes replace the damaged ones"
        assert read(store, digest) == data


def test_what_is_not_kept_is_not_there(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    with store.receive() as incoming:
        incoming.write(DATA)
    assert list(store.stored()) == []
    assert incoming_of(store) == []
    with pytest.raises(DocumentMissing):
        store.read(sha(DATA))
    assert store.size(sha(DATA)) is None


KILLED = """
import os, signal, sys
from pathlib import Path
from sevenx.documents.folder import FolderStore
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with FolderStore(Path(sys.argv[1])).receive() as incoming:
    incoming.write(sys.stdin.buffer.read())
    incoming.keep()
"""


def test_a_writer_killed_between_writing_and_renaming_leaves_nothing_half_done(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], input=DATA, check=False)
    assert ended.returncode == -signal.SIGKILL
    store = FolderStore(tmp_path)
    assert list(store.stored()) == []
    (left,) = incoming_of(store)
    assert stored(store, DATA) == sha(DATA), "the next one stores it all the same"
    assert incoming_of(store) == [left], "it might still have a writer"
    long_ago = time.time() - 25 * 3600
    os.utime(left, (long_ago, long_ago))
    assert incoming_of(FolderStore(tmp_path)) == []
    assert read(store, sha(DATA)) == DATA


def test_a_full_disk_refuses_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderStore(tmp_path)
    made: list[Path] = []

    def on_a_full_disk(path: Path) -> BinaryIO:
        made.append(path)
        path.symlink_to("/dev/full")
        return path.open("r+b", buffering=0)

    with monkeypatch.context() as full:
        full.setattr(folder, "open_new", on_a_full_disk)
        with pytest.raises(StoreFull), store.receive() as incoming:
            incoming.write(DATA)
    assert len(made) == 1
    assert incoming_of(store) == []
    assert list(store.stored()) == []
    assert stored(store, DATA) == sha(DATA), "with room again it goes on"


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, StoreFull), (errno.EIO, StoreAway)])
def test_a_disk_that_fails_at_the_flush_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    store = FolderStore(tmp_path)
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(kind):
        stored(store, DATA)
    assert list(store.stored()) == []
    assert incoming_of(store) == []


def test_two_writers_of_the_same_bytes_at_once_store_one_document(tmp_path: Path) -> None:
    store, together, found = FolderStore(tmp_path), threading.Barrier(8), list[str]()

    def write() -> None:
        with store.receive() as incoming:
            incoming.write(DATA)
            together.wait(10)
            incoming.keep()
        found.append(incoming.sha256)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [sha(DATA)] * 8
    assert list(store.stored()) == [sha(DATA)]
    assert read(store, sha(DATA)) == DATA
    assert incoming_of(store) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        FolderStore(tmp_path).read(name)


def test_a_folder_that_cannot_be_made_is_an_error_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be made"):
        FolderStore(tmp_path / "file" / "documents")
