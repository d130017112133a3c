"""The routes under `/api/portal`: the kernel's alone. The pages stand outside `/api`, see `site.py`."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
