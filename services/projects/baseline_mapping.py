"""The mapping of an old ledger (历史台账): which column is what, and what its words mean. It is a YAML file, checked by
the JSON Schema `data/baseline/mapping.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from services.projects.sheet_table import FileError
from sevenx.declaration import ROOT

SCHEMA = ROOT / "data" / "baseline" / "mapping.schema.json"
AMOUNTS = ("planned_investment", "contract_amount", "baselined_funds")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a ledger for a code of ours, by kind."""

    by_kind: Mapping[str, Mapping[str, str]]

    def code(self, kind: str, word: str) -> str | None:
        """The code of a word; None where the mapping has none."""
        return self.by_kind.get(kind, {}).get(word)

    def known(self, kind: str) -> list[str]:
        return list(self.by_kind.get(kind, {}))


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    columns: Mapping[str, str]
    """Field to the header of its column."""
    words: Words
    sheet: str | None
    """None: the workbook's first."""
    header_row: int
    encoding: str | None
    """Of a CSV file; None: UTF-8, and GB18030 where it is none."""
    dates: tuple[str, ...]
    amounts: Mapping[str, str]
    """Field to the unit of its amounts: 元, 万元 or 亿元."""
    defaults: Mapping[str, str]
    """What stands for a field that has no column or an empty cell."""


def read_mapping(text: str) -> LedgerMapping | list[FileError]:
    """The mapping of a text, or everything that is wrong with it."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            return [
                _wrong("", "映射文件不得使用 YAML 别名（*），请写全", "a mapping has no YAML aliases; write it out")
            ]
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        return [_wrong(line, "不是有效的 YAML，请检查缩进和引号", "no valid YAML; check indentation and quotes")]
    errors = [_said(one) for one in sorted(_validator().iter_errors(raw), key=lambda one: one.json_path)]
    if errors:
        return errors
    columns: Mapping[str, str] = raw["columns"]
    errors = [*_twice(columns), *_without_column(columns, raw.get("defaults", {}))]
    if errors:
        return errors
    unit = raw["amounts"]["unit"]
    return LedgerMapping(
        columns=columns,
        words=Words({kind: _by_text(of) for kind, of in raw.get("words", {}).items()}),
        sheet=raw.get("sheet"),
        header_row=raw["header_row"],
        encoding=raw.get("encoding"),
        dates=tuple(raw["dates"]),
        amounts={field: raw["amounts"].get("of", {}).get(field, unit) for field in AMOUNTS},
        defaults=raw.get("defaults", {}),
    )


def _by_text(words: Mapping[Any, str]) -> dict[str, str]:
    """A word that YAML takes for a number (`1: G-1`) is its digits."""
    return {str(word): code for word, code in words.items()}


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


NEEDED = (
    "name", "project_type", "content", "investor_name", "origin", "origin_place", "industry", "group", "finder",
    "stage", "negotiating",
)  # fmt: skip
"""What every row says."""


def _without_column(columns: Mapping[str, str], defaults: Mapping[str, str]) -> Iterator[FileError]:
    for field in NEEDED:
        if field not in columns and field not in defaults:
            yield _wrong(
                f"columns.{field}",
                f"缺少 {field} 一列；请写明表头，或在 defaults 中给出默认值",
                f"{field} has no column; name its header, or give a value under `defaults`",
            )


def _twice(columns: Mapping[str, str]) -> Iterator[FileError]:
    seen: dict[str, str] = {}
    for field, header in columns.items():
        if header in seen:
            yield _wrong(
                f"columns.{field}",
                f"表头“{header}”已用于 {seen[header]}，一列只能对应一项",
                f"the header {header!r} is that of {seen[header]} already; a column is one thing",
            )
        seen.setdefault(header, field)


def _said(error: ValidationError) -> FileError:
    place = ".".join(str(part) for part in error.absolute_path)
    allowed = error.validator_value if error.validator == "enum" else None
    hint_zh = f"；可用：{'、'.join(map(str, allowed))}" if isinstance(allowed, list) else ""
    return _wrong(
        place,
        f"不符合 data/baseline/mapping.schema.json（{error.validator}）{hint_zh}",
        f"{error.message[:300]}; see data/baseline/mapping.schema.json",
    )


def _wrong(place: str, zh: str, en: str) -> FileError:
    return FileError(f"mapping: {place}" if place else "mapping", zh, en)
