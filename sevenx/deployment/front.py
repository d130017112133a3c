"""The one origin and the local issuer as a process of its own, for a trial in containers: `python -m
sevenx.deployment.front`. Whoever reaches it may log in as anybody: a district has an identity provider and an ingress.

SEVENX_DISTRICT, SEVENX_SECRETS, SEVENX_BIND; SEVENX_ISSUER is the issuer's public URL, `<origin>/issuer`;
SEVENX_SERVICE_URL says where a service is, with `{area}` for its name.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sevenx.declaration import services
from sevenx.deployment.secrets_folder import password
from sevenx.kernel.errors import SettingsError
from sevenx.kernel.settings import Environment
from sevenx.local.gateway import gateway
from sevenx.local.issuer import Issuer
from sevenx.local.journal import JsonLines
from sevenx.local.principals import seed_principals


def front(read: Environment, principals: Path) -> web.Application:
    """The application; SettingsError names the setting that is missing or wrong. `principals` is a file that is written
    with the district's offices."""
    url, pattern = read.need("ISSUER"), read.need("SERVICE_URL")
    if not url.endswith("/issuer"):
        raise SettingsError(f"SEVENX_ISSUER is {url}; the trial's issuer stands at <origin>/issuer")
    if "{area}" not in pattern:
        raise SettingsError(f"SEVENX_SERVICE_URL is {pattern}; it must hold {{area}}, for example http://{{area}}:8000")
    secrets = Path(read.need("SECRETS"))
    key = load_pem_private_key(password(secrets, "issuer.pem").encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise SettingsError(f"{secrets / 'issuer.pem'} is not an RSA key")
    principals.write_text(json.dumps(seed_principals(read.need("DISTRICT")), ensure_ascii=False), "utf-8")
    issuer = Issuer(url, key, password(secrets, "oidc-client"), principals)
    return gateway({one.area: pattern.format(area=one.area) for one in services()}, issuer)


def main() -> None:
    """Serve until SIGTERM; what goes wrong is logged to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    read = Environment(os.environ)
    host, _, port = read.get("BIND", "127.0.0.1:7410").rpartition(":")
    with tempfile.TemporaryDirectory(prefix="sevenx-front-") as folder:
        app = front(read, Path(folder) / "principals.json")
        web.run_app(app, host=host, port=int(port), access_log=None, print=None, shutdown_timeout=2)


if __name__ == "__main__":
    main()
