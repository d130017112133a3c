"""A page's forms as a person uses them: unfold, fill, send, read what is said."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, TimeoutError, expect

PHONE_WIDTH = 390


def form(page: Page, submit: str) -> Locator:
    """The form whose button says just this."""
    return page.locator("form.command").filter(has=page.locator(f'button:text-is("{submit}")'))


def fill(where: Locator, values: Mapping[str, str | bool]) -> None:
    """Fill fields by their names; a choice by its value, a flag by True or False. What is folded is unfolded."""
    for name, value in values.items():
        box = where.locator(f'[name="{name}"]')
        unfold(box)
        if isinstance(value, bool):
            box.set_checked(value)
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def unfold(inner: Locator) -> None:
    """Open every closed fold around an element, the outermost first, once the page that holds it has come."""
    inner.wait_for(state="attached")
    closed = inner.locator("xpath=ancestor::details[not(@open)]")
    while closed.count():
        closed.first.locator("> summary").click()


def give(where: Locator) -> None:
    """Send a form that is in order: the next page says that it was saved."""
    page = where.page
    button = _button(where)
    if where.get_attribute("data-confirm"):
        page.once("dialog", lambda asked: asked.accept())
    try:
        with page.expect_navigation():
            button.click()
    except TimeoutError as error:
        raise AssertionError(f"not accepted: {said(where)}") from error
    expect(page.locator("#toast")).to_have_text("已保存" if language(page) == "zh-CN" else "Saved")


def refused(where: Locator, at: str) -> str:
    """Send a form that is wrong; what is said at the field of that name."""
    _button(where).click()
    place = where.locator(f'[data-field="{at}"] .field-error')
    expect(place).to_be_visible()
    expect(where.locator(f'[data-field="{at}"] [aria-invalid="true"]')).to_be_visible()
    return place.inner_text()


def turned_down(where: Locator) -> str:
    """Send a form that a rule refuses; what is said above it."""
    _button(where).click()
    expect(where.locator(".problem")).to_be_visible()
    return where.locator(".problem").inner_text()


def said(where: Locator) -> str:
    """All that a form complains of now."""
    return " / ".join(one for one in where.locator(".problem, .field-error").all_inner_texts() if one)


def language(page: Page) -> str:
    """The page's language, `zh-CN` or `en`."""
    return page.locator("html").get_attribute("lang") or ""


def arrives(page: Page, path: str) -> None:
    """The page at a path is shown, at whatever place in it."""
    expect(page).to_have_url(re.compile(re.escape(path) + "(#.*)?$"))


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE_WIDTH, f"{page.url} is {wide} px wide"


def _button(where: Locator) -> Locator:
    button = where.locator("button[type=submit]")
    unfold(button)
    return button
