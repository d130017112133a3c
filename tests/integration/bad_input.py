"""What nobody should send, and how every answer to it must be: for the tests of bodies and parameters."""

from __future__ import annotations

from typing import Any

import httpx

from tests.integration.service_process import Caller

STRANGE: tuple[Any, ...] = (
    None,
    True,
    -1,
    1.5,
    10**40,
    "",
    "\u0000",
    "\ud800",
    "x" * 100_000,
    "410804-N-'; DROP TABLE",
    "410804-G-1\n",
    "٤١٠٨٠٤-N-x",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "NaN",
    [[[]]],
    ["\u0000"],
    {"\u0000": {"": None}},
)
"""Values for any field of a body."""
RAW = (b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b'{"a":NaN}', b"[" * 50_000, b'{"a":1,"a":2}')
"""What is no body of any command."""


def send(caller: Caller, path: str, content: bytes) -> httpx.Response:
    """Give a command with this very content, under a key of its own."""
    key = f"k{abs(hash((path, content)))}"
    return caller.client.post(
        path, content=content, headers={"Idempotency-Key": key, "Content-Type": "application/json"}
    )


def refused_or_done(answer: httpx.Response, what: object) -> None:
    """No answer says that we failed; a refusal is a problem document in both languages."""
    assert answer.status_code < 500, (what, answer.status_code, answer.text[:500])
    if answer.status_code >= 400:
        problem = answer.json()
        assert problem["type"].startswith("urn:sevenx:problem:"), (what, problem)
        assert problem["detail"], what
        assert problem["detail_zh"], what
