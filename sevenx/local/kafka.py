"""A real Apache Kafka (KRaft, one node) on loopback ports: SCRAM-SHA-512, default-deny ACLs, super user `admin`.

with Kafka(tmp_path / "kafka") as kafka:
    KafkaAdminClient(**kafka.admin().client_options())
"""

from __future__ import annotations

import base64
import secrets
import shutil
import signal
import subprocess
import uuid
from pathlib import Path
from string import Template

from sevenx.local.errors import LocalError
from sevenx.local.jars import FOLDER, archive, classpath, java
from sevenx.local.logins import KafkaLogin
from sevenx.local.processes import LOOPBACK, explain, free_ports, listening, run_once, spawn
from sevenx.local.secret_files import write_private
from sevenx.local.server import Server

ADMIN = "admin"
MEMORY = ("-Xms256m", "-Xmx512m")
# The first compiler alone and a serial collector: on two cores the start is what costs, not the throughput.
FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


class Kafka(Server):
    """One broker."""

    name = "Kafka"
    stop_signal = signal.SIGTERM
    starts_within, stops_within = 60.0, 15.0

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        controller_port: int | None = None,
        admin_password: str | None = None,
        controller_password: str | None = None,
        log: Path | None = None,
        java_options: tuple[str, ...] = (),
    ) -> None:
        """`folder` is the broker's own (made when missing): its configuration and, in `data/`, its log."""
        super().__init__(folder, log)
        one, two = free_ports(2)
        self.port = port or one
        self.controller_port = controller_port or two
        self.admin_password = admin_password or secrets.token_urlsafe(16)
        self.controller_password = controller_password or secrets.token_urlsafe(16)
        self._java_options = java_options

    @property
    def bootstrap(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def admin(self) -> KafkaLogin:
        return KafkaLogin(self.bootstrap, ADMIN, self.admin_password)

    def prepare(self) -> None:
        """Write the configuration, and format the storage when there is none (a second)."""
        self._configure()
        if not (self.folder / "data" / "meta.properties").exists():
            self._format()

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the broker without waiting; the folder must be prepared."""
        self.process = spawn(
            [*self._java(*MEMORY, *self._java_options), "kafka.Kafka", str(self._properties)],
            self.log,
            death_signal="TERM",
        )
        return self.process

    def _why_no_answer(self) -> str | None:
        """None when the broker answers a metadata request authenticated as admin and is its own leader, else why.

        Starts and ends threads of librdkafka: not for a process that forks later.
        """
        return why_not_ready(self.admin())

    # -- the folder -----------------------------------------------------------------------------------------------

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    def _configure(self) -> None:
        template = Template((FOLDER / "server.properties").read_text("utf-8"))
        text = template.substitute(
            port=self.port,
            controller_port=self.controller_port,
            data=self.folder / "data",
            admin_password=self.admin_password,
            controller_password=self.controller_password,
        )
        try:
            write_private(self._properties, text.encode())
        except OSError as error:
            raise explain(error, f"Kafka's configuration {self._properties} could not be written") from error

    def _java(self, *options: str) -> list[str]:
        return [
            java(),
            *options,
            *FAST_START,
            *((f"-XX:SharedArchiveFile={archive()}",) if archive().exists() else ()),
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            f"-Dlog4j2.configurationFile={FOLDER / 'log4j2.properties'}",
            f"-Dsevenx.kafka.log={self.log}",
            *("-cp", classpath()),
        ]

    def _format(self) -> None:
        """Write the metadata's first records: the cluster's id and the admin's SCRAM credential."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        argv = [*self._java(), "kafka.tools.StorageTool", "format", "--config", str(self._properties)]
        argv += [
            f"--cluster-id={cluster}",
            "--add-scram",
            f"SCRAM-SHA-512=[name={ADMIN},password={self.admin_password}]",
        ]
        try:
            run_once(argv, "Kafka's storage could not be formatted")
        except LocalError:
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            raise


def why_not_ready(login: KafkaLogin, seconds: float = 2) -> str | None:
    """None when the broker answers this principal's metadata request, else the reason.

    By librdkafka: a kafka-python client that cannot connect leaves its thread and sockets behind.
    """
    from confluent_kafka import KafkaException
    from confluent_kafka.admin import AdminClient

    if not listening(int(login.bootstrap.rpartition(":")[2])):
        return f"nothing listens on {login.bootstrap}"
    errors: list[str] = []
    client = AdminClient(
        {
            **login.librdkafka_options(),
            "client.id": "sevenx-readiness",
            "log_level": 0,
            "error_cb": lambda error: errors.append(str(error)),
        }
    )
    try:
        client.list_topics(timeout=seconds)
    except KafkaException as error:
        client.poll(0)
        return errors[0] if errors else str(error)
    return None
