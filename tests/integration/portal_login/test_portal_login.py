"""Login over HTTP as a browser does it: it comes back to its page, and takes no answer but our issuer's to it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import psycopg
import pytest

from tests.integration.portal_login.origin import ACCESS, ATTEMPT, SESSION, Browser, Site


def test_a_page_asks_for_the_login_and_comes_back_to_itself(browser: Browser, site: Site) -> None:
    answer = browser.log_in(site.office(), "/inbox?show=unread")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?show=unread")
    page = browser.ask("GET", "/inbox?show=unread")
    assert page.status_code == 200
    assert "政府办" in page.text
    assert ATTEMPT not in browser.cookies


def test_the_cookies_are_this_hosts_alone_and_out_of_the_scripts_sight(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    assert set(browser.cookies) == {ACCESS, SESSION}
    for name in (ACCESS, SESSION, ATTEMPT):
        flags = {part.strip().lower() for part in browser.flags[name].split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)


def test_a_code_is_taken_once_and_for_the_browser_that_began(browser: Browser, site: Site) -> None:
    asked = browser.to_issuer()
    there = browser.back(asked, site.office())
    stranger = Browser(site)
    refused = stranger.ask("GET", there)
    assert (refused.status_code, ACCESS in stranger.cookies) == (400, False)
    attempt = browser.cookies[ATTEMPT]
    assert browser.ask("GET", there).status_code == 303
    browser.cookies[ATTEMPT] = attempt
    assert browser.ask("GET", there).status_code == 400


@pytest.mark.parametrize(
    "changed", [{"state": "another"}, {"iss": "https://elsewhere.example"}, {"iss": ""}, {"code": "x"}]
)
def test_an_answer_that_is_not_our_issuers_to_this_login_is_refused(
    browser: Browser, site: Site, changed: dict[str, str]
) -> None:
    there = urlsplit(browser.back(browser.to_issuer(), site.office()))
    query = {name: values[0] for name, values in parse_qs(there.query).items()} | changed
    answer = browser.ask("GET", f"/session/callback?{urlencode(query)}")
    assert answer.status_code == 400
    assert "登录没有完成" in answer.text
    assert {ACCESS, SESSION} & browser.cookies.keys() == set()


def test_an_id_token_with_another_nonce_is_refused(browser: Browser, site: Site) -> None:
    there = browser.back(browser.to_issuer() | {"nonce": "another"}, site.office())
    assert browser.ask("GET", there).status_code == 400


def test_a_code_got_for_another_verifier_is_refused(browser: Browser, site: Site) -> None:
    there = browser.back(browser.to_issuer() | {"code_challenge": "A" * 43}, site.office())
    assert browser.ask("GET", there).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)",
     "/session/logout", "/inbox\r\nSet-Cookie: a=b", "\\/elsewhere.example", "/\t/elsewhere.example"],
)  # fmt: skip
def test_a_login_leads_to_no_other_site(browser: Browser, site: Site, path: str) -> None:
    asked = browser.to_issuer(f"/session/login?{urlencode({'next': path})}")
    answer = browser.ask("GET", browser.back(asked, site.office()))
    assert answer.headers["location"] == "/"


def test_the_database_alone_gives_nobody_a_login(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    with psycopg.connect(site.database) as connection:
        rows = connection.execute("SELECT hash, subject, tokens FROM ops.session").fetchall()
    stored = b"".join(bytes(row[0]) + bytes(row[2]) for row in rows)
    assert rows
    for secret in (browser.cookies[SESSION], browser.cookies[ACCESS]):
        assert secret.encode() not in stored


def test_a_forged_or_foreign_cookie_is_no_login(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    head, claims, signature = browser.cookies[ACCESS].split(".")
    browser.cookies = {ACCESS: f"{head}.{claims}.{signature[::-1]}"}
    assert browser.ask("GET", "/api/registry/groups").status_code == 401
    answer = browser.ask("GET", "/inbox")
    assert (answer.status_code, answer.headers["location"]) == (303, "/session/resume?next=%2Finbox")
    assert "/session/login" in browser.ask("GET", answer.headers["location"]).headers["location"]
