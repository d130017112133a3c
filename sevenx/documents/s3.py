"""Documents in an S3-compatible store (AWS S3, MinIO, Ceph, 华为云 OBS and others that speak it): PUT, GET, HEAD and
ListObjectsV2 with Signature Version 4, path-style addresses.

A document is collected in a temporary file and put as one object, with its SHA-256 signed: the store refuses bytes that
do not hash to it, and shows an object only when it is whole.
"""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, BinaryIO, Self, cast
from xml.etree import ElementTree

import httpx

from sevenx.documents.signature import EMPTY, Credentials, encoded_path, encoded_query
from sevenx.documents.store import DocumentMissing, Incoming, StoreAway, StoreFull, checked, pieces_of

_KEY = re.compile(r"(?:^|/)[0-9a-f]{2}/[0-9a-f]{2}/([0-9a-f]{64})$")
_NAME = re.compile(r"[0-9a-f]{64}")
_TRIES = 3
_LIST_LIMIT = 16 << 20
"""Bytes of the largest answer to a listing: a page has at most 1,000 names."""


def _now() -> datetime:
    return datetime.now(UTC)


class S3Store:
    """A store in a bucket, under a prefix. `endpoint` is scheme, host and port, such as `https://s3.example.gov.cn`."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        credentials: Credentials,
        prefix: str = "",
        now: Callable[[], datetime] = _now,
        client: httpx.Client | None = None,
    ) -> None:
        self._endpoint, self._bucket, self._prefix = endpoint.rstrip("/"), bucket, prefix.strip("/")
        self._credentials, self._now = credentials, now
        self._host = httpx.URL(self._endpoint).netloc.decode()
        self._client = client or httpx.Client(timeout=httpx.Timeout(30, connect=5), follow_redirects=False)

    def receive(self) -> Incoming:
        return _IncomingObject(self)

    def read(self, sha256: str) -> IO[bytes]:
        url, headers = self._request("GET", self.key(sha256))
        try:
            with self._client.stream("GET", url, headers=headers) as answer:
                if answer.status_code == 404:
                    raise DocumentMissing(f"document {sha256} is not in bucket {self._bucket}")
                if not answer.is_success:
                    answer.read()
                self._must(answer, "GET")
                return checked(sha256, answer.iter_bytes())
        except httpx.HTTPError as error:
            raise self._away(error) from error

    def size(self, sha256: str) -> int | None:
        answer = self._send("HEAD", self.key(sha256))
        if answer.status_code == 404:
            return None
        self._must(answer, "HEAD")
        return int(answer.headers["content-length"])

    def stored(self) -> Iterator[str]:
        token = ""
        while True:
            query = {"list-type": "2", "prefix": f"{self._prefix}/" if self._prefix else ""}
            if token:
                query["continuation-token"] = token
            answer = self._send("GET", "", query)
            self._must(answer, "ListObjectsV2")
            names, token = _page(answer.content)
            yield from names
            if not token:
                return

    def key(self, sha256: str) -> str:
        """The object's key; ValueError for what is no SHA-256."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256: 64 lower-case hex digits")
        return "/".join(filter(None, (self._prefix, sha256[:2], sha256[2:4], sha256)))

    def put(self, sha256: str, file: BinaryIO, size: int) -> None:
        """Put a file under its SHA-256, again as long as the store is only away for a moment."""
        for last in (*(False for _ in range(_TRIES - 1)), True):
            file.seek(0)
            own = {"content-length": str(size), "content-type": "application/octet-stream"}
            url, headers = self._request("PUT", self.key(sha256), payload=sha256, headers=own)
            try:
                answer = self._client.put(url, headers=headers, content=pieces_of(file))
            except httpx.HTTPError as error:
                if last:
                    raise self._away(error) from error
                continue
            if answer.status_code < 500 or last:
                self._must(answer, "PUT")
                return

    def _send(self, method: str, key: str, query: Mapping[str, str] | None = None) -> httpx.Response:
        for last in (*(False for _ in range(_TRIES - 1)), True):
            url, headers = self._request(method, key, query or {})
            try:
                answer = self._client.request(method, url, headers=headers)
            except httpx.HTTPError as error:
                if last:
                    raise self._away(error) from error
                continue
            if answer.status_code < 500 or last:
                break
        return answer

    def _request(
        self,
        method: str,
        key: str,
        query: Mapping[str, str] | None = None,
        payload: str = EMPTY,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[str, dict[str, str]]:
        path = f"/{self._bucket}/{key}" if key else f"/{self._bucket}"
        own = {"host": self._host, **(headers or {})}
        signed = self._credentials.signed(method, path, query or {}, own, payload, self._now())
        asked = encoded_query((query or {}).items())
        return f"{self._endpoint}{encoded_path(path)}{'?' if asked else ''}{asked}", signed

    def _must(self, answer: httpx.Response, what: str) -> None:
        if answer.is_success:
            return
        code = _code(answer.content)
        said = f"{what} on bucket {self._bucket} at {self._endpoint} gives {answer.status_code} {code}".rstrip()
        if answer.status_code == 507 or code in ("QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity"):
            raise StoreFull(said)
        raise StoreAway(said)

    def _away(self, error: Exception) -> StoreAway:
        return StoreAway(f"the documents' store at {self._endpoint} does not answer: {error!r}")


class _IncomingObject:
    """A document that arrives, in a temporary file that has no name."""

    def __init__(self, store: S3Store) -> None:
        self._store = store
        self._digest, self._size = hashlib.sha256(), 0
        self._file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def size(self) -> int:
        return self._size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreFull("no room is left for a document that arrives in the temporary folder") from error
            raise
        self._digest.update(data)
        self._size += len(data)

    def content(self) -> BinaryIO:
        self._file.seek(0)
        return self._file

    def keep(self) -> None:
        self._store.put(self.sha256, self._file, self._size)


def _page(body: bytes) -> tuple[list[str], str]:
    """The documents on a page of a listing, and where the next one begins (empty on the last)."""
    root = _xml(body)
    keys = [one.text or "" for one in root.iterfind("{*}Contents/{*}Key")]
    more = root.findtext("{*}IsTruncated") == "true"
    return [found[1] for key in keys if (found := _KEY.search(key))], (
        root.findtext("{*}NextContinuationToken") or "" if more else ""
    )


def _xml(body: bytes) -> ElementTree.Element:
    """An answer of the store; StoreAway where it is none. Entities, which S3 never sends, are refused unread."""
    if len(body) > _LIST_LIMIT or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise StoreAway("the documents' store answers with what S3 never sends")
    try:
        return ElementTree.fromstring(body)  # noqa: S314
    except ElementTree.ParseError as error:
        raise StoreAway(f"the documents' store answers with broken XML: {error}") from error


def _code(body: bytes) -> str:
    """The error's code in an answer, such as SignatureDoesNotMatch."""
    found = re.search(rb"<Code>([A-Za-z]{1,60})</Code>", body[:4096])
    return found[1].decode() if found else ""
