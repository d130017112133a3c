"""What must hold before anything is started, each with the words that mend it."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

import psutil

from sevenx.local.errors import LocalError
from sevenx.local.home import Home
from sevenx.local.jars import java
from sevenx.local.processes import LOOPBACK

SPACE = 1024**3
"""Bytes that must be free: Kafka and PostgreSQL both fail badly on a full disk."""


def check(home: Home) -> None:
    """LocalError when a port is taken, the disk is full, Java is missing or too old, or a real issuer is set."""
    refuse_beside_a_real_issuer()
    java()
    check_space(home.path)
    check_ports(home.ports())


def refuse_beside_a_real_issuer(env: Mapping[str, str] = os.environ) -> None:
    """LocalError when the environment names a real issuer: two issuers would be one too many to trust."""
    real = env.get("SEVENX_ISSUER")
    if real:
        raise LocalError(
            f"SEVENX_ISSUER is set ({real}): the embedded runtime signs with an issuer of its own, "
            "which never runs beside a real one; unset SEVENX_ISSUER, or deploy without `sevenx up`"
        )


def check_space(folder: Path) -> None:
    """At least 1 GiB must be free where the state folder lies."""
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    if free < SPACE:
        raise LocalError(
            f"only {free // 1024**2} MiB are free at {existing}, SevenX needs 1 GiB; "
            "make room, or put the state folder elsewhere with --home"
        )


def check_ports(ports: dict[str, int]) -> None:
    """Every port must be free; the message names the part, the port and, when known, who holds it."""
    for part, port in ports.items():
        if not port_is_free(port):
            raise LocalError(
                f"port {port}, wanted for {part}, is in use{_holder(port)}; "
                "stop that program, or choose other ports with --port-base (or SEVENX_PORT_BASE)"
            )


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port
            if listens and connection.pid:
                process = psutil.Process(connection.pid)
                return f" by pid {process.pid} ({' '.join(process.cmdline())[:80] or process.name()})"
    except psutil.Error:
        return ""
    return ""
