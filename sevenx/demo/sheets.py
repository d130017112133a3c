"""Filled-in Excel templates, as a liaison sends them in."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from services.projects.sheet_columns import Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filled(sheet: Sheet, *rows: Mapping[str, Any]) -> bytes:
    """A filled-in template: by field what stands in each row."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name)
    page.append([f"{sheet.name}（模拟数据）"])
    page.append([one.heading for one in sheet.read])
    for row in rows:
        page.append([row.get(one.field) for one in sheet.read])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
