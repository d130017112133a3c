"""The local OIDC issuer: signs for the demo and the tests, where no identity provider of the district is at hand.

It knows the offices of `principals.json` and takes any person's id: what a person may do comes from his posts in
registry's events, not from here. It refuses to start where a real issuer is set. Each kind of grant is one method, so
that authorization code with PKCE can stand beside client credentials.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
from aiohttp import BasicAuth, web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sevenx.local.errors import LocalError
from sevenx.local.home import Home
from sevenx.local.preflight import refuse_beside_a_real_issuer

AUDIENCE = "sevenx"
LIFETIME = 15 * 60
"""Seconds for which an access token is good."""
PERSON = re.compile(r"[0-9]{6}-N-[a-z0-9-]+")
ALGORITHM = "RS256"


class TokenRefused(Exception):
    """The token endpoint's error answer (RFC 6749, section 5.2)."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


class Issuer:
    """Keys, discovery document and tokens; the HTTP routes stand in `routes`."""

    def __init__(self, url: str, key: RSAPrivateKey, client_secret: str, principals: Path) -> None:
        """`url` is the issuer's identifier; `principals` is read anew for every token."""
        self._url, self._key, self._secret, self._principals = url, key, client_secret, principals
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        self._jwk = {"kty": "RSA", "n": public["n"], "e": public["e"]}
        # RFC 7638: the key's thumbprint names it.
        canonical = json.dumps(self._jwk, sort_keys=True, separators=(",", ":")).encode()
        self._kid = base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).decode().rstrip("=")
        self._grants = {"client_credentials": self._client_credentials}

    @classmethod
    def of(cls, home: Home) -> Issuer:
        """The issuer of a state folder; LocalError beside a real issuer."""
        refuse_beside_a_real_issuer()
        key = load_pem_private_key(home.issuer_key.read_bytes(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise LocalError(f"{home.issuer_key} is not an RSA key; remove it and start again")
        return cls(home.issuer_url, key, home.client_secret, home.principals)

    def discovery(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0: what clients need to find the rest."""
        return {
            "issuer": self._url,
            "jwks_uri": f"{self._url}/jwks",
            "token_endpoint": f"{self._url}/token",
            "grant_types_supported": list(self._grants),
            "response_types_supported": [],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def jwks(self) -> dict[str, Any]:
        return {"keys": [{**self._jwk, "kid": self._kid, "use": "sig", "alg": ALGORITHM}]}

    def grant(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The token endpoint's answer; TokenRefused says why there is none."""
        kind = self._grants.get(form.get("grant_type", ""))
        if kind is None:
            raise TokenRefused("unsupported_grant_type", f"grant_type must be one of {', '.join(self._grants)}")
        return kind(form)

    def _client_credentials(self, form: Mapping[str, str]) -> dict[str, Any]:
        """A principal of the demo or of a test asks for itself with the state folder's shared secret."""
        if not secrets.compare_digest(form.get("client_secret", "").encode(), self._secret.encode()):
            raise TokenRefused("invalid_client", "client_secret is not this state folder's", 401)
        sub = form.get("client_id", "")
        principal = self._principal(sub)
        now = int(time.time())
        claims = {
            "iss": self._url,
            "aud": AUDIENCE,
            "sub": sub,
            "client_id": sub,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": secrets.token_urlsafe(16),
            "district": principal["district"],
            "grants": principal["grants"],
            "name": principal["name"],
        }
        if scope := form.get("scope"):
            claims["scope"] = scope
        token = jwt.encode(claims, self._key, ALGORITHM, headers={"kid": self._kid, "typ": "at+jwt"})
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME}
        return answer | ({"scope": scope} if scope else {})

    def _principal(self, sub: str) -> dict[str, Any]:
        known: dict[str, dict[str, Any]] = json.loads(self._principals.read_text("utf-8"))
        if sub in known:
            return known[sub]
        if PERSON.fullmatch(sub):
            return {"name": sub, "grants": [], "district": sub[:6]}
        raise TokenRefused(
            "invalid_client", f"client_id {sub!r} is neither in principals.json nor a person's id (410804-N-…)", 401
        )


def routes(issuer: Issuer) -> list[web.RouteDef]:
    """The issuer's routes under `/issuer`."""

    async def discovery(_: web.Request) -> web.Response:
        return web.json_response(issuer.discovery())

    async def jwks(_: web.Request) -> web.Response:
        return web.json_response(issuer.jwks(), headers={"Cache-Control": "public, max-age=300"})

    async def token(request: web.Request) -> web.Response:
        uncached = {"Cache-Control": "no-store"}
        try:
            return web.json_response(issuer.grant(await _form(request)), headers=uncached)
        except TokenRefused as refused:
            body = {"error": refused.error, "error_description": refused.description}
            return web.json_response(body, status=refused.status, headers=uncached)

    return [
        web.get("/issuer/.well-known/openid-configuration", discovery),
        web.get("/issuer/jwks", jwks),
        web.post("/issuer/token", token),
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
