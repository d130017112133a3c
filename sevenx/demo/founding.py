"""The first day: the notice's own roster, and then the fictional cast that acts in the month."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from sevenx.declaration import ROOT
from sevenx.demo.client import Gateway
from sevenx.demo.script import Scenario

_ROSTER = ROOT / "data" / "districts" / "410804"
_HEADINGS = (
    "招商小组\ngroup",
    "组长\nleader",
    "副组长\ndeputy",
    "牵头单位（产业）\nlead units",
    "责任单位\nresponsible units",
)
_CALENDARS = ROOT / "data" / "calendars"


def found(gateway: Gateway, scenario: Scenario) -> None:
    """Import the roster of the notice, and found the deployment with simulated time."""
    body = {
        "files": _texts(_ROSTER),
        "calendars": _texts(_CALENDARS),
        "genesis": {"clock": "simulated", "simulated_from": scenario.simulated_from.isoformat()},
    }
    gateway.as_("operator").post("/registry/roster/import", body)


def show_roster(gateway: Gateway, console: Console) -> None:
    """Print the groups as the notice has them."""
    console.print(roster_table(gateway.as_("operator").get("/registry/groups")))


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}


def roster_table(groups: list[Mapping[str, Any]]) -> Table:
    """The seven groups as the notice has them."""
    title = "马村区“7+X”招商引资工作机制 · 马政办〔2020〕37号 / the notice's seven groups"
    table = Table(title=title, title_justify="left", show_lines=True)
    for heading in (
        "招商小组\ngroup",
        "组长\nleader",
        "副组长\ndeputy",
        "牵头单位（产业）\nlead units",
        "责任单位\nresponsible units",
    ):
        table.add_column(heading, overflow="fold")
    for group in groups:
        table.add_row(
            group["zh"],
            _name(group["leader"]),
            _name(group["deputy"]),
            "\n".join(
                f"{one['as_named']}（{one['industry']}）" if one["industry"] else one["as_named"]
                for one in group["lead_units"]
            ),
            "、".join(dict.fromkeys(one["as_named"] for one in group["responsible_units"])),
        )
    return table


def _name(holder: Mapping[str, Any] | None) -> str:
    return str(holder["name"]) if holder else "—"


def appoint_the_cast(gateway: Gateway, scenario: Scenario) -> None:
    """Fictional persons take over every post that acts in the month, so that no official of the notice does."""
    office = gateway.as_("district_office")
    for person in scenario.cast:
        body = {"id": person["id"], "zh": person["zh"], "en": person["en"], "basis": scenario.basis}
        office.post("/registry/people", body)
    for person in scenario.cast:
        of = f"groups/410804-G-{person['group']}" if "group" in person else f"units/{person['unit']}"
        body = {"person": person["id"], "effective": scenario.posts_from.isoformat(), "basis": scenario.basis}
        office.post(f"/registry/{of}/{person['as']}", body)


def lead_units(gateway: Gateway) -> dict[int, list[str]]:
    """The lead units of each group by its number."""
    groups = gateway.as_("operator").get("/registry/groups")
    return {group["number"]: [one["unit"] for one in group["lead_units"]] for group in groups}
