"""Databases of the run's PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg

from sevenx.kernel.migrations import migrate
from sevenx.kernel.testing.sample import AREA
from sevenx.local.postgres import Postgres

_PASSWORD = "benchmark"


@dataclass(frozen=True)
class Database:
    """libpq URLs of a database for its owner and for the application, as a service has them."""

    server: Postgres
    name: str
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)

    @classmethod
    def create(cls, server: Postgres, name: str) -> Database:
        owner, app = (f"{name}_owner", _PASSWORD), (f"{name}_app", _PASSWORD)
        app_url = server.create_database(name, owner=owner, app=app)
        return cls(server, name, server.url(name, *owner), app_url)

    def migrated(self) -> Database:
        """With the kernel's tables."""
        migrate(self.owner_url, AREA, f"{self.name}_app")
        return self

    def as_owner(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.owner_url, autocommit=True)

    def environment(self) -> dict[str, str]:
        """How the eventsourcing library is told of it."""
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_HOST": "127.0.0.1",
            "POSTGRES_PORT": str(self.server.port),
            "POSTGRES_DBNAME": self.name,
            "POSTGRES_USER": f"{self.name}_owner",
            "POSTGRES_PASSWORD": _PASSWORD,
        }
