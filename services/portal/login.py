"""Login, renewal and logout: `/session/…`. The portal alone does this; every service checks the token by itself."""

from __future__ import annotations

import hmac
import logging
from dataclasses import asdict
from typing import Annotated
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from services.portal.oidc import Attempt, LoginRefused, OidcClient
from services.portal.render import page
from services.portal.sessions import Box, Sessions, Tokens
from services.portal.settings import ABSOLUTE, portal_settings
from services.portal.visit import language_of
from sevenx.kernel.auth import token_missing
from sevenx.kernel.browser import ACCESS_COOKIE, csrf_token
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import runtime_of

log = logging.getLogger(__name__)
router = APIRouter(prefix="/session")
SESSION_COOKIE = "__Host-sevenx-session"
ATTEMPT_COOKIE = "__Host-sevenx-login"
ATTEMPT_SECONDS = 600
_LARGEST_COOKIE = 4096
_UNCACHED = {"Cache-Control": "no-store"}
Next = Annotated[str, Query(alias="next", max_length=2000)]


def safe_next(path: str) -> str:
    """A path of ours to go on to, else `/`: never another host, however it is written, and never the login itself."""
    parts = urlsplit(path)
    foreign = path.startswith(("//", "/session")) or parts.scheme or parts.netloc or "\\" in path
    return path if path.startswith("/") and not foreign and path.isascii() and path.isprintable() else "/"


@router.get("/login")
async def login(request: Request, go_on: Next = "/") -> Response:
    """Begin a login at the issuer."""
    attempt = Attempt.begin(safe_next(go_on))
    there = await _client(request).authorization_url(attempt, language_of(request))
    response = RedirectResponse(there, 303, headers=_UNCACHED)
    _set(response, ATTEMPT_COOKIE, _attempts().close_text(asdict(attempt)), ATTEMPT_SECONDS)
    return response


