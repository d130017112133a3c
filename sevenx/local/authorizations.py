"""What the local issuer has given out and is still good: codes and refresh tokens, in memory.

A restart forgets them: whoever is logged in then logs in again.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

CODE_SECONDS = 60
LOGIN_SECONDS = 12 * 60 * 60
"""How long a login can be renewed."""


class NotGood(Exception):
    """A code or refresh token that is not, or no longer, good; the text says why."""


@dataclass(frozen=True)
class Login:
    """Somebody who logged in at a client. `sid` names the login; `began` is Unix seconds."""

    subject: str
    client: str
    nonce: str
    scope: str
    sid: str
    began: int


@dataclass(frozen=True)
class _Code:
    login: Login
    redirect_uri: str
    challenge: str
    until: float


class Authorizations:
    """Gives out codes and refresh tokens and takes each of them back once."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._codes: dict[str, _Code] = {}
        self._refresh: dict[str, Login] = {}
        self._spent: dict[str, Login] = {}
        """Codes and refresh tokens that were used, by whose login: used again, that login is over."""

    def code(self, subject: str, client: str, redirect_uri: str, challenge: str, nonce: str, scope: str) -> str:
        """A code for somebody who has just logged in; `challenge` is PKCE's, S256."""
        self._forget()
        login = Login(subject, client, nonce, scope, secrets.token_urlsafe(12), int(self._clock()))
        code = secrets.token_urlsafe(32)
        self._codes[code] = _Code(login, redirect_uri, challenge, self._clock() + CODE_SECONDS)
        return code

    def redeem(self, code: str, client: str, redirect_uri: str, verifier: str) -> Login:
        """The login of a code (RFC 6749, 4.1.3; RFC 7636, 4.6); a code is good once, whatever comes of it."""
        self._refuse_spent(code)
        found = self._codes.pop(code, None)
        if found is None or found.until < self._clock():
            raise NotGood("the code is unknown or too old")
        self._spent[code] = found.login
        if (found.login.client, found.redirect_uri) != (client, redirect_uri):
            raise NotGood("the code was given to another client or redirect_uri")
        if not secrets.compare_digest(challenge_of(verifier), found.challenge):
            raise NotGood("code_verifier does not fit the code_challenge")
        return found.login

    def refresh_token(self, login: Login) -> str:
        """A refresh token, good once."""
        token = secrets.token_urlsafe(32)
        self._refresh[token] = login
        return token

    def renew(self, token: str, client: str) -> Login:
        """The login of a refresh token, which is spent by that (RFC 9700, 4.14.2: rotation)."""
        self._refuse_spent(token)
        login = self._refresh.get(token)
        if login is None or login.client != client or login.began + LOGIN_SECONDS < self._clock():
            raise NotGood("the refresh token is unknown, too old or another client's")
        del self._refresh[token]
        self._spent[token] = login
        return login

    def end(self, sid: str) -> None:
        """Log out: nothing of this login is good any more."""
        self._codes = {code: one for code, one in self._codes.items() if one.login.sid != sid}
        self._refresh = {token: login for token, login in self._refresh.items() if login.sid != sid}

    def _refuse_spent(self, secret: str) -> None:
        login = self._spent.get(secret)
        if login is not None:
            self.end(login.sid)
            raise NotGood("it was used before; the login is over")

    def _forget(self) -> None:
        oldest = self._clock() - LOGIN_SECONDS
        self._codes = {code: one for code, one in self._codes.items() if one.until >= self._clock()}
        self._refresh = {token: login for token, login in self._refresh.items() if login.began >= oldest}
        self._spent = {secret: login for secret, login in self._spent.items() if login.began >= oldest}


def challenge_of(verifier: str) -> str:
    """RFC 7636, 4.2: S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
