"""`sevenx logs`: the logs of all parts in one place."""

from __future__ import annotations

import time
from pathlib import Path

import click

from sevenx.cli._options import home_option
from sevenx.local.errors import LocalError
from sevenx.local.home import Home

POLL = 0.2


@click.command(name="logs")
@home_option
@click.option("-f", "--follow", is_flag=True, help="Go on as lines are written, until Ctrl-C.")
@click.option("-n", "--lines", default=20, show_default=True, help="How many of the last lines of each log.")
@click.argument("parts", nargs=-1, metavar="[PART]...")
def command(home: Path, follow: bool, lines: int, parts: tuple[str, ...]) -> None:
    """Show the last lines of the logs of PARTs (all when none is named), each line with its part's name."""
    opened = Home.open(home)
    logs = {log.stem: log for log in sorted(opened.logs.glob("*.log"))}
    if unknown := [part for part in parts if part not in logs]:
        raise LocalError(f"no log of {', '.join(unknown)}; there are {', '.join(logs) or 'none yet'}")
    chosen = {part: logs[part] for part in parts or logs}
    seen = {part: _show_end(part, log, lines) for part, log in chosen.items()}
    while follow:
        for part, log in chosen.items():
            seen[part] = _show_from(part, log, seen[part])
        time.sleep(POLL)


def _show_end(part: str, log: Path, lines: int) -> int:
    content = log.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    for line in whole.splitlines()[-lines:] if lines else []:
        _show(part, line)
    return len(whole)


def _show_from(part: str, log: Path, offset: int) -> int:
    """Show the whole lines after `offset`; a log that became shorter was rotated and is read from its start."""
    if not log.exists():
        return 0
    size = log.stat().st_size
    if size < offset:
        offset = 0
    with log.open("rb") as file:
        file.seek(offset)
        content = file.read(size - offset)
    whole = content[: content.rfind(b"\n") + 1]
    for line in whole.splitlines():
        _show(part, line)
    return offset + len(whole)


def _show(part: str, line: bytes) -> None:
    click.echo(f"{part:<10} | {line.decode('utf-8', 'replace')}")
