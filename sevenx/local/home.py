"""The state folder of an embedded SevenX: where everything lies, on which port it listens, and its secrets.

The CLI's verbs and the tests start here:

    home = Home.open()                          # the folder that `sevenx up` made ($SEVENX_HOME, ./.sevenx)
    home.gateway_url                            # http://127.0.0.1:7410
    home.database_url("registry", owner=True)   # libpq URL; without owner: the running service's role
    home.admin_kafka(), home.reader_kafka()     # bootstrap address, SCRAM user and password
    sevenx.local.tokens.token(home, "410804-commerce-bureau")

`Home.create()` makes the folder, or completes it when a service was added to the declaration.

    sevenx-home.json    marks the folder as ours: format, district, port base
    principals.json     who the local issuer knows: {sub: {name, grants, district}}
    secrets/            passwords.json, issuer.pem, seal.pem (only the owner may read)
    seals/              what audit writes outside the stores, and seal.pub
    documents/          documents by their SHA-256
    postgres/ kafka/    the servers' data
    logs/               <part>.log, one for each process, and supervisor.log
    run/                pid files and the supervisor's state
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from sevenx.declaration import AUDIT, ROOT, Service, service, services
from sevenx.local.errors import LocalError
from sevenx.local.logins import KafkaLogin
from sevenx.local.principals import seed_principals
from sevenx.local.secret_files import ensure_ed25519, ensure_rsa, write_private

FORMAT = 1
MARKER = "sevenx-home.json"
LOOPBACK = "127.0.0.1"
PORTAL = "portal"
PROJECTS = "projects"
"""The area that keeps documents."""
PORTAL_CLIENT = "sevenx-portal"
"""The portal's client id at the local issuer."""
DEFAULT_PORT_BASE = 7410
DEFAULT_DISTRICT = "410804"


