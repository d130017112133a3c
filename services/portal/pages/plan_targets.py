"""Targets of an annual action plan on a page: by month and by unit, with their sums; their charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from services.portal.pages import wording
from services.portal.queries.plans import Row

MONTHS = 12
INDICATORS = (
    "signed_amount",
    "funds_in_place",
    "signed_count",
    "landed_count",
    "started_count",
    "produced_count",
    "leads",
)
"""Indicators that a draft offers, in this order; a plan may name others."""
YUAN = "yuan"
_MEASURES = {"signed_amount": YUAN, "funds_in_place": YUAN, "leads": "leads"}
_TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Planned:
    """A target of the year."""

    indicator: str
    measure: str
    value: Decimal
    months: tuple[Decimal, ...]
    """January to December; empty where the target was set without months."""
    parts: tuple[tuple[str, Decimal], ...]
    """Units with what they take."""

    @property
    def taken(self) -> Decimal:
        """What the units take together."""
        return sum((value for _, value in self.parts), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What no unit takes; below zero where they take more than the whole."""
        return self.value - self.taken

    @property
    def months_left(self) -> Decimal:
        """What no month has; below zero where they have more than the year."""
        return self.value - sum(self.months, Decimal(0))


def of_version(targets: Iterable[Mapping[str, Any]]) -> list[Planned]:
    """The targets of a version, as its row keeps them."""
    return [
        Planned(
            one["indicator"],
            one["measure"],
            Decimal(one["value"]),
            tuple(map(Decimal, one["months"])),
            tuple((part["unit"], Decimal(part["value"])) for part in one["parts"]),
        )
        for one in targets
    ]


def of_rows(rows: Iterable[Row], months: Mapping[str, Sequence[str]]) -> list[Planned]:
    """The targets in force, also those that were set without a version of a plan."""
    listed = list(rows)
    parts: dict[str, list[tuple[str, Decimal]]] = {}
    for row in listed:
        if row["unit"]:
            parts.setdefault(row["indicator"], []).append((row["unit"], row["value"]))
    return [
        Planned(
            row["indicator"],
            row["measure"],
            row["value"],
            tuple(map(Decimal, months.get(row["indicator"], ()))),
            tuple(parts.get(row["indicator"], ())),
        )
        for row in listed
        if not row["unit"]
    ]


def measure_of(indicator: str) -> str:
    """What an indicator that the draft offers counts."""
    return _MEASURES.get(indicator, "projects")


def amount(measure: str, value: Decimal, language: str) -> str:
    """A target's value in its measure: yuan, or a count."""
    return wording.yuan(value, language) if measure == YUAN else wording.number(value)


def cell(measure: str, value: Decimal) -> str:
    """A value in a narrow column: yuan in ten thousands, as `unit_of` says at its head."""
    return wording.number(value / _TEN_THOUSAND if measure == YUAN else value)


def unit_of(measure: str, language: str) -> str:
    """What a narrow column and a chart count amounts in; nothing for a count."""
    return ("万元" if language == wording.ZH else "CNY 10,000") if measure == YUAN else ""


def plain(value: Decimal) -> str:
    """A value as a form's field has it: no separators, no zeros that say nothing."""
    text = f"{value:.2f}"
    return text.removesuffix(".00")


def entries(drafted: Iterable[Planned]) -> list[tuple[str, str, Planned | None]]:
    """What a draft's form offers: indicator, measure, and the target that it begins with."""
    known = {one.indicator: one for one in drafted}
    offered = [*INDICATORS, *(name for name in known if name not in INDICATORS)]
    return [(name, known[name].measure if name in known else measure_of(name), known.get(name)) for name in offered]


def chart(target: Planned, year: int, language: str) -> dict[str, Any]:
    """The months as bars, and what is to be reached by the end of each as a line on an axis of its own."""
    zh = language == wording.ZH
    months = [_shown(target.measure, value) for value in target.months]
    reached = [_shown(target.measure, value) for value in accumulate(target.months)]
    monthly, cumulative = ("当月", "累计") if zh else ("month", "to date")
    return _axes(year, language, unit_of(target.measure, language)) | {
        "series": [
            {"name": monthly, "type": "bar", "barMaxWidth": 22, "data": months},
            {"name": cumulative, "type": "line", "yAxisIndex": 1, "symbolSize": 5, "data": reached},
        ],
    }


def of_all(rows: Iterable[Row], indicator: str) -> Planned | None:
    """What all groups plan for one indicator by month; None where none of them does."""
    lists = [tuple(map(Decimal, row["months"])) for row in rows if row["indicator"] == indicator]
    if not lists:
        return None
    sums = tuple(sum(values, Decimal(0)) for values in zip(*lists, strict=True))
    return Planned(indicator, measure_of(indicator), sum(sums, Decimal(0)), sums, ())


def month_names(year: int, language: str) -> list[str]:
    """January to December in a few characters."""
    return [f"{n}月" if language == wording.ZH else wording.period(f"{year}-{n}", language)[:3] for n in _NUMBERS]


_NUMBERS = range(1, MONTHS + 1)


def _shown(measure: str, value: Decimal) -> float:
    return float(value / _TEN_THOUSAND if measure == YUAN else value)


def _axes(year: int, language: str, unit: str) -> dict[str, Any]:
    hidden = {"axisLine": {"show": False}, "axisTick": {"show": False}}
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0, "right": 0},
        "xAxis": {"type": "category", "data": month_names(year, language), **hidden},
        "yAxis": [
            {"type": "value", "name": unit, "minInterval": 1, **hidden},
            {"type": "value", "minInterval": 1, "splitLine": {"show": False}, **hidden},
        ],
    }