@router.get("/callback")
async def callback(request: Request, state: str = "", code: str = "", iss: str = "", error: str = "") -> Response:
    """The issuer's answer: exchange the code, keep the session, go on to where the visitor wanted."""
    client = _client(request)
    try:
        attempt = _attempt_of(request, state)
        if (iss or await client.issuer_sends_its_name()) and iss != runtime_of(request).settings.issuer:
            raise LoginRefused(f"the answer is another issuer's: {iss!r}")
        if error or not code:
            raise LoginRefused(f"the issuer gave no code: {error}")
        tokens = await client.tokens_for(code, attempt)
        principal = await runtime_of(request).tokens.verify(tokens.access)
    except LoginRefused as refused:
        log.warning("login refused", extra={"reason": str(refused)})
        response: Response = await page(request, "login_failed.html", status=400)
        response.delete_cookie(ATTEMPT_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
        return response
    secret = await _sessions(request).begin(principal.subject, tokens)
    response = RedirectResponse(attempt.next, 303, headers=_UNCACHED)
    response.delete_cookie(ATTEMPT_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    _set(response, SESSION_COOKIE, secret, int(ABSOLUTE.total_seconds()))
    _set_access(response, tokens)
    return response


@router.get("/resume")
async def resume(request: Request, go_on: Next = "/") -> Response:
    """A page was asked for without a good token: renew it from the session and go back, else log in."""
    there = safe_next(go_on)
    tokens = await _renewed(request)
    if tokens is None:
        return RedirectResponse(f"/session/login?next={quote(there, safe='')}", 303, headers=_UNCACHED)
    response = RedirectResponse(there, 303, headers=_UNCACHED)
    _set_access(response, tokens)
    return response


@router.post("/refresh")
async def refresh(request: Request) -> Response:
    """A form's command was answered «expired»: a renewed token in the cookie, and the CSRF token that goes with it."""
    _require_origin(request)
    tokens = await _renewed(request)
    if tokens is None:
        raise token_missing()
    response = JSONResponse({"csrf": csrf_token(tokens.access)}, headers=_UNCACHED)
    _set_access(response, tokens)
    return response


@router.get("/csrf")
async def csrf(request: Request) -> Response:
    """The CSRF token of the cookie as it is now; another tab may have renewed it."""
    cookie = request.cookies.get(ACCESS_COOKIE)
    if not cookie:
        raise token_missing()
    return JSONResponse({"csrf": csrf_token(cookie)}, headers=_UNCACHED)


@router.post("/logout")
async def logout(request: Request) -> Response:
    """End the session here and at the issuer. A form of ours sends it, with its CSRF token in the field `csrf`."""
    _require_origin(request)
    cookie = request.cookies.get(ACCESS_COOKIE, "")
    sent = parse_qs((await request.body()).decode("utf-8", "replace")).get("csrf", [""])[0]
    if cookie and not hmac.compare_digest(sent.encode(), csrf_token(cookie).encode()):
        raise Problem(403, "csrf-token-wrong", "页面已过期，请刷新后再退出。", "Reload the page, then log out.")
    secret = request.cookies.get(SESSION_COOKIE)
    tokens = await _sessions(request).end(secret) if secret else None
    response = RedirectResponse(await _client(request).end_session_url(tokens), 303, headers=_UNCACHED)
    for name in (ACCESS_COOKIE, SESSION_COOKIE):
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")
    return response


@router.get("/ended")
async def ended(request: Request) -> Response:
    """You are logged out."""
    return await page(request, "logged_out.html")


async def _renewed(request: Request) -> Tokens | None:
    """The session's tokens, renewed if need be and checked; None when there is nothing to go on with."""
    secret = request.cookies.get(SESSION_COOKIE)
    if not secret:
        return None
    try:
        tokens = await _sessions(request).resume(secret, _client(request).renewed)
        if tokens is not None:
            await runtime_of(request).tokens.verify(tokens.access)
    except LoginRefused as refused:
        log.info("session not renewed", extra={"reason": str(refused)})
        await _sessions(request).end(secret)
        return None
    return tokens


def _attempt_of(request: Request, state: str) -> Attempt:
    try:
        attempt = Attempt(**_attempts().open_text(request.cookies.get(ATTEMPT_COOKIE, "")))
    except (ValueError, TypeError):
        raise LoginRefused("this browser has begun no login") from None
    if not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise LoginRefused("the state is another login's")
    return attempt


def _attempts() -> Box:
    return Box(portal_settings().session_key, b"", "sevenx portal login")


def _client(request: Request) -> OidcClient:
    made: OidcClient | None = getattr(request.app.state, "oidc", None)
    if made is None:
        runtime = runtime_of(request)
        made = request.app.state.oidc = OidcClient(runtime.settings, portal_settings(), runtime.tokens)
    return made


def _sessions(request: Request) -> Sessions:
    return Sessions(runtime_of(request).pool, portal_settings().session_key)


def _require_origin(request: Request) -> None:
    origin = runtime_of(request).settings.origin
    if request.headers.get("Origin") != origin:
        raise Problem(403, "wrong-origin", "请求不是由本系统页面发出的。", f"Only a page of {origin} may ask for this.")


def _set_access(response: Response, tokens: Tokens) -> None:
    if len(tokens.access) + len(ACCESS_COOKIE) > _LARGEST_COOKIE - 100:
        raise Problem(
            500,
            "token-too-large",
            "身份认证签发的令牌过大，浏览器无法保存；请联系运维精简令牌内容。",
            "The issuer's access token is too large for a cookie (4 KB): let it carry fewer claims.",
        )
    _set(response, ACCESS_COOKIE, tokens.access, None)


def _set(response: Response, name: str, value: str, seconds: int | None) -> None:
    """A cookie of this host alone, out of the scripts' sight. Lax, so that a link in a mail finds one logged in; what
    changes something asks for more (`sevenx.kernel.browser`)."""
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
