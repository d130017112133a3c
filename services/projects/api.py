"""The API of area projects, under `/api/projects`."""

from __future__ import annotations

from fastapi import APIRouter

from services.projects import api_funds, api_leads, api_projects, api_reads

router = APIRouter()
for part in (api_leads, api_projects, api_funds, api_reads):
    router.include_router(part.router)
