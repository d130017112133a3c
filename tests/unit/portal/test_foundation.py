"""The console's frame: words in both languages, homes and navigation by role, safe addresses, sealed sessions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from services.portal import formats, texts
from services.portal.login import safe_next
from services.portal.navigation import ENTRIES, home_of, links
from services.portal.render import STATIC, asset, environment
from services.portal.security import content_security_policy
from services.portal.service import SERVICE
from services.portal.sessions import Box
from services.portal.visit import Freshness, Visit
from sevenx.declaration import declared_in, service, writing_services
from sevenx.kernel.auth import ROLES, Principal

PORTAL = Path(texts.__file__).parent
GROUP = "410804-G-1"


def visit(
    *grants: str, now: datetime = datetime(2026, 7, 10, tzinfo=UTC), language: str = "zh", name_en: str = ""
) -> Visit:
    principal = Principal("410804-N-jia", "410804", frozenset(grants), "甲模拟")
    return Visit(principal, language, "csrf", now, True, None, Freshness("running", 0, 0.0), name_en=name_en)


def app(*paths: str) -> FastAPI:
    made = FastAPI()
    made.state.served_paths = {}
    for path in paths:
        made.add_api_route(path, lambda: None)
    return made


# -- words -------------------------------------------------------------------------------------------------------------


def test_every_text_is_there_in_both_languages() -> None:
    assert len(texts.texts()) > 80
    assert all(set(pair) == {"zh", "en"} for pair in texts.texts().values())


@pytest.mark.parametrize(
    "content",
    [{"a": {"zh": "只有中文"}}, {"a": {"zh": "", "en": "x"}}, {"a": "text"}, {"a": {"zh": "一", "en": "x", "fr": "y"}}],
)
def test_a_text_that_lacks_a_language_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a"):
        list(texts.pairs(content))


def test_both_languages_name_the_same_values() -> None:
    named = re.compile(r"\{(\w*)\}")
    differing = [
        k for k, p in texts.texts().items() if sorted(named.findall(p["zh"])) != sorted(named.findall(p["en"]))
    ]
    assert differing == []


def keys_in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((PORTAL / "templates").rglob("*.html")):
        for key in re.findall(r"""\bt\(\s*["']([a-z_]+\.[a-z0-9_.]+)["']\s*[,)]""", path.read_text("utf-8")):
            yield path.name, key


def test_every_text_that_a_template_asks_for_is_there() -> None:
    asked = list(keys_in_templates())
    assert len(asked) > 40
    assert [(name, key) for name, key in asked if key not in texts.texts()] == []


def test_every_role_and_entry_has_its_name() -> None:
    wanted = [f"role.{role}" for role in ROLES] + [f"nav.{one.key}" for one in ENTRIES]
    wanted += [f"nav.section_{one.section}" for one in ENTRIES]
    assert [key for key in wanted if key not in texts.texts()] == []


def test_every_template_can_be_read() -> None:
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def test_no_template_has_what_the_policy_refuses() -> None:
    refused = re.compile(
        r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)|javascript:|<style|https?://", re.I
    )
    found = {
        path.name: hits
        for path in sorted((PORTAL / "templates").rglob("*.html"))
        if (hits := refused.findall(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("language", "name_en", "shown"),
    [("zh", "Jia", "甲模拟"), ("en", "Jia", "Jia"), ("en", "", "甲模拟")],
)
def test_a_visitor_is_named_in_his_language_where_his_name_is_known_in_it(
    language: str, name_en: str, shown: str
) -> None:
    assert visit(language=language, name_en=name_en).name == shown


# -- homes and navigation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grants", "home"),
    [
        ([f"liaison@{GROUP}"], f"/reports/{GROUP}/2026-07"),
        (["unit_head@410804-U-commerce"], "/reviews"),
        (["unit_head@410804-U-commerce", f"lead_unit_head@{GROUP}"], "/reviews"),
        ([f"group_leader@{GROUP}"], f"/groups/{GROUP}"),
        (["commerce_bureau@410804"], "/work"),
        (["district_leader@410804"], "/overview"),
        (["district_office@410804"], "/overview"),
        (["supervision_office@410804"], "/directives"),
        (["assessment_office@410804"], "/ranking/2026"),
        (["auditor@410804"], "/audit"),
        (["finance_bureau@410804"], "/budgets"),
        (["operator@410804"], "/services"),
        ([], "/overview"),
    ],
)
def test_each_role_begins_with_its_own_page(grants: list[str], home: str) -> None:
    assert home_of(visit(*grants)) == home


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_home(role: str) -> None:
    assert home_of(visit(f"{role}@{GROUP}")).startswith("/")


@pytest.mark.parametrize(
    ("now", "period"),
    [
        (datetime(2026, 7, 25, 15, 59, tzinfo=UTC), "2026-07"),
        (datetime(2026, 7, 25, 16, 0, tzinfo=UTC), "2026-08"),
        (datetime(2026, 12, 30, 12, 0, tzinfo=UTC), "2026-12"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027-01"),
    ],
)
def test_the_running_period_ends_on_the_25th_and_decembers_on_the_31st(now: datetime, period: str) -> None:
    assert visit(now=now).period == period


def test_the_navigation_shows_what_is_served_to_whom_it_is_for() -> None:
    console = app("/overview", "/projects", "/projects/{id}", "/services")
    shown = {one.key: one.here for one in links(console, visit("liaison@" + GROUP), "/projects/7")}
    assert shown == {"overview": False, "projects": True}
    assert "services" in {one.key for one in links(console, visit("operator@410804"), "/")}


# -- addresses, sessions, headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/inbox", "/projects/410804-P-2026-0001?after=projects/x@3", "/a#b"])
def test_a_path_of_ours_is_gone_on_to(path: str) -> None:
    assert safe_next(path) == path


@given(st.text(max_size=60) | st.from_regex(r"[/\\]{0,3}(https?:)?[/\\]{0,3}[a-z.@:/\\]{0,20}", fullmatch=True))
def test_whatever_is_asked_for_one_stays_at_the_console(path: str) -> None:
    there = safe_next(path)
    assert re.fullmatch(r"/(?![/\\])[\x20-\x7e]*", there)
    assert "\\" not in there
    assert not there.startswith("/session")


@given(st.binary(max_size=40), st.integers(0, 200))
def test_what_is_sealed_opens_with_its_own_key_alone(more: bytes, at: int) -> None:
    sealed = Box("key", more, "a").close({"refresh": "令牌"})
    assert Box("key", more, "a").open(sealed) == {"refresh": "令牌"}
    changed = bytes(byte ^ (n == at % len(sealed)) for n, byte in enumerate(sealed))
    for box, content in (
        (Box("key", more, "b"), sealed),
        (Box("other", more, "a"), sealed),
        (Box("key", more, "a"), changed),
    ):
        with pytest.raises(ValueError, match="not closed"):
            box.open(content)


def test_the_policy_allows_nothing_inline_and_a_logout_to_the_issuer() -> None:
    policy = content_security_policy("https://id.example.gov.cn/realms/district")
    assert "unsafe" not in policy
    assert "form-action 'self' https://id.example.gov.cn;" in policy


# -- files -------------------------------------------------------------------------------------------------------------


def test_vendored_files_are_the_ones_that_are_listed() -> None:
    listed = re.findall(
        r"^\| ([\w./-]+\.js) .*`([0-9a-f]{64})` \|$", (STATIC / "vendor/THIRD_PARTY.md").read_text("utf-8"), re.M
    )
    present = {path.relative_to(STATIC / "vendor").as_posix() for path in (STATIC / "vendor").rglob("*.js")}
    assert {name for name, _ in listed} == present
    for name, digest in listed:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
        assert (STATIC / "vendor" / name).with_name("LICENSE").exists()


def test_a_files_address_tells_its_contents() -> None:
    assert re.fullmatch(r"/static/css/base\.css\?v=[0-9a-f]{12}", asset("css/base.css"))


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (Decimal("520000000"), "5.2 亿元", "CNY 520 m"),
        (Decimal("32000000"), "3,200 万元", "CNY 32 m"),
        (Decimal("1200"), "1,200 元", "CNY 1,200"),
        (None, "—", "—"),
    ],
)
def test_amounts_are_written_as_officials_say_them(amount: Decimal | None, zh: str, en: str) -> None:
    assert (formats.money(amount, "zh"), formats.money(amount, "en")) == (zh, en)


def test_days_and_instants_are_chinas() -> None:
    late = datetime(2026, 7, 25, 16, 30, tzinfo=UTC)
    assert (formats.day(late), formats.instant(late), formats.day(date(2026, 7, 1))) == (
        "2026-07-26", "2026-07-26 00:30", "2026-07-01",
    )  # fmt: skip


# -- a service without events ------------------------------------------------------------------------------------------


def test_the_portal_is_declared_as_it_is_defined() -> None:
    assert (service("portal").writes, SERVICE.writes, SERVICE.deciders) == (False, False, ())
    assert "portal" not in service("portal").reads()
    assert {one.area for one in writing_services()} <= set(service("portal").reads())


def test_nobody_can_follow_a_service_without_events() -> None:
    with pytest.raises(ValueError, match="has no events"):
        declared_in({"page": {"writes": False}, "other": {"follows": ["page"]}})
