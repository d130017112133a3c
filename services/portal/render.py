"""Pages from templates: `page(request, template, …)`."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.portal import formats
from services.portal.navigation import links
from services.portal.texts import CHINESE, ENGLISH, LANGUAGES, text
from services.portal.visit import LANGUAGE_COOKIE, Visit, language_of

HERE = Path(__file__).parent
STATIC = HERE / "static"
_YEAR = 365 * 24 * 3600


@cache
def environment() -> Environment:
    """The templates, with filters for figures. A name that a template uses and nobody gave is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": formats.number,
        "percent": formats.percent,
        "day": formats.day,
        "instant": formats.instant,
    }
    made.globals |= {"asset": asset}
    return made


@cache
def asset(path: str) -> str:
    """The address of a file under `static/`, with a mark of its contents: browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    wants_part = request.headers.get("HX-Request") == "true"
    return wants_part and "HX-Boosted" not in request.headers and "HX-History-Restore-Request" not in request.headers


async def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from `templates/<template>`.

    The template begins with `{% extends layout %}` and fills `title` and `content`; asked for by htmx it is sent
    without the frame around it. README.md lists what it finds beside `context`.
    """
    visit: Visit | None = getattr(request.state, "visit", None)
    language = language_of(request)
    other = ENGLISH if language == CHINESE else CHINESE
    frame = {
        "request": request,
        "visit": visit,
        "lang": language,
        "t": lambda key, **values: text(language, key, **values),
        "either": lambda zh, en: (zh or en or "") if language == CHINESE else (en or zh or ""),
        "money": lambda yuan: formats.money(yuan, language),
        "layout": "fragment.html" if is_fragment(request) else "base.html",
        "navigation": [] if visit is None else links(request.app, visit, request.url.path),
        "other_language": other,
        "other_language_url": str(request.url.include_query_params(lang=other).replace(scheme="", netloc="")),
    }
    html = environment().get_template(template).render({**frame, **context})
    response = HTMLResponse(html, status, headers={"Cache-Control": "no-store", "Vary": "HX-Request, Cookie"})
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, secure=True, httponly=True, samesite="lax")
    return response
