"""Take the pictures of the README anew: the demonstration's year up to a morning in October, as each role sees it.

    .venv/bin/python -m tests.console.pictures            plays it in a folder of its own, some minutes
    .venv/bin/python -m tests.console.pictures FOLDER     looks at a system that runs there and has played it

Look at every picture before it is committed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright
from rich.console import Console

from sevenx.declaration import ROOT
from sevenx.demo.client import Gateway
from sevenx.demo.plan import Plan
from sevenx.demo.run import play_scenario
from sevenx.demo.scenario import Scenario
from sevenx.kernel.clock import SHANGHAI
from sevenx.local.cast import Enrolled, enrol
from sevenx.local.home import Home
from tests.chaos.system import whole_system
from tests.console.browser import browser, person
from tests.console.forms import PHONE_WIDTH

TO = ROOT / "docs" / "images"
MORNING = datetime(2026, 10, 23, 9, tzinfo=SHANGHAI)
LARGEST = 250_000
"""Bytes of a picture."""


def october() -> Plan:
    """The year's plan, cut off before the morning."""
    plan = Plan.of(Scenario.named("year"))
    days = tuple(day for day in plan.days if day.on < MORNING.date())
    return replace(plan, scenario=replace(plan.scenario, ends=MORNING), days=days)


def play(home: Home, plan: Plan) -> None:
    """Play the plan in a system that runs and is empty."""
    unit = ("", "")
    enrol(home, (Enrolled(one.id, one.zh, one.en, one.post, one.group, unit) for one in plan.cast.people))

    async def played() -> None:
        async with Gateway(home) as gateway:
            await play_scenario(gateway, Console(), plan)

    asyncio.run(played())


@dataclass(frozen=True)
class Picture:
    """What is shown: who looks at which page, and what he does before the picture is taken."""

    name: str
    who: str
    path: str
    does: Callable[[Page], None] = lambda _: None
    phone: bool = False
    height: int = 900


def pictures(plan: Plan) -> list[Picture]:
    """Those of the README."""
    leader, office = "410804-district-leader", "410804-assessment-office"
    return [
        Picture("overview", leader, "/overview", _drawn, height=1080),
        Picture("project", "410804-auditor", "/projects?light=red&stage=landed", _first_row, height=1000),
        Picture("report-phone", plan.cast.holder("liaison", 5), "/", phone=True, height=1120),
        Picture("report", "410804-auditor", "/reports/410804-G-6/2026-07"),
        Picture("ranking", office, "/ranking/2026", _drawn, height=1000),
        Picture("score", office, "/ranking/2026/410804-G-1", _why, height=900),
        Picture("finding", "410804-auditor", "/audit", _voucher),
        Picture("work", "410804-commerce-bureau", "/work"),
    ]


def _drawn(page: Page) -> None:
    expect(page.locator(".chart canvas").first).to_be_visible()
    page.wait_for_function("document.getAnimations().length === 0")


def _first_row(page: Page) -> None:
    page.locator("td.head a").first.click()
    expect(page.locator("#timeline")).to_be_visible()


def _why(page: Page) -> None:
    item = page.locator("details.item#signed_amount")
    if item.get_attribute("open") is None:
        item.locator("summary").click()


def _voucher(page: Page) -> None:
    page.get_by_role("link", name="重复使用").first.click()
    expect(page.locator(".timeline").first).to_be_visible()


def take(chrome: Browser, home: Home, picture: Picture, to: Path) -> None:
    """One picture. The mark of simulated data must be seen on it."""
    with person(chrome, home.gateway_url, None, picture.phone) as one:
        page = one.log_in(picture.who, at=picture.path)
        page.set_viewport_size({"width": PHONE_WIDTH if picture.phone else 1280, "height": picture.height})
        picture.does(page)
        page.evaluate("scrollTo(0, 0)")
        expect(page.locator(".simulated-mark")).to_be_in_viewport()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=to / f"{picture.name}.png", animations="disabled")
    size = (to / f"{picture.name}.png").stat().st_size
    print(f"{picture.name}: {size:,} bytes" + (" TOO LARGE" if size > LARGEST else ""))


def take_all(home: Home, plan: Plan) -> None:
    TO.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, browser(playwright) as chrome:
        for picture in pictures(plan):
            take(chrome, home, picture, TO)


def main() -> None:
    plan = october()
    if len(sys.argv) > 1:
        take_all(Home.open(Path(sys.argv[1])), plan)
        return
    with TemporaryDirectory() as folder, whole_system(Path(folder) / "home") as system:
        play(system.home, plan)
        take_all(system.home, plan)


if __name__ == "__main__":
    main()
