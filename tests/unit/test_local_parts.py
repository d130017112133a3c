"""Restarts, pid files and the checks before a start."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import psutil
import pytest

from sevenx.local import jars, preflight
from sevenx.local.errors import LocalError
from sevenx.local.home import Home
from sevenx.local.parts import Backoff
from sevenx.local.state import PartState, SystemState, clear_leftovers, running, supervisor_lock


def test_restarts_wait_longer_until_a_part_has_lived_for_half_a_minute() -> None:
    backoff = Backoff()
    assert [backoff.delay(1) for _ in range(8)] == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10])
    assert backoff.delay(31) == pytest.approx(0.2)


def test_a_part_is_never_taken_for_another_program_with_its_pid() -> None:
    me = psutil.Process()
    mine = PartState(os.getpid(), me.create_time(), me.name(), 1, 0.0)
    assert mine.process() is not None
    assert PartState(os.getpid(), me.create_time() - 60, me.name(), 1, 0.0).process() is None
    assert PartState(os.getpid(), me.create_time(), "postgres", 1, 0.0).process() is None


def test_what_a_stale_state_names_is_left_alone(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    SystemState(1, "ready", {"kafka": PartState(os.getpid(), 0.0, "java", 1, 0.0)}).write(home)
    assert clear_leftovers(home, 0.1) == []


def test_a_state_that_was_cut_reads_as_none(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    (home.run / "state.json").write_text('{"supervisor": 1, "par')
    assert SystemState.read(home) == SystemState()


def test_one_supervisor_holds_a_folder(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    assert not running(home)
    with supervisor_lock(home) as held:
        assert held is not None
        assert running(home)
    assert not running(home)


def test_a_port_in_use_is_named_with_its_holder_and_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            LocalError, match=rf"port {port}, wanted for kafka, is in use by pid {os.getpid()}.*--port-base"
        ):
            preflight.check_ports({"kafka": port})


def test_a_real_issuer_is_not_run_beside() -> None:
    with pytest.raises(LocalError, match="SEVENX_ISSUER is set"):
        preflight.refuse_beside_a_real_issuer({"SEVENX_ISSUER": "https://id.example.gov.cn"})
    preflight.refuse_beside_a_real_issuer({})


def test_too_little_space_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "SPACE", 1 << 62)
    with pytest.raises(LocalError, match="MiB are free"):
        preflight.check_space(tmp_path / "not" / "yet")


def test_missing_and_old_java_are_named_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(LocalError, match=r"has no bin/java.*apt-get install"):
        jars.java()
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "java"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "release").write_text('JAVA_VERSION="1.8.0_402"\n')
    with pytest.raises(LocalError, match=r"is Java 8, Kafka needs 17.*apt-get install"):
        jars.java()
    (tmp_path / "release").write_text('JAVA_VERSION="21.0.2"\n')
    assert jars.java() == str(program)
