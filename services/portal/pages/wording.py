"""How codes, ids, amounts and days read on a page, in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.portal import formats
from sevenx.declaration import ROOT
from sevenx.kernel.clock import SHANGHAI

ZH, EN = "zh", "en"
_HERE = Path(__file__).parent
_OFFICE = re.compile(r"^[0-9]{6}-(?P<office>[a-z]+(-[a-z]+)*)$")
_NOBODY = ("reaction:", "clock")
"""Actors that are no person: the clock, and reactions to events."""

_RULEBOOKS = {
    "evidence": "evidence.yaml",
    "procedure_kind": "procedures.yaml",
    "problem_kind": "problems.yaml",
    "currency": "currencies.yaml",
}
"""Words that rulebooks have."""


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = yaml.safe_load((_HERE / "words.yaml").read_text("utf-8"))
    return found | {kind: _kinds(rulebook) for kind, rulebook in _RULEBOOKS.items()}


def _kinds(rulebook: str) -> dict[str, dict[str, str]]:
    """The kinds that a rulebook names, in both languages."""
    kinds: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "data" / "rulebooks" / rulebook).read_text("utf-8"))[
        "kinds"
    ]
    return kinds


def word(kind: str, code: object, language: str) -> str:
    """What a code of an enumeration is called; a code that has no word stands as it is."""
    entry = _words().get(kind, {}).get(str(code))
    return str(code) if entry is None else entry[language]


def choices(kind: str, language: str) -> dict[str, str]:
    """Every code of an enumeration with its word, in the file's order."""
    return {code: entry[language] for code, entry in _words()[kind].items()}


@dataclass(frozen=True)
class Names:
    """Names of units, groups, persons, industries and offices by their ids."""

    language: str
    by_id: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], language: str) -> Names:
        return cls(language, {row["id"]: row for row in rows})

    def beside(self, rows: Iterable[Mapping[str, Any]]) -> Names:
        """These names and those of the rows."""
        return Names(self.language, {**self.by_id, **{row["id"]: row for row in rows}})

    def __call__(self, of: object) -> str:
        """The name; an id that is not known stands as it is, nothing is a dash."""
        if of is None or of == "":
            return "—"
        row = self.by_id.get(str(of))
        if row is not None:
            return str(row[self.language] or row[ZH])
        if str(of).startswith(_NOBODY):
            return "系统" if self.language == ZH else "the system"
        office = _OFFICE.match(str(of))
        return word("office", office["office"], self.language) if office else str(of)

    def group(self, of: str) -> str:
        """A group in a few characters: 一组, G1."""
        row = self.by_id.get(of)
        if row is None or row["number"] is None:
            return str(of)
        number = int(row["number"])
        return f"G{number}" if self.language == EN else f"{'〇一二三四五六七八九'[number] if number < 10 else number}组"


def yuan(amount: object, language: str) -> str:
    """Yuan as people write them within a sentence: 5.2亿元, 3,000万元; CNY 520 m."""
    if amount is None or amount == "":
        return formats.DASH
    text = formats.money(Decimal(str(amount)), language)
    return text.replace(" ", "") if language == ZH else text


def number(value: object) -> str:
    """A count or another quantity, without needless zeros."""
    return "—" if value is None or value == "" else _plain(Decimal(str(value)), 2)


def quantity(indicator: str, value: object, language: str) -> str:
    """A report's figure in its unit: yuan for an amount, else a count."""
    return yuan(value, language) if indicator in ("signed_amount", "funds_in_place") else number(value)


def percent(ratio: object, digits: int = 1) -> str:
    """A share, 1 being the whole."""
    return "—" if ratio is None or ratio == "" else f"{_plain(Decimal(str(ratio)) * 100, digits)}%"


def _plain(value: Decimal, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: object, language: str = ZH) -> str:
    """A business day; an instant by its day in China."""
    if value is None or value == "":
        return "—"
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    if not isinstance(value, date):
        return str(value)
    return f"{value.year}年{value.month}月{value.day}日" if language == ZH else f"{value.day} {value:%b %Y}"


def moment(value: object) -> str:
    """An instant in China's time, to the minute."""
    if value is None or value == "":
        return "—"
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(found, datetime):
        return str(value)
    return f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def period(text: object, language: str) -> str:
    """A report period: 2026年7月, July 2026."""
    year, _, month = str(text).partition("-")
    if not month.isdigit():
        return str(text)
    return f"{year}年{int(month)}月" if language == ZH else f"{date(int(year), int(month), 1):%b %Y}"


def duration(seconds: object, language: str) -> str:
    """How late: 2天3小时; 0 is nothing."""
    left = int(str(seconds or 0))
    if left <= 0:
        return "0分钟" if language == ZH else "0 min"
    days, hours, minutes = left // 86_400, left % 86_400 // 3_600, left % 3_600 // 60
    units = ("天", "小时", "分钟") if language == ZH else (" d ", " h ", " min ")
    parts = [f"{amount}{unit}" for amount, unit in zip((days, hours, minutes), units, strict=True) if amount][:2]
    return "".join(parts).strip() or ("不到1分钟" if language == ZH else "under a minute")
