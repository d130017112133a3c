"""`sevenx documents`: the store of documents held against the log."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from sevenx.cli._log import deployment
from sevenx.cli._options import home_option
from sevenx.documents.settings import DocumentSettings, open_store
from sevenx.documents.store import DocumentStore
from sevenx.documents.verify import OWNER, SETTINGS, Report, read_names, verify_documents
from sevenx.kernel.avro import catalog
from sevenx.kernel.errors import SettingsError
from sevenx.local.home import MARKER, Home
from sevenx.proof.dump import DumpSource
from sevenx.proof.kafka_source import KafkaSource

SHOWN = 50


@click.group(name="documents")
def command() -> None:
    """Documents by their SHA-256, in the folder or bucket of SEVENX_DOCUMENTS."""


@command.command(name="verify")
@click.option(
    "--log", "dump", type=click.Path(path_type=Path, file_okay=False), help="A dump, instead of the live bus."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@home_option
def verify(dump: Path | None, as_json: bool, home: Path) -> None:
    """Hash every stored document, and look for every one that the log names.

    Damaged: its bytes are not those that were stored. Missing: an event says that it is stored, or it was filed while
    setting documents.required was on, and it is not there. Unreferenced: it is there, and no event says so. The exit
    code is 0 only when nothing is damaged or missing.
    """
    store = _store(home)
    if dump is not None:
        named = read_names(DumpSource(dump), catalog())
    else:
        where = deployment(home)
        named = read_names(KafkaSource(where.kafka.librdkafka_options(), where.district, (OWNER, SETTINGS)), catalog())
    report = verify_documents(store, named)
    if as_json:
        click.echo(json.dumps({**asdict(report), "ok": report.ok}, ensure_ascii=False, indent=1))
    else:
        _show(report)
    sys.exit(0 if report.ok else 1)


def _store(home: Path) -> DocumentStore:
    """The store that the environment names, else the embedded runtime's; SettingsError where there is neither."""
    env = dict(os.environ)
    if "SEVENX_DOCUMENTS" not in env and (home / MARKER).exists():
        env["SEVENX_DOCUMENTS"] = str(Home.open(home).documents)
    store = open_store(DocumentSettings.from_env(env))
    if store is None:
        raise SettingsError("SEVENX_DOCUMENTS is not set; set it to the folder, or to s3://BUCKET/PREFIX")
    return store


def _show(report: Report) -> None:
    click.echo(f"documents      {report.documents:>7}")
    click.echo(f"digest only    {report.digest_only:>7}  named in events and never sent in, as is allowed")
    click.echo(f"unreferenced   {len(report.unreferenced):>7}  in the store, and no event says so")
    for sha256 in report.unreferenced[:SHOWN]:
        click.echo(f"  {sha256}")
    _list("damaged", dict.fromkeys(report.damaged, "bring it back from the backup, or have it sent in again"))
    _list("missing", report.missing)
    if report.unreadable:
        click.echo(click.style(f"unreadable     {report.unreadable:>7}", fg="red") + "  records: see sevenx verify")
    if report.ok:
        click.echo(click.style("no problem", fg="green"))


def _list(what: str, found: dict[str, str]) -> None:
    if found:
        click.echo(click.style(f"{what:<14} {len(found):>7}", fg="red"))
    for sha256, where in list(found.items())[:SHOWN]:
        click.echo(f"  {sha256}  {where}")
    if len(found) > SHOWN:
        click.echo(f"  … and {len(found) - SHOWN} more (--json shows all)")
