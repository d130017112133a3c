"""`sevenx export`: take out of a running deployment, as files, what can be brought in again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from sevenx.cli._api import Api, api_options
from sevenx.cli._options import home_option
from sevenx.kernel.errors import SevenXError

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(name="export")
def command() -> None:
    """Take files out of a running deployment."""


@command.command(name="roster")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--excel", type=_FILE, help="Write the roster as an Excel workbook too.")
@home_option
@api_options
def roster(folder: Path, excel: Path | None, home: Path, url: str | None, bearer: str | None) -> None:
    """Write the roster as it stands into DIR, as the files that `sevenx import roster` reads; the calendars into
    DIR/calendars. Files of the same names are replaced; imported again they change nothing."""
    api = Api.of(home, url, bearer, "district-office")
    answer = api.get("registry/roster/export")
    workbook = None if excel is None else api.download("registry/roster/export.xlsx")
    _write(folder, answer["files"])
    _write(folder / "calendars", answer["calendars"])
    click.echo(f"{folder}: {len(answer['files'])} + {len(answer['calendars'])} files, SHA-256 {answer['sha256']}")
    if excel is not None and workbook is not None:
        _write_bytes(excel, workbook)
        click.echo(str(excel))
    click.echo(f"sevenx import roster {folder} --calendars {folder / 'calendars'} --dry-run")


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        _write_bytes(folder / name, text.encode())


def _write_bytes(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise SevenXError(f"{path} cannot be written: {error.strerror}") from error
