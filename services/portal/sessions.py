"""Sessions: what the portal keeps of a login, so that it can renew the short-lived token in the browser's cookie.

The browser holds a random secret, the database its SHA-256 and the tokens, encrypted by a key that follows from the
secret and from the deployment's session key: who reads the table alone can use nothing of it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg_pool import AsyncConnectionPool

from services.portal.settings import ABSOLUTE, IDLE

_NONCE = 12
_STILL_GOOD = 60
"""Seconds that an access token must still be good for, not to be renewed."""
_INSERT = """
INSERT INTO ops.session (hash, subject, tokens, expires_at) VALUES (%s, %s, %s, now() + %s)
"""
_CLEAR = "DELETE FROM ops.session WHERE expires_at < now() OR used_at < now() - %s"
_TAKE = """
SELECT tokens FROM ops.session WHERE hash = %s AND expires_at > now() AND used_at > now() - %s FOR UPDATE
"""
_KEEP = "UPDATE ops.session SET tokens = %s, used_at = now() WHERE hash = %s"
_END = "DELETE FROM ops.session WHERE hash = %s RETURNING tokens"


@dataclass(frozen=True)
class Tokens:
    """What the issuer gave. `expires`: Unix seconds at which the access token ends."""

    access: str
    expires: int
    refresh: str = ""
    identity: str = ""


class Box:
    """Encrypts with a key made of the deployment's session key and of something more (AES-256-GCM)."""

    def __init__(self, session_key: str, more: bytes, purpose: str) -> None:
        material = session_key.encode() + b"\0" + more
        self._key = AESGCM(HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(material))

    def close(self, content: Any) -> bytes:
        """The content, ready for JSON, encrypted."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._key.encrypt(nonce, json.dumps(content).encode(), None)

    def open(self, sealed: bytes) -> Any:
        """What was put in; ValueError when it was changed, or closed with another key."""
        try:
            return json.loads(self._key.decrypt(sealed[:_NONCE], sealed[_NONCE:], None))
        except InvalidTag:
            raise ValueError("not closed with this key") from None

    def close_text(self, content: Any) -> str:
        return urlsafe_b64encode(self.close(content)).decode().rstrip("=")

    def open_text(self, sealed: str) -> Any:
        return self.open(urlsafe_b64decode(sealed.encode() + b"=="))


class Sessions:
    """The table `ops.session`. A secret is what the browser's cookie holds."""

    def __init__(self, pool: AsyncConnectionPool, session_key: str) -> None:
        self._pool, self._session_key = pool, session_key

    async def begin(self, subject: str, tokens: Tokens) -> str:
        """Keep a login; returns its new secret. Sessions that are over are removed on the occasion."""
        secret = secrets.token_urlsafe(32)
        async with self._pool.connection() as connection:
            await connection.execute(_CLEAR, (IDLE,))
            sealed = self._box(secret).close(asdict(tokens))
            await connection.execute(_INSERT, (_hash(secret), subject, sealed, ABSOLUTE))
        return secret

    async def resume(self, secret: str, renew: Callable[[Tokens], Awaitable[Tokens]]) -> Tokens | None:
        """Tokens whose access token is good for a while, renewed if need be; None when the session is over.

        One request at a time renews, for a refresh token is good for one use; those that wait get what it got. What
        `renew` raises ends nothing.
        """
        async with self._pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(_TAKE, (_hash(secret), IDLE))).fetchone()
            if row is None:
                return None
            box = self._box(secret)
            try:
                tokens = Tokens(**box.open(bytes(row[0])))
            except ValueError:  # the deployment's session key was changed
                return None
            if tokens.expires < time.time() + _STILL_GOOD:
                tokens = await renew(tokens)
            await connection.execute(_KEEP, (box.close(asdict(tokens)), _hash(secret)))
            return tokens

    async def end(self, secret: str) -> Tokens | None:
        """Forget a session; its tokens, or None when there was none."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(_END, (_hash(secret),))).fetchone()
        try:
            return None if row is None else Tokens(**self._box(secret).open(bytes(row[0])))
        except ValueError:
            return None

    def _box(self, secret: str) -> Box:
        return Box(self._session_key, secret.encode(), "sevenx portal session")


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
