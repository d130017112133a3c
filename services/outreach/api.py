"""The routes under `/api/outreach`."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
