"""The first day: the notice's own roster, and then the fictional cast that acts in the month."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from sevenx.cli.roster import table
from sevenx.declaration import ROOT
from sevenx.demo.client import Gateway
from sevenx.demo.script import Scenario

_ROSTER = ROOT / "data" / "districts" / "410804"
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
    office = gateway.as_("operator")
    console.print(table(office.get("/registry/districts/current"), office.get("/registry/groups")))


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}


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
