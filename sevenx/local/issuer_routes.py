"""The local issuer over HTTP, under `/issuer`."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import BasicAuth, web

from sevenx.local.cast import choices
from sevenx.local.choose_page import choose_page, content_security_policy
from sevenx.local.home import PORTAL_CLIENT
from sevenx.local.issuer import Issuer, TokenRefused

_UNCACHED = {"Cache-Control": "no-store"}
_ASKED = (
    "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
)  # fmt: skip
"""What an authorization request may say (RFC 6749, 4.1.1; RFC 7636, 4.3; OpenID Connect Core 1.0, 3.1.2.1)."""


class _Routes:
    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer

    async def discovery(self, _: web.Request) -> web.Response:
        return web.json_response(self._issuer.discovery())

    async def jwks(self, _: web.Request) -> web.Response:
        return web.json_response(self._issuer.jwks(), headers={"Cache-Control": "public, max-age=300"})

    async def token(self, request: web.Request) -> web.Response:
        try:
            return web.json_response(self._issuer.grant(await _form(request)), headers=_UNCACHED)
        except TokenRefused as refused:
            body = {"error": refused.error, "error_description": refused.description}
            return web.json_response(body, status=refused.status, headers=_UNCACHED)

    async def choose(self, request: web.Request) -> web.Response:
        """The login page: choose who you are."""
        asked = {name: request.query[name] for name in _ASKED if name in request.query}
        refused = self._refused(asked)
        if refused is not None:
            return refused
        language = "en" if request.query.get("ui_locales", "zh").startswith("en") else "zh"
        other = urlencode(asked | {"ui_locales": "en" if language == "zh" else "zh-CN"})
        offered = choices(self._issuer.known())
        page = choose_page(language, asked, offered, f"/issuer/authorize?{other}")
        headers = {"Content-Security-Policy": content_security_policy(self._issuer.redirect_uri)}
        return web.Response(text=page, content_type="text/html", headers=headers | _UNCACHED)

    async def chosen(self, request: web.Request) -> web.Response:
        """Somebody chose: back to the client with a code."""
        form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        refused = self._refused(form)
        if refused is not None:
            return refused
        try:
            self._issuer.principal(form.get("sub", ""))
        except TokenRefused as unknown:
            return self._send_back(form, error="access_denied", error_description=unknown.description)
        names = ("sub", "client_id", "redirect_uri", "code_challenge", "nonce", "scope")
        code = self._issuer.authorizations.code(*(form.get(name, "") for name in names))
        return self._send_back(form, code=code)

    async def logout(self, request: web.Request) -> web.Response:
        """OpenID Connect RP-Initiated Logout 1.0: end the login and go back to the portal, and nowhere else."""
        sid = self._issuer.sid_of(request.query.get("id_token_hint", ""))
        if sid:
            self._issuer.authorizations.end(sid)
        there = request.query.get("post_logout_redirect_uri")
        if there != self._issuer.logged_out_uri:
            there = f"{self._issuer.origin}/"
        return web.Response(status=303, headers={"Location": there} | _UNCACHED)

    def _refused(self, asked: Mapping[str, str]) -> web.Response | None:
        """None for a request that can be answered. Who does not name our one client and its redirect URI is told so
        here: nobody is sent on to an address that we do not know (RFC 6749, 4.1.2.1)."""
        if asked.get("client_id") != PORTAL_CLIENT or asked.get("redirect_uri") != self._issuer.redirect_uri:
            text = f"client_id must be {PORTAL_CLIENT} and redirect_uri {self._issuer.redirect_uri}\n"
            return web.Response(text=text, status=400)
        if asked.get("response_type") != "code":
            return self._send_back(asked, error="unsupported_response_type")
        if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
            return self._send_back(asked, error="invalid_request", error_description="PKCE with S256 is required")
        if "openid" not in asked.get("scope", "").split():
            return self._send_back(asked, error="invalid_scope", error_description="scope must have openid")
        return None

    def _send_back(self, asked: Mapping[str, str], **answer: str) -> web.Response:
        """Send the browser back with the answer, the client's state and our name (RFC 9207)."""
        query = {**answer, "state": asked.get("state", ""), "iss": self._issuer.url}
        return web.Response(status=303, headers={"Location": f"{asked['redirect_uri']}?{urlencode(query)}"} | _UNCACHED)


def routes(issuer: Issuer) -> list[web.RouteDef]:
    """The issuer's routes."""
    made = _Routes(issuer)
    return [
        web.get("/issuer/.well-known/openid-configuration", made.discovery),
        web.get("/issuer/jwks", made.jwks),
        web.post("/issuer/token", made.token),
        web.get("/issuer/authorize", made.choose),
        web.post("/issuer/authorize", made.chosen),
        web.get("/issuer/logout", made.logout),
    ]


async def _form(request: web.Request) -> dict[str, str]:
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    basic = request.headers.get("Authorization", "")
    if basic.startswith("Basic "):
        try:
            credentials = BasicAuth.decode(basic)
        except ValueError as error:
            raise TokenRefused("invalid_client", str(error), 401) from error
        form |= {"client_id": credentials.login, "client_secret": credentials.password}
    return form
