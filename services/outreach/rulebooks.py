"""The expense rulebook, read from `data/rulebooks/expenses.yaml` and held to its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.outreach.domain.rulebook import ExpenseRulebook, OnBreach, ReceptionSet, Rule, RuleId, TravelLimits
from services.outreach.domain.values import Paper
from sevenx.declaration import ROOT

EXPENSES = ROOT / "data" / "rulebooks" / "expenses.yaml"
_TOP = {"version", "assumed", "sources", "rules", "official_reception", "business_reception", "travel"}
_RULE = {"on_breach", "source", "zh", "en"}
_RECEPTION = {"papers", "meals", "meal_price"}
_LIMITS = ("lodging", "meals", "local_transport")


@cache
def expense_rulebook(path: Path = EXPENSES) -> ExpenseRulebook:
    """The rulebook of a file. ValueError lists everything that is wrong with it, each with where it stands: a key that
    is missing or not known, a rule that the product does not check, an amount that is none."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    problems = list(_problems(raw))
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    travel, sources = raw["travel"], raw["sources"]
    return ExpenseRulebook(
        version=raw["version"],
        rules={
            RuleId(key): Rule(RuleId(key), one["zh"], one["en"], sources[one["source"]], OnBreach(one["on_breach"]))
            for key, one in raw["rules"].items()
        },
        official=_reception(raw["official_reception"]),
        business=_reception(raw["business_reception"]),
        places={place: _limits(one) for place, one in travel["places"].items()},
        default=_limits(travel["default"]),
    )


async def read_rulebook(_: object) -> None:
    """As the process starts: a rulebook that cannot be used is found before the first claim."""
    expense_rulebook()


def _reception(raw: Mapping[str, Any]) -> ReceptionSet:
    papers = tuple(tuple(Paper(kind.strip()) for kind in line.split("|")) for line in raw["papers"])
    return ReceptionSet(papers, raw["meals"], Decimal(str(raw["meal_price"])))


def _limits(raw: Mapping[str, Any]) -> TravelLimits:
    return TravelLimits(*(Decimal(str(raw[name])) for name in _LIMITS))


def _problems(raw: Any) -> Iterator[str]:
    yield from _keys("the file", raw, _TOP)
    if not isinstance(raw, dict) or _TOP - set(raw):
        return
    if not isinstance(raw["version"], str) or not raw["version"].strip():
        yield "version: must be a text that names this state of the rules"
    yield from _rules(raw["rules"], raw["sources"])
    for name in ("official_reception", "business_reception"):
        yield from _reception_problems(name, raw[name])
    yield from _keys("travel", raw["travel"], {"default", "places"})
    if isinstance(raw["travel"], dict) and isinstance(raw["travel"].get("places"), dict):
        for place, limits in {"default": raw["travel"].get("default"), **raw["travel"]["places"]}.items():
            yield from _amounts(f"travel {place}", limits, _LIMITS)
    else:
        yield "travel.places: must be places with their limits"


def _rules(rules: Any, sources: Any) -> Iterator[str]:
    yield from _keys("rules", rules, set(RuleId))
    for key, one in rules.items() if isinstance(rules, dict) else ():
        yield from _keys(f"rules.{key}", one, _RULE)
        if not isinstance(one, dict):
            continue
        if one.get("on_breach") not in set(OnBreach):
            yield f"rules.{key}.on_breach: must be one of {', '.join(OnBreach)}"
        if not isinstance(sources, dict) or one.get("source") not in sources:
            yield f"rules.{key}.source: {one.get('source')!r} is not among the sources"
        for language in ("zh", "en"):
            if not isinstance(one.get(language), str):
                yield f"rules.{key}.{language}: must be a text"


def _reception_problems(name: str, raw: Any) -> Iterator[str]:
    yield from _keys(name, raw, _RECEPTION)
    if not isinstance(raw, dict) or _RECEPTION - set(raw):
        return
    lines = raw["papers"] if isinstance(raw["papers"], list) else []
    if not lines:
        yield f"{name}.papers: must name at least one document"
    kinds = {kind.strip() for line in lines for kind in str(line).split("|")}
    yield from (f"{name}.papers: {kind!r} is none of {', '.join(Paper)}" for kind in sorted(kinds - set(Paper)))
    if type(raw["meals"]) is not int or raw["meals"] < 0:
        yield f"{name}.meals: must be a whole number"
    yield from _amounts(name, raw, ("meal_price",))


def _amounts(where: str, raw: Any, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = raw.get(name) if isinstance(raw, dict) else None
        try:
            wrong = isinstance(value, bool) or not Decimal(str(value)) >= 0
        except InvalidOperation:
            wrong = True
        if wrong:
            yield f"{where}.{name}: {value!r} must be an amount in yuan, zero or more"


def _keys(where: str, raw: Any, wanted: set[Any]) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield f"{where}: must have the keys {', '.join(sorted(wanted))}"
        return
    yield from (f"{where}: {str(key)!r} is missing" for key in sorted(wanted - set(raw)))
    yield from (f"{where}: {key!r} is not known" for key in sorted(set(raw) - wanted, key=str))
