"""A real Apache Kafka (KRaft, one node) on loopback ports: SCRAM-SHA-512, default-deny ACLs, super user `admin`.

with Kafka(tmp_path / "kafka") as kafka:
    KafkaAdminClient(**kafka.admin().client_options())
"""

from __future__ import annotations

import base64
import contextlib
import secrets
import shutil
import signal
import subprocess
import uuid
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

import psutil

from sevenx.local.errors import LocalError
from sevenx.local.jars import FOLDER, archive, classpath, java
from sevenx.local.logins import KafkaLogin
from sevenx.local.processes import LOOPBACK, end, explain, free_ports, listening, spawn, tail, wait_until
from sevenx.local.secret_files import write_private

ADMIN = "admin"
MEMORY = ("-Xms256m", "-Xmx512m")
# The first compiler alone and a serial collector: on two cores the start is what costs, not the throughput.
FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


class Kafka:
    """One broker: `start`, `stop`, `kill9`, `why_not_ready`; also a context manager."""

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
        one, two = free_ports(2)
        self.folder = folder
        self.port = port or one
        self.controller_port = controller_port or two
        self.admin_password = admin_password or secrets.token_urlsafe(16)
        self.controller_password = controller_password or secrets.token_urlsafe(16)
        self.log = log or folder.parent / f"{folder.name}.log"
        self._java_options = java_options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def admin(self) -> KafkaLogin:
        return KafkaLogin(self.bootstrap, ADMIN, self.admin_password)

    # -- running --------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, seconds: float = 60) -> None:
        """Start and wait until it answers; LocalError with the log's last lines when it dies or takes too long."""
        self.prepare()
        self.launch()
        if not wait_until(lambda: self.why_not_ready() is None or self._exited(), seconds) or self._exited():
            reason = self.why_not_ready()
            self.kill9()
            raise LocalError(f"Kafka did not start: {reason}\n{tail(self.log)}")

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

    def stop(self, seconds: float = 15) -> None:
        """Clean shutdown; SIGKILL after `seconds`."""
        self._end(signal.SIGTERM, seconds)

    def kill9(self) -> None:
        """As a power cut would, except that the kernel's page cache survives."""
        self._end(signal.SIGKILL, 5)

    def why_not_ready(self) -> str | None:
        """None when the broker answers a metadata request authenticated as admin and is its own leader, else why.

        Starts and ends threads of librdkafka: not for a process that forks later.
        """
        if self._exited():
            assert self.process is not None  # noqa: S101
            return f"the process ended with code {self.process.returncode}"
        return why_not_ready(self.admin())

    def _exited(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _end(self, how: signal.Signals, seconds: float) -> None:
        if self.process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            end(psutil.Process(self.process.pid), how, seconds)
        self.process.wait()
        self.process = None

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
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            lines = "\n".join(f"    {line}" for line in (done.stdout + done.stderr).splitlines()[-15:])
            raise LocalError(f"Kafka's storage could not be formatted:\n{lines}")


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
