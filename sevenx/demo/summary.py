"""What the demonstration shows at its end: projects, reports, deadlines, the proof, and where to look further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from sevenx.declaration import services
from sevenx.demo.client import Gateway
from sevenx.kernel.clock import SHANGHAI
from sevenx.proof.verify import Report

_STAGES = {
    "negotiating": "洽谈",
    "signed": "签约",
    "landed": "落地",
    "started": "开工",
    "in_production": "投产",
    "at_capacity": "达产",
}
_WAN = 10_000


def show(console: Console, gateway: Gateway, period: str, url: str, report: Report) -> None:
    """Print the whole summary."""
    console.print(_projects(gateway))
    console.print(_reports(gateway, period))
    console.print(_proof(report))
    for service in services():
        console.print(f"  API 文档 / documentation: {url}/api/{service.area}/docs", highlight=False)


def _projects(gateway: Gateway) -> Table:
    rows = gateway.as_("commerce_bureau").get("/projects/summary")["rows"]
    names = {group["id"]: group["zh"] for group in gateway.as_("commerce_bureau").get("/registry/groups")}
    table = Table(title="项目按阶段与招商组（模拟数据） / projects by stage and group", title_justify="left")
    table.add_column("组 group")
    table.add_column("未转化线索\nopen leads", justify="right")
    for stage, zh in _STAGES.items():
        table.add_column(f"{zh}\n{stage.replace('_', ' ')}", justify="right")
    for heading in ("合同额（万元）\ncontracts", "初审到位\nfirst-checked", "认定到位\nrecognised"):
        table.add_column(heading, justify="right")
    leads = [one["group"] for one in _leads(gateway) if one["project"] is None and one["status"] != "closed"]
    for group in sorted({*leads, *(row["group"] for row in rows)}):
        own = [row for row in rows if row["group"] == group]
        table.add_row(*_group_row(names[group], leads.count(group), own))
    table.add_section()
    table.add_row(*_group_row("合计 total", len(leads), rows))
    return table


def _leads(gateway: Gateway) -> Iterator[Mapping[str, Any]]:
    """Every lead, page by page."""
    cursor: str | None = None
    while True:
        query: dict[str, str] = {"cursor": cursor} if cursor else {}
        page = gateway.as_("commerce_bureau").get("/projects/leads", limit=500, **query)
        yield from page["items"]
        cursor = page["next"]
        if cursor is None:
            return


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


def _reports(gateway: Gateway, period: str) -> Table:
    reports = gateway.as_("commerce_bureau").get("/reporting/reports", period=period)
    table = Table(title=f"{period} 月报（模拟数据） / monthly reports (simulated)", title_justify="left")
    for heading in ("月报 report", "组 group", "截止 due", "状态 status", "报送 submitted", "结果 outcome"):
        table.add_column(heading)
    for one in sorted(reports, key=lambda row: str(row["group"])):
        submitted = _in_china(one["submitted_at"]) if one["submitted_at"] else "—"
        table.add_row(one["id"], one["group_zh"], one["due_day"], one["status"], submitted, _outcome(one))
    return table


def _in_china(instant: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _outcome(one: Mapping[str, Any]) -> str:
    if one["missed"] and not one["submitted_at"]:
        return "[red]未报 missed[/]"
    if one["missed"]:
        hours = (one["late_seconds"] or 0) // 3600
        return f"[yellow]逾期 {hours} 小时 late[/]"
    if one["submission"] > 1:
        return "[green]退回更正，按时 returned, corrected, on time[/]"
    return "[green]按时 on time[/]"


def _proof(report: Report) -> Table:
    table = Table(title="证明 / proof", title_justify="left", show_header=False)
    equal = all(answer.get("equal") for answer in report.projections.values())
    problems = f"[green]{len(report.problems)}[/]" if not report.problems else f"[red]{len(report.problems)}[/]"
    table.add_row("事件 events verified", f"{report.events:,} ({report.events_per_second:,.0f}/s)")
    table.add_row("问题 problems", problems)
    table.add_row("封存 seals", ", ".join(f"{s['number']}: {s.get('period', '')}" for s in report.seals) or "—")
    table.add_row("未封存 unsealed", f"{report.unsealed:,}")
    table.add_row("投影 projections", "[green]等于纯重放 equal a pure replay[/]" if equal else "[red]不等 differ[/]")
    return table
