"""An S3 server of its own for tests: it checks every signature and every body's hash, and lists two names a page."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sevenx.documents.signature import Credentials

KEY = Credentials("test-key", "test-secret", "cn-henan-1")
BUCKET = "/sevenx-documents/"
PAGE = 2
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/\d{8}/[^/]+/s3/aws4_request,"
    r"SignedHeaders=(?P<names>[a-z0-9;-]+),Signature=[0-9a-f]{64}"
)


class Server(ThreadingHTTPServer):
    """`objects` by key; `failing` are statuses with which the next requests are answered instead."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.failing: list[tuple[int, str]] = []
        self.refused: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._let_in():
            if hashlib.sha256(body).hexdigest() != self.headers["x-amz-content-sha256"]:
                self._answer(400, b"<Error><Code>XAmzContentSHA256Mismatch</Code></Error>")
                return
            self.server.objects[self._key()] = body
            self._answer(200)

    def do_GET(self) -> None:
        if not self._let_in():
            return
        query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        if query.get("list-type") == "2":
            self._list(query)
        elif self._key() in self.server.objects:
            self._answer(200, self.server.objects[self._key()])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_HEAD = do_GET

    def _list(self, query: dict[str, str]) -> None:
        keys = sorted(key for key in self.server.objects if key.startswith(query["prefix"]))
        start = int(query.get("continuation-token", "0"))
        page, more = keys[start : start + PAGE], start + PAGE < len(keys)
        contents = "".join(f"<Contents><Key>{key}</Key></Contents>" for key in page)
        following = f"<NextContinuationToken>{start + PAGE}</NextContinuationToken>" if more else ""
        self._answer(
            200,
            f'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>{str(more).lower()}'
            f"</IsTruncated>{contents}{following}</ListBucketResult>".encode(),
        )

    def _let_in(self) -> bool:
        if self.server.failing:
            status, code = self.server.failing.pop(0)
            self._answer(status, f"<Error><Code>{code}</Code></Error>".encode())
            return False
        found = _AUTHORIZATION.fullmatch(self.headers.get("authorization", ""))
        if found is None or found["key"] != KEY.access_key or not self._is_signed(found["names"]):
            self.server.refused.append(self.path)
            self._answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
            return False
        return True

    def _is_signed(self, names: str) -> bool:
        headers = {name: self.headers[name] for name in names.split(";") if name in self.headers}
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        payload = self.headers["x-amz-content-sha256"]
        own = {name: value for name, value in headers.items() if name not in ("x-amz-date", "x-amz-content-sha256")}
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        signed = KEY.signed(self.command, unquote(url.path), query, own, payload, at)
        return signed["authorization"] == self.headers["authorization"] and "host" in headers

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(BUCKET)

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


@contextmanager
def s3_server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
