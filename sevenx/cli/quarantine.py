"""`sevenx quarantine`: records that a service's reader has set aside."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import psycopg

from sevenx.cli._api import Api, api_options
from sevenx.cli._options import home_option
from sevenx.kernel import quarantine
from sevenx.kernel.avro import catalog
from sevenx.kernel.errors import MalformedRecord, SevenXError
from sevenx.kernel.quarantine import Entry
from sevenx.local.home import Home

PATIENCE = 15.0
"""Seconds for which a redrive waits for the service's reader."""

_AREA = click.argument("area")
_DATABASE = click.option("--database", envvar="SEVENX_DATABASE", help="libpq URL; else the embedded runtime's.")


@click.group(name="quarantine")
def command() -> None:
    """List, show, redrive or discard what a service's reader has set aside.

    A record is malformed (no event of ours), a fork (it does not link to its stream), a gap (versions are lacking),
    parked (its handler cannot take it, or its stream waits) or a reaction (the reaction failed). Redrive applies it in
    order in that service, and produces nothing. Discard is a conclusion of audit's that every reader follows.
    """


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for one in (_DATABASE, home_option, _AREA):
        function = one(function)
    return function


@command.command(name="list")
@_options
@click.option("--all", "everything", is_flag=True, help="Also what has been redriven or discarded.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def list_(area: str, home: Path, database: str | None, everything: bool, as_json: bool) -> None:
    """List what AREA's reader has set aside, as it lies on the bus."""
    with _connect(area, home, database) as connection:
        found = quarantine.entries(connection, everything)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(
            f"{one.id:>6}  {one.kind:<9} {one.status:<9} {one.area}/{one.stream or '?'}@{one.version or '?'}  "
            f"{one.topic}/{one.partition}@{one.offset}  {one.reaction}{': ' if one.reaction else ''}{one.reason}"
        )
    click.echo(f"{len(found)} records set aside / 条记录被隔离" if found else "nothing is set aside / 没有被隔离的记录")


@command.command()
@_options
@click.argument("number", type=int)
def show(area: str, number: int, home: Path, database: str | None) -> None:
    """Show entry NUMBER with its bytes and, where it can be decoded, its event."""
    with _connect(area, home, database) as connection:
        one = quarantine.entry(connection, number)
    click.echo(json.dumps({**_plain(one), **_decoded(one)}, ensure_ascii=False, indent=1, default=str))


@command.command()
@_options
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Everything that is open.")
def redrive(area: str, numbers: tuple[int, ...], home: Path, database: str | None, everything: bool) -> None:
    """Let AREA's running reader drive entries through once more: their streams in order, or their reactions.

    Exit code 0 when nothing of them is left in the quarantine.
    """
    with _connect(area, home, database) as connection:
        chosen = [one.id for one in quarantine.entries(connection) if everything or one.id in numbers]
        if not everything and len(chosen) < len(set(numbers)):
            raise SevenXError("not all of these are open; `sevenx quarantine list` shows what is")
        if not everything and not numbers:
            raise SevenXError("say which entries, by their numbers, or --all")
        quarantine.ask(connection, chosen)
        _wait(connection, area, chosen)
        left = [one for one in quarantine.entries(connection) if one.id in chosen]
    for one in left:
        click.echo(f"{one.id:>6}  {one.area}/{one.stream or '?'}@{one.version or '?'}  {one.reason}", err=True)
    click.echo(
        f"{len(chosen) - len(left)} redriven, {len(left)} left / 已重放 {len(chosen) - len(left)}，仍有 {len(left)}"
    )
    sys.exit(1 if left else 0)


@command.command()
@_options
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why no reader may apply it; it stands in the log for ever.")
@click.option("--tampering", is_flag=True, help="It was not written by the service that owns the area.")
@click.option("--as", "office", default="supervision-office", show_default=True, help="The embedded runtime's office.")
@api_options
def discard(
    area: str,
    number: int,
    home: Path,
    database: str | None,
    reason: str,
    tampering: bool,
    office: str,
    url: str | None,
    bearer: str | None,
) -> None:
    """Conclude, through audit's API, that no reader may apply entry NUMBER's record."""
    with _connect(area, home, database) as connection:
        one = quarantine.entry(connection, number)
    body = {
        "area": one.area,
        "record_hash": one.hash.hex(),
        "partition": one.partition,
        "offset": one.offset,
        "stream": one.stream,
        "version": one.version,
        "reason": reason,
        "tampering": tampering,
    }
    answer = Api.of(home, url, bearer, office).post("audit/discards", body)
    click.echo(f"{answer['position']}: {', '.join(answer['events'])}")


def _connect(area: str, home: Path, database: str | None) -> psycopg.Connection[Any]:
    url = database or Home.open(home).database_url(area)
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise SevenXError(f"the database of {area} does not answer: {str(error).strip()}") from error


def _wait(connection: psycopg.Connection[Any], area: str, chosen: Sequence[int]) -> None:
    until = time.monotonic() + PATIENCE
    while quarantine.still_asked(connection, chosen):
        if time.monotonic() > until:
            raise SevenXError(
                f"the reader of {area} has not come to it in {PATIENCE:.0f} s; it will when it runs (see sevenx status)"
            )
        time.sleep(0.1)


def _plain(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "status": one.status,
        "area": one.area,
        "stream": one.stream,
        "version": one.version,
        "topic": one.topic,
        "partition": one.partition,
        "offset": one.offset,
        "reaction": one.reaction,
        "reason": one.reason,
        "hash": one.hash.hex(),
        "set_aside_at": one.set_aside_at.isoformat(),
    }


def _decoded(one: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"key": repr(one.key), "value": one.value.hex() if one.value else None}
    if one.value:
        try:
            event = catalog().decode(one.area, one.value)
        except MalformedRecord:
            return found
        found |= {"event": event.name, "data": dict(event.data), "occurred_at": event.meta.occurred_at.isoformat()}
        found |= {"actor": event.meta.actor, "prev": event.meta.prev.hex(), "id": event.meta.id.hex()}
    return found
