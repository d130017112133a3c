"""`sevenx status`: what runs, where, since when, and why something is not ready."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from sevenx.cli._options import home_option
from sevenx.local.home import Home
from sevenx.local.parts import GATEWAY, KAFKA, POSTGRES, part_names, why_not_ready
from sevenx.local.state import SystemState, running


@dataclass(frozen=True)
class PartStatus:
    """One part as an operator sees it; `uptime` is in seconds."""

    part: str
    pid: int | None
    port: int
    ready: bool
    reason: str | None
    uptime: int | None
    restarts: int


@click.command(name="status")
@home_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(home: Path, as_json: bool) -> None:
    """Show each part; the exit code is 0 only when all are ready."""
    opened = Home.open(home)
    state = SystemState.read(opened)
    up = running(opened)
    with ThreadPoolExecutor() as pool:
        parts = list(pool.map(lambda name: _ask(opened, state, name), part_names()))
    ready = up and all(part.ready for part in parts)
    if as_json:
        document = {
            "ready": ready,
            "supervisor": state.supervisor if up else None,
            "phase": state.phase if up else "stopped",
            "home": str(opened.path),
            "gateway": opened.gateway_url,
            "parts": [asdict(part) for part in parts],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _show(opened, parts, up)
    sys.exit(0 if ready else 1)


def _ask(home: Home, state: SystemState, name: str) -> PartStatus:
    ports = {POSTGRES: home.postgres_port, KAFKA: home.kafka_port, GATEWAY: home.port_base}
    port = ports.get(name) or home.service_port(name)
    recorded = state.parts.get(name)
    process = recorded.process() if recorded else None
    if recorded is None or process is None:
        return PartStatus(name, None, port, False, "not running", None, recorded.restarts if recorded else 0)
    reason = why_not_ready(home, name)
    return PartStatus(
        name, process.pid, port, reason is None, reason, int(time.time() - recorded.started), recorded.restarts
    )


def _show(home: Home, parts: list[PartStatus], up: bool) -> None:
    click.echo(f"{home.gateway_url}  ({home.path})" if up else f"SevenX does not run in {home.path}; type: sevenx up")
    for part in parts:
        mark = click.style("✓ ready", fg="green") if part.ready else click.style("✗", fg="red") + f" {part.reason}"
        since = f"{part.uptime} s" if part.uptime is not None else "-"
        click.echo(
            f"  {part.part:<12} pid {part.pid or '-':<8} port {part.port:<6} up {since:<9} "
            f"restarts {part.restarts:<3} {mark}"
        )
