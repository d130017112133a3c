"""The HTTP face of a service: dependencies of its routes, problem documents, and the app around its router."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
from fastapi import Depends, FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from opentelemetry import trace
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from sevenx.kernel.auth import Principal, bearer
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.envelope import command_id
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads
from sevenx.kernel.telemetry import span_from

if TYPE_CHECKING:
    from sevenx.kernel.runtime import Runtime

__all__ = ["Answer", "Asking", "Commands", "ReadModel", "create_app"]

log = logging.getLogger(__name__)
_LARGEST_BODY = 1 << 20
_ENTITY_TAG = r'^"?[a-z]+/[A-Za-z0-9-]+@[0-9]+"?$'
_PROBLEM = "application/problem+json"


def runtime_of(request: Request) -> Runtime:
    runtime: Runtime = request.app.state.runtime
    return runtime


async def _principal(request: Request, authorization: Annotated[str | None, Header()] = None) -> Principal:
    runtime = runtime_of(request)
    principal = await runtime.tokens.verify(bearer(authorization))
    return await runtime.with_posts(principal)


Asking = Annotated[Principal, Depends(_principal)]
"""Whoever sends the request, with the grants of his token and of his posts."""


async def _desk(
    request: Request,
    principal: Asking,
    idempotency_key: Annotated[
        str,
        Header(
            min_length=8,
            max_length=128,
            pattern=r"^[\x21-\x7e]+$",
            description="Chosen by the client, new for each new command; sent again, the same answer comes back",
            examples=["9b0c5f0e-4b56-4a55-9f3e-0d1a6f9b2c11"],
        ),
    ],
    if_match: Annotated[
        str | None,
        Header(
            pattern=_ENTITY_TAG,
            description="Position on which the client decided (RFC 9110, 13.1.1); where the stream has moved on: 412",
            examples=['"projects/410804-P-2026-0001@3"'],
        ),
    ] = None,
) -> CommandDesk:
    runtime = runtime_of(request)
    body = await request.body()
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).hexdigest()[:32]
    return CommandDesk(
        runtime.handler,
        runtime.pool,
        runtime.definition.permissions,
        principal,
        runtime.clock.now,
        command_id(principal.subject, idempotency_key),
        digest,
        (if_match or "").strip('"'),
    )


Commands = Annotated[CommandDesk, Depends(_desk)]
"""The desk for this request's commands."""


async def _reads(
    request: Request,
    _: Asking,
    after: Annotated[
        str | None,
        Query(
            description="Position of a command; the answer shows at least that, or is a 504 «not yet» after 2 s",
            pattern=r"^[a-z]+/[A-Za-z0-9-]+@[0-9]{1,18}$",
            examples=["projects/410804-P-2026-0001@3"],
        ),
    ] = None,
) -> Reads:
    reads = runtime_of(request).reads
    if after is not None:
        await reads.wait_for(after)
    return reads


ReadModel = Annotated[Reads, Depends(_reads)]
"""The read model, at least as new as `?after=` asks."""


def problem_response(problem: Problem) -> JSONResponse:
    """An RFC 9457 problem document with its message in both languages."""
    body = {
        **problem.details,
        "type": f"urn:sevenx:problem:{problem.code}",
        "title": problem.en,
        "title_zh": problem.zh,
        "status": problem.status,
        "detail": problem.en,
        "detail_zh": problem.zh,
    }
    trace_id = trace.get_current_span().get_span_context().trace_id
    if trace_id:
        body["trace_id"] = f"{trace_id:032x}"
    return JSONResponse(body, problem.status, headers=problem.headers, media_type=_PROBLEM)


