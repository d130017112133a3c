"""The local OIDC issuer: signs for the demo and the tests, where no identity provider of the district is at hand.

It knows the offices of `principals.json` and takes any person's id: what a person may do comes from his posts in
registry's events, not from here. It refuses to start where a real issuer is set. The command line and the tests ask by
client credentials; the portal by authorization code with PKCE, and by refresh tokens. The routes stand in
`issuer_routes`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sevenx.local.authorizations import Authorizations, Login, NotGood
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
    """Keys, discovery document and tokens."""

    def __init__(self, url: str, key: RSAPrivateKey, client_secret: str, principals: Path) -> None:
        """`url` is the issuer's identifier; `principals` is read anew for every token."""
        self.url = url
        self._key, self._secret, self._principals = key, client_secret, principals
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        self._jwk = {"kty": "RSA", "n": public["n"], "e": public["e"]}
        # RFC 7638: the key's thumbprint names it.
        canonical = json.dumps(self._jwk, sort_keys=True, separators=(",", ":")).encode()
        self._kid = base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).decode().rstrip("=")
        self._grants = {
            "client_credentials": self._client_credentials,
            "authorization_code": self._authorization_code,
            "refresh_token": self._refresh_token,
        }
        self.authorizations = Authorizations()
        self.origin = url.removesuffix("/issuer")
        self.redirect_uri, self.logged_out_uri = f"{self.origin}/session/callback", f"{self.origin}/session/ended"
        """The portal's, which is the one client for people."""

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
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "end_session_endpoint": f"{self.url}/logout",
            "grant_types_supported": list(self._grants),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "scopes_supported": ["openid"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "ui_locales_supported": ["zh-CN", "en"],
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
        self._check_secret(form)
        sub = form.get("client_id", "")
        return self._answer(self._access_token(sub, sub, form.get("scope", "")), form.get("scope", ""))

    def _authorization_code(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The portal asks for somebody who has logged in here (RFC 6749, 4.1.3)."""
        asked = (form.get(name, "") for name in ("code", "client_id", "redirect_uri", "code_verifier"))
        return self._logged_in(form, lambda: self.authorizations.redeem(*asked))

    def _refresh_token(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The portal renews a login (RFC 6749, 6)."""
        token, client = form.get("refresh_token", ""), form.get("client_id", "")
        return self._logged_in(form, lambda: self.authorizations.renew(token, client))

    def _logged_in(self, form: Mapping[str, str], find: Callable[[], Login]) -> dict[str, Any]:
        self._check_secret(form)
        try:
            login = find()
        except NotGood as error:
            raise TokenRefused("invalid_grant", str(error)) from error
        answer = self._answer(self._access_token(login.subject, login.client, login.scope), login.scope)
        refresh = self.authorizations.refresh_token(login)
        return answer | {"refresh_token": refresh, "id_token": self._id_token(login)}

    def _check_secret(self, form: Mapping[str, str]) -> None:
        if not secrets.compare_digest(form.get("client_secret", "").encode(), self._secret.encode()):
            raise TokenRefused("invalid_client", "client_secret is not this state folder's", 401)

    def _access_token(self, sub: str, client: str, scope: str) -> str:
        principal = self.principal(sub)
        claims = {
            "aud": AUDIENCE,
            "sub": sub,
            "client_id": client,
            "jti": secrets.token_urlsafe(16),
            "district": principal["district"],
            "grants": principal["grants"],
            "name": principal["name"],
        }
        return self._signed(claims | ({"scope": scope} if scope else {}), "at+jwt")

    def _id_token(self, login: Login) -> str:
        """OpenID Connect Core 1.0, 2: for the client that logged somebody in."""
        name = self.principal(login.subject)["name"]
        claims = {"aud": login.client, "sub": login.subject, "auth_time": login.began, "sid": login.sid, "name": name}
        return self._signed(claims | ({"nonce": login.nonce} if login.nonce else {}), "JWT")

    def _signed(self, claims: Mapping[str, Any], kind: str) -> str:
        now = int(time.time())
        full = {"iss": self.url, "iat": now, "exp": now + LIFETIME, **claims}
        return jwt.encode(full, self._key, ALGORITHM, headers={"kid": self._kid, "typ": kind})

    @staticmethod
    def _answer(token: str, scope: str) -> dict[str, Any]:
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME}
        return answer | ({"scope": scope} if scope else {})

    def sid_of(self, id_token: str) -> str | None:
        """The login that an ID token of ours speaks of, be it expired; None when it is not ours."""
        try:
            claims = jwt.decode(
                id_token,
                self._key.public_key(),
                [ALGORITHM],
                issuer=self.url,
                options={"verify_exp": False, "verify_aud": False},
            )
        except jwt.PyJWTError:
            return None
        return str(claims.get("sid", ""))

    def known(self) -> dict[str, dict[str, Any]]:
        """The principals of the file: subject to name, grants and district."""
        found: dict[str, dict[str, Any]] = json.loads(self._principals.read_text("utf-8"))
        return found

    def principal(self, sub: str) -> dict[str, Any]:
        """Name, grants and district of somebody; TokenRefused for a name that is neither an office's nor a person's."""
        known = self.known()
        if sub in known:
            return known[sub]
        if PERSON.fullmatch(sub):
            return {"name": sub, "grants": [], "district": sub[:6]}
        raise TokenRefused(
            "invalid_client", f"client_id {sub!r} is neither in principals.json nor a person's id (410804-N-…)", 401
        )
