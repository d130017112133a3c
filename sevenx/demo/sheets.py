"""Filled-in Excel templates, as a liaison sends them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from services.projects.sheet_columns import LEADS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def leads_sheet(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The template of leads with these rows: what stands in each column, by the column's field."""
    book = Workbook(write_only=True)
    page = book.create_sheet(LEADS.name)
    page.append([f"{LEADS.name}（模拟数据）"])
    page.append([one.heading for one in LEADS.read])
    for row in rows:
        page.append([row.get(one.field) for one in LEADS.read])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
