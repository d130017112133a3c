"""The real PostgreSQL and Kafka that all tests of one run share, whichever xdist worker asks first.

Run as a program it is the keeper: it starts one server, writes how to reach it, waits for the test run to end (it
watches the pid, so a killed run leaves nothing either) and takes the server and its data away.

    python tests/servers.py postgres|kafka FOLDER PID
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from sevenx.local.errors import LocalError
from sevenx.local.kafka import Kafka
from sevenx.local.postgres import Postgres
from sevenx.local.processes import tail, wait_until
from sevenx.local.secret_files import write_private

KINDS = {"postgres": Postgres, "kafka": Kafka}
_keepers: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Access:
    """Where a shared server listens, and its super user's password."""

    port: int
    password: str


def shared(kind: str, folder: Path, run: int) -> Access:
    """The server of this test run (`run` is the pid whose end ends it); started by whoever comes first."""
    found = folder / f"{kind}.json"
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found.exists():
            _start_keeper(kind, folder, run, found)
    return Access(**json.loads(found.read_text("utf-8")))


def _start_keeper(kind: str, folder: Path, run: int, found: Path) -> None:
    log = folder / f"{kind}.keeper.log"
    with log.open("wb") as out:
        keeper = subprocess.Popen(
            [sys.executable, __file__, kind, str(folder), str(run)], stdout=out, stderr=out, start_new_session=True
        )
    _keepers.append(keeper)
    if not wait_until(lambda: found.exists() or keeper.poll() is not None, 90) or not found.exists():
        raise LocalError(f"the tests' {kind} did not start:\n{tail(log)}")


def _keep(kind: str, folder: Path, run: int) -> None:
    test_run = psutil.Process(run)
    data = folder / f"{kind}-server"
    server = KINDS[kind](data / kind)
    try:
        server.start()
        password = server.password if isinstance(server, Postgres) else server.admin_password
        access = {"port": server.port, "password": password}
        write_private(folder / f"{kind}.json", json.dumps(access).encode())
        test_run.wait()
    finally:
        server.kill9()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    os.umask(0o022)
    _keep(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
