"""The frame of the console in a real browser: login, home by role, language, logout, phone, double clicks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, GROUP, PERIOD, Api, holder

pytestmark = pytest.mark.timeout(600)
OFFICE = f"{DISTRICT}-district-office"


def test_a_liaison_logs_in_finds_his_report_changes_the_language_and_leaves(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(holder("liaison"))
        assert one.at == f"/reports/{GROUP}/{PERIOD}"
        expect(page.get_by_text("模拟数据").first).to_be_visible()
        one.shot("home-of-a-liaison")
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.get_by_role("link", name="Overview").first.click()
        expect(page).to_have_url(re.compile("/overview$"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        one.shot("overview-in-english")
        page.locator("details.who summary").click()
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", name="You are logged out")).to_be_visible()
        assert {name for name in one.cookies() if name.startswith("__Host-")} == set()
        one.go("/overview")
        assert one.at == "/issuer/authorize"


def test_the_logins_cookies_are_this_hosts_secure_and_out_of_the_scripts_sight(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(OFFICE)
        kept = {name: cookie for name, cookie in one.cookies().items() if name.startswith("__Host-")}
        assert set(kept) == {"__Host-sevenx", "__Host-sevenx-session"}
        for cookie in kept.values():
            assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (
                True,
                True,
                "Lax",
                "/",
            )
        assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize(
    ("subject", "path"),
    [
        (f"{DISTRICT}-operator", "/services"),
        (f"{DISTRICT}-district-leader", "/overview"),
        (f"{DISTRICT}-auditor", "/audit"),
        (f"{DISTRICT}-supervision-office", "/directives"),
        (f"{DISTRICT}-finance-bureau", "/budgets"),
    ],
)
def test_each_office_begins_with_its_own_page(visitor: NewPerson, subject: str, path: str) -> None:
    with visitor() as one:
        one.log_in(subject)
        assert one.at == path
        one.shot(f"home-of-{subject.removeprefix(DISTRICT + '-')}")


def test_on_a_phone_the_menu_opens_and_nothing_is_wider_than_the_screen(visitor: NewPerson) -> None:
    with visitor(phone=True) as one:
        page = one.log_in(f"{DISTRICT}-operator")
        for path in ("/services", "/inbox", "/overview", "/nothing/here"):
            one.go(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        one.go("/services")
        expect(page.locator("nav.side")).to_be_hidden()
        page.locator("nav.bottom").get_by_role("link", name="菜单").click()
        expect(page.locator("nav.side")).to_be_visible()
        one.shot("menu")
        page.locator("nav.side").get_by_role("link", name="项目").click()
        expect(page).to_have_url(re.compile("/projects"))


def test_the_page_is_used_by_keyboard_alone(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(f"{DISTRICT}-operator")
        one.go("/services")
        page.keyboard.press("Tab")
        expect(page.get_by_text("跳到正文")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_an_unknown_page_and_a_forbidden_one_say_so_in_both_languages(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(holder("liaison"))
        one.go("/nothing/here")
        expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
        one.go("/services?lang=en")
        expect(page.get_by_role("heading", name="Not allowed")).to_be_visible()


def test_an_expired_token_is_renewed_without_a_word(visitor: NewPerson) -> None:
    with visitor() as one:
        one.log_in(OFFICE)
        one.context.clear_cookies(name="__Host-sevenx")
        one.go("/inbox?show=unread")
        assert one.at == "/inbox"
        assert "__Host-sevenx" in one.cookies()


def test_a_notice_is_read_by_one_click_and_the_badge_follows(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(holder("liaison"), at="/inbox")
        before = page.locator(".notices .unread").count()
        assert before >= 1
        one.shot("inbox")
        page.locator(".notices .unread form").first.get_by_role("button").click()
        page.wait_for_url(lambda url: "/inbox" not in url)
        one.go("/inbox")
        expect(page.locator(".notices .unread")).to_have_count(before - 1)


def test_a_command_whose_answer_was_lost_and_that_is_clicked_again_counts_once(
    visitor: NewPerson, district: Home
) -> None:
    with visitor() as one:
        page = one.log_in(holder("deputy"), at="/inbox")
        seen: list[str] = []
        page.route("**/api/notifier/**", lose_the_first_answer(seen))
        page.evaluate(FORM)
        page.get_by_role("button", name="试一试").dblclick()
        page.wait_for_url(re.compile("/inbox"))
        expect(page.locator("#toast")).to_have_text("已保存")
        assert len(seen) == 2
        assert len(set(seen)) == 1
        one.complaints.clear()  # the browser tells of the answer that was lost
    api = Api(district)
    assert api.get(holder("deputy"), "/notifier/inbox/unread")["unread"] == 0
    api.close()


FORM = """() => {
  const form = document.createElement("form");
  form.className = "command";
  form.dataset.command = "/api/notifier/inbox/read-all";
  form.innerHTML = '<div class="problem" hidden></div><button>试一试</button>';
  document.querySelector("main").append(form);
}"""


def lose_the_first_answer(seen: list[str]) -> Callable[[Route], None]:
    """The service gets the command, the browser not its answer."""

    def handle(route: Route) -> None:
        seen.append(route.request.headers["idempotency-key"])
        if len(seen) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    return handle
