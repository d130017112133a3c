"""A service's settings: environment variables, each of which may be given as a file (`NAME_FILE`) for secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sevenx.kernel.errors import SettingsError

ROLES = ("all", "api", "worker", "relay", "clock")


@dataclass(frozen=True)
class Settings:
    """What a process of a service needs to know about its surroundings."""

    area: str
    district: str
    role: str = "all"
    """Which part this process plays: api, worker (reader and reactions), relay, clock, or all of them."""
    bind: str = "127.0.0.1:8000"
    database: str = field(default="", repr=False)
    """libpq URL of the application's role."""
    kafka: str = "127.0.0.1:9092"
    kafka_user: str = ""
    kafka_password: str = field(default="", repr=False)
    issuer: str = ""
    """URL of the OIDC issuer whose tokens are accepted."""
    jwks_url: str = ""
    """Where the issuer's keys are read; empty: taken from the issuer's discovery document."""
    audience: str = "sevenx"
    origin: str = ""
    """Scheme, host and port of the console as browsers see it; commands with its cookie are taken from there alone."""
    log_level: str = "INFO"
    otlp_endpoint: str = ""
    """OTLP/HTTP endpoint for traces; empty: spans are made and propagated but not exported."""
    local_issuer: bool = False
    """True only where the embedded runtime's own issuer signs: simulated business time is allowed there alone."""
    seals: str = ""
    """Folder outside the stores into which audit writes its seals."""
    seal_key: str = field(default="", repr=False)
    """Audit's Ed25519 private key (PEM)."""

    @property
    def host(self) -> str:
        return self.bind.rpartition(":")[0]

    @property
    def port(self) -> int:
        return int(self.bind.rpartition(":")[2])

    @classmethod
    def from_env(cls, area: str, env: Mapping[str, str] | None = None) -> Settings:
        """Read `SEVENX_*`; SettingsError names the variable that is missing or wrong."""
        read = Environment(os.environ if env is None else env)
        role = read.get("ROLE", "all")
        if role not in ROLES:
            raise SettingsError(f"SEVENX_ROLE is {role!r}; it must be one of {', '.join(ROLES)}")
        bind = read.get("BIND", "127.0.0.1:8000")
        if not bind.rpartition(":")[2].isdigit():
            raise SettingsError(f"SEVENX_BIND is {bind!r}; it must be HOST:PORT, for example 0.0.0.0:8000")
        return cls(
            area=area,
            district=read.need("DISTRICT"),
            role=role,
            bind=bind,
            database=_database(read),
            kafka=read.need("KAFKA"),
            kafka_user=read.get("KAFKA_USER", ""),
            kafka_password=read.get("KAFKA_PASSWORD", ""),
            issuer=read.need("ISSUER"),
            jwks_url=read.get("JWKS_URL", ""),
            audience=read.get("AUDIENCE", "sevenx"),
            origin=read.get("ORIGIN", "").rstrip("/"),
            log_level=read.get("LOG_LEVEL", "INFO"),
            otlp_endpoint=read.get("OTLP_ENDPOINT", ""),
            local_issuer=read.get("LOCAL_ISSUER", "") == "1",
            seals=read.get("SEALS", ""),
            seal_key=read.get("SEAL_KEY", ""),
        )


def _database(read: Environment) -> str:
    """`SEVENX_DATABASE`, with the password that may stand apart in `SEVENX_DATABASE_PASSWORD`."""
    url, password = read.need("DATABASE"), read.get("DATABASE_PASSWORD", "")
    if not password:
        return url
    from sevenx.kernel.databases import with_login

    return with_login(url, password=password)


class Environment:
    """Settings by their names without `SEVENX_`; each may stand in a file that `SEVENX_<NAME>_FILE` names."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env

    def get(self, name: str, default: str) -> str:
        variable = f"SEVENX_{name}"
        path = self._env.get(f"{variable}_FILE")
        if path is None:
            return self._env.get(variable, default)
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{variable}_FILE names {path}, which cannot be read: {error.strerror}") from error

    def need(self, name: str) -> str:
        """The setting; SettingsError when it is missing or empty."""
        value = self.get(name, "")
        if not value:
            raise SettingsError(f"SEVENX_{name} is not set; set it, or SEVENX_{name}_FILE to a file that holds it")
        return value
