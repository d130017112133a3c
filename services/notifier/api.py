"""The routes under `/api/notifier`."""

from __future__ import annotations

from fastapi import APIRouter

from services.notifier import api_contact, api_deliveries, api_inbox

router = APIRouter()
for part in (api_inbox, api_contact, api_deliveries):
    router.include_router(part.router)
