"""`python -m benchmarks [ROW…]`: measure, print one table with the goals beside, keep the figures as JSON."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

import click

from benchmarks.bench import Bench
from benchmarks.harness import WrongResult
from benchmarks.machine import circumstances, describe
from benchmarks.report import RESULTS, Measured, keep, show
from benchmarks.rows import ROWS


@click.command()
@click.argument("rows", nargs=-1, type=click.Choice(list(ROWS)))
@click.option("--quick", is_flag=True, help="Tiny amounts, two turns: only to see that the rows work.")
@click.option(
    "--results", type=click.Path(path_type=Path, file_okay=False), default=RESULTS, help="Where to keep them."
)
@click.option("--list", "listed", is_flag=True, help="List the rows.")
def main(rows: tuple[str, ...], quick: bool, results: Path, listed: bool) -> None:
    """Measure the chosen rows (all when none is named). Ends with 1 when a run did not do what it was timed for; goals
    that are missed are shown, and are no error."""
    if listed:
        for row in ROWS.values():
            click.echo(f"{row.name:10} {row.title}")
        return
    for name in ("faust", "mode", "aiokafka", "sevenx"):
        logging.getLogger(name).setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders are taken away
    machine = describe()
    measured: dict[str, Measured] = {}
    failed: list[str] = []
    with Bench(quick) as bench:
        for name in rows or ROWS:
            click.echo(f"{name}: {ROWS[name].title}", err=True)
            try:
                measured[name] = circumstances(), list(ROWS[name].measure(bench))
            except WrongResult as error:
                failed.append(f"{name}: {error}")
                click.echo(f"  WRONG RESULT: {error}", err=True)
    show(measured)
    click.echo(f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, Linux {machine['kernel']}")
    click.echo(f"kept in {keep(machine, measured, quick, results)}")
    if failed:
        click.echo("WRONG RESULTS, whose figures are left out:\n" + "\n".join(failed), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
