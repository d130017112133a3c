"""Fixtures that every test may ask for. `postgres` and `kafka` are real servers, started once for the whole run and
shared by all xdist workers: make databases and topics of your own (names are fresh), and do not stop the servers.
A test that kills a server starts its own `sevenx.local.postgres.Postgres` or `sevenx.local.kafka.Kafka`.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer

from sevenx.local.kafka import Kafka
from sevenx.local.logins import KafkaLogin
from sevenx.local.postgres import Postgres
from tests.scheduling import GroupScheduling
from tests.servers import Access, shared

settings.register_profile("sevenx", deadline=None)  # a busy machine is no reason to fail: how long it takes is measured
settings.load_profile("sevenx")


@dataclass(frozen=True)
class Database:
    """A fresh database with its two roles; the URLs are libpq's."""

    name: str
    owner_role: str
    app_role: str
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)


@dataclass(frozen=True)
class SharedPostgres:
    """The run's PostgreSQL."""

    server: Postgres

    @property
    def url(self) -> str:
        """libpq URL of the superuser."""
        return self.server.url()

    def create_database(self, prefix: str = "test") -> Database:
        """A new, empty database that only its owner role and its application role can open."""
        name = f"{prefix}_{uuid.uuid4().hex[:12]}"
        owner, app = (f"{name}_owner", "owner-secret"), (f"{name}_app", "app-secret")
        app_url = self.server.create_database(name, owner=owner, app=app)
        return Database(name, owner[0], app[0], self.server.url(name, *owner), app_url)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> SharedPostgres:
    """`postgres.create_database()` gives a fresh database: `.owner_url`, `.app_url`, `.owner_role`, `.app_role`."""
    folder, access = _shared("postgres", tmp_path_factory)
    return SharedPostgres(Postgres(folder / "postgres-client", port=access.port, password=access.password))


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> KafkaLogin:
    """How to reach the run's broker as its super user: `.bootstrap`, `.user`, `.password`, `.client_options()`."""
    folder, access = _shared("kafka", tmp_path_factory)
    return Kafka(folder / "kafka-client", port=access.port, admin_password=access.password).admin()


def _shared(kind: str, factory: pytest.TempPathFactory) -> tuple[Path, Access]:
    """Under xdist the folder is the run's, one above the worker's, and the run is the worker's parent."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        return base.parent, shared(kind, base.parent, os.getppid())
    return base, shared(kind, base, os.getpid())


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--shots FOLDER`: the console's tests keep pictures of what they saw. `--running FOLDER`: they use the system of
    that state folder, which `tests.console.district.prepare` has prepared, instead of starting one."""
    parser.addoption("--shots", default=None, metavar="FOLDER", help="keep pictures of the console's pages here")
    parser.addoption(
        "--running", default=None, metavar="FOLDER", help="use this running system for the console's tests"
    )


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """How xdist's workers share the tests, whatever `--dist` says."""
    return GroupScheduling(config, log)
