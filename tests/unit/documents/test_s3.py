"""A document in an S3-compatible store, over HTTP to a server that checks each signature."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sevenx.documents.s3 import S3Store
from sevenx.documents.signature import Credentials
from sevenx.documents.store import DocumentDamaged, DocumentMissing, StoreAway, StoreFull
from tests.unit.documents.s3_server import KEY, Server, s3_server

BUCKET, PREFIX = "sevenx-documents", "410804 模拟"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with s3_server() as running:
        yield running


@pytest.fixture
def store(server: Server) -> Iterator[S3Store]:
    server.objects.clear()
    with httpx.Client() as client:
        yield S3Store(server.url, BUCKET, KEY, PREFIX, client=client)
    assert server.failing == []


def stored(store: S3Store, data: bytes) -> str:
    with store.receive() as incoming:
        incoming.write(data)
        incoming.keep()
    return incoming.sha256


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=5000))
def test_what_was_stored_is_read_and_lies_under_its_hash(store: S3Store, server: Server, data: bytes) -> None:
    digest = stored(store, data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert server.objects[f"{PREFIX}/{digest[:2]}/{digest[2:4]}/{digest}"] == data
    with store.read(digest) as file:
        assert file.read() == data
    assert store.size(digest) == len(data)


def test_all_names_are_listed_page_by_page(store: S3Store) -> None:
    digests = sorted(stored(store, bytes([n])) for n in range(5))
    assert list(store.stored()) == digests


def test_what_is_not_there_is_missing(store: S3Store) -> None:
    assert store.size("0" * 64) is None
    with pytest.raises(DocumentMissing):
        store.read("0" * 64)


def test_a_changed_byte_is_found(store: S3Store, server: Server) -> None:
    digest = stored(store, b"agreement (fictional)")
    (key,) = server.objects
    server.objects[key] = b"agreement (fictiona1)"
    with pytest.raises(DocumentDamaged):
        store.read(digest)


def test_a_wrong_secret_is_refused_with_its_reason(server: Server) -> None:
    server.objects.clear()
    with httpx.Client() as client:
        store = S3Store(server.url, BUCKET, Credentials(KEY.access_key, "another"), client=client)
        with pytest.raises(StoreAway, match="403 SignatureDoesNotMatch"):
            stored(store, b"x")
        with pytest.raises(StoreAway, match="403"):
            store.size("0" * 64)
        with pytest.raises(StoreAway, match="403 SignatureDoesNotMatch"):
            store.read("0" * 64)
    assert server.objects == {}


def test_a_store_that_is_away_for_a_moment_is_asked_again(store: S3Store, server: Server) -> None:
    server.failing = [(503, "SlowDown"), (500, "InternalError")]
    assert stored(store, b"x") in "".join(server.objects)


def test_a_full_store_is_said_so(store: S3Store, server: Server) -> None:
    server.failing = [(507, "XMinioStorageFull")] * 3
    with pytest.raises(StoreFull):
        stored(store, b"x")


def test_a_store_that_does_not_answer_is_away() -> None:
    with httpx.Client() as client, pytest.raises(StoreAway, match="does not answer"):
        S3Store("http://127.0.0.1:9", BUCKET, KEY, client=client).size("0" * 64)
