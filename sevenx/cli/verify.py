"""`sevenx verify`: audit the whole log, from the live bus or from a dump, then ask every service."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sevenx.cli._log import Deployment, deployment
from sevenx.cli._options import home_option
from sevenx.declaration import services, writing_services
from sevenx.proof.dump import DumpSource
from sevenx.proof.findings import Problem
from sevenx.proof.kafka_source import KafkaSource
from sevenx.proof.owners import Owners, compare_owners, compare_projections
from sevenx.proof.seal_files import PUBLIC_KEY, seal_folders
from sevenx.proof.seal_statement import read_public_key
from sevenx.proof.verify import Report, verify_log

SHOWN = 50


@click.command(name="verify")
@click.option(
    "--log", "dump", type=click.Path(path_type=Path, file_okay=False), help="A dump, instead of the live bus."
)
@click.option("--seals", type=click.Path(path_type=Path, file_okay=False), help="The folder of seals.")
@click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), help="Public key (PEM); else seal.pub beside them."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@home_option
def command(dump: Path | None, seals: Path | None, key: Path | None, as_json: bool, home: Path) -> None:
    """Verify chains, order, ownership, contents, headers and seals of the whole log; live also the owners' logs and the
    read models. The exit code is 0 only without a problem."""
    if dump is not None:
        report = _verify(DumpSource(dump), seals, key)
    else:
        report = verify_live(deployment(home), seals, key)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1, default=str))
    else:
        _show(report, live=dump is None)
    sys.exit(1 if report.problems else 0)


def _verify(source: DumpSource | KafkaSource, seals: Path | None, key: Path | None) -> Report:
    """Against the seals where there are any; where there are none, LogSealed on the bus tells whether they are gone."""
    if seals is None:
        return verify_log(source)
    public = key or seals / PUBLIC_KEY
    if key is None and not public.exists() and not seal_folders(seals):
        return verify_log(source, seals)
    return verify_log(source, seals, read_public_key(public))


def verify_live(where: Deployment, seals: Path | None = None, key: Path | None = None) -> Report:
    """Audit the bus of a running deployment, the owners' logs and the read models."""
    source = KafkaSource(where.kafka.librdkafka_options(), where.district, ())
    ends = {(t.name, n): extent.end for t in source.topics for n, extent in enumerate(t.partitions)}
    report = _verify(source, seals or where.seals, key)
    if where.url:
        owners = Owners(where.url, lambda: where.token("auditor"))
        try:
            compare_owners(report, owners, [one.area for one in writing_services()], lambda: source.tail(ends))
            compare_projections(report, owners, [one.area for one in services()])
        finally:
            owners.close()
    return report


def _show(report: Report, live: bool) -> None:
    click.echo(f"district {report.district}: {report.events} events in {report.seconds:.2f} s "
               f"({report.events_per_second} events/s)")  # fmt: skip
    for area, streams in sorted(report.streams.items()):
        click.echo(f"  {area:<12}{sum(s.version for s in streams.values()):>9} events {len(streams):>7} streams")
    for seal in report.seals:
        holds = "holds" if seal["holds"] else click.style("DOES NOT HOLD", fg="red")
        click.echo(f"  seal {seal['number']:<7}{seal.get('leaves', 0):>9} events  {seal.get('period', '')}  {holds}")
    click.echo(f"  unsealed    {report.unsealed:>9} events" + ("" if report.seals else "  (no seal was checked)"))
    click.echo(f"  duplicates  {report.duplicates:>9} records, benign")
    for one in report.adjudicated:
        click.echo(f"  adjudicated  {one.where}: {one.what}")
    for area, owner in report.owners.items():
        click.echo(f"  owner {area:<12} {owner}")
    for area, answer in report.projections.items():
        equal = answer.get("equal")
        click.echo(f"  projections of {area:<12} " + ("equal a pure replay" if equal else "DIFFER from a pure replay"))
    if not live:
        click.echo("  offline: unsealed events stand unproved, owners and read models were not asked")
    _show_problems(report.problems)


def _show_problems(problems: list[Problem]) -> None:
    if not problems:
        click.echo(click.style("no problem", fg="green"))
        return
    click.echo(click.style(f"{len(problems)} problems", fg="red"))
    for problem in problems[:SHOWN]:
        click.echo(f"  {problem.kind:<16} {problem.where}\n    {problem.what}")
    if len(problems) > SHOWN:
        click.echo(f"  … and {len(problems) - SHOWN} more (--json shows all)")
