"""The one origin of the embedded runtime, with the routes of the deployment's Ingress.

    /api/<area>/…   the service that owns the area, path unchanged
    /issuer/…       the local issuer
    /…              the portal, or a page with links to the APIs' documentation where there is no portal

Bodies pass through in pieces in both directions; nothing is kept.
"""

from __future__ import annotations

import html
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import aiohttp
from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from sevenx.declaration import services
from sevenx.local.home import LOOPBACK, Home
from sevenx.local.issuer import Issuer
from sevenx.local.issuer_routes import routes as issuer_routes
from sevenx.local.journal import JsonLines

PORTAL = "portal"
BODY_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest request body that is passed on."""
HOP_BY_HOP = {"connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"}
HOP_BY_HOP |= {"te", "trailer", "transfer-encoding", "upgrade"}
"""Headers that speak of one connection alone (RFC 9110, section 7.6.1); the gateway answers `Expect` itself."""
INSIDE = ("/livez", "/readyz", "/metrics")
"""What a service tells the machines around it, and the gateway nobody."""
UPSTREAM = web.AppKey("upstream", aiohttp.ClientSession)


class BodyTooLarge(Exception):
    """The client sent more than BODY_LIMIT."""


def run(home: Home) -> None:
    """Serve until SIGTERM; what goes wrong is logged to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    targets = {one.area: home.service_url(one.area) for one in services()}
    app = gateway(targets, Issuer.of(home))
    web.run_app(app, host=LOOPBACK, port=home.port_base, access_log=None, print=None, shutdown_timeout=2)


def gateway(targets: Mapping[str, str], issuer: Issuer) -> web.Application:
    """The application; `targets` maps an area to its service's base URL."""
    app = web.Application(client_max_size=BODY_LIMIT)
    app.cleanup_ctx.append(_upstream)
    app.add_routes(issuer_routes(issuer))

    async def api(request: web.Request) -> web.StreamResponse:
        area = request.match_info["area"]
        if area not in targets:
            return problem(404, "unknown-area", "没有这个接口领域", f"no service owns the area {area!r}")
        return await forward(request, area, targets[area])

    async def portal(request: web.Request) -> web.StreamResponse:
        return await forward(request, PORTAL, targets[PORTAL])

    async def inside(request: web.Request) -> web.StreamResponse:
        return problem(404, "not-found", "没有这个地址", f"{request.path} is for the machines around a service")

    app.router.add_route("*", r"/api/{area}{rest:(/.*)?}", api)
    for path in INSIDE:
        app.router.add_get(path, inside)
    if PORTAL in targets:
        app.router.add_route("*", "/{rest:.*}", portal)
    else:
        app.router.add_get("/", _links(targets))
    return app


async def _upstream(app: web.Application) -> AsyncIterator[None]:
    app[UPSTREAM] = aiohttp.ClientSession(
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=2, sock_read=60),
        # Shorter than the services' own 5 s: a POST must not meet a connection that the service is closing.
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=2),
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
    )
    yield
    await app[UPSTREAM].close()


async def forward(request: web.Request, area: str, base: str) -> web.StreamResponse:
    """Pass a request on and its answer back; 413, 502 and 504 are the gateway's own."""
    if (request.content_length or 0) > BODY_LIMIT:
        return _too_large()
    try:
        async with request.app[UPSTREAM].request(
            request.method,
            URL(base + request.raw_path, encoded=True),
            headers=_request_headers(request),
            data=_limited(request) if request.can_read_body else None,
            allow_redirects=False,
        ) as answer:
            return await _pass_back(request, answer)
    except BodyTooLarge:
        return _too_large()
    except TimeoutError:
        return problem(504, "service-timeout", f"服务 {area} 没有及时响应，请稍后重试",
                       f"the service {area} did not answer in time; try again later")  # fmt: skip
    except aiohttp.ClientConnectionError as error:
        if isinstance(error.__cause__, BodyTooLarge):
            return _too_large()
        logging.getLogger(__name__).warning("no answer from %s: %s", area, error)
        return problem(502, "service-away", f"服务 {area} 暂时不可用，请稍后重试",
                       f"the service {area} is away; try again in a few seconds")  # fmt: skip


async def _pass_back(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    response = web.StreamResponse(status=answer.status, reason=answer.reason, headers=end_to_end(answer.headers))
    await response.prepare(request)
    try:
        async for piece in answer.content.iter_any():
            await response.write(piece)
        await response.write_eof()
    except (aiohttp.ClientError, TimeoutError) as error:
        # The status line is gone already: cutting the connection is the only honest answer.
        logging.getLogger(__name__).warning("answer cut: %s", error)
        if request.transport is not None:
            request.transport.abort()
    return response


def end_to_end(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    """The headers without those that speak of one connection, named or standard."""
    named = {name.strip().lower() for value in headers.getall("Connection", []) for name in value.split(",")}
    dropped = HOP_BY_HOP | named
    return CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in dropped)


def _request_headers(request: web.Request) -> CIMultiDict[str]:
    headers = end_to_end(request.headers)
    hops = [*request.headers.getall("X-Forwarded-For", []), request.remote or LOOPBACK]
    headers["X-Forwarded-For"] = ", ".join(hops)
    headers.setdefault("X-Forwarded-Proto", request.scheme)
    headers.setdefault("X-Forwarded-Host", request.host)
    return headers


async def _limited(request: web.Request) -> AsyncIterator[bytes]:
    size = 0
    async for piece in request.content.iter_any():
        size += len(piece)
        if size > BODY_LIMIT:
            raise BodyTooLarge
        yield piece


def _too_large() -> web.Response:
    mib = BODY_LIMIT // 1024**2
    return problem(413, "body-too-large", f"请求内容超过 {mib} MiB", f"the request body is larger than {mib} MiB")


def problem(status: int, code: str, zh: str, en: str) -> web.Response:
    """An RFC 9457 problem document in both languages."""
    kind = f"urn:sevenx:problem:{code}"
    document = {"type": kind, "title": en, "title_zh": zh, "status": status, "detail": en, "detail_zh": zh}
    retry = {"Retry-After": "1"} if status in (502, 504) else {}
    response = web.json_response(document, status=status, headers=retry)
    response.content_type = "application/problem+json"
    return response


_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>SevenX</title>
<style>
body {{ font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 40rem; margin: 3rem auto; }}
body {{ padding: 0 1rem }}
li {{ margin: .5rem 0 }} a {{ color: #0b5394 }} small {{ color: #555 }}
</style>
<h1>SevenX</h1>
<p>“7+X”招商引资工作机制 · 各服务的接口文档<br>
<small>The 7+X mechanism: the documentation of each service's API</small></p>
<ul>{items}</ul></html>
"""


def _links(targets: Mapping[str, str]) -> Callable[[web.Request], Awaitable[web.Response]]:
    items = "".join(f'<li><a href="/api/{area}/docs">/api/{html.escape(area)}/docs</a></li>' for area in targets)
    page = _PAGE.format(items=items)

    async def links(_: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html")

    return links
