"""`sevenx down`: stop what `sevenx up` started."""

from __future__ import annotations

import time
from pathlib import Path

import click

from sevenx.cli._options import home_option
from sevenx.local.errors import LocalError
from sevenx.local.home import Home
from sevenx.local.state import clear_leftovers, running, stop_supervisor


@click.command(name="down")
@home_option
def command(home: Path) -> None:
    """Stop everything in order; the data stays, and `sevenx up` goes on from it."""
    opened = Home.open(home)
    began = time.monotonic()
    was_running = running(opened)
    if was_running and not stop_supervisor(opened):
        raise LocalError(f"the supervisor did not stop within 60 s; see {opened.log('supervisor')}")
    left = clear_leftovers(opened)
    if was_running or left:
        click.echo(f"✓ stopped ({time.monotonic() - began:.1f} s)")
    else:
        click.echo("nothing runs")
