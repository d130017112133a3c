"""Rows of leads, and how sheets of leads and projects are sent in and read, for the tests of imports. All names are
fictional (模拟数据)."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

import httpx
from openpyxl import load_workbook

from services.projects.sheet_columns import Sheet
from tests.integration.districts import refused
from tests.integration.projects_world import World
from tests.integration.service_process import Caller
from tests.unit.projects.stories import credit_code


def lead(world: World, number: int, **changes: Any) -> dict[str, Any]:
    return {
        "title": f"铝板带{number}（模拟）",
        "intent": "新建铝板带生产线",
        "investor_name": f"星河铝材{number}（模拟）有限公司",
        "investor_code": credit_code(50_000 + number),
        "origin": "省外境内",
        "origin_place": "浙江省",
        "source": "外出招商",
        "industry": "铝精深加工",
        "group_id": "招商1组（模拟）",
        "finder": "macun（模拟）",
        "expected_investment": 50_000,
        **changes,
    }


def send(
    who: Caller, kind: str, content: bytes, *, dry_run: bool = False, key: str = "", name: str = "线索（模拟）.xlsx"
) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    asked = {"name": name, "dry_run": dry_run}
    return who.client.post(f"/{kind}/import", params=asked, content=content, headers=headers, timeout=120)


def errors_of(answer: httpx.Response) -> list[tuple[str, str]]:
    refused(answer, 422, "sheet-invalid")
    assert all(one["en"] for one in answer.json()["errors"])
    return [(one["at"], one["zh"]) for one in answer.json()["errors"]]


def at(sheet: Sheet, field: str, row: int) -> str:
    """The address of a field's cell."""
    return f"{sheet.name}!{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[[one.field for one in sheet.read].index(field)]}{row}"


def table_of(content: bytes) -> list[dict[str, Any]]:
    page = load_workbook(BytesIO(content)).worksheets[0]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def ids_of(came: dict[str, Any]) -> list[str]:
    """The numbers that an import gave."""
    begin, number = came["first"].rsplit("-", 1)
    return [f"{begin}-{int(number) + n:04d}" for n in range(came["rows"])]
