"""A running district and a browser, once for all the console's tests, and gone when they are over: Playwright holds its
thread's event loop while it is open, so that no asynchronous test could run after them in the same process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from sevenx.local.home import Home
from tests.chaos.system import whole_system
from tests.console.browser import Person, browser, person
from tests.console.district import prepare

NewPerson = Callable[..., AbstractContextManager[Person]]


@pytest.fixture(scope="package")
def district(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The state folder of a running system with the notice's roster, a small cast and a report period; one that was
    prepared before, if the run names it (`--running FOLDER`)."""
    running = request.config.getoption("--running")
    if running:
        yield Home.open(running)
        return
    with whole_system(tmp_path_factory.mktemp("console") / "home") as system:
        prepare(system.home)
        yield system.home


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """Debian's Chromium. What is expected of a page has time on a busy machine."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright, browser(playwright) as started:
        yield started


@pytest.fixture
def visitor(district: Home, chrome: Browser, request: pytest.FixtureRequest) -> NewPerson:
    """`with visitor() as one:` somebody at a wide screen, `visitor(phone=True)` at a phone. When the block ends, the
    browser must have complained of nothing."""
    folder = request.config.getoption("--shots")
    shots = Path(folder) if folder else None
    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    return partial(person, chrome, district.gateway_url, shots)
