"""The API of area registry, under `/api/registry`."""

from __future__ import annotations

from fastapi import APIRouter

from services.registry import (
    api_district,
    api_export,
    api_groups,
    api_import,
    api_import_file,
    api_imports,
    api_industries,
    api_plans,
    api_posts,
    api_reads,
    api_units,
)

router = APIRouter()
for part in (
    api_import,
    api_import_file,
    api_imports,
    api_export,
    api_reads,
    api_posts,
    api_industries,
    api_plans,
    api_groups,
    api_units,
    api_district,
):
    router.include_router(part.router)
