"""`/`: each role begins with its own page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.portal.navigation import home_of, served
from services.portal.render import page
from services.portal.visit import Visitor

router = APIRouter()


@router.get("/")
async def home(request: Request, visitor: Visitor) -> Response:
    """To the page of the visitor's role; without one, a page that says what there is."""
    there = home_of(visitor)
    if visitor.roles and served(request.app, there):
        lang = f"?lang={request.query_params['lang']}" if "lang" in request.query_params else ""
        return RedirectResponse(there + lang, 303, headers={"Cache-Control": "no-store"})
    return await page(request, "home.html")
