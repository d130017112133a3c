"""The routes under `/api/outreach`."""

from __future__ import annotations

from fastapi import APIRouter

from services.outreach import api_budgets, api_quotas, api_reads, api_trips

router = APIRouter()
for part in (api_trips, api_budgets, api_quotas, api_reads):
    router.include_router(part.router)
