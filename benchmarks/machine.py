"""On what the figures were measured: a description without anything that names the machine or its place."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import confluent_kafka
import psutil

from sevenx.declaration import ROOT
from sevenx.local import jars, postgres

_PACKAGES = (
    "aiokafka",
    "confluent-kafka",
    "eventsourcing",
    "fastavro",
    "faust-streaming",
    "kafka-python",
    "psycopg",
    "uvloop",
)


def describe() -> dict[str, Any]:
    """Processor, memory, kernel and versions."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "postgresql": postgres.version(),
        "kafka": _kafka(),
        "librdkafka": confluent_kafka.libversion()[0],
        "packages": {name: version(name) for name in _PACKAGES},
    }


def circumstances() -> dict[str, Any]:
    """What differs between two rows of one machine: time, commit, and the load before, which should be near zero."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def slug(machine: dict[str, Any]) -> str:
    """A short name for files: `intel-xeon-2-cores`."""
    words = re.sub(r"\(.*?\)|@.*|processor|cpu", " ", machine["cpu"], flags=re.IGNORECASE)
    return "-".join(re.findall(r"[a-z0-9.]+", f"{words} {machine['cores']} cores".lower()))


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _kafka() -> str:
    found = [re.search(r"kafka_[0-9.]+-([0-9.]+)\.jar", name) for name in jars.classpath().split(os.pathsep)]
    return next((match[1] for match in found if match), "")


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
