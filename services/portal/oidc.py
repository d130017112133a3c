"""The portal as a client of an OIDC issuer: authorization code with PKCE (RFC 6749, RFC 7636, OpenID Connect Core 1.0).

Everything is found by discovery; nothing here knows which issuer it is.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from services.portal.sessions import Tokens
from services.portal.settings import PortalSettings
from sevenx.kernel.auth import TokenVerifier
from sevenx.kernel.errors import Problem
from sevenx.kernel.settings import Settings

SCOPE = "openid"
_SECONDS = 5


class LoginRefused(Exception):
    """The issuer, or a check of ours, refused a login or its renewal. The text is for the log."""


@dataclass(frozen=True)
class Attempt:
    """A login that has begun; it stands, encrypted, in a cookie of the browser that began it."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, next_path: str) -> Attempt:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, next_path)

    @property
    def challenge(self) -> str:
        """RFC 7636, 4.2: S256."""
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")


class OidcClient:
    """One issuer and this client of it."""

    def __init__(self, settings: Settings, client: PortalSettings, tokens: TokenVerifier) -> None:
        self._issuer, self._client, self._tokens = settings.issuer, client, tokens
        self.redirect_uri = f"{settings.origin}/session/callback"
        self.logged_out_uri = f"{settings.origin}/session/ended"
        self._metadata: Mapping[str, Any] | None = None

    async def authorization_url(self, attempt: Attempt, language: str) -> str:
        """Where the browser is sent to log in."""
        query = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
            "ui_locales": "zh-CN" if language == "zh" else "en",
        }
        return f"{(await self._discovered())['authorization_endpoint']}?{urlencode(query)}"

    async def tokens_for(self, code: str, attempt: Attempt) -> Tokens:
        """Exchange a code; LoginRefused when the issuer refuses it or the ID token is not for this attempt."""
        form = {"code": code, "redirect_uri": self.redirect_uri, "code_verifier": attempt.verifier}
        tokens = await self._ask({"grant_type": "authorization_code", **form})
        try:
            claims = await self._tokens.claims(tokens.identity, self._client.client_id)
        except Problem as problem:
            if problem.status == 503:
                raise
            raise LoginRefused(f"the ID token does not hold: {problem.en}") from problem
        if not secrets.compare_digest(str(claims.get("nonce", "")), attempt.nonce):
            raise LoginRefused("the ID token's nonce is another login's")
        if claims.get("azp", self._client.client_id) != self._client.client_id:
            raise LoginRefused("the ID token was given to another client")
        return tokens

    async def renewed(self, tokens: Tokens) -> Tokens:
        """Tokens for a refresh token; LoginRefused when the issuer does not take it any more."""
        if not tokens.refresh:
            raise LoginRefused("the issuer gave no refresh token")
        fresh = await self._ask({"grant_type": "refresh_token", "refresh_token": tokens.refresh})
        return Tokens(fresh.access, fresh.expires, fresh.refresh or tokens.refresh, fresh.identity or tokens.identity)

    async def end_session_url(self, tokens: Tokens | None) -> str:
        """Where a browser logs out of the issuer too; our own page where the issuer has no such place."""
        there = (await self._discovered()).get("end_session_endpoint")
        if not there:
            return self.logged_out_uri
        query = {"client_id": self._client.client_id, "post_logout_redirect_uri": self.logged_out_uri}
        if tokens is not None and tokens.identity:
            query["id_token_hint"] = tokens.identity
        return f"{there}?{urlencode(query)}"

    async def issuer_sends_its_name(self) -> bool:
        """Whether an answer without `iss` is to be refused (RFC 9207)."""
        return bool((await self._discovered()).get("authorization_response_iss_parameter_supported"))

    async def _ask(self, form: Mapping[str, str]) -> Tokens:
        there = (await self._discovered())["token_endpoint"]
        login = (self._client.client_id, self._client.client_secret)
        try:
            async with httpx.AsyncClient(timeout=_SECONDS) as http:
                answer = await http.post(there, data=dict(form), auth=login)
            content = answer.json()
            if answer.status_code >= 500:
                raise _away()
            if answer.status_code != 200:
                raise LoginRefused(f"{content.get('error')}: {content.get('error_description', '')}")
            expires = int(time.time()) + int(content["expires_in"])
            return Tokens(
                content["access_token"], expires, content.get("refresh_token", ""), content.get("id_token", "")
            )
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _away() from error

    async def _discovered(self) -> Mapping[str, Any]:
        """The discovery document, read once; its issuer must be the one that was asked (Discovery 1.0, 4.3)."""
        if self._metadata is None:
            try:
                async with httpx.AsyncClient(timeout=_SECONDS) as http:
                    answer = await http.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
                found = answer.raise_for_status().json()
                if found["issuer"] != self._issuer:
                    raise ValueError(f"the document is of {found['issuer']!r}")
                _ = found["authorization_endpoint"], found["token_endpoint"]
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                raise _away() from error
            self._metadata = found
        return self._metadata


def _away() -> Problem:
    return Problem(
        503,
        "issuer-unreachable",
        "统一身份认证暂时不可用，请稍后重试。",
        "The identity provider is away for the moment; try again later.",
        headers={"Retry-After": "5"},
    )
