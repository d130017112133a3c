"""What the portal must know beside the kernel's settings: how it logs in at the issuer, and the key of its sessions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from sevenx.kernel.settings import Environment

IDLE = timedelta(hours=2)
"""A session that nobody uses for so long is over."""
ABSOLUTE = timedelta(hours=12)
"""However busily it is used, after so long a session is over: a working day with its evening."""


@dataclass(frozen=True)
class PortalSettings:
    """The portal at the issuer (an OIDC confidential client)."""

    client_id: str
    client_secret: str = field(repr=False)
    session_key: str = field(repr=False)
    """A secret of the deployment from which, with the secret in the browser's cookie, sessions are encrypted."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> PortalSettings:
        """Read `SEVENX_OIDC_CLIENT_ID`, `SEVENX_OIDC_CLIENT_SECRET` and `SEVENX_SESSION_KEY`; SettingsError names the
        one that is missing."""
        read = Environment(os.environ if env is None else env)
        return cls(read.need("OIDC_CLIENT_ID"), read.need("OIDC_CLIENT_SECRET"), read.need("SESSION_KEY"))


@cache
def portal_settings() -> PortalSettings:
    """This process's settings, read once."""
    return PortalSettings.from_env()
