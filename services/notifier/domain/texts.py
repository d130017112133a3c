"""Texts of notices in both languages: `{field}` stands for what the event says, written as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIELD = re.compile(r"\{([a-z_0-9]+)\}")
PERIOD = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_LONGEST = 600
"""Characters of one value: a reason may be long, a notice is not."""

Names = Mapping[str, tuple[str, str]]
"""Ids or words to what is read for them, Chinese and English."""


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def fields(self) -> set[str]:
        """The fields that it asks for."""
        return {*FIELD.findall(self.zh), *FIELD.findall(self.en)}

    def filled(self, facts: Mapping[str, Any], names: Names) -> Text:
        """With the facts in it; KeyError for a field that is not among them."""
        return Text(*(_filled(text, facts, names, n) for n, text in enumerate((self.zh, self.en))))


def _filled(text: str, facts: Mapping[str, Any], names: Names, language: int) -> str:
    return FIELD.sub(lambda match: written(facts[match[1]], names, language)[:_LONGEST], text)


def link(pattern: str, facts: Mapping[str, Any]) -> str:
    """A path with ids in it as they are."""
    return FIELD.sub(lambda match: str(facts[match[1]]), pattern)


def written(value: Any, names: Names, language: int) -> str:
    """A value as a person reads it; `language` is 0 for Chinese, 1 for English."""
    match value:
        case None:
            return "—"
        case bool():
            return ("否", "是")[value] if language == 0 else ("no", "yes")[value]
        case str():
            return names[value][language] if value in names else _month(value, language)
        case datetime():
            return _instant(value, language)
        case date():
            return _day(value, language)
        case Decimal():
            return _number(value)
        case Mapping():
            return str(value.get(("zh", "en")[language]) or value.get("zh") or next(iter(value.values()), ""))
        case list() | tuple():
            return ("、", ", ")[language].join(written(one, names, language) for one in value) or "—"
        case _:
            return str(value)


def _instant(value: datetime, language: int) -> str:
    """In China's time. A due time at midnight is read as the 24:00 of the day before."""
    there = value.astimezone(SHANGHAI)
    if there.time() == datetime.min.time():
        return f"{_day((there - timedelta(days=1)).date(), language)} 24:00"
    return f"{_day(there.date(), language)} {there:%H:%M}"


def _day(value: date, language: int) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if language == 0 else value.isoformat()


def _month(value: str, language: int) -> str:
    """A report's period as a month; any other text stays as it is."""
    found = PERIOD.fullmatch(value) if language == 0 else None
    return f"{found[1]}年{int(found[2])}月" if found else value


def _number(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
