"""`sevenx up`: start PostgreSQL, Kafka, the services and the gateway on this machine."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import click

from sevenx.cli._options import home_option
from sevenx.local.errors import LocalError
from sevenx.local.home import Home

READY = "\0ready\n"
"""What the detached supervisor says to its caller when the caller may go."""


@click.command(name="up")
@home_option
@click.option("--port-base", type=int, envvar="SEVENX_PORT_BASE", help="First of the ports used.  [default: 7410]")
@click.option("--district", help="GB/T 2260 code of the district, fixed when the folder is made.  [default: 410804]")
@click.option("--detach", is_flag=True, help="Return once all is ready; stop with `sevenx down`.")
def command(home: Path, port_base: int | None, district: str | None, detach: bool) -> None:
    """Start everything on this machine and keep it running; Ctrl-C stops it."""
    from sevenx.local.preflight import refuse_beside_a_real_issuer

    refuse_beside_a_real_issuer()
    opened = Home.create(home, district=district, port_base=port_base)
    if detach:
        _detached(opened)
    else:
        _run(opened, lambda: None)


def _run(home: Home, on_ready: Callable[[], None]) -> None:
    """Be the supervisor of this folder until asked to stop; LocalError when another one is."""
    from sevenx.local import preflight
    from sevenx.local.jars import jars
    from sevenx.local.state import SystemState, clear_leftovers, supervisor_lock

    with supervisor_lock(home) as lock:
        if lock is None:
            raise LocalError(
                f"SevenX runs already in {home.path} (pid {SystemState.read(home).supervisor}); "
                "see `sevenx status`, stop it with `sevenx down`, or name another folder with --home and --port-base"
            )
        if left := clear_leftovers(home):
            click.echo(f"! ended what a killed supervisor left: {', '.join(left)}")
        preflight.check(home)
        jars()
        from sevenx.local.supervisor import Supervisor

        Supervisor(home, click.echo, lock=lock).run(on_ready)


def _detached(home: Home) -> None:
    """Fork the supervisor into a session of its own, show its progress, return when it is ready.

    Ends with its code when it fails. Ctrl-C meanwhile stops it.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        os.setsid()
        os.dup2(write, 1)
        os.dup2(write, 2)
        os.close(write)
        _run(home, lambda: _let_go(home))
        return
    os.close(write)
    signal.signal(signal.SIGINT, lambda *_: os.kill(pid, signal.SIGTERM))
    with os.fdopen(read, encoding="utf-8") as progress:
        for line in progress:
            if line == READY:
                return
            click.echo(line, nl=False)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) or 1)


def _let_go(home: Home) -> None:
    """Tell the caller, which returns then, that all is ready; what is said from now on goes to a log."""
    click.echo(READY, nl=False)
    sys.stdout.flush()
    log = os.open(home.log("up"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(log)
    os.close(null)
