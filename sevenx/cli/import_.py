"""`sevenx import`: bring files into a running deployment."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sevenx.cli import baseline
from sevenx.cli._api import Api, ProblemAnswer, api_options
from sevenx.cli._options import home_option
from sevenx.declaration import ROOT
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.errors import SevenXError

_DATA = ROOT / "data"
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_STYLES = {"+": "green", "=": "yellow"}


@click.group(name="import")
def command() -> None:
    """Bring files into a running deployment."""


command.add_command(baseline.command)


@command.command(name="roster")
@click.argument("folder", metavar="[DIR]", type=_FOLDER, required=False)
@click.option("--calendars", type=_FOLDER, default=_DATA / "calendars", show_default="data/calendars")
@click.option("--dry-run", is_flag=True, help="Show what would change and store nothing.")
@click.option(
    "--simulated-from",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First import with the embedded issuer: business time is simulated and begins on this day.",
)
@home_option
@api_options
def roster(
    folder: Path | None,
    calendars: Path,
    dry_run: bool,
    simulated_from: datetime | None,
    home: Path,
    url: str | None,
    bearer: str | None,
) -> None:
    """Import a district's roster from DIR (data/districts/<district>) and show the difference.

    All of it is stored or nothing; a second time it changes nothing. Errors are printed as file:line with what to mend,
    and the exit code is 1.
    """
    api = Api.of(home, url, bearer, "district-office")
    if folder is None:
        if api.home is None:
            raise SevenXError("name the roster's folder: sevenx import roster data/districts/<district> --url …")
        folder = _DATA / "districts" / api.home.district
    body = {
        "files": texts_of(folder),
        "calendars": texts_of(calendars),
        "genesis": genesis_of(simulated_from),
        "dry_run": dry_run,
    }
    try:
        answer = api.post("registry/roster/import", body)
    except ProblemAnswer as refused:
        if "errors" not in refused.problem:
            raise
        for error in refused.problem["errors"]:
            click.echo(f"{error['file']}:{error['line']}: {error['zh']} / {error['en']}", err=True)
        sys.exit(1)
    show(answer, Console(width=None if sys.stdout.isatty() else 160))
    if answer["position"] and not api.wait_shown("registry"):
        click.echo("读模型稍后更新 / the read model follows shortly")


def texts_of(folder: Path) -> dict[str, str]:
    """The YAML files of a folder by name; SevenXError for one that is no text."""
    texts = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            texts[path.name] = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SevenXError(f"{path} cannot be read as UTF-8 text: {error}") from error
    if not texts:
        raise SevenXError(f"{folder} holds no YAML file")
    return texts


def genesis_of(simulated_from: datetime | None) -> dict[str, str]:
    """The clock that the first import founds: the wall's, or a simulated one from midnight in China of a day."""
    if simulated_from is None:
        return {"clock": "wall"}
    return {"clock": "simulated", "simulated_from": simulated_from.replace(tzinfo=SHANGHAI).isoformat()}


def show(answer: Mapping[str, Any], console: Console) -> None:
    """The difference as a table, and what the roster holds."""
    if answer["differences"]:
        table = Table(title="名册差异 / what the roster changes", title_justify="left", box=None, pad_edge=False)
        for heading in ("", "对象 stream", "内容", "content", "出处 source"):
            table.add_column(heading, overflow="fold")
        for one in answer["differences"]:
            mark = Text(one["mark"], style=_STYLES.get(one["mark"], ""))
            table.add_row(mark, *(Text(one[name] or "") for name in ("stream", "zh", "en", "at")))
        console.print(table)
    counts = answer["counts"]
    held = "，".join(
        f"{zh}{counts[name]}"
        for name, zh in (("groups", "招商小组"), ("units", "单位"), ("people", "人员"), ("settings", "设置项"))
    )
    changes = f"{counts['changes']} changes" if counts["changes"] else "nothing to change / 无需变更"
    done = "dry run, nothing stored / 试运行，未存入" if answer["dry_run"] else answer["position"] or "unchanged / 未变"
    console.print(Text(f"{held}；{changes}；{done}"))
    console.print(Text(f"SHA-256 {answer['sha256']}"), style="dim")
