"""`sevenx roster`: the groups of the mechanism as a table."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sevenx.cli._api import Api, api_options
from sevenx.cli._options import home_option

_HEADINGS = (
    "小组\ngroup",
    "组长\nleader",
    "副组长\ndeputy",
    "牵头单位（产业）\nlead units (industries)",
    "责任单位\nresponsible units",
    "联络员\nliaison",
)


@click.command(name="roster")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As it stood on this day.  [default: today]")
@home_option
@api_options
def command(on: datetime | None, home: Path, url: str | None, bearer: str | None) -> None:
    """Show the groups: leader, deputy, lead units with their industries, responsible units, liaison."""
    api = Api.of(home, url, bearer, "district-office")
    district = api.get("registry/districts/current")
    groups = api.get("registry/groups", on=on and on.date().isoformat())
    Console(width=None if sys.stdout.isatty() else 140).print(table(district, groups))


def table(district: Mapping[str, Any], groups: Iterable[Mapping[str, Any]]) -> Table:
    """The groups as GET /groups answers them."""
    listed = list(groups)
    notice = district["notice"]["number"] if district["notice"] else ""
    day = f"，{listed[0]['as_of']}" if listed else ""
    simulated = "，模拟时间 simulated time" if district["clock"] == "simulated" else ""
    shown = Table(
        title=f"{district['zh']} {district['en']}  {notice}{day}{simulated}", title_justify="left", show_lines=True
    )
    for heading in _HEADINGS:
        shown.add_column(heading, overflow="fold")
    for group in listed:
        shown.add_row(
            Text(f"{group['zh']}\n{group['en']}"),
            _holder(group["leader"]),
            _holder(group["deputy"]),
            Text("\n".join(_lead(unit) for unit in group["lead_units"])),
            "、".join(dict.fromkeys(unit["as_named"] for unit in group["responsible_units"])),
            _holder(group["liaison"]),
        )
    return shown


def _holder(post: Mapping[str, Any] | None) -> Text:
    return Text("—", style="dim") if post is None else Text(post["name"])


def _lead(unit: Mapping[str, Any]) -> str:
    return f"{unit['as_named']}（{unit['industry']}）" if unit["industry"] else str(unit["as_named"])
