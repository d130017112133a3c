"""The console around the pages: files, routers, headers, and errors as pages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from fastapi.staticfiles import StaticFiles

from services.portal import home, inbox, login, pages, services_page
from services.portal.errors import answer_with_pages
from services.portal.render import STATIC
from services.portal.security import SecurityHeaders

_KEPT = "public, max-age=31536000, immutable"


class _Files(StaticFiles):
    """Static files, which a browser may keep where the address tells the contents."""

    async def get_response(self, path: str, scope: Any) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _KEPT if b"v=" in scope.get("query_string", b"") else "no-cache"
        return response


def page_routers() -> Iterator[APIRouter]:
    """`router` of every module under `pages/`, in the order of their names."""
    for module in sorted(pkgutil.iter_modules(pages.__path__), key=lambda one: one.name):
        found = getattr(importlib.import_module(f"{pages.__name__}.{module.name}"), "router", None)
        if found is not None:
            yield found


def add_site(app: FastAPI) -> None:
    """Let the portal's app serve the console beside its API."""
    app.state.served_paths = {}
    app.mount("/static", _Files(directory=STATIC), name="static")
    for router in (login.router, home.router, inbox.router, services_page.router, *page_routers()):
        app.include_router(router, include_in_schema=False)
    answer_with_pages(app)
    app.add_middleware(SecurityHeaders, issuer=app.state.runtime.settings.issuer)
