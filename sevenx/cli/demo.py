"""`sevenx demo`: start everything, import the notice's roster, play a simulated year, prove its log, show it all."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sevenx.cli._options import home_option
from sevenx.local.cast import Enrolled, enrol
from sevenx.local.errors import LocalError
from sevenx.local.home import Home

if TYPE_CHECKING:
    from sevenx.demo.district import District
    from sevenx.demo.scenario import Person
    from sevenx.proof.verify import Report

_MARK = "demo.json"
"""Stands in a state folder that a demonstration has made: only such a folder is made anew."""


@click.command(name="demo")
@home_option
@click.option("--port-base", type=int, envvar="SEVENX_PORT_BASE", help="First of the ports used.  [default: 7410]")
@click.option(
    "--scenario", type=click.Choice(["year", "month"]), default="year", show_default=True, help="What to play."
)
@click.option("--stay/--exit", default=None, help="Stay up until Ctrl-C, or end.  [default: stay with a terminal]")
def command(home: Path, port_base: int | None, scenario: str, stay: bool | None) -> None:
    """Start everything on this machine and play a year of the mechanism with fictional persons and companies."""
    _make_anew(home)
    staying = sys.stdin.isatty() and sys.stdout.isatty() if stay is None else stay
    opened = Home.create(home, port_base=port_base)
    (home / _MARK).write_text(json.dumps({"made_by": "sevenx demo"}), "utf-8")
    _sevenx("up", "--detach", "--home", str(home))
    try:
        _play(opened, scenario)
        if staying:
            _wait_for_ctrl_c()
    finally:
        _sevenx("down", "--home", str(home))


def _make_anew(home: Path) -> None:
    """Remove what an earlier demonstration left; LocalError for a folder that holds anything else."""
    if not home.exists() or not any(home.iterdir()):
        return
    if not (home / _MARK).exists():
        raise LocalError(
            f"{home} holds a system that is not the demonstration's; name another folder: sevenx demo --home FOLDER"
        )
    _sevenx("down", "--home", str(home))
    shutil.rmtree(home)


def _sevenx(*arguments: str) -> None:
    """Run a verb in a process of its own; ends with its code when it fails."""
    sys.stdout.flush()
    code = subprocess.run([sys.executable, "-m", "sevenx.cli", *arguments], check=False).returncode
    if code:
        sys.exit(code)


def _play(home: Home, scenario: str) -> None:
    from rich.console import Console

    from sevenx.cli._log import deployment
    from sevenx.cli.verify import verify_live
    from sevenx.demo.client import Gateway
    from sevenx.demo.plan import Plan
    from sevenx.demo.run import Played, play_scenario
    from sevenx.demo.scenario import Scenario
    from sevenx.demo.summary import show

    console = Console(width=None if sys.stdout.isatty() else 140)
    plan = Plan.of(Scenario.named(scenario))
    enrol(home, (_enrolled(one, plan.district) for one in plan.cast.people))

    async def play() -> tuple[Played, Report]:
        async with Gateway(home) as gateway:
            played = await play_scenario(gateway, console, plan)
            began = time.monotonic()
            report = await asyncio.to_thread(verify_live, deployment(home.path))
            played.seconds["verifying"] = time.monotonic() - began
            await show(console, gateway, played, home.gateway_url, report)
            return played, report

    played, report = asyncio.run(play())
    parts = ", ".join(f"{part} {seconds:.1f} s" for part, seconds in played.seconds.items())
    total = sum(played.seconds.values())
    console.print(
        f"{plan.scenario.label}：{total:.1f} 秒，{played.commands:,} 件指令 / commands ({parts})", highlight=False
    )
    if report.problems:
        raise LocalError(f"the log has {len(report.problems)} problems; see `sevenx verify`")


def _enrolled(one: Person, district: District) -> Enrolled:
    """A person of the cast as the login page offers him."""
    unit = (district.units[one.unit].zh, "") if one.unit else ("", "")
    return Enrolled(one.id, one.zh, one.en, one.post, one.group, unit)


def _wait_for_ctrl_c() -> None:
    click.echo("Ctrl-C 结束 / Ctrl-C ends it")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        click.echo("")