async def _on_problem(_: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return problem_response(error)


async def _on_invalid(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        {"where": ".".join(str(part) for part in one["loc"]), "message": one["msg"], "kind": one["type"]}
        for one in error.errors()
    ]
    names = "、".join(sorted({str(field["where"]) for field in fields}))
    return problem_response(
        Problem(
            422,
            "invalid-request",
            f"请求内容有误：{names}。请按说明修改后重试。",
            "The request is not valid: " + "; ".join(f"{f['where']}: {f['message']}" for f in fields),
            details={"fields": fields},
        )
    )


async def _on_http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    zh = {404: "没有这个地址或对象。", 405: "该地址不支持此方法。"}.get(error.status_code, "请求无法处理。")
    code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "bad-request")
    return problem_response(Problem(error.status_code, code, zh, str(error.detail), headers=dict(error.headers or {})))


async def _on_database(_: Request, error: Exception) -> Response:
    if isinstance(error, DBAPIError) and not (error.connection_invalidated or _lost(error.orig)):
        return await _on_any(_, error)
    if isinstance(error, psycopg.Error) and not _lost(error):
        return await _on_any(_, error)
    log.warning("database away", extra={"error": repr(error)})
    return problem_response(
        Problem(
            503,
            "database-unavailable",
            "数据库暂时不可用；请用同一个 Idempotency-Key 稍后重试。",
            "The database is away for the moment; try again later with the same Idempotency-Key.",
            headers={"Retry-After": "2"},
        )
    )


def _lost(error: BaseException | None) -> bool:
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


async def _on_any(_: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return problem_response(
        Problem(500, "internal-error", "系统内部错误，已记录。", "An internal error; it has been logged.")
    )


class _Frame:
    """ASGI middleware: continues the caller's trace, and refuses a body over 1 MiB before it is read."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        length = headers.get(b"content-length", b"0")
        if (length.isdigit() and int(length) > _LARGEST_BODY) or b"chunked" in headers.get(b"transfer-encoding", b""):
            answer = problem_response(
                Problem(
                    413, "body-too-large", "请求内容超过 1 MiB。", "The body is larger than 1 MiB or has no length."
                )
            )
            await answer(scope, receive, send)
            return
        traceparent = headers.get(b"traceparent", b"").decode("latin-1") or None
        with span_from(f"{scope['method']} {scope['path']}", traceparent, trace.SpanKind.SERVER):
            await self._app(scope, receive, send)


def create_app(runtime: Runtime) -> FastAPI:
    """The service's app: its router and the kernel's own under `/api/<area>`, health and metrics beside it."""
    from sevenx.kernel.system_api import health_router, system_router

    definition = runtime.definition
    prefix = f"/api/{definition.area}"

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await runtime.start()
        try:
            yield
        finally:
            await runtime.stop()

    app = FastAPIOffline(  # the page's scripts are served from here: an intranet has no CDN
        title=f"SevenX {definition.title} · {definition.title_zh}",
        description=definition.description,
        version="1",
        lifespan=lifespan,
        docs_url=f"{prefix}/docs",
        redoc_url=None,
        static_url=f"{prefix}/docs-assets",
        swagger_ui_oauth2_redirect_url=f"{prefix}/docs/oauth2-redirect",
        openapi_url=f"{prefix}/openapi.json",
        responses={
            code: {"description": text, "content": {_PROBLEM: {}}}
            for code, text in {
                401: "No token, or one that is not valid",
                403: "Not allowed",
                409: "Conflict with another change, or the key was used with another body",
                412: "The stream has moved on from the version in If-Match",
                422: "The request is not valid, or a rule refuses it",
                423: "The stream is blocked by a fork",
                503: "A part that is needed is away; try again with the same key",
                504: "Not yet: what was asked for is not in the read model so far",
            }.items()
        },
    )
    app.state.runtime = runtime
    app.include_router(definition.router, prefix=prefix)
    app.include_router(system_router(), prefix=prefix)
    app.include_router(health_router())
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for lost in (psycopg.Error, PoolTimeout, DBAPIError):
        app.add_exception_handler(lost, _on_database)
    app.add_exception_handler(Exception, _on_any)
    app.add_middleware(_Frame)
    return app
