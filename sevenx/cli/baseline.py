"""`sevenx import baseline`: bring an old ledger (历史台账) into a running deployment."""

from __future__ import annotations

import base64
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sevenx.cli._api import Api, ProblemAnswer, api_options
from sevenx.cli._options import home_option
from sevenx.kernel.errors import SevenXError

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(name="baseline")
@click.argument("ledger", metavar="FILE", type=_FILE)
@click.option("--mapping", type=_FILE, required=True, help="YAML: columns, dates, amounts and words of the ledger.")
@click.option("--dry-run", is_flag=True, help="Show what would come in and store nothing.")
@home_option
@api_options
def command(ledger: Path, mapping: Path, dry_run: bool, home: Path, url: str | None, bearer: str | None) -> None:
    """Take over the projects of an old ledger FILE (.xlsx or CSV); the Commerce Bureau then approves each.

    All of it is stored or nothing; the same file a second time changes nothing. Errors are printed by cell with what to
    mend, and the exit code is 1. An example stands in data/baseline.
    """
    api = Api.of(home, url, bearer, "operator")
    try:
        content, text = ledger.read_bytes(), mapping.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SevenXError(f"{ledger} or {mapping} cannot be read (the mapping is UTF-8 text): {error}") from error
    body = {
        "file": ledger.name,
        "content": base64.b64encode(content).decode("ascii"),
        "mapping": text,
        "dry_run": dry_run,
    }
    try:
        answer = api.post("projects/projects/baseline", body)
    except ProblemAnswer as refused:
        if "errors" not in refused.problem:
            raise
        for one in refused.problem["errors"]:
            click.echo(f"{one['at']}: {one['zh']} / {one['en']}", err=True)
        more = refused.problem["count"] - len(refused.problem["errors"])
        if more:
            click.echo(f"另有 {more} 处 / {more} more", err=True)
        sys.exit(1)
    show(answer, Console(width=None if sys.stdout.isatty() else 160))
    if answer["position"] and not api.wait_shown("projects"):
        click.echo("读模型稍后更新 / the read model follows shortly")


def show(answer: Mapping[str, Any], console: Console) -> None:
    """The projects as a table, and what was done."""
    table = Table(title="历史台账 / old ledger", title_justify="left", box=None, pad_edge=False)
    for heading in ("行 row", "编号 id", "项目 project", "阶段 stage", "待补 missing"):
        table.add_column(heading, overflow="fold")
    for one in answer["projects"]:
        table.add_row(str(one["row"]), one["project"], Text(one["name"]), one["stage"], str(one["missing"]))
    console.print(table)
    done = answer["position"] or ""
    if answer["unchanged"]:
        done = "该文件已导入，未作任何变更 / this file was imported before, nothing changed"
    elif answer["dry_run"]:
        done = "dry run, nothing stored / 试运行，未存入"
    count, missing, funds = len(answer["projects"]), answer["missing"], answer["baselined_funds"]
    console.print(Text(f"项目{count}，待补{missing}项，历年到位资金{funds}元（不计新成绩）；{done}"))
    console.print(Text(f"SHA-256 {answer['sha256']}"), style="dim")
