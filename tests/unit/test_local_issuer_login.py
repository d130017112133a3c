"""The local issuer's login for people: authorization code with PKCE, refresh tokens that are good once, logout."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sevenx.local.authorizations import CODE_SECONDS, LOGIN_SECONDS, Authorizations, NotGood, challenge_of
from sevenx.local.cast import Enrolled, choices, enrol
from sevenx.local.gateway import gateway
from sevenx.local.home import Home
from sevenx.local.issuer import Issuer

Client = TestClient[web.Request, web.Application]
VERIFIER = "v" * 43
SUBJECT = "410804-commerce-bureau"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home", port_base=17500)


@pytest.fixture
async def client(home: Home) -> AsyncIterator[Client]:
    async with TestClient(TestServer(gateway({}, Issuer.of(home)))) as made:
        yield made


def asked(home: Home, **other: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": "sevenx-portal",
        "redirect_uri": f"{home.gateway_url}/session/callback",
        "scope": "openid",
        "state": "the-state",
        "nonce": "the-nonce",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
        **other,
    }


async def chosen(client: Client, home: Home, subject: str = SUBJECT, **other: str) -> dict[str, str]:
    """What the browser brings back to the portal after somebody chose."""
    form = {**asked(home, **other), "sub": subject}
    async with client.post("/issuer/authorize", data=form, allow_redirects=False) as answer:
        assert answer.status == 303
        there = urlsplit(answer.headers["Location"])
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{home.gateway_url}/session/callback"
    return {name: values[0] for name, values in parse_qs(there.query).items()}


async def exchanged(client: Client, home: Home, **form: str) -> tuple[int, dict[str, str]]:
    login = {"client_id": "sevenx-portal", "client_secret": home.client_secret}
    async with client.post("/issuer/token", data=login | form) as answer:
        return answer.status, await answer.json()


async def by_code(client: Client, home: Home, code: str, **other: str) -> tuple[int, dict[str, str]]:
    form = {"code": code, "redirect_uri": f"{home.gateway_url}/session/callback", "code_verifier": VERIFIER} | other
    return await exchanged(client, home, grant_type="authorization_code", **form)


async def test_the_page_offers_the_offices_and_the_cast_in_both_languages(client: Client, home: Home) -> None:
    async with client.get("/issuer/authorize", params=asked(home)) as answer:
        page = await answer.text()
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert f'value="{SUBJECT}"' in page
    assert "模拟数据" in page
    async with client.get("/issuer/authorize", params=asked(home, ui_locales="en")) as answer:
        assert "Simulated data" in await answer.text()


async def test_persons_who_were_enrolled_stand_under_their_groups_and_units(client: Client, home: Home) -> None:
    unit = ("样例局（模拟）", "Sample bureau")
    people = [
        Enrolled("410804-N-b", "乙模拟", "Yi Moni", "head", unit=unit),
        Enrolled("410804-N-c", "丙模拟", "Bing Moni", "liaison", group=2),
        Enrolled("410804-N-a", "甲模拟", "Jia Moni", "leader", group=1),
    ]
    enrol(home, people)
    offered = choices(Issuer.of(home).known())
    assert [one.zh for one in offered] == ["机关处室", "招商一组", "招商二组", "牵头单位与责任单位"]
    assert [entry.post_zh for one in offered[1:] for entry in one.entries] == [
        "组长",
        "联络员",
        "样例局（模拟） · 负责人",
    ]
    async with client.get("/issuer/authorize", params=asked(home)) as answer:
        assert 'value="410804-N-a"' in await answer.text()
    answered = await chosen(client, home, "410804-N-a")
    _, tokens = await by_code(client, home, answered["code"])
    claims = jwt.decode(tokens["access_token"], options={"verify_signature": False})
    assert (claims["name"], claims["grants"]) == ("甲模拟", [])


async def test_a_code_brings_the_tokens_of_whoever_was_chosen(client: Client, home: Home) -> None:
    answer = await chosen(client, home)
    assert (answer["state"], answer["iss"]) == ("the-state", home.issuer_url)
    status, tokens = await by_code(client, home, answer["code"])
    assert status == 200
    access, identity = (
        jwt.decode(tokens[name], options={"verify_signature": False}) for name in ("access_token", "id_token")
    )
    assert (access["sub"], access["aud"], access["grants"]) == (SUBJECT, "sevenx", ["commerce_bureau@410804"])
    assert (identity["sub"], identity["aud"], identity["nonce"]) == (SUBJECT, "sevenx-portal", "the-nonce")


async def test_a_code_is_good_once_and_its_second_use_ends_the_login(client: Client, home: Home) -> None:
    code = (await chosen(client, home))["code"]
    _, tokens = await by_code(client, home, code)
    status, again = await by_code(client, home, code)
    assert (status, again["error"]) == (400, "invalid_grant")
    status, _ = await exchanged(client, home, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert status == 400


@pytest.mark.parametrize(
    "other",
    [{"code_verifier": "w" * 43}, {"redirect_uri": "http://127.0.0.1:1/elsewhere"}, {"code": "guessed"}],
    ids=["another verifier", "another redirect_uri", "no code of ours"],
)
async def test_a_code_in_other_hands_is_refused(client: Client, home: Home, other: dict[str, str]) -> None:
    code = (await chosen(client, home))["code"]
    status, answer = await by_code(client, home, **{"code": code, **other})
    assert (status, answer["error"]) == (400, "invalid_grant")


async def test_the_client_must_prove_itself(client: Client, home: Home) -> None:
    code = (await chosen(client, home))["code"]
    status, answer = await by_code(client, home, code, client_secret="guessed")
    assert (status, answer["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "other",
    [{"redirect_uri": "https://elsewhere.example/session/callback"}, {"client_id": "somebody"}],
    ids=["redirect_uri", "client_id"],
)
async def test_nobody_is_sent_to_an_address_that_is_not_the_portals(
    client: Client, home: Home, other: dict[str, str]
) -> None:
    for send in (client.get("/issuer/authorize", params=asked(home, **other), allow_redirects=False),
                 client.post("/issuer/authorize", data=asked(home, **other), allow_redirects=False)):  # fmt: skip
        async with send as answer:
            assert (answer.status, "Location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"sub": "nobody"}, "access_denied"),
    ],
)
async def test_what_cannot_be_answered_is_told_to_the_portal(
    client: Client, home: Home, other: dict[str, str], error: str
) -> None:
    answer = await chosen(client, home, **{"subject": other.pop("sub", SUBJECT), **other})
    assert (answer["error"], answer["state"]) == (error, "the-state")


async def test_a_refresh_token_is_good_once_and_its_theft_is_noticed(client: Client, home: Home) -> None:
    _, first = await by_code(client, home, (await chosen(client, home))["code"])
    status, second = await exchanged(client, home, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert status == 200
    assert second["refresh_token"] != first["refresh_token"]
    for stolen in (first, second):
        status, answer = await exchanged(
            client, home, grant_type="refresh_token", refresh_token=stolen["refresh_token"]
        )
        assert (status, answer["error"]) == (400, "invalid_grant")


async def test_a_logout_ends_the_login_and_leads_back_to_the_portal_alone(client: Client, home: Home) -> None:
    _, tokens = await by_code(client, home, (await chosen(client, home))["code"])
    query = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": "https://elsewhere.example/"}
    async with client.get("/issuer/logout", params=query, allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"{home.gateway_url}/"
    status, _ = await exchanged(client, home, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert status == 400
    query["post_logout_redirect_uri"] = f"{home.gateway_url}/session/ended"
    async with client.get("/issuer/logout", params=query, allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"{home.gateway_url}/session/ended"


async def test_what_a_service_tells_its_machines_is_not_at_the_origin(client: Client) -> None:
    for path in ("/readyz", "/livez", "/metrics"):
        async with client.get(path) as answer:
            assert answer.status == 404


def test_codes_and_logins_grow_old() -> None:
    now = [0.0]
    given = Authorizations(lambda: now[0])
    code = given.code(SUBJECT, "portal", "there", challenge_of(VERIFIER), "", "openid")
    now[0] = CODE_SECONDS + 1
    with pytest.raises(NotGood, match="too old"):
        given.redeem(code, "portal", "there", VERIFIER)
    code = given.code(SUBJECT, "portal", "there", challenge_of(VERIFIER), "", "openid")
    token = given.refresh_token(given.redeem(code, "portal", "there", VERIFIER))
    with pytest.raises(NotGood, match="another client"):
        given.renew(token, "another")
    now[0] += LOGIN_SECONDS + 1
    with pytest.raises(NotGood, match="too old"):
        given.renew(token, "portal")
