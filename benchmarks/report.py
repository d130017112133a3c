"""The table that is printed and the file that is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.harness import Figure, Goal, Series
from benchmarks.machine import slug

RESULTS = Path(__file__).parent / "results"
_WIDTH = 150
"""Columns of the table where the output is not a terminal."""


Measured = tuple[Mapping[str, Any], Sequence[Figure]]
"""The circumstances of a row, and its figures."""


def show(measured: Mapping[str, Measured]) -> None:
    """Print one table of all rows."""
    table = Table(title="Medians of the turns, and lowest to highest in brackets")
    for name, justify in (
        ("row", "left"),
        ("what", "left"),
        ("ours", "right"),
        ("against", "left"),
        ("theirs", "right"),
        ("figure", "right"),
        ("goal", "right"),
        ("met", "center"),
    ):
        table.add_column(name, justify=justify, no_wrap=name in ("row", "goal", "met"))  # type: ignore[arg-type]
    for row, figure in ((row, figure) for row, (_, figures) in measured.items() for figure in figures):
        table.add_row(
            row,
            figure.what,
            _series(figure.ours),
            figure.against,
            _series(figure.theirs),
            f"{_value(figure.figure.median, figure.figure.unit)} {_spread(figure.figure)}",
            _goal(figure.goal, figure.figure.unit),
            {True: "yes", False: "NO", None: ""}[figure.met],
        )
    terminal = sys.stdout.isatty()
    Console(width=None if terminal else _WIDTH).print(table)


def keep(machine: Mapping[str, Any], measured: Mapping[str, Measured], quick: bool, folder: Path = RESULTS) -> Path:
    """Write the rows as JSON, one file a day and machine; rows that the file has already and that were not measured
    again stay in it. Returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y-%m-%d}-{slug(dict(machine))}{'-quick' if quick else ''}.json"
    rows = json.loads(path.read_text("utf-8"))["rows"] if path.exists() else {}
    for name, (circumstances, figures) in measured.items():
        rows[name] = {**circumstances, "figures": [_as_json(figure) for figure in figures]}
    content = {"quick": quick, "machine": machine, "rows": rows}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _value(value: float, unit: str) -> str:
    match unit:
        case "/s":
            return f"{value:,.0f}/s"
        case "x":
            return f"{value:.3f}x" if value < 10 else f"{value:.1f}x"
        case "s":
            return f"{value:.1f} s"
        case _:
            return f"{value:,.1f} {unit}"


def _spread(series: Series) -> str:
    low, high = series.spread
    return f"({_value(low, series.unit)} – {_value(high, series.unit)})"


def _series(series: Series | None) -> str:
    return "" if series is None else _value(series.median, series.unit)


def _goal(goal: Goal | None, unit: str) -> str:
    if goal is None:
        return ""
    text = f"{'≥' if goal.at_least else '≤'} {_value(goal.value, unit)}"
    return f"{text}, aim {goal.aim:g}" if goal.aim else text


def _as_json(figure: Figure) -> dict[str, Any]:
    return {
        "what": figure.what,
        "against": figure.against,
        "figure": _series_json(figure.figure),
        "goal": None if figure.goal is None else {"at_least" if figure.goal.at_least else "at_most": figure.goal.value},
        "met": figure.met,
        "ours": _series_json(figure.ours),
        "theirs": _series_json(figure.theirs),
    }


def _series_json(series: Series | None) -> dict[str, Any] | None:
    if series is None:
        return None
    low, high = series.spread
    digits = 1 if series.unit == "/s" else 4
    return {
        "name": series.name,
        "unit": series.unit,
        "median": round(series.median, digits),
        "lowest": round(low, digits),
        "highest": round(high, digits),
        "values": [round(value, digits) for value in series.values],
    }
