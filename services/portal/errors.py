"""Errors as pages, in both languages: the kernel's problem documents, shown to a person."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from services.portal.render import page

Handler = Callable[[Request, Exception], Awaitable[Response]]
RETRY_SECONDS = 2
"""Seconds after which a page that is not ready yet asks again by itself."""
_FOR_MACHINES = ("/api/", "/session/refresh", "/session/csrf", "/livez", "/readyz", "/metrics")


def answer_with_pages(app: FastAPI) -> None:
    """Let every error of a page be a page; the API's stay problem documents."""
    for kind, handler in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _as_page(handler))


def _as_page(problem_answer: Any) -> Any:
    async def answer(request: Request, error: Exception) -> Response:
        response: Response = await problem_answer(request, error)
        if request.url.path.startswith(_FOR_MACHINES) or not hasattr(response, "body"):
            return response
        if response.status_code == 401 and not request.url.path.startswith("/session/"):
            return to_login(request)
        return await _error_page(request, response)

    return answer


async def _error_page(request: Request, response: Response) -> Response:
    """The error as a page, or as a part of one; what will be there in a moment asks again by itself."""
    problem = json.loads(bytes(response.body))
    status = response.status_code
    if status == 422 and request.method == "GET":  # an address that cannot be
        status = 404
    retry = RETRY_SECONDS if status in (503, 504) else 0
    made = await page(
        request,
        "error.html",
        status=status,
        problem=problem,
        known=status if status in (403, 404, 503, 504) else 500,
        retry_seconds=retry,
        retry_url=_path_of(request),
    )
    if retry and "HX-Request" not in request.headers:
        made.headers["Refresh"] = str(retry)
    return made


def to_login(request: Request) -> Response:
    """Renew the login, or ask for one, and come back."""
    if request.headers.get("HX-Request") == "true":
        shown = urlsplit(request.headers.get("HX-Current-URL", "/"))
        there = shown.path + (f"?{shown.query}" if shown.query else "")
        return Response(status_code=401, headers={"HX-Redirect": f"/session/resume?next={quote(there, safe='')}"})
    there = _path_of(request) if request.method in ("GET", "HEAD") else "/"
    return RedirectResponse(f"/session/resume?next={quote(there, safe='')}", 303, headers={"Cache-Control": "no-store"})


def _path_of(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
