"""`sevenx restore`: take back from Kafka what an area's log lacks, after its PostgreSQL was restored."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from sevenx.cli._offline import Stores, declared, offline
from sevenx.cli._options import home_option
from sevenx.kernel.avro import Catalog, catalog
from sevenx.kernel.provision import read_schemas
from sevenx.kernel.restore import RestoreRefused, TakenBack, stopped_service, take_back
from sevenx.kernel.topics import events_topic
from sevenx.proof.findings import Problem
from sevenx.proof.kafka_source import KafkaSource
from sevenx.proof.seal_files import PUBLIC_KEY, seal_folders
from sevenx.proof.seal_statement import read_public_key
from sevenx.proof.verify import Report, verify_log

_SHOWN = 10


@click.command(name="restore")
@click.argument("area")
@click.option("--from-kafka", is_flag=True, required=True, help="The source; there is no other.")
@click.option("--seals", type=click.Path(path_type=Path, file_okay=False), help="The folder of seals.")
@home_option
def command(area: str, from_kafka: bool, seals: Path | None, home: Path) -> None:  # noqa: ARG001
    """Insert into AREA's log what the bus has and the log lacks. Its service must be stopped.

    The bus is verified first: chains, contents, ownership, and the seals where there are any. Nothing is written when
    anything does not fit, and a stream is never forked. What was not published before PostgreSQL was lost is not on the
    bus and stays lost.
    """
    declared((area,))
    with offline(home, area) as stores:
        done = restore(stores, area, seals or stores.seals)
    click.echo(f"{area}: {done.events} events of {len(done.streams)} streams taken back, {done.present} were there")


def restore(stores: Stores, area: str, seals: Path | None) -> TakenBack:
    """Verify the bus, then take back. RestoreRefused names what does not fit."""
    source = KafkaSource(stores.options(), stores.district, ())
    report = verified(source, seals)
    topic = events_topic(stores.district, area)
    refuse(problem for problem in report.problems if problem.topic in (topic, None))
    ranges = {(topic, n): (0, e.end) for t in source.topics if t.name == topic for n, e in enumerate(t.partitions)}
    discarded = [problem.hash for problem in report.adjudicated if problem.hash is not None]
    schemas = Catalog(fetch=read_schemas_of(stores).get)
    with stopped_service(stores.owner_url(area), area) as connection:
        return take_back(connection, schemas, stores.options(), stores.group, ranges, discarded)


def read_schemas_of(stores: Stores) -> dict[bytes, str]:
    """Schemas that only the bus has: those of a newer writer."""
    known = {schema.fingerprint for schema in catalog().schemas()}
    found = read_schemas(stores.options(), stores.district)
    return {fingerprint: text for fingerprint, text in found.items() if fingerprint not in known}


def verified(source: KafkaSource, seals: Path | None) -> Report:
    """The bus against itself and against the seals."""
    if seals is None or not seal_folders(seals):
        return verify_log(source, seals)
    return verify_log(source, seals, read_public_key(seals / PUBLIC_KEY))


def refuse(problems: Iterable[Problem]) -> None:
    """RestoreRefused when there is any problem."""
    found = list(problems)
    if found:
        listed = "\n".join(f"  {one.kind}: {one.where}\n    {one.what}" for one in found[:_SHOWN])
        more = f"\n  … and {len(found) - _SHOWN} more; see `sevenx verify`" if len(found) > _SHOWN else ""
        raise RestoreRefused(f"the bus does not verify; nothing was written:\n{listed}{more}")
