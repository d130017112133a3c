"""Where the verbs of proof find the log, the seals and the services."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sevenx.kernel.errors import SettingsError
from sevenx.local.home import MARKER, Home
from sevenx.local.logins import KafkaLogin
from sevenx.local.tokens import token

_TOKEN_SECONDS = 600


@dataclass(frozen=True)
class Deployment:
    """A running system as an outside reader sees it."""

    district: str
    kafka: KafkaLogin
    seals: Path | None
    url: str
    token: Callable[[str], str]
    """A bearer token for an office, for example `auditor`."""


def deployment(home: Path) -> Deployment:
    """The embedded system of a state folder; else, by SEVENX_KAFKA and its companions, any other. SettingsError when
    neither is there."""
    env = os.environ
    if "SEVENX_KAFKA" in env and not (home / MARKER).exists():
        login = KafkaLogin(env["SEVENX_KAFKA"], env.get("SEVENX_KAFKA_USER", ""), env.get("SEVENX_KAFKA_PASSWORD", ""))
        seals = Path(env["SEVENX_SEALS"]) if "SEVENX_SEALS" in env else None
        return Deployment(need("SEVENX_DISTRICT"), login, seals, env.get("SEVENX_URL", ""), _env_token)
    local = Home.open(home)
    return Deployment(local.district, local.reader_kafka(), local.seals, local.gateway_url, _Tokens(local))


def need(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise SettingsError(f"{name} is not set; it is needed beside SEVENX_KAFKA")
    return value


def _env_token(_: str) -> str:
    return need("SEVENX_TOKEN")


class _Tokens:
    """Tokens of the local issuer, asked for again before they expire."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._known: dict[str, tuple[float, str]] = {}

    def __call__(self, office: str) -> str:
        made, found = self._known.get(office, (0.0, ""))
        if not found or time.monotonic() - made > _TOKEN_SECONDS:
            found = token(self._home, f"{self._home.district}-{office}")
            self._known[office] = (time.monotonic(), found)
        return found
