"""A rulebook's text read, checked by its JSON Schema and beyond, and turned into the rules' own form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from services.assessment.domain.measuring.measures import Measure
from services.assessment.domain.rulebook import (
    Cohort,
    Formula,
    Indicator,
    Missing,
    Rulebook,
    SharesOf,
    Target,
    Unit,
    VetoRule,
)
from services.assessment.rulebook_checks import check
from services.assessment.rulebook_yaml import Path, RulebookError, Text, read
from sevenx.declaration import ROOT

SCHEMA = ROOT / "data" / "rulebooks" / "assessment.schema.json"
_ERRORS_SHOWN = 50


@dataclass(frozen=True)
class Read:
    """What was read: the rulebook, or what is wrong with the text (never both)."""

    rulebook: Rulebook | None
    errors: tuple[RulebookError, ...]
    sha256: str
    """Of the text's UTF-8 bytes, hex."""


@lru_cache(maxsize=32)
def read_rulebook(document: str) -> Read:
    """Read a text; the errors are in the order of their lines."""
    sha256 = hashlib.sha256(document.encode(errors="surrogatepass")).hexdigest()
    text = _checked(document)
    if text.errors:
        errors = sorted(set(text.errors), key=lambda one: (one.line, one.path))[:_ERRORS_SHOWN]
        return Read(None, tuple(errors), sha256)
    return Read(_rulebook(text.value), (), sha256)


def unknown_units(document: str, units: Iterable[Unit], groups: Iterable[str]) -> tuple[RulebookError, ...]:
    """Subjects that a right text names and the registry lacks, with their lines."""
    text, known_units, known_groups = _checked(document), {one.id for one in units}, set(groups)
    for n, cohort in enumerate(text.value["cohorts"]):
        path: Path = ("cohorts", n)
        for name in ("units", "without"):
            for m, one in enumerate(cohort["members"].get(name, [])):
                _known(text, (*path, "members", name, m), one, known_units)
        for m, indicator in enumerate(cohort["indicators"]):
            for one in indicator.get("target", {}).get("figures", {}):
                where = (*path, "indicators", m, "target", "figures", one)
                _known(text, where, one, known_units | known_groups)
    return tuple(text.errors)


def _known(text: Text, path: Path, wanted: str, known: set[str]) -> None:
    if wanted not in known:
        near = sorted(one for one in known if one.split("-")[-1][:3] == wanted.split("-")[-1][:3])[:5]
        zh = f"名册中没有 {wanted}" + (f"；相近的有：{'、'.join(near)}" if near else "；请核对名册")
        en = f"the registry has no {wanted}" + (f"; close to it: {', '.join(near)}" if near else "; check the roster")
        text.wrong(path, zh, en)


def _checked(document: str) -> Text:
    text = read(document)
    if not text.errors:
        for error in _validator().iter_errors(text.value):
            _note(text, error)
    if not text.errors:
        check(text)
    return text


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _note(text: Text, error: ValidationError) -> None:
    """A schema's finding in words that say what is allowed."""
    path: Path = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    given: Any = error.instance
    match error.validator:
        case "required":
            for name in (name for name in wanted if name not in given):
                text.wrong((*path, name), f"缺少字段 {name}；请补上", f"the field {name} is missing; add it")
        case "additionalProperties" if isinstance(wanted, bool):
            schema: Any = error.schema
            known = sorted(schema["properties"])
            for name in (name for name in given if name not in known):
                zh, en = f"不认识的字段 {name}；可用：{'、'.join(known)}", f"unknown field {name}; known are "
                text.wrong((*path, name), zh, en + ", ".join(known))
        case "enum":
            words = [str(one) for one in wanted]
            zh, en = f"“{given}”不在可用值之中：{'、'.join(words)}", f"{given!r} is not one of {', '.join(words)}"
            text.wrong(path, zh, en)
        case _:
            zh, en = _in_words(str(error.validator), wanted, given)
            text.wrong(path, zh, en)


_TYPES = {
    "object": ("字段列表", "fields"),
    "array": ("列表", "a list"),
    "string": ("文本", "a text"),
    "integer": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "boolean": ("true 或 false", "true or false"),
}


def _in_words(keyword: str, wanted: Any, given: Any) -> tuple[str, str]:
    shown = str(given)[:60]
    match keyword:
        case "type":
            zh, en = _TYPES[wanted]
            return f"“{shown}”应为{zh}", f"{shown!r} must be {en}"
        case "const":
            return f"只能写 {wanted}", f"only {wanted} can stand here"
        case "minimum":
            return f"{shown} 小于最小值 {wanted}", f"{shown} is below {wanted}, the least that is allowed"
        case "maximum":
            return f"{shown} 大于最大值 {wanted}", f"{shown} is above {wanted}, the most that is allowed"
        case "exclusiveMinimum":
            return f"{shown} 应大于 {wanted}", f"{shown} must be above {wanted}"
        case "pattern":
            return f"“{shown}”的格式应为 {wanted}", f"{shown!r} must have the form {wanted}"
        case "uniqueItems":
            return "列表中有重复项；请删去", "the list has an item twice; delete one"
        case "minItems" | "minLength" | "minProperties":
            return f"至少 {wanted} 项", f"at least {wanted} is needed"
        case "maxItems" | "maxLength" | "maxProperties":
            return f"至多 {wanted} 项", f"at most {wanted} is allowed"
        case _:
            return f"“{shown}”不符合要求（{keyword}）", f"{shown!r} is not allowed here ({keyword})"


def _rulebook(book: Mapping[str, Any]) -> Rulebook:
    cohorts = tuple(_cohort(one) for one in book["cohorts"])
    vetoes = tuple(VetoRule(one["id"], one["zh"], one["en"], one["basis"]) for one in book.get("vetoes", []))
    return Rulebook(book["year"], book["zh"], book["en"], cohorts, vetoes)


def _cohort(one: Mapping[str, Any]) -> Cohort:
    members = one["members"]
    return Cohort(
        id=one["id"],
        zh=one["zh"],
        en=one["en"],
        shares=SharesOf.GROUPS if "groups" in members else SharesOf.UNITS,
        full_marks=Decimal(one["full_marks"]),
        indicators=tuple(_indicator(each) for each in one["indicators"]),
        unit_kinds=tuple(members.get("unit_kinds", ())),
        units=tuple(members.get("units", ())),
        without=tuple(members.get("without", ())),
    )


def _indicator(one: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=one["id"],
        zh=one["zh"],
        en=one["en"],
        measure=Measure(one["measure"]),
        formula=Formula(one["formula"]),
        marks=Decimal(one.get("marks", 0)),
        cap=Decimal(one.get("cap", 1)),
        each=Decimal(one.get("each", 0)),
        ceiling=Decimal(one.get("ceiling", 0)),
        of=Measure(one["of"]) if "of" in one else None,
        target=_target(one["target"]) if "target" in one else None,
        missing=Missing(one.get("missing", Missing.SCALED)),
        clause=one.get("clause", ""),
    )


def _target(one: Mapping[str, Any]) -> Target:
    otherwise = one.get("otherwise")
    return Target(
        quota=bool(one.get("quota", False)),
        figures={subject: Decimal(figure) for subject, figure in one.get("figures", {}).items()},
        registry=one.get("registry"),
        otherwise=None if otherwise is None else Decimal(otherwise),
    )
