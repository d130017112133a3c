"""One readable sentence for each event, in both languages, from templates that are data.

A template holds `{field|format}`; what stands in `[brackets]` is left out where a field in it is empty (a field with
`some` or `lapse`: also where it is nought). A field may be `investor.name`. The formats are the methods named `_f_…`
below; `word:kind` looks a code up in words.yaml, and `amount|change:yuan` says that `amount` was `amount_was` before,
each as `yuan`, or that it is unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.portal.pages import wording
from services.portal.pages.wording import EN, Names

_FOLDER = Path(__file__).parent / "sentences"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{([a-z0-9_.]+)(?:\|([a-z_]+)(?::([a-z_]+))?)?\}")


@cache
def templates() -> dict[tuple[str, str], dict[str, str]]:
    """By area (or `kernel`) and event: the sentence in each language."""
    found = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        for name, texts in yaml.safe_load(path.read_text("utf-8")).items():
            found[path.stem, name] = texts
    return found


def template_of(area: str, name: str) -> dict[str, str] | None:
    """An event's templates; None where nobody has written one."""
    return templates().get((area, name)) or templates().get(("kernel", name))


def fields_of(template: str) -> list[str]:
    """The names of the fields that a template shows, without what follows a point."""
    return [match[1].partition(".")[0] for match in _FIELD.finditer(template)]


def sentence(area: str, name: str, data: Mapping[str, Any], names: Names) -> str:
    """What happened, in the language of `names`; an event without a template is told by its own name."""
    found = template_of(area, name)
    if found is None:
        return name
    teller = _Teller(data, names)
    text = _OPTIONAL.sub(lambda match: teller.optional(match[1]), found[names.language])
    return _FIELD.sub(teller.field, text)


class _Teller:
    """Fills one event's fields in."""

    def __init__(self, data: Mapping[str, Any], names: Names) -> None:
        self._data, self._names, self._language = data, names, names.language

    def optional(self, part: str) -> str:
        """The part with its fields, or nothing where one of them is empty."""
        empty = any(self._value(match[1]) in (None, "", [], {}) for match in _FIELD.finditer(part))
        nothing = any(match[2] in ("some", "lapse") and not self._value(match[1]) for match in _FIELD.finditer(part))
        return "" if empty or nothing else _FIELD.sub(self.field, part)

    def field(self, match: re.Match[str]) -> str:
        value, form, kind = self._value(match[1]), match[2], match[3]
        if form == "word":
            return wording.word(kind, value, self._language)
        if form == "change":
            return self._change(self._value(f"{match[1]}_was"), value, kind)
        return self._as(form, value)

    def _as(self, form: str | None, value: Any) -> str:
        if form is None:
            return "—" if value is None else str(value)
        return str(getattr(self, f"_f_{form}")(value))

    def _change(self, was: Any, now: Any, form: str) -> str:
        if was == now:
            return "unchanged" if self._language == EN else "不变"
        was, now = self._as(form, was), self._as(form, now)
        return f"{was} → {now}" if self._language == EN else f"由{was}变为{now}"

    def _value(self, path: str) -> Any:
        value: Any = self._data
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    def _joined(self, parts: list[str]) -> str:
        return (", " if self._language == EN else "、").join(parts)

    def _f_name(self, value: Any) -> str:
        return self._names(value)

    def _f_names(self, value: Any) -> str:
        return self._joined([self._names(one) for one in value or ()])

    def _f_yuan(self, value: Any) -> str:
        return wording.yuan(value, self._language)

    def _f_measured(self, value: Any) -> str:
        """A target's value by the `measure` that stands beside it."""
        return self._f_yuan(value) if self._data.get("measure") == "yuan" else self._f_number(value)

    def _f_number(self, value: Any) -> str:
        return wording.number(value)

    def _f_some(self, value: Any) -> str:
        return wording.number(value)

    def _f_percent(self, value: Any) -> str:
        return wording.percent(value)

    def _f_day(self, value: Any) -> str:
        return wording.day(value, self._language)

    def _f_days(self, value: Any) -> str:
        return self._joined([wording.day(one, self._language) for one in value or ()])

    def _f_moment(self, value: Any) -> str:
        return wording.moment(value)

    def _f_period(self, value: Any) -> str:
        return wording.period(value, self._language)

    def _f_duration(self, value: Any) -> str:
        return wording.duration(value, self._language)

    def _f_lapse(self, value: Any) -> str:
        return self._f_duration(value)

    def _f_count(self, value: Any) -> str:
        return str(len(value or ()))

    def _f_join(self, value: Any) -> str:
        return ("; " if self._language == EN else "；").join(str(one).rstrip("。.") for one in value or ())

    def _f_short(self, value: Any) -> str:
        return str(value or "")[:12]

    def _f_told(self, value: Any) -> str:
        """Texts in both languages, such as a light's reasons."""
        return self._joined([str(one[self._language]) for one in value or ()])

    def _f_places(self, value: Any) -> str:
        return self._joined([str(one["place"]) for one in value or ()])

    def _f_shares(self, value: Any) -> str:
        return self._joined([f"{self._names(one['holder'])} {wording.percent(one['share'])}" for one in value or ()])

    def _f_corrections(self, value: Any) -> str:
        return self._joined(
            [
                f"{wording.word('indicator', one['indicator'], self._language)} "
                f"{wording.number(one['was'])} → {wording.number(one['now'])}"
                for one in value or ()
            ]
        )
