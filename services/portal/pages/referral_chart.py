"""A chain of referrals as a picture: a column for each generation, a row for each end of a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.pages.wording import ZH
from services.portal.queries.referrals import Node

ROWS = 25
"""Ends of branches up to which a picture is drawn; the table has them all."""
_HEIGHTS = ((2, "s"), (4, "m"), (7, "l"), (13, "tall"), (ROWS, "xl"))
_KINDS = (
    ("本链起点", "Whose chain it is", "#c77d00", 18),
    ("已有签约项目", "With a signed project", "#14663c", 13),
    ("尚无签约项目", "Nothing signed yet", "#6a9fd0", 13),
)
_ACROSS = 330
"""Pixels that the columns have on a phone."""


@dataclass(frozen=True)
class Spot:
    """Where a party stands: its generation from the left, its row from above (between its first and last branch)."""

    node: Node
    column: int
    row: float


def spots(nodes: Sequence[Node]) -> list[Spot]:
    """The tree of a chain: who brought nobody has a row of his own, everybody else stands in the middle of whom he
    brought. Each party stands once; one whose referrer is not among them begins a tree."""
    lines, least = in_order(nodes), min((one.level for one in nodes), default=0)
    under: dict[str, list[str]] = {}
    for _, one in lines:
        under.setdefault(one.above or "", []).append(one.party.key)
    rows = dict[str, float]()
    for _, one in lines:
        if one.party.key not in under:
            rows[one.party.key] = float(len(rows))
    for _, one in reversed(lines):
        if brought := under.get(one.party.key):
            rows[one.party.key] = (rows[brought[0]] + rows[brought[-1]]) / 2
    return [Spot(one, one.level - least, rows[one.party.key]) for _, one in lines]


def in_order(nodes: Sequence[Node]) -> list[tuple[int, Node]]:
    """Parties with their depth, each after who brought it, those that one brought in their order."""
    known = {one.party.key for one in nodes}
    below: dict[str | None, list[Node]] = {}
    for one in nodes:
        below.setdefault(one.above if one.above in known else None, []).append(one)
    found: list[tuple[int, Node]] = []
    waiting = [(0, one) for one in reversed(below.get(None, []))]
    while waiting:
        depth, one = waiting.pop()
        found.append((depth, one))
        waiting += [(depth + 1, under) for under in reversed(below.pop(one.party.key, []))]
    return found


def height(found: Sequence[Spot]) -> str:
    """How high the picture is; nothing where there are too many rows for one."""
    rows = 1 + max((one.row for one in found), default=0)
    return next((name for most, name in _HEIGHTS if rows <= most), "")


def chain_chart(found: Sequence[Spot], links: Mapping[str, str], language: str) -> dict[str, Any]:
    """The ECharts option: parties as points by what became of them, a click follows the link of a key; who brought whom
    as one line that is broken between two referrals (the library's common build has no series of graphs)."""
    columns = 1 + max((one.column for one in found), default=0)
    hidden = {"type": "value", "show": False}
    rows = 1 + max((one.row for one in found), default=0)
    return {
        "legend": {"top": 0, "left": 0, "selectedMode": False},
        "grid": {"left": 14, "right": 8, "top": 44, "bottom": 48},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "xAxis": {**hidden, "min": 0, "max": columns},
        "yAxis": {**hidden, "min": 0, "max": max(rows - 1, 1), "inverse": True},
        "series": [_lines(found), *_points(found, links, language, _ACROSS // columns - 2)],
    }


def _lines(found: Sequence[Spot]) -> dict[str, Any]:
    at = {one.node.party.key: one for one in found}
    data: list[list[float | None]] = []
    for one in found:
        above = at.get(one.node.above or "")
        if above is not None:
            bend = one.column - 0.1
            corners = [(above.column, above.row), (bend, above.row), (bend, one.row), (one.column, one.row)]
            data.extend([x, y] for x, y in corners)
            data.append([None, None])
    line = {"color": "#a9b2be", "width": 1.5}
    return {"type": "line", "data": data, "symbol": "none", "silent": True, "lineStyle": line, "z": 1}


def _points(found: Sequence[Spot], links: Mapping[str, str], language: str, width: int) -> list[dict[str, Any]]:
    label = {
        "show": True,
        "position": [0, "130%"],
        "formatter": "{b}",
        "width": max(width, 56),
        "overflow": "break",
        "lineHeight": 14,
        "fontSize": 12,
    }
    hidden = "未签约，已隐去" if language == ZH else "unsigned, not shown"
    series: list[dict[str, Any]] = []
    for kind, (zh, en, colour, size) in enumerate(_KINDS):
        points = [
            {
                "name": one.node.party.name if one.node.party.open else hidden,
                "value": [one.column, one.row],
                "link": links.get(one.node.party.key, ""),
            }
            for one in found
            if _kind(one.node) == kind
        ]
        if points:
            named = {"name": zh if language == ZH else en, "type": "scatter", "symbolSize": size, "data": points}
            series.append({**named, "itemStyle": {"color": colour}, "label": label, "z": 3})
    return series


def _kind(node: Node) -> int:
    if node.level == 0:
        return 0
    return 1 if node.won["signed"] else 2
