"""Migrations of a service's database: the kernel's own, then the service's, each once, in the order of their names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from sevenx.declaration import ROOT
from sevenx.kernel.errors import SevenXError

_LOCK = 7000003
_GRANTS = """
GRANT USAGE ON SCHEMA log, ops TO {app};
GRANT SELECT, INSERT ON log.events TO {app};
GRANT SELECT, INSERT, DELETE ON log.outbox, log.blocked_streams TO {app};
GRANT SELECT, INSERT ON log.cut_offs TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ops TO {app};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ops TO {app};
GRANT CREATE ON DATABASE {database} TO {app};
"""


class MigrationChanged(SevenXError):
    """A migration that was carried out has other contents now."""


def migrate(owner_url: str, area: str, app_role: str) -> list[str]:
    """Carry out what is missing as the owner and grant the application's role its rights; the names carried out.

    Idempotent, and safe when several processes begin at once. Raises MigrationChanged when a file that was carried out
    has been edited since: write a new migration instead.
    """
    files = [
        *sorted(Path(__file__).parent.glob("*.sql")),
        *sorted((ROOT / "services" / area / "migrations").glob("*.sql")),
    ]
    done: list[str] = []
    with psycopg.connect(owner_url, autocommit=False) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute("CREATE SCHEMA IF NOT EXISTS migrations")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations.applied"
            "(name text PRIMARY KEY, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
        )
        rows = connection.execute("SELECT name, sha256 FROM migrations.applied").fetchall()
        applied: dict[str, str] = {name: digest for name, digest in rows}  # noqa: C416 mypy reads dict() worse
        for file in files:
            name = f"{'kernel' if file.parent == Path(__file__).parent else area}/{file.name}"
            text = file.read_text("utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            if name in applied:
                if applied[name] != digest:
                    raise MigrationChanged(f"{name} was carried out with other contents; add a new file instead")
                continue
            connection.execute(text.encode())
            connection.execute("INSERT INTO migrations.applied (name, sha256) VALUES (%s, %s)", (name, digest))
            done.append(name)
        names = {"app": sql.Identifier(app_role), "database": sql.Identifier(connection.info.dbname)}
        connection.execute(sql.SQL(_GRANTS).format(**names))
    return done
