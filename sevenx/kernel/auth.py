"""Who is asking, and what he may do. Default deny.

A token comes from an OIDC issuer and is checked here alone: signature by the issuer's published keys, issuer, audience,
expiry, district. A grant is `role@scope`; offices' grants stand in the token, those that follow from a post in the
roster are looked up by the service.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

from sevenx.kernel.errors import Problem
from sevenx.kernel.settings import Settings

ROLES = (
    "liaison",
    "unit_liaison",
    "unit_head",
    "lead_unit_head",
    "group_leader",
    "group_deputy",
    "commerce_bureau",
    "finance_bureau",
    "statistics_bureau",
    "supervision_office",
    "assessment_office",
    "district_office",
    "district_leader",
    "auditor",
    "city",
    "operator",
    "self",
)
SELF = "self"
"""Not granted by anybody: whom a command concerns in person, by his own subject."""
_ALGORITHMS = ["RS256", "ES256", "EdDSA", "PS256"]
_LEEWAY = 5
"""Seconds by which clocks may differ."""
_REFRESH_AT_MOST_EVERY = 10.0
_REMEMBERED = 4096
"""Tokens whose check is remembered: a signature costs more than the command that it allows."""


@dataclass(frozen=True)
class Rule:
    """One way to be allowed: to hold `role` for the id(s) in the command's scope `of`, or for the district."""

    role: str
    of: str = ""

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"{self.role!r} is not a role; roles are {', '.join(ROLES)}")


@dataclass(frozen=True)
class Principal:
    """Who gives a command: a pseudonymous id, the district it belongs to, and its grants."""

    subject: str
    district: str
    grants: frozenset[str]
    name: str = ""
    """As the issuer has it, to be shown to the person itself; empty where the token has none."""

    def holds(self, role: str, scopes: Iterable[str]) -> str | None:
        """The first grant of this role for one of the scopes, or None."""
        return next((grant for scope in scopes if (grant := f"{role}@{scope}") in self.grants), None)


Scopes = Mapping[str, str | Collection[str] | None]


def authorize(principal: Principal, rules: Iterable[Rule], scopes: Scopes, command: str) -> str:
    """The grant by which the principal may give the command; Problem(403) that says who may, when it holds none."""
    asked = tuple(rules)
    for rule in asked:
        wanted = scopes.get(rule.of) if rule.of else principal.district
        ids = [wanted] if isinstance(wanted, str) else list(wanted or ())
        grant = _by_himself(principal, ids) if rule.role == SELF else principal.holds(rule.role, ids)
        if grant:
            return grant
    who = sorted({rule.role for rule in asked})
    raise Problem(
        403,
        "not-allowed",
        f"您没有执行此操作（{command}）的权限；有权的角色：{'、'.join(who) or '无'}。",
        f"You may not do this ({command}); roles that may: {', '.join(who) or 'none'}.",
        details={"roles": who},
    )


def _by_himself(principal: Principal, ids: Collection[str]) -> str | None:
    """A grant by one's own subject, which no token can claim for another."""
    return f"{SELF}@{principal.subject}" if principal.subject in ids else None


def require(principal: Principal, *roles: str) -> str:
    """The first of the roles that the principal holds for its district; Problem(403) otherwise."""
    return authorize(principal, [Rule(role) for role in roles], {}, "read")


class TokenVerifier:
    """Checks bearer tokens against the issuer's keys, which are fetched once and again when an unknown key appears."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keys: dict[str, Any] = {}
        self._fetched_at = float("-inf")
        self._lock = asyncio.Lock()
        self._verified: dict[str, tuple[Principal, float]] = {}
        """Principal and expiry by token, the oldest first; forgotten when the issuer's keys are fetched anew."""

    async def verify(self, token: str) -> Principal:
        """The principal of an access token; Problem(401) for a token that is malformed, forged, expired or meant for
        others, Problem(403) for one of another district, Problem(503) when the issuer's keys cannot be had."""
        known = self._verified.get(token)
        if known is not None and time.time() < known[1] + _LEEWAY:
            return known[0]
        claims = await self.claims(token, self._settings.audience)
        district = str(claims.get("district", ""))
        if district != self._settings.district:
            raise Problem(
                403,
                "other-district",
                f"令牌属于区划 {district or '（无）'}，本系统服务于 {self._settings.district}。",
                f"The token is for district {district or '(none)'}; this deployment serves {self._settings.district}.",
            )
        grants = frozenset(map(str, claims.get("grants", [])))
        principal = Principal(str(claims["sub"]), district, grants, str(claims.get("name", "")))
        while len(self._verified) >= _REMEMBERED:
            del self._verified[next(iter(self._verified))]
        self._verified[token] = principal, float(claims["exp"])
        return principal

    async def claims(self, token: str, audience: str) -> Mapping[str, Any]:
        """The claims of a token that our issuer has signed for this audience; Problem(401) or (503) as in `verify`."""
        try:
            header = jwt.get_unverified_header(token)
            key = await self._key(str(header.get("kid", "")))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=_ALGORITHMS,
                audience=audience,
                issuer=self._settings.issuer,
                options={"require": ["exp", "iat", "sub"]},
                leeway=_LEEWAY,
            )
        except jwt.ExpiredSignatureError as error:
            raise _unauthorized("token-expired", "登录已过期，请重新登录。", "The token has expired.") from error
        except jwt.PyJWTError as error:
            raise _unauthorized("token-invalid", "令牌无效。", f"The token is not valid: {error}.") from error
        return claims

    async def _key(self, kid: str) -> Any:
        if kid not in self._keys:
            async with self._lock:
                if kid not in self._keys and time.monotonic() - self._fetched_at > _REFRESH_AT_MOST_EVERY:
                    await self._fetch()
        if kid not in self._keys:
            raise jwt.InvalidKeyError(f"the issuer publishes no key {kid!r}")
        return self._keys[kid]

    async def _fetch(self) -> None:
        url = self._settings.jwks_url
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                if not url:
                    found = await client.get(f"{self._settings.issuer}/.well-known/openid-configuration")
                    url = found.raise_for_status().json()["jwks_uri"]
                answer = (await client.get(url)).raise_for_status().json()
        except (httpx.HTTPError, KeyError, ValueError) as error:
            raise Problem(
                503,
                "issuer-unreachable",
                "暂时无法验证身份，请稍后重试。",
                "The identity provider's keys cannot be read; try again later.",
                headers={"Retry-After": "5"},
            ) from error
        self._keys = {key["kid"]: jwt.PyJWK(key).key for key in answer["keys"] if key.get("kid")}
        self._fetched_at = time.monotonic()
        self._verified.clear()


def _unauthorized(code: str, zh: str, en: str) -> Problem:
    return Problem(
        401, code, zh, en, headers={"WWW-Authenticate": f'Bearer error="invalid_token", error_description="{code}"'}
    )


def token_missing() -> Problem:
    """The answer to a request without a token."""
    return Problem(
        401,
        "token-missing",
        "请先登录（需要 Authorization: Bearer 令牌，或控制台的登录）。",
        "Authorization: Bearer <token> is required, or the console's login.",
        headers={"WWW-Authenticate": "Bearer"},
    )
