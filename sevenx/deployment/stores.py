"""What a deployment's stores need before services start: databases and tables, topics, principals and ACLs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sevenx.declaration import services
from sevenx.deployment.secrets_folder import ADMIN_ROLE, ADMIN_USER, READER, password
from sevenx.kernel.databases import create_database, with_login
from sevenx.kernel.migrations import migrate
from sevenx.kernel.provision import provision
from sevenx.kernel.topics import kafka_user

Say = Callable[[str], None]


def prepare_databases(server: str, folder: Path, say: Say) -> None:
    """Each service's database, its two roles and its tables. Idempotent.

    `server` is the libpq URL of the server; the administrator's login comes from it, or `postgres` with the password in
    the folder.
    """
    admin = with_login(server) if "@" in server else with_login(server, ADMIN_ROLE)
    if ":" not in admin.split("//", 1)[1].rpartition("@")[0]:
        admin = with_login(admin, password=password(folder, f"postgres-{ADMIN_ROLE}"))
    for one in services():
        owner, app = ((role, password(folder, f"postgres-{role}")) for role in (one.owner_role, one.app_role))
        create_database(admin, one.database, owner=owner, app=app)
        done = migrate(with_login(admin, *owner, one.database), one.area, one.app_role)
        say(f"{one.database}: {len(done)} migrations carried out")


def prepare_bus(bootstrap: str, folder: Path, district: str, replication: int, say: Say) -> None:
    """Topics, principals, ACLs and published schemas. Idempotent."""
    names = (READER, *(one.area for one in services()))
    passwords = {name: password(folder, f"kafka-{kafka_user(district, name)}") for name in names}
    provision(bootstrap, ADMIN_USER, password(folder, f"kafka-{ADMIN_USER}"), district, passwords, replication)
    say(f"{bootstrap}: topics, principals and rights of district {district} are there")
