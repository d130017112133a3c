"""What the demonstration shows at its end: projects, reports, deadlines, the proof, and where to look further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from sevenx.demo.client import Gateway
from sevenx.demo.plans.reports import periods
from sevenx.demo.run import Played
from sevenx.demo.summary_year import year_tables
from sevenx.kernel.period_close import is_marker_stream
from sevenx.local.principals import OFFICES
from sevenx.proof.verify import Report

_STAGES = {
    "negotiating": "洽谈",
    "signed": "签约",
    "landed": "落地",
    "started": "开工",
    "in_production": "投产",
    "at_capacity": "达产",
}
_OUTCOMES = {
    "in_time": "按时\nin time",
    "returned": "退回更正\nreturned",
    "late": "逾期\nlate",
    "missed": "未报\nmissed",
    "open": "报送中\nopen",
}
_WAN = 10_000


async def show(console: Console, gateway: Gateway, played: Played, url: str, report: Report) -> None:
    """Print the whole summary."""
    console.print(await _projects(gateway))
    console.print(await _reports(gateway, played))
    if played.plan.scenario.stories.get("assessment"):
        for table in await year_tables(gateway, played.plan.scenario.stories["assessment"]["year"]):
            console.print(table)
    console.print(_events(report))
    console.print(_proof(report))
    console.print(_doors(url, played))


async def _projects(gateway: Gateway) -> Table:
    office = gateway.as_("commerce_bureau")
    rows = (await office.get("/projects/summary"))["rows"]
    names = {group["id"]: group["zh"] for group in await office.get("/registry/groups")}
    table = Table(title="项目按阶段与招商组（模拟数据） / projects by stage and group", title_justify="left")
    table.add_column("组 group")
    table.add_column("未转化线索\nopen leads", justify="right")
    for stage, zh in _STAGES.items():
        table.add_column(f"{zh}\n{stage.replace('_', ' ')}", justify="right")
    for heading in ("合同额（万元）\ncontracts", "初审到位\nfirst-checked", "认定到位\nrecognised"):
        table.add_column(heading, justify="right")
    leads = [one["group"] for one in await _leads(gateway) if one["project"] is None and one["status"] != "closed"]
    for group in sorted({*leads, *(row["group"] for row in rows)}):
        own = [row for row in rows if row["group"] == group]
        table.add_row(*_group_row(names[group], leads.count(group), own))
    table.add_section()
    table.add_row(*_group_row("合计 total", len(leads), rows))
    return table


async def _leads(gateway: Gateway) -> list[Mapping[str, Any]]:
    """Every lead, page by page."""
    found: list[Mapping[str, Any]] = []
    query: dict[str, str] = {}
    while True:
        page = await gateway.as_("commerce_bureau").get("/projects/leads", limit=500, **query)
        found += page["items"]
        if page["next"] is None:
            return found
        query = {"cursor": page["next"]}


def _group_row(name: str, leads: int, rows: list[Mapping[str, Any]]) -> list[str]:
    count = Counter[str]()
    for row in rows:
        count[row["stage"]] += row["projects"]
    money = [sum(float(row[key]) for row in rows) / _WAN for key in ("contract_amount", "checked", "recognised")]
    return [
        name,
        str(leads or "·"),
        *(str(count[stage] or "·") for stage in _STAGES),
        *(f"{amount:,.0f}" for amount in money),
    ]


async def _reports(gateway: Gateway, played: Played) -> Table:
    """Each group's reports by what became of them."""
    listed = periods(played.plan.scenario, played.plan.open_days)
    office = gateway.as_("commerce_bureau")
    reports = [one for period in listed for one in await office.get("/reporting/reports", period=period)]
    title = f"{listed[0]} – {listed[-1]} 月报（模拟数据） / monthly reports (simulated)"
    table = Table(title=title, title_justify="left")
    table.add_column("组 group")
    for heading in _OUTCOMES.values():
        table.add_column(heading, justify="right")
    for group in sorted({str(one["group"]) for one in reports}):
        own = [one for one in reports if one["group"] == group]
        count = Counter(_outcome(one) for one in own)
        table.add_row(own[0]["group_zh"], *(str(count[outcome] or "·") for outcome in _OUTCOMES))
    return table


def _outcome(one: Mapping[str, Any]) -> str:
    if one["missed"]:
        return "late" if one["submitted_at"] else "missed"
    if not one["submitted_at"]:
        return "open"
    return "returned" if one["submission"] > 1 else "in_time"


def _events(report: Report) -> Table:
    """How many events each area has; the markers of closed periods are counted apart."""
    table = Table(title="事件 / events", title_justify="left")
    for heading in ("领域 area", "事件 events", "流 streams"):
        table.add_column(heading, justify="left" if heading.startswith("领域") else "right")
    for area, streams in sorted(report.streams.items()):
        own = {name: stream.version for name, stream in streams.items() if not is_marker_stream(name)}
        table.add_row(area, f"{sum(own.values()):,}", f"{len(own):,}")
    table.add_section()
    table.add_row("合计 total", f"[bold]{report.events - report.markers:,}[/]", "")
    table.add_row("关账标记 PeriodClosed", f"{report.markers:,}", "")
    return table


def _proof(report: Report) -> Table:
    table = Table(title="证明 / proof", title_justify="left", show_header=False)
    equal = all(answer.get("equal") for answer in report.projections.values())
    problems = f"[green]{len(report.problems)}[/]" if not report.problems else f"[red]{len(report.problems)}[/]"
    table.add_row("事件 events verified", f"{report.events:,} ({report.events_per_second:,.0f}/s)")
    table.add_row("问题 problems", problems)
    table.add_row("封存 seals", ", ".join(s.get("period", "") for s in report.seals) or "—")
    table.add_row("未封存 unsealed", f"{report.unsealed:,}")
    table.add_row("投影 projections", "[green]等于纯重放 equal a pure replay[/]" if equal else "[red]不等 differ[/]")
    return table


def _doors(url: str, played: Played) -> Table:
    """Where to look further, and as whom."""
    table = Table(title=f"控制台 / console: {url}", title_justify="left")
    table.add_column("角色 role")
    table.add_column("登录名 login")
    cast = played.plan.cast
    table.add_row("组联络员 liaison", cast.holder("liaison", 1))
    table.add_row("组长 group leader", cast.holder("leader", 1))
    table.add_row("牵头单位负责人 lead unit head", cast.holder("head", "410804-U-development-reform"))
    table.add_row("责任单位联络员 unit liaison", cast.holder("liaison", "410804-U-finance"))
    for role, zh in OFFICES.items():
        table.add_row(f"{zh} {role.replace('_', ' ')}", f"410804-{role.replace('_', '-')}")
    return table
