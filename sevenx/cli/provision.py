"""`sevenx provision`: prepare the stores of a deployment with servers of its own."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sevenx.kernel.settings import Environment


@click.command(name="provision")
@click.option("--only", type=click.Choice(["databases", "bus"]), help="One of the stores; else both.")
@click.option("--replication", default=1, show_default=True, help="Copies of each topic; 3 on a cluster of brokers.")
def command(only: str | None, replication: int) -> None:
    """Make what is lacking: databases, roles and tables; topics, principals and rights. May be run again at any time.

    SEVENX_DISTRICT, SEVENX_SECRETS (the folder that `sevenx secrets` makes), SEVENX_ADMIN_DATABASE (libpq URL of the
    server, with a login or without), SEVENX_KAFKA (bootstrap address).
    """
    from sevenx.deployment.stores import prepare_bus, prepare_databases

    read = Environment(os.environ)
    secrets = Path(read.need("SECRETS"))
    if only != "bus":
        prepare_databases(read.need("ADMIN_DATABASE"), secrets, click.echo)
    if only != "databases":
        prepare_bus(read.need("KAFKA"), secrets, read.need("DISTRICT"), replication, click.echo)
