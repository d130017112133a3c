"""Login over HTTP as a browser does it: the gateway with the local issuer, the portal, and a service that takes
commands with the cookie alone."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import psycopg
import pytest
from aiohttp import web

from services.portal.service import SERVICE as PORTAL
from services.portal.settings import portal_settings
from services.registry.service import SERVICE as REGISTRY
from sevenx.kernel.browser import csrf_token
from sevenx.local.gateway import gateway
from sevenx.local.issuer import Issuer
from sevenx.local.logins import KafkaLogin
from sevenx.local.principals import seed_principals
from sevenx.local.processes import free_port
from sevenx.local.secret_files import ensure_rsa
from tests.conftest import SharedPostgres
from tests.integration.bus import fresh_district
from tests.integration.service_process import running, settings_of

ACCESS, SESSION, ATTEMPT = "__Host-sevenx", "__Host-sevenx-session", "__Host-sevenx-login"


@dataclass
class Site:
    """The one origin with what stands behind it."""

    origin: str
    district: str
    database: str

    def office(self, role: str = "district-office") -> str:
        return f"{self.district}-{role}"


@dataclass
class Browser:
    """Keeps cookies as a browser that trusts loopback does, and follows no redirect by itself."""

    site: Site
    cookies: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **other: Any) -> httpx.Response:
        url = path if path.startswith("http") else f"{self.site.origin}{path}"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= other.pop("headers", {})
        answer = httpx.request(method, url, headers=headers, timeout=30, trust_env=False, **other)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.flags[name] = line
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def to_issuer(self, path: str = "/") -> dict[str, str]:
        """Begin at a page; what the issuer is asked."""
        answer = self.ask("GET", path)
        while answer.status_code == 303 and "/issuer/" not in answer.headers["location"]:
            answer = self.ask("GET", answer.headers["location"])
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def back(self, asked: dict[str, str], subject: str) -> str:
        """Choose who one is; the address to which the issuer sends back."""
        answer = self.ask("POST", "/issuer/authorize", data={**asked, "sub": subject})
        return str(answer.headers["location"])

    def log_in(self, subject: str, path: str = "/") -> httpx.Response:
        return self.ask("GET", self.back(self.to_issuer(path), subject))

    def command(self, key: str, **headers: str) -> httpx.Response:
        """A command to the registry, as a form's script sends it, but for what `headers` changes."""
        sent = {
            "Origin": self.site.origin,
            "X-CSRF-Token": csrf_token(self.cookies.get(ACCESS, "")),
            "Idempotency-Key": key,
            **headers,
        }
        body = {"id": f"{self.site.district}-N-test-{key}", "zh": "甲某（模拟）", "en": "Sample", "basis": "模拟数据"}
        given = {name: value for name, value in sent.items() if value}
        return self.ask("POST", "/api/registry/people", json=body, headers=given)


@pytest.fixture(scope="module")
def site(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, district = tmp_path_factory.mktemp("issuer"), fresh_district()
    origin = f"http://127.0.0.1:{free_port()}"
    (folder / "principals.json").write_text(json.dumps(seed_principals(district)), "utf-8")
    with pytest.MonkeyPatch.context() as env:
        env.setenv("SEVENX_OIDC_CLIENT_ID", "sevenx-portal")
        env.setenv("SEVENX_OIDC_CLIENT_SECRET", "the-secret")
        env.setenv("SEVENX_SESSION_KEY", "a-key-of-the-test")
        portal_settings.cache_clear()
        made = {
            one.area: replace(
                settings_of(one, postgres, kafka, district),
                origin=origin, issuer=f"{origin}/issuer", jwks_url=f"{origin}/issuer/jwks",
            )
            for one in (REGISTRY, PORTAL)
        }  # fmt: skip
        targets = {area: f"http://{settings.bind}" for area, settings in made.items()}
        with (
            served(gateway(targets, issuer(origin, folder)), origin),
            running(REGISTRY, postgres, kafka, settings=made["registry"]),
            running(PORTAL, postgres, kafka, settings=made["portal"]),
        ):
            yield Site(origin, district, made["portal"].database)
    portal_settings.cache_clear()


def issuer(origin: str, folder: Path) -> Issuer:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    ensure_rsa(folder / "issuer.pem")
    key = load_pem_private_key((folder / "issuer.pem").read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return Issuer(f"{origin}/issuer", key, "the-secret", folder / "principals.json")


@contextmanager
def served(app: web.Application, origin: str) -> Iterator[None]:
    """An aiohttp application in a thread."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    runner = web.AppRunner(app)

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(runner.setup())
        loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", urlsplit(origin).port).start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture
def browser(site: Site) -> Browser:
    return Browser(site)


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


def test_every_page_forbids_inline_scripts_and_frames(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    for path in ("/inbox", "/nothing/here", "/session/ended", "/static/css/base.css"):
        policy = browser.ask("GET", path).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


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


def test_a_forged_or_foreign_cookie_is_no_login(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    head, claims, signature = browser.cookies[ACCESS].split(".")
    browser.cookies = {ACCESS: f"{head}.{claims}.{signature[::-1]}"}
    assert browser.ask("GET", "/api/registry/groups").status_code == 401
    answer = browser.ask("GET", "/inbox")
    assert (answer.status_code, answer.headers["location"]) == (303, "/session/resume?next=%2Finbox")
    assert "/session/login" in browser.ask("GET", answer.headers["location"]).headers["location"]


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


@contextmanager
def tokens_seem_old(seconds: int = 3600) -> Iterator[None]:
    """The portal renews what is good for less than this; in here, everything."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("services.portal.sessions._STILL_GOOD", seconds)
        yield


def test_the_database_alone_gives_nobody_a_login(browser: Browser, site: Site) -> None:
    browser.log_in(site.office())
    with psycopg.connect(site.database) as connection:
        rows = connection.execute("SELECT hash, subject, tokens FROM ops.session").fetchall()
    stored = b"".join(bytes(row[0]) + bytes(row[2]) for row in rows)
    assert rows
    for secret in (browser.cookies[SESSION], browser.cookies[ACCESS]):
        assert secret.encode() not in stored


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
