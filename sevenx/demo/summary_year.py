"""What a year shows beside a month: ranking, lights, trips against the quota, the pipeline, directives, findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from rich.table import Table

from sevenx.demo.client import Gateway
from sevenx.demo.summary_pipeline import pipeline_table

_SHOWN = 5
_LIGHTS = {"green": "[green]●[/] 绿", "yellow": "[yellow]●[/] 黄", "red": "[red]●[/] 红"}


async def year_tables(gateway: Gateway, year: int) -> list[Table]:
    """The tables, in the order in which they are shown."""
    return [
        await _ranking(gateway, year),
        await _lights(gateway),
        await _trips(gateway, year),
        await pipeline_table(gateway, year),
        await _matters(gateway, year),
    ]


async def _ranking(gateway: Gateway, year: int) -> Table:
    """The groups with their points, as frozen."""
    found = await gateway.as_("assessment_office").get(f"/assessment/assessments/{year}/ranking", cohort="groups")
    title = f"{year} 年度考核：招商小组（{found['basis']}，模拟数据） / assessment of the groups"
    table = Table(title=title, title_justify="left")
    table.add_column("名次 rank", justify="right")
    table.add_column("小组 group")
    table.add_column("得分 points", justify="right")
    for one in found["ranking"]:
        table.add_row(str(one["rank"]), one["subject_name"], f"{float(one['total']):.2f}")
    return table


async def _lights(gateway: Gateway) -> Table:
    """Projects under way by light and group."""
    counts = (await gateway.as_("commerce_bureau").get("/projects/lights"))["counts"]
    by_group: dict[str, Counter[str]] = defaultdict(Counter)
    for row in counts:
        by_group[row["group"]] += Counter({row["light"]: row["projects"], "stalled": row["stalled"]})
    table = Table(title="在建在谈项目红黄绿灯（模拟数据） / lights of projects under way", title_justify="left")
    table.add_column("组 group")
    for heading in (*_LIGHTS.values(), "停滞 stalled"):
        table.add_column(heading, justify="right")
    for group, count in sorted(by_group.items()):
        table.add_row(group, *(str(count[name] or "·") for name in (*_LIGHTS, "stalled")))
    return table


async def _trips(gateway: Gateway, year: int) -> Table:
    """How many principal heads kept the quota, and those furthest from it."""
    rows = (await gateway.as_("commerce_bureau").get("/outreach/quotas", year=year))["judged"]
    kept = sum(row["counted_days"] >= row["required_days"] for row in rows)
    title = f"主要负责同志外出招商（模拟数据） / principal heads' days outside: {kept} of {len(rows)} kept the quota"
    table = Table(title=title, title_justify="left")
    table.add_column("单位 unit")
    table.add_column("姓名 name")
    for heading in ("次数 trips", "天数 days", "应有 required"):
        table.add_column(heading, justify="right")
    for row in [*rows[:_SHOWN], *rows[-_SHOWN:]]:
        days = f"[red]{row['counted_days']}[/]" if row["counted_days"] < row["required_days"] else row["counted_days"]
        table.add_row(row["unit_zh"], row["name"], str(row["trips"]), str(days), str(row["required_days"]))
    return table


async def _matters(gateway: Gateway, year: int) -> Table:
    """Hearings, directives and findings by what became of them."""
    office = gateway.as_("supervision_office")
    hearings = await gateway.as_("district_office").get("/reporting/hearings", year=year)
    table = Table(title="督办与审计（模拟数据） / supervision and audit", title_justify="left")
    table.add_column("事项 matter")
    table.add_column("数量 number", justify="right")
    table.add_row("双月听取汇报 hearings held", str(sum(one["held_on"] is not None for one in hearings)))
    for name, count in sorted(_outcomes(await office.get("/reporting/directives")).items()):
        table.add_row(f"督办事项 directives: {name}", str(count))
    found = await office.get("/audit/findings")
    for (kind, status), count in sorted(Counter((one["kind"], one["status"]) for one in found).items()):
        table.add_row(f"审计疑点 findings: {kind}, {status}", str(count))
    return table


def _outcomes(directives: list[Mapping[str, Any]]) -> Counter[str]:
    return Counter(f"{one['status']}{', late' if one['overdue_times'] else ''}" for one in directives)
