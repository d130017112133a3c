"""What the supervisor has done in forked children: preparing databases and topics, and running the services."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass

from sevenx.declaration import service, services
from sevenx.local.home import Home
from sevenx.local.parts import server_postgres

HEAVY = (
    "fastapi", "uvicorn", "uvloop", "httptools", "faust.app", "faust.transport.drivers.aiokafka", "aiokafka",
    "sqlalchemy.ext.asyncio", "sqlalchemy.dialects.postgresql.psycopg", "psycopg_pool", "kafka", "confluent_kafka",
    "fastavro", "opentelemetry.sdk.trace.export", "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "prometheus_client", "jwt", "cryptography.hazmat.primitives.asymmetric.ed25519", "httpx", "yaml",
    "aiohttp.web",
)  # fmt: skip
"""What every service imports; done once, before forking."""


@dataclass(frozen=True)
class Work:
    """The real work; a test of the supervisor gives its own."""

    home: Home

    def imports(self) -> Iterator[str]:
        """Import the heavy modules and the kernel one by one; yields each name, so that others get their turn."""
        kernel = importlib.import_module("sevenx.kernel")
        own = [f"sevenx.kernel.{module.name}" for module in pkgutil.iter_modules(kernel.__path__) if not module.ispkg]
        for name in (*HEAVY, "sevenx.local.gateway", *own):
            # A module that cannot be imported is reported by the service that needs it, if any does.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
            yield name

    def databases(self) -> None:
        """Each service's database, its two roles and its tables."""
        from sevenx.kernel.migrations import migrate

        server = server_postgres(self.home)
        for one in services():
            owner, app = ((role, self.home.passwords[f"postgres/{role}"]) for role in (one.owner_role, one.app_role))
            server.create_database(one.database, owner=owner, app=app)
            migrate(self.home.database_url(one.area, owner=True), one.area, one.app_role)

    def topics(self) -> None:
        """Topics, principals and ACLs."""
        from sevenx.kernel.provision import provision

        admin = self.home.admin_kafka()
        provision(admin.bootstrap, admin.user, admin.password, self.home.district, self.home.kafka_passwords())

    def gateway(self) -> None:
        """Serve the one origin until SIGTERM."""
        from sevenx.local.gateway import run

        run(self.home)

    def service(self, area: str) -> None:
        """Run a service until SIGTERM; its environment is set already."""
        importlib.import_module(service(area).module).main()
