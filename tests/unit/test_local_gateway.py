"""The gateway and the issuer, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import jwt
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from sevenx.local import gateway as module
from sevenx.local.errors import LocalError
from sevenx.local.gateway import gateway
from sevenx.local.home import Home
from sevenx.local.issuer import Issuer
from sevenx.local.processes import free_port

Client = TestClient[web.Request, web.Application]


async def echo(request: web.Request) -> web.Response:
    body = await request.read()
    document = {
        "method": request.method,
        "path": request.raw_path,
        "headers": dict(request.headers),
        "size": len(body),
    }
    headers = {"X-From": "service", "Connection": "X-Hop", "X-Hop": "secret"}
    answer = web.json_response(document, headers=headers, status=201)
    answer.headers.add("Set-Cookie", "a=1")
    answer.headers.add("Set-Cookie", "b=2")
    return answer


async def slowly(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"first\n")
    await request.app[RELEASE].wait()
    await response.write(b"second\n")
    return response


RELEASE = web.AppKey("release", asyncio.Event)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home", port_base=17400)


@pytest.fixture
async def service() -> AsyncIterator[TestServer]:
    app = web.Application(client_max_size=1 << 30)
    app[RELEASE] = asyncio.Event()
    app.router.add_get("/api/registry/slowly", slowly)
    app.router.add_route("*", "/{rest:.*}", echo)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def client(home: Home, service: TestServer) -> AsyncIterator[Client]:
    targets = {"registry": f"http://127.0.0.1:{service.port}", "audit": f"http://127.0.0.1:{free_port()}"}
    async with TestClient(TestServer(gateway(targets, Issuer.of(home)))) as made:
        yield made


async def test_a_request_reaches_its_service_with_path_query_and_headers_unchanged(client: Client) -> None:
    headers = {"Authorization": "Bearer x", "Host": "sevenx.example", "TE": "trailers", "X-Forwarded-For": "10.0.0.9"}
    async with client.put("/api/registry/units/%E5%8C%BA%2F1?q=a%20b&q=c", data=b"12345", headers=headers) as answer:
        got = await answer.json()
        assert answer.status == 201
        assert answer.headers.getall("Set-Cookie") == ["a=1", "b=2"]
        assert answer.headers["X-From"] == "service"
        assert "X-Hop" not in answer.headers
    assert got["method"] == "PUT"
    assert got["path"] == "/api/registry/units/%E5%8C%BA%2F1?q=a%20b&q=c"
    assert got["size"] == 5
    assert got["headers"]["Host"] == "sevenx.example"
    assert got["headers"]["Authorization"] == "Bearer x"
    assert got["headers"]["X-Forwarded-For"] == "10.0.0.9, 127.0.0.1"
    assert got["headers"]["X-Forwarded-Proto"] == "http"
    assert "TE" not in got["headers"]


async def test_an_answer_passes_in_pieces(client: Client, service: TestServer) -> None:
    async with client.get("/api/registry/slowly") as answer:
        assert await answer.content.readline() == b"first\n"
        service.app[RELEASE].set()
        assert await answer.read() == b"second\n"


async def test_a_service_that_is_away_is_a_problem_in_both_languages(client: Client) -> None:
    async with client.get("/api/audit/seals") as answer:
        document = await answer.json(content_type="application/problem+json")
        assert answer.status == 502
    assert document["type"] == "urn:sevenx:problem:service-away"
    assert document["status"] == 502
    assert {"title", "title_zh", "detail", "detail_zh"} <= document.keys()


async def test_an_unknown_area_is_a_problem(client: Client) -> None:
    async with client.get("/api/nobody/x") as answer:
        assert answer.status == 404
        assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("chunked", [False, True])
async def test_too_large_a_body_is_refused_whether_its_size_is_told_or_not(
    client: Client, chunked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BODY_LIMIT", 1 << 20)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield bytes(1 << 16)

    async with client.post("/api/registry/x", data=pieces() if chunked else BytesIO(bytes(2 << 20))) as answer:
        assert answer.status == 413
        assert answer.content_type == "application/problem+json"


async def test_without_a_portal_the_root_lists_the_documentation(client: Client) -> None:
    async with client.get("/") as answer:
        assert '<a href="/api/registry/docs">' in await answer.text()


async def test_with_a_portal_everything_else_is_its(home: Home, service: TestServer) -> None:
    targets = {"portal": f"http://127.0.0.1:{service.port}"}
    async with TestClient(TestServer(gateway(targets, Issuer.of(home)))) as made:
        async with made.get("/projects/7") as answer:
            assert (await answer.json())["path"] == "/projects/7"
        async with made.get("/issuer/jwks") as answer:
            assert "keys" in await answer.json()


async def ask_token(client: Client, home: Home, sub: str, **other: str) -> tuple[int, dict[str, str]]:
    form = {"grant_type": "client_credentials", "client_id": sub, "client_secret": home.client_secret} | other
    async with client.post("/issuer/token", data=form) as answer:
        return answer.status, await answer.json()


async def test_an_office_gets_a_token_that_the_published_key_verifies(client: Client, home: Home) -> None:
    status, answer = await ask_token(client, home, "410804-commerce-bureau", scope="openid")
    assert status == 200
    assert (answer["token_type"], answer["expires_in"], answer["scope"]) == ("Bearer", 900, "openid")
    async with client.get("/issuer/.well-known/openid-configuration") as discovery:
        assert (await discovery.json())["jwks_uri"] == f"{home.issuer_url}/jwks"
    async with client.get("/issuer/jwks") as keys:
        (key,) = jwt.PyJWKSet.from_dict(await keys.json()).keys
    claims = jwt.decode(
        answer["access_token"], key, algorithms=["RS256"], audience="sevenx", issuer=home.issuer_url,
        options={"require": ["exp", "iat", "jti", "sub"]},
    )  # fmt: skip
    assert jwt.get_unverified_header(answer["access_token"])["kid"] == key.key_id
    assert claims["sub"] == "410804-commerce-bureau"
    assert claims["grants"] == ["commerce_bureau@410804"]
    assert (claims["district"], claims["name"]) == ("410804", "商务局")
    assert claims["exp"] - claims["iat"] == 900


async def test_a_person_gets_a_token_without_grants(client: Client, home: Home) -> None:
    _, answer = await ask_token(client, home, "410804-N-zhang-san")
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert (claims["grants"], claims["district"]) == ([], "410804")


@pytest.mark.parametrize(
    ("sub", "other", "status", "error"),
    [
        ("410804-auditor", {"client_secret": "guessed"}, 401, "invalid_client"),
        ("somebody", {}, 401, "invalid_client"),
        ("410804-N-Zhang", {}, 401, "invalid_client"),
        ("410804-auditor", {"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
async def test_anybody_else_gets_none(
    client: Client, home: Home, sub: str, other: dict[str, str], status: int, error: str
) -> None:
    got, answer = await ask_token(client, home, sub, **other)
    assert (got, answer["error"]) == (status, error)


def test_the_issuer_does_not_start_beside_a_real_one(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEVENX_ISSUER", "https://id.example.gov.cn")
    with pytest.raises(LocalError, match="SEVENX_ISSUER is set"):
        Issuer.of(home)


async def test_the_head_of_an_answer_keeps_its_length(client: Client) -> None:
    async with ClientSession() as session, session.head(client.make_url("/api/registry/x")) as answer:
        assert answer.status == 201
        assert int(answer.headers["Content-Length"]) > 0
