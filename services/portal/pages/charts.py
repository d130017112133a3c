"""ECharts options, drawn by the console's charts.js. A table with the same figures always stands beside a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_AXIS = {"axisLine": {"show": False}, "axisTick": {"show": False}}


def stacked(rows: Sequence[str], series: Mapping[str, Sequence[float]], links: Sequence[str] = ()) -> dict[str, Any]:
    """Horizontal bars, one a row, stacked by series; a click follows the row's link."""

    def point(value: float, n: int) -> Any:
        return {"value": value or None, "link": links[n]} if links else (value or None)

    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0, "type": "scroll"},
        "xAxis": {"type": "value", "minInterval": 1, **_AXIS},
        "yAxis": {"type": "category", "inverse": True, "data": list(rows), "axisLabel": {"interval": 0}, **_AXIS},
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "all",
                "barMaxWidth": 20,
                "data": [point(value, n) for n, value in enumerate(values)],
            }
            for name, values in series.items()
        ],
    }


def bars(
    rows: Sequence[str], values: Sequence[float], most: Sequence[float] = (), labels: Sequence[str] = ()
) -> dict[str, Any]:
    """Horizontal bars, one a row; with `most` each on a pale bar of what could be had."""
    shown: dict[str, Any] = {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "grid": {"left": 8, "right": 48, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", **_AXIS},
        "yAxis": {"type": "category", "inverse": True, "data": list(rows), **_AXIS},
    }
    front: dict[str, Any] = {
        "name": labels[0] if labels else "",
        "type": "bar",
        "barWidth": 14,
        "data": list(values),
        "label": {"show": True, "position": "right"},
        "z": 3,
    }
    behind = {
        "name": labels[1] if labels else "",
        "type": "bar",
        "barWidth": 14,
        "barGap": "-100%",
        "data": list(most),
        "itemStyle": {"color": "#dfe5ec"},
        "silent": True,
    }
    return {**shown, "series": [behind, front] if most else [front]}
