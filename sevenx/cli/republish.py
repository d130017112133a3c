"""`sevenx republish`: publish an area's log again, after Kafka or a topic was lost."""

from __future__ import annotations

from pathlib import Path

import click
import psycopg

from sevenx.cli._offline import Stores, declared, offline
from sevenx.cli._options import home_option
from sevenx.declaration import service
from sevenx.kernel.batch_reader import Cluster
from sevenx.kernel.republish import outdated, put_back, read_anew
from sevenx.kernel.restore import stopped_service
from sevenx.kernel.topics import events_topic
from sevenx.local.errors import LocalError


@click.command(name="republish")
@click.argument("areas", nargs=-1, required=True, metavar="AREA...")
@click.option(
    "--from", "start", type=click.IntRange(min=1), help="Position in log.events of the first event, of one area."
)
@home_option
def command(areas: tuple[str, ...], start: int | None, home: Path) -> None:
    """Put the log of AREA (or several) back into its outbox, in order; its service sends it when it starts.

    The services must be stopped. Readers of a topic that was made anew read it from the beginning. What the bus still
    has comes a second time, which readers pass over.
    """
    if start is not None and len(areas) > 1:
        raise LocalError("--from speaks of the positions of one area's log; name one area")
    with offline(home, declared(areas)[0]) as stores:
        for area in areas:
            with stopped_service(stores.owner_url(area), area) as connection:
                count = put_back(connection, start or 1)
            click.echo(f"{area}: {count} events wait to be published")
        for reader in (one for one in stores.app_urls if _let_read_anew(stores, one, areas)):
            click.echo(f"{reader}: reads from the beginning when it starts")


def _let_read_anew(stores: Stores, reader: str, areas: tuple[str, ...]) -> bool:
    """Drop a service's read model if it was filled from another topic than is there now."""
    topics = [events_topic(stores.district, area) for area in areas if area in service(reader).reads()]
    extents = Cluster(stores.options()).extents(topics) if topics else {}
    with psycopg.connect(stores.app_urls[reader], autocommit=True) as connection:
        anew = [topic for topic in topics if outdated(connection, topic, extents)]
        for topic in anew:
            read_anew(connection, topic)
    return bool(anew)
