"""A person at Debian's Chromium, on a wide screen or a phone. What the browser complains of fails the test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect

INSTALL = "sudo apt-get install -y chromium fonts-noto-cjk"
WIDE, PHONE = (1440, 900), (390, 844)
_EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


def chromium() -> str:
    """The browser's program: `$SEVENX_CHROMIUM`, else Debian's; the test fails with the line that installs it."""
    found = os.environ.get("SEVENX_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail(f"Chromium is not installed; type: {INSTALL}")
    return found


@contextmanager
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium. Its sandbox is off only for root, who cannot have one."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    started = playwright.chromium.launch(executable_path=chromium(), args=arguments)
    try:
        yield started
    finally:
        started.close()


class Person:
    """Somebody with a browser of his own; nobody is logged in at first."""

    def __init__(self, context: BrowserContext, origin: str, shots: Path | None, screen: str) -> None:
        self.context, self.origin, self._shots, self._screen = context, origin, shots, screen
        self.complaints: list[str] = []
        """What the browser's console said in error: a refused script or style, an exception."""
        self.page = self.watched(context.new_page())

    def watched(self, page: Page) -> Page:
        """Listen to a page's console."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _EXPECTED.search(message.text):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def go(self, path: str) -> Page:
        """Open an address of the console; a redirect is followed."""
        self.page.goto(f"{self.origin}{path}")
        return self.page

    def log_in(self, subject: str, at: str = "/") -> Page:
        """Open a page, choose on the local issuer's login page who one is, and be back."""
        self.go(at)
        self.choose(subject)
        return self.page

    def choose(self, subject: str) -> None:
        """On the login page: somebody who is offered, or anybody by his id."""
        expect(self.page).to_have_url(re.compile(r"/issuer/authorize\?"))
        offered = self.page.locator(f'button[name="sub"][value="{subject}"]')
        if offered.count():
            offered.first.click()
        else:
            self.page.locator('input[name="sub"]').fill(subject)
            self.page.locator("form.other button").click()
        expect(self.page).not_to_have_url(re.compile(r"/(issuer|session)/"))
        self.page.wait_for_load_state()

    @property
    def at(self) -> str:
        """The path that is shown."""
        return urlsplit(self.page.url).path

    def shot(self, name: str) -> None:
        """A picture of the whole page, if the run keeps any (`--shots FOLDER`)."""
        if self._shots is not None:
            self.page.screenshot(path=self._shots / f"{name}-{self._screen}.png", full_page=True)

    def cookies(self) -> dict[str, dict[str, object]]:
        """The browser's cookies by name."""
        return {str(one["name"]): dict(one) for one in self.context.cookies()}


@contextmanager
def person(chrome: Browser, origin: str, shots: Path | None, phone: bool = False) -> Iterator[Person]:
    """A person for the length of a block; afterwards the browser must have complained of nothing."""
    width, height = PHONE if phone else WIDE
    context = chrome.new_context(
        viewport={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(15_000)
    made = Person(context, origin, shots, "phone" if phone else "wide")
    try:
        yield made
    finally:
        context.close()
    assert made.complaints == [], "\n".join(made.complaints)
