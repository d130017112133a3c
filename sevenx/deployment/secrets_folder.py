"""The secrets of a deployment: a folder with a file for each, as Docker and Kubernetes mount them.

    postgres-<role>         password of a role: the administrator's `postgres`, each area's owner and application role
    kafka-<user>            password of a principal: `admin`, `controller`, `<district>-reader`, each area's
    seal.pem, seal.pub      audit's Ed25519 key pair; the public one goes to whoever verifies the seals
    issuer.pem              the local issuer's key, for a trial without an identity provider
    oidc-client             the portal's client secret at the issuer; put an identity provider's own into it
    portal-session          the portal's key for its sessions

Names are keys that a Kubernetes Secret may have ([-._a-zA-Z0-9]+).
"""

from __future__ import annotations

import secrets
from pathlib import Path

from sevenx.declaration import services
from sevenx.kernel.errors import SettingsError
from sevenx.kernel.topics import kafka_user
from sevenx.local.secret_files import ensure_ed25519, ensure_rsa, write_private

ADMIN_ROLE = "postgres"
ADMIN_USER = "admin"
READER = "reader"
FILE_MODE = 0o640
"""The group may read: containers run under a user of their own whose group owns the mount."""


def password_names(district: str) -> list[str]:
    """The files that hold a random password."""
    roles = [role for one in services() for role in (one.owner_role, one.app_role)]
    users = [kafka_user(district, name) for name in (READER, *(one.area for one in services()))]
    return [
        *(f"postgres-{role}" for role in (ADMIN_ROLE, *roles)),
        *(f"kafka-{user}" for user in (ADMIN_USER, "controller", *users)),
        "oidc-client",
        "portal-session",
    ]


def complete(folder: Path, district: str) -> list[str]:
    """Make what the folder lacks; the names of the files made. What is there stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    before = {path.name for path in folder.iterdir()}
    for name in password_names(district):
        if name not in before:
            write_private(folder / name, secrets.token_urlsafe(24).encode(), mode=FILE_MODE)
    ensure_rsa(folder / "issuer.pem")
    ensure_ed25519(folder / "seal.pem", folder / "seal.pub")
    for name in ("issuer.pem", "seal.pem"):
        (folder / name).chmod(FILE_MODE)
    return sorted(path.name for path in folder.iterdir() if path.name not in before and not path.name.startswith("."))


def password(folder: Path, name: str) -> str:
    """What the file of this name holds; SettingsError that names it when it cannot be read."""
    try:
        return (folder / name).read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(
            f"the secret {folder / name} cannot be read: {error.strerror}; `sevenx secrets` makes what is lacking"
        ) from error
