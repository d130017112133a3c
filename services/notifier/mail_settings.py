"""How e-mail is sent, from the environment: each variable also as `…_FILE`, which names a file that holds it.

SEVENX_SMTP           smtp://host:25, smtp+starttls://host:587 or smtps://host:465; not set: no e-mail is queued
SEVENX_SMTP_FROM      the sender, `SevenX <no-reply@example.gov.cn>`; needed with SEVENX_SMTP
SEVENX_SMTP_USER, SEVENX_SMTP_PASSWORD    where the server asks for them; never over an unencrypted connection
SEVENX_SMTP_CA        path of the PEM of the authority that signed the server's certificate; not set: the system's
SEVENX_SMTP_ATTEMPTS  attempts before a notice has failed for good; 8
SEVENX_SMTP_RETRY     seconds before the second attempt, doubled for each further one; 60
SEVENX_ORIGIN         the console as browsers see it, before each link: `https://sevenx.example.gov.cn`
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urlsplit

from sevenx.kernel.errors import SettingsError
from sevenx.kernel.settings import Environment

ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$")
"""An address as mail servers without SMTPUTF8 take it (RFC 5321, 4.1.2, without quoted local parts)."""
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailSettings:
    """A mail server, and what letters say of where they come from."""

    host: str
    port: int
    security: str
    """`smtp` (none), `smtp+starttls` or `smtps`."""
    sender: Address
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    ca: str = ""
    attempts: int = 8
    retry_seconds: float = 60.0
    console: str = ""

    @property
    def domain(self) -> str:
        """The right side of every Message-ID."""
        return self.sender.domain

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> MailSettings | None:
        """None where no mail server is set; SettingsError names the variable that is wrong."""
        read = Environment(os.environ if env is None else env)
        url = read.get("SMTP", "")
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise SettingsError(f"SEVENX_SMTP is {url!r}; it must be like smtp+starttls://mail.example.gov.cn:587")
        user, password = read.get("SMTP_USER", ""), read.get("SMTP_PASSWORD", "")
        if user and parts.scheme == "smtp":
            raise SettingsError("SEVENX_SMTP_USER needs an encrypted connection: use smtp+starttls:// or smtps://")
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            security=parts.scheme,
            sender=_sender(read.need("SMTP_FROM")),
            user=user,
            password=password,
            ca=read.get("SMTP_CA", ""),
            attempts=_whole(read, "SMTP_ATTEMPTS", "8"),
            retry_seconds=_whole(read, "SMTP_RETRY", "60"),
            console=read.get("ORIGIN", "").rstrip("/"),
        )


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    if not ADDRESS.fullmatch(address):
        raise SettingsError("SEVENX_SMTP_FROM is no address like SevenX <no-reply@example.gov.cn>")
    return Address(name, addr_spec=address)


def _whole(read: Environment, name: str, default: str) -> int:
    text = read.get(name, default)
    if not text.isdigit() or int(text) < 1:
        raise SettingsError(f"SEVENX_{name} is {text!r}; it must be a whole number, 1 or more")
    return int(text)


def mail_is_set(env: Mapping[str, str] | None = None) -> bool:
    """Whether e-mail is queued at all."""
    given = os.environ if env is None else env
    return bool(given.get("SEVENX_SMTP") or given.get("SEVENX_SMTP_FILE"))
