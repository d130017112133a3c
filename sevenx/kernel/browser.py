"""Requests of the console's pages: the token stands in a cookie, and a command must prove that our own page sent it.

A browser adds cookies by itself, whoever made it send the request. So a command with a cookie needs two things that
another site's page cannot give: the header `X-CSRF-Token`, which follows from the token that only the browser and we
hold, and an `Origin` that is ours. With a bearer token neither is asked for: no page can make a browser send one.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from sevenx.kernel.errors import Problem

ACCESS_COOKIE = "__Host-sevenx"
"""Holds the access token. The prefix binds it to this host, to Path=/ and to Secure (RFC 6265bis, 4.1.3.2); browsers
count http://127.0.0.1 as trustworthy and take it there too."""
CSRF_HEADER = "X-CSRF-Token"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def csrf_token(access_token: str) -> str:
    """What a page must send with a command: a one-way function of the access token, so that each service can check it
    alone, and who knows it knows nothing of the token. It changes when the token is renewed."""
    digest = hashlib.sha256(b"sevenx csrf\0" + access_token.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def require_own_page(method: str, headers: Mapping[str, str], access_token: str, origin: str) -> None:
    """Refuse a cookie's request that changes something and was not sent by a page of ours (Problem 403).

    `headers` finds names in any case; `origin` is this deployment's own, such as `https://7x.example.gov.cn`.
    """
    if method in _SAFE_METHODS:
        return
    sent_from = headers.get("Origin", "")
    if not origin or sent_from != origin:
        raise Problem(
            403,
            "wrong-origin",
            f"请求来自 {sent_from or '（未注明）'}，只接受本系统页面（{origin or '未设置 SEVENX_ORIGIN'}）发出的操作。",
            f"The request comes from {sent_from or '(no Origin)'}; commands with a cookie are taken from "
            f"{origin or '(SEVENX_ORIGIN is not set)'} alone.",
        )
    if not hmac.compare_digest(headers.get(CSRF_HEADER, "").encode(), csrf_token(access_token).encode()):
        raise Problem(
            403,
            "csrf-token-wrong",
            "页面的安全标记缺失或已过期，请刷新页面后重试。",
            f"The header {CSRF_HEADER} is missing or not this login's; reload the page and try again.",
        )
