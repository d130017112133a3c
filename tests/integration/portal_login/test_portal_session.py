"""What a browser does once it is logged in: its session is renewed and ended, services take its cookie from our own
pages alone, and a page says what it cannot show yet."""

from __future__ import annotations

import threading

import pytest

from sevenx.kernel.browser import csrf_token
from tests.integration.portal_login.origin import ACCESS, SESSION, Browser, Site, tokens_seem_old


def test_a_lost_access_token_is_renewed_from_the_session(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    del browser.cookies[ACCESS]
    answer = browser.ask("GET", "/session/resume?next=%2Finbox")
    assert (answer.headers["location"], ACCESS in browser.cookies) == ("/inbox", True)


def test_a_form_whose_token_expired_is_given_a_new_one(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    before = browser.cookies[ACCESS]
    assert browser.ask("POST", "/session/refresh").status_code == 403
    with tokens_seem_old():
        answer = browser.ask("POST", "/session/refresh", headers={"Origin": site.origin})
    assert browser.cookies[ACCESS] != before
    assert answer.json() == {"csrf": csrf_token(browser.cookies[ACCESS])}
    assert browser.ask("GET", "/session/csrf").json() == answer.json()
    assert browser.command("after-renewal").status_code == 201


def test_tabs_that_renew_one_session_at_once_do_not_end_it(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    tabs = [Browser(site, {SESSION: browser.cookies[SESSION]}) for _ in range(6)]
    with tokens_seem_old():
        threads = [threading.Thread(target=tab.ask, args=("GET", "/session/resume")) for tab in tabs]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert all(ACCESS in tab.cookies for tab in tabs)


def test_a_logout_ends_the_session_here_and_at_the_issuer(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    kept = dict(browser.cookies)
    form = {"csrf": csrf_token(browser.cookies[ACCESS])}
    origin = {"Origin": site.origin}
    assert browser.ask("POST", "/session/logout", data={"csrf": "forged"}, headers=origin).status_code == 403
    assert browser.ask("POST", "/session/logout", data=form).status_code == 403
    answer = browser.ask("POST", "/session/logout", data=form, headers=origin)
    assert browser.cookies == {}
    ended = browser.ask("GET", answer.headers["location"])
    assert ended.headers["location"] == f"{site.origin}/session/ended"
    browser.cookies = {SESSION: kept[SESSION]}
    assert "/session/login" in browser.ask("GET", "/session/resume").headers["location"]


def test_a_service_takes_the_cookie_in_place_of_a_bearer_token(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    assert browser.ask("GET", "/api/registry/groups").status_code == 200
    assert browser.command("taken-by-cookie").status_code == 201


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-CSRF-Token": ""}, "csrf-token-wrong"),
        ({"X-CSRF-Token": csrf_token("another")}, "csrf-token-wrong"),
        ({"Origin": ""}, "wrong-origin"),
        ({"Origin": "https://elsewhere.example"}, "wrong-origin"),
    ],
    ids=["no CSRF token", "a forged one", "no origin", "another origin"],
)
def test_a_command_that_our_page_did_not_send_is_refused(
    browser: Browser, site: Site, headers: dict[str, str], code: str
) -> None:
    browser.log_in(site.office())
    answer = browser.command("never-taken", **headers)
    assert (answer.status_code, answer.json()["type"]) == (403, f"urn:sevenx:problem:{code}")


def test_every_page_forbids_inline_scripts_and_frames(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    for path in ("/inbox", "/nothing/here", "/session/ended", "/static/css/base.css"):
        policy = browser.ask("GET", path).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_a_page_that_has_not_read_ones_command_yet_says_so_and_asks_again(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    ahead = f"/inbox?after=registry/{site.district}-N-nobody@7"
    answer = browser.ask("GET", ahead)
    assert (answer.status_code, answer.headers["refresh"]) == (504, "2")
    assert "数据正在更新" in answer.text
    part = browser.ask("GET", ahead, headers={"HX-Request": "true"})
    assert part.status_code == 504
    assert f'hx-get="{ahead}"' in part.text
    assert "<html" not in part.text


def test_a_part_of_a_page_whose_login_is_gone_sends_the_whole_page_to_the_login(browser: Browser, site: Site) -> None:
    shown = {"HX-Request": "true", "HX-Current-URL": f"{site.origin}/projects?group=1"}
    answer = browser.ask("GET", "/inbox", headers=shown)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/session/resume?next=%2Fprojects%3Fgroup%3D1")
