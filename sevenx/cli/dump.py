"""`sevenx dump`: the whole log as files, for whoever wants to verify it without any server."""

from __future__ import annotations

from pathlib import Path

import click

from sevenx.cli._log import deployment
from sevenx.cli._options import home_option
from sevenx.proof.dump import write_dump
from sevenx.proof.kafka_source import KafkaSource


@click.command(name="dump")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@home_option
def command(folder: Path, home: Path) -> None:
    """Write topics, offsets and records into FOLDER (new or empty); read it with `sevenx verify --log FOLDER`."""
    where = deployment(home)
    source = KafkaSource(where.kafka.librdkafka_options(), where.district, ())
    try:
        count = write_dump(source, folder)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} records of {len(source.topics)} topics are in {folder}")
