"""The API of area reporting, under `/api/reporting`."""

from __future__ import annotations

from fastapi import APIRouter

from services.reporting import api_directives, api_hearings, api_reads, api_steps

router = APIRouter()
for part in (api_steps, api_reads, api_hearings, api_directives):
    router.include_router(part.router)
