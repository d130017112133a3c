"""What a year shows of the pipeline around the projects: enterprises, referrals, plans, procedures, promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table

from sevenx.demo.client import Caller, Gateway

_MOST = 500
"""Rows on a page: a year has fewer of each of these."""
_LISTS = (
    ("手续办理 procedures", "/projects/procedures"),
    ("问题协调 problems", "/projects/problems"),
    ("承诺台账 promises", "/projects/promises"),
)


async def pipeline_table(gateway: Gateway, year: int) -> Table:
    """One row for each kind of matter and what became of it, with its number."""
    office = gateway.as_("commerce_bureau")
    table = Table(title="客商与协同（模拟数据） / enterprises and coordination", title_justify="left")
    table.add_column("事项 matter")
    table.add_column("数量 number", justify="right")
    for name, number in [*await _enterprises(office), *await _plans(office, year)]:
        table.add_row(name, str(number))
    for name, path in _LISTS:
        found = await office.get(path, limit=_MOST)
        for state, number in _counted(found["items"], "state"):
            table.add_row(f"{name}: {state}", str(number))
    lacking = await office.get("/projects/projects/missing-evidence", limit=_MOST)
    table.add_row("历史台账待补 documents that old projects lack", str(len(lacking["items"])))
    return table


async def _enterprises(office: Caller) -> list[tuple[str, int]]:
    found = (await office.get("/projects/enterprises", limit=_MOST))["items"]
    referrals = (await office.get("/projects/referrals"))["items"]
    top = (await office.get("/projects/referrals/top", limit=1))["items"]
    rows = [
        ("客商库企业 enterprises", len(found)),
        ("引荐 referrals", len(referrals)),
    ]
    return [*rows, *((f"带来一批 brought by {one['name']}", one["batch"]) for one in top)]


async def _plans(office: Caller, year: int) -> list[tuple[str, int]]:
    found = await office.get("/registry/plans", year=year, limit=_MOST)
    return [(f"行动方案 action plans: {status}", number) for status, number in _counted(found["items"], "status")]


def _counted(items: Iterable[Mapping[str, Any]], field: str) -> list[tuple[str, int]]:
    return sorted(Counter(str(one[field]) for one in items).items())
