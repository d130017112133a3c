"""A service's process over HTTP: the app around its router, and the server that runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from sevenx.kernel.errors import Problem
from sevenx.kernel.problems import ANSWERS, answer_with_problems, problem_response
from sevenx.kernel.runtime import Runtime
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.settings import Settings
from sevenx.kernel.system_api import health_router, system_router
from sevenx.kernel.telemetry import configure_logging

_LARGEST_BODY = 1 << 20


class _BodyLimit:
    """ASGI middleware: refuses a body over 1 MiB before it is read, but for paths whose routes limit it themselves."""

    def __init__(self, app: Any, streamed: frozenset[str]) -> None:
        self._app, self._streamed = app, streamed

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        length = headers.get(b"content-length", b"0")
        long = (length.isdigit() and int(length) > _LARGEST_BODY) or b"chunked" in headers.get(
            b"transfer-encoding", b""
        )
        if long and scope["path"] not in self._streamed:
            answer = problem_response(
                Problem(
                    413, "body-too-large", "请求内容超过 1 MiB。", "The body is larger than 1 MiB or has no length."
                )
            )
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def create_app(runtime: Runtime) -> FastAPI:
    """The service's app: its router and the kernel's own under `/api/<area>`, health and metrics beside it."""
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
        responses={**ANSWERS},
        telemetry={"operation_spans": False, "metrics": False, "logs": False},  # a span a request: the rest is ours
    )
    app.state.runtime = runtime
    app.include_router(definition.router, prefix=prefix)
    app.include_router(system_router(), prefix=prefix)
    app.include_router(health_router())
    answer_with_problems(app)
    if definition.site is not None:
        definition.site(app)
    app.add_middleware(_BodyLimit, streamed=frozenset(f"{prefix}{path}" for path in definition.streamed))
    return app


def run(definition: Callable[[], ServiceDefinition] | ServiceDefinition) -> None:
    """Run a service's process until it is told to stop: what `main.py` calls."""
    made = definition() if callable(definition) else definition
    settings = Settings.from_env(made.area)
    configure_logging(settings.log_level)
    app = create_app(Runtime(made, settings))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http="httptools",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
    )
    server.run()
