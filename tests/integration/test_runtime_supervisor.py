"""The supervisor with real PostgreSQL, Kafka and gateway: starting, restarting, stopping, and being killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from sevenx.local.home import Home
from sevenx.local.parts import why_not_ready
from sevenx.local.preflight import port_is_free
from sevenx.local.processes import wait_until
from sevenx.local.tokens import token


def free_base() -> int:
    """A port base whose 20 ports are free."""
    start = 17500 + os.getpid() % 200 * 20
    return next(base for base in range(start, 60000, 20) if all(port_is_free(base + n) for n in range(20)))


def sevenx(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sevenx.cli", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


class System:
    """A running stub system in a folder."""

    def __init__(self, folder: Path, base: int) -> None:
        self.folder, self.base = folder, base

    def start(self, *arguments: str) -> str:
        """Start it and return what it said until it was ready (or ended)."""
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.stub_system", str(self.folder), str(self.base), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.supervisor.stdout is not None
        said = []
        for line in self.supervisor.stdout:
            if line == "READY\n":
                break
            said.append(line)
        return "".join(said)

    @property
    def home(self) -> Home:
        return Home.open(self.folder)

    def status(self) -> dict[str, Any]:
        status: dict[str, Any] = json.loads(sevenx("status", "--json", "--home", str(self.folder)).stdout)
        return status

    def part(self, name: str) -> dict[str, Any]:
        return next(part for part in self.status()["parts"] if part["part"] == name)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.supervisor.pid).children(recursive=True)

    def end(self) -> None:
        if self.supervisor.poll() is None:
            self.supervisor.kill()
        assert self.supervisor.stdout is not None
        self.supervisor.stdout.close()
        self.supervisor.wait()


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    started = System(tmp_path / "home", free_base())
    yield started
    started.end()
    assert wait_until(lambda: all(port_is_free(port) for port in started.home.ports().values()), 20)


def test_a_system_starts_restarts_what_is_killed_and_stops_without_a_trace(system: System) -> None:
    said = system.start()
    assert "all ready" in said, said
    assert sevenx("status", "--home", str(system.folder)).returncode == 0
    processes = system.children()

    for part in ("registry", "gateway", "kafka", "postgres"):
        os.kill(system.part(part)["pid"], signal.SIGKILL)
    for part in ("registry", "gateway", "kafka", "postgres"):
        assert wait_until(lambda part=part: system.part(part)["restarts"] == 1, 10), part
        assert wait_until(lambda part=part: why_not_ready(system.home, part) is None, 30), part
    journal = [json.loads(line) for line in system.home.log("supervisor").read_text().splitlines()]
    ended = [line for line in journal if line["message"] == "part ended"]
    assert {line["part"] for line in ended} == {"registry", "gateway", "kafka", "postgres"}
    assert all(line["code"] == -signal.SIGKILL for line in ended)

    processes += system.children()
    down = sevenx("down", "--home", str(system.folder))
    assert down.returncode == 0, down.stderr
    assert system.supervisor.wait(10) == 0
    assert not [one for one in processes if one.is_running()]
    assert all(port_is_free(port) for port in system.home.ports().values())
    assert sevenx("status", "--home", str(system.folder)).returncode == 1
    assert "nothing runs" in sevenx("down", "--home", str(system.folder)).stdout


def test_after_a_killed_supervisor_nothing_lives_and_the_next_start_keeps_the_data(system: System) -> None:
    system.start()
    url = f"postgresql://postgres:{system.home.passwords['postgres/postgres']}@127.0.0.1:{system.home.postgres_port}/postgres"
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (id int)")
    processes = system.children()
    system.supervisor.kill()
    system.end()
    assert wait_until(lambda: not any(one.is_running() for one in processes), 20)

    assert "all ready" in system.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    system.supervisor.send_signal(signal.SIGINT)
    assert system.supervisor.wait(30) == 0


def test_a_second_start_says_that_one_runs(system: System) -> None:
    system.start()
    again = sevenx("up", "--home", str(system.folder))
    assert again.returncode == 1
    assert "runs already" in again.stderr
    assert str(system.supervisor.pid) in again.stderr


def test_a_service_that_cannot_start_is_named_with_its_last_words_and_all_is_stopped(system: System) -> None:
    said = system.start("projects")
    assert system.supervisor.wait(30) == 1
    assert "projects ended with code 1 before it was ready" in said
    assert "projects was told to fail" in said


def test_services_get_their_settings_and_tokens_come_through_the_gateway(system: System) -> None:
    system.start()
    with urllib.request.urlopen(f"{system.home.gateway_url}/api/audit/anything") as answer:  # noqa: S310
        names = answer.read().decode().split(",")
    assert {"SEVENX_DATABASE", "SEVENX_KAFKA_PASSWORD", "SEVENX_SEAL_KEY_FILE", "SEVENX_LOCAL_ISSUER"} <= set(names)
    assert token(system.home, "410804-auditor").count(".") == 2


@pytest.mark.parametrize("detach", [[], ["--detach"]])
def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path, detach: list[str]) -> None:
    base = free_base()
    with socket.create_server(("127.0.0.1", base + 1)):
        refused = sevenx("up", "--home", str(tmp_path / "home"), "--port-base", str(base), *detach)
    assert refused.returncode == 1
    assert f"port {base + 1}, wanted for kafka, is in use" in refused.stdout + refused.stderr
    assert not (tmp_path / "home" / "postgres").exists()
