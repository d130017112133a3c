"""The routes under `/api/assessment`."""

from __future__ import annotations

from fastapi import APIRouter

from services.assessment import api_reads, api_rulebooks, api_steps

router = APIRouter()
for part in (api_rulebooks, api_steps, api_reads):
    router.include_router(part.router)