@dataclass(frozen=True)
class Home:
    """A state folder with its ports and secrets. Reading never writes; only `create` does."""

    path: Path
    district: str = DEFAULT_DISTRICT
    port_base: int = DEFAULT_PORT_BASE

    # -- making and finding ---------------------------------------------------------------------------------------

    @classmethod
    def default_path(cls) -> Path:
        """`$SEVENX_HOME`, or `.sevenx` in the project's root."""
        return Path(os.environ.get("SEVENX_HOME") or ROOT / ".sevenx").absolute()

    @classmethod
    def open(cls, path: Path | str | None = None) -> Home:
        """The existing state folder; LocalError when there is none or it is not ours."""
        folder = Path(path).absolute() if path else cls.default_path()
        marker = folder / MARKER
        try:
            content = json.loads(marker.read_text("utf-8"))
        except FileNotFoundError:
            raise LocalError(
                f"{folder} is not a SevenX state folder ({MARKER} is missing); "
                "make one with `sevenx up`, or name another with --home or SEVENX_HOME"
            ) from None
        except (OSError, ValueError) as error:
            raise LocalError(f"{marker} cannot be read: {error}") from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            found = content.get("format") if isinstance(content, dict) else content
            raise LocalError(
                f"{folder} has the state format {found!r}, this version of SevenX reads {FORMAT}; "
                "use the version that made it, or name another folder with --home"
            )
        return cls(folder, str(content["district"]), int(content["port_base"]))

    @classmethod
    def create(
        cls, path: Path | str | None = None, *, district: str | None = None, port_base: int | None = None
    ) -> Home:
        """Make the state folder, or open it and add what is lacking (keys, passwords of new services).

        A port base that is given replaces the one in the folder. LocalError when the folder holds something else,
        or belongs to another district.
        """
        folder = Path(path).absolute() if path else cls.default_path()
        if (folder / MARKER).exists():
            found = cls.open(folder)
            if district and district != found.district:
                raise LocalError(
                    f"{folder} belongs to district {found.district}, not {district}; name another with --home"
                )
            home = cls(folder, found.district, port_base or found.port_base)
        else:
            _refuse_foreign(folder)
            home = cls(folder, district or DEFAULT_DISTRICT, port_base or DEFAULT_PORT_BASE)
        home._check()
        home._complete()
        return home

    def _check(self) -> None:
        if not (len(self.district) == 6 and self.district.isdigit()):
            raise LocalError(f"--district is {self.district!r}; it must be a GB/T 2260 code of six digits")
        if not 1024 <= self.port_base <= 65000:
            raise LocalError(f"--port-base is {self.port_base}; it must lie between 1024 and 65000")

    def _complete(self) -> None:
        # The marker comes first: a folder that was left half made is completed the next time, not refused.
        marker = {"format": FORMAT, "district": self.district, "port_base": self.port_base}
        write_private(self.path / MARKER, json.dumps(marker).encode(), mode=0o644)
        for folder in (self.path, self.logs, self.run, self.seals):
            folder.mkdir(parents=True, exist_ok=True)
        self.secrets.mkdir(mode=0o700, exist_ok=True)
        ensure_rsa(self.issuer_key)
        ensure_ed25519(self.seal_key, self.seals / "seal.pub")
        lacking = [name for name in self._password_names() if name not in self.passwords]
        if lacking:
            full = {**self.passwords, **{name: secrets.token_urlsafe(24) for name in lacking}}
            write_private(self._passwords_file, json.dumps(full, indent=1).encode())
            vars(self).pop("passwords", None)
        if not self.principals.exists():
            seeded = json.dumps(seed_principals(self.district), ensure_ascii=False, indent=1)
            write_private(self.principals, seeded.encode(), mode=0o644)

    # -- folders and files ----------------------------------------------------------------------------------------

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def seals(self) -> Path:
        """Where audit writes its seals; `seal.pub` beside them is the key that verifies them."""
        return self.path / "seals"

    @property
    def documents(self) -> Path:
        """The store of documents of projects."""
        return self.path / "documents"

    @property
    def seal_key(self) -> Path:
        return self.secrets / "seal.pem"

    @property
    def issuer_key(self) -> Path:
        return self.secrets / "issuer.pem"

    @property
    def principals(self) -> Path:
        return self.path / "principals.json"

    @property
    def postgres_data(self) -> Path:
        return self.path / "postgres"

    @property
    def kafka_data(self) -> Path:
        return self.path / "kafka"

    def log(self, part: str) -> Path:
        """The log file of a part: an area, `gateway`, `kafka`, `postgres` or `supervisor`."""
        return self.logs / f"{part}.log"

    # -- ports ----------------------------------------------------------------------------------------------------

    @property
    def kafka_port(self) -> int:
        return self.port_base + 1

    @property
    def controller_port(self) -> int:
        return self.port_base + 2

    @property
    def postgres_port(self) -> int:
        return self.port_base + 3

    def service_port(self, area: str) -> int:
        return self.port_base + 10 + service(area).ordinal

    def ports(self) -> dict[str, int]:
        """Every port that a running system listens on, by part."""
        fixed = {
            "gateway": self.port_base,
            "kafka": self.kafka_port,
            "kafka controller": self.controller_port,
            "postgres": self.postgres_port,
        }
        return fixed | {one.area: self.service_port(one.area) for one in services()}

    @property
    def gateway_url(self) -> str:
        """The one origin: `/api/<area>/…`, `/issuer/…` and the console."""
        return f"http://{LOOPBACK}:{self.port_base}"

    @property
    def issuer_url(self) -> str:
        return f"{self.gateway_url}/issuer"

    def service_url(self, area: str) -> str:
        """A service without the gateway, for its `/readyz` and `/metrics`."""
        return f"http://{LOOPBACK}:{self.service_port(area)}"

    # -- secrets --------------------------------------------------------------------------------------------------

    @property
    def _passwords_file(self) -> Path:
        return self.secrets / "passwords.json"

    @cached_property
    def passwords(self) -> Mapping[str, str]:
        """All secrets by `postgres/<role>`, `kafka/<user>`, `issuer/client` and `portal/session`; read once."""
        try:
            content: dict[str, str] = json.loads(self._passwords_file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise LocalError(f"{self._passwords_file} cannot be read: {error}") from error
        return content

    def _password_names(self) -> list[str]:
        roles = [role for one in services() for role in (one.owner_role, one.app_role)]
        users = [self.kafka_user(one.area) for one in services()]
        return [
            *(f"postgres/{role}" for role in ("postgres", *roles)),
            *(f"kafka/{user}" for user in ("admin", "controller", self.reader_user, *users)),
            "issuer/client",
            "portal/session",
        ]

    def kafka_user(self, area: str) -> str:
        """The service's Kafka principal."""
        return f"{self.district}-{area}"

    @property
    def reader_user(self) -> str:
        """The Kafka principal of an outside reader that writes nothing."""
        return f"{self.district}-reader"

    @property
    def kafka_bootstrap(self) -> str:
        return f"{LOOPBACK}:{self.kafka_port}"

    def admin_kafka(self) -> KafkaLogin:
        """The broker's super user: for provisioning, never for a service."""
        return KafkaLogin(self.kafka_bootstrap, "admin", self.passwords["kafka/admin"])

    def reader_kafka(self) -> KafkaLogin:
        """The auditor's outside reader: reads every topic of the district, writes none."""
        return KafkaLogin(self.kafka_bootstrap, self.reader_user, self.passwords[f"kafka/{self.reader_user}"])

    def service_kafka(self, area: str) -> KafkaLogin:
        """The service's own principal."""
        user = self.kafka_user(area)
        return KafkaLogin(self.kafka_bootstrap, user, self.passwords[f"kafka/{user}"])

    def kafka_passwords(self) -> dict[str, str]:
        """What provisioning needs: the SCRAM password of each area's principal, and of `reader`."""
        logins = {one.area: self.service_kafka(one.area) for one in services()} | {"reader": self.reader_kafka()}
        return {name: login.password for name, login in logins.items()}

    def database_url(self, area: str, owner: bool = False) -> str:
        """libpq URL of an area's database as the running service's role, or as the owner of its tables."""
        one = service(area)
        return self._database_url(one, one.owner_role if owner else one.app_role)

    def _database_url(self, one: Service, role: str) -> str:
        password = quote(self.passwords[f"postgres/{role}"], safe="")
        return f"postgresql://{role}:{password}@{LOOPBACK}:{self.postgres_port}/{one.database}"

    @property
    def client_secret(self) -> str:
        """The secret that every principal of the local issuer shares; see `sevenx.local.tokens`."""
        return self.passwords["issuer/client"]

    # -- processes ------------------------------------------------------------------------------------------------

    def service_env(self, area: str) -> dict[str, str]:
        """The `SEVENX_*` environment of a service's process (role `all`)."""
        login = self.service_kafka(area)
        env = {
            "SEVENX_DISTRICT": self.district,
            "SEVENX_ROLE": "all",
            "SEVENX_BIND": f"{LOOPBACK}:{self.service_port(area)}",
            "SEVENX_DATABASE": self.database_url(area),
            "SEVENX_KAFKA": login.bootstrap,
            "SEVENX_KAFKA_USER": login.user,
            "SEVENX_KAFKA_PASSWORD": login.password,
            "SEVENX_ISSUER": self.issuer_url,
            "SEVENX_JWKS_URL": f"{self.issuer_url}/jwks",
            "SEVENX_LOCAL_ISSUER": "1",
            "SEVENX_ORIGIN": self.gateway_url,
        }
        if area == PORTAL:
            env |= {
                "SEVENX_OIDC_CLIENT_ID": PORTAL_CLIENT,
                "SEVENX_OIDC_CLIENT_SECRET": self.client_secret,
                "SEVENX_SESSION_KEY": self.passwords["portal/session"],
            }
        if area == PROJECTS:
            env["SEVENX_DOCUMENTS"] = str(self.documents)
        if area == AUDIT:
            env |= {"SEVENX_SEALS": str(self.seals), "SEVENX_SEAL_KEY_FILE": str(self.seal_key)}
        return env


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise LocalError(f"{folder} is not a folder; name another with --home")
    if folder.exists() and any(folder.iterdir()):
        raise LocalError(
            f"{folder} is not empty and not a SevenX state folder ({MARKER} is missing); "
            "nothing was touched; name an empty or a new folder with --home or SEVENX_HOME"
        )
