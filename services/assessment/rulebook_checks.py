"""What hangs together in a rulebook, beyond the form that the JSON Schema gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.assessment.domain.rulebook import Formula
from services.assessment.rulebook_yaml import Path, Text

_NEEDS: Mapping[Formula, tuple[str, ...]] = {
    Formula.COMPLETION: ("marks", "target"),
    Formula.RATE: ("marks", "of"),
    Formula.RELATIVE: ("marks",),
    Formula.BONUS: ("each", "ceiling"),
    Formula.DEDUCTION: ("each", "ceiling"),
}
_MAY: Mapping[Formula, tuple[str, ...]] = {
    Formula.COMPLETION: ("cap", "missing"),
    Formula.RATE: ("cap", "missing"),
    Formula.RELATIVE: (),
    Formula.BONUS: (),
    Formula.DEDUCTION: (),
}
_FIGURES = {"marks", "target", "of", "cap", "missing", "each", "ceiling"}


def check(text: Text) -> None:
    """Note in `text.errors` whatever does not hang together. The text has the form that the schema asks for."""
    book = text.value
    for at, name in (("cohorts", "考核组"), ("vetoes", "一票否决事项")):
        _unique(text, (at,), [one["id"] for one in book.get(at, [])], name)
    for n, cohort in enumerate(book["cohorts"]):
        path: Path = ("cohorts", n)
        _members(text, (*path, "members"), cohort["members"])
        _unique(text, (*path, "indicators"), [one["id"] for one in cohort["indicators"]], "指标")
        for m, indicator in enumerate(cohort["indicators"]):
            _fields(text, (*path, "indicators", m), indicator)
            _fitting(text, (*path, "indicators", m), indicator, "groups" in cohort["members"])
        _marks(text, path, cohort)
    _one_cohort(text, book)


def _unique(text: Text, path: Path, ids: list[str], name: str) -> None:
    for wanted, times in Counter(ids).items():
        if times > 1:
            at = (*path, len(ids) - 1 - ids[::-1].index(wanted), "id")
            text.wrong(at, f"{name}的 id “{wanted}”重复；请改名", f"the id {wanted!r} is given twice; rename one")


def _members(text: Text, path: Path, members: Mapping[str, Any]) -> None:
    """Groups are a cohort of their own, for a project's credit is shared among groups and among units apart
    (二(一))."""
    units = [name for name in ("unit_kinds", "units", "without") if name in members]
    if "groups" in members and units:
        text.wrong(
            path,
            f"groups 与 {'、'.join(units)} 不能并用；小组与单位分组考核",
            f"groups and {', '.join(units)} exclude each other: groups are compared with groups alone",
        )
    if "groups" not in members and not members.get("unit_kinds") and not members.get("units"):
        text.wrong(
            path,
            "没有考核对象；请填写 groups: all，或 unit_kinds、units",
            "nobody is assessed: give groups: all, or unit_kinds or units",
        )


def _fields(text: Text, path: Path, indicator: Mapping[str, Any]) -> None:
    """A formula has the figures that it needs and no others, so that none stands there without effect."""
    formula = Formula(indicator["formula"])
    allowed = {*_NEEDS[formula], *_MAY[formula]}
    for name in _NEEDS[formula]:
        if name not in indicator:
            text.wrong(path, f"公式 {formula} 缺少 {name}；请补上", f"the formula {formula} needs {name}; add it")
    for name in sorted((_FIGURES & indicator.keys()) - allowed):
        text.wrong(
            (*path, name),
            f"公式 {formula} 不用 {name}；可用：{'、'.join(sorted(allowed))}",
            f"the formula {formula} has no use for {name}; it takes {', '.join(sorted(allowed))}",
        )
    if indicator.get("of") == indicator["measure"]:
        text.wrong((*path, "of"), "of 不能与 measure 相同", "of cannot be the measure itself")


def _fitting(text: Text, path: Path, indicator: Mapping[str, Any], groups: bool) -> None:
    """三(三): only groups owe the monthly report. 三(一): the quota binds principal heads of units, no group leader."""
    for name in ("measure", "of"):
        measure = indicator.get(name, "")
        if measure.startswith("reports_") and not groups:
            text.wrong(
                (*path, name),
                f"{measure} 只能用于招商小组：责任单位不承担月报报送义务（三（三））",
                f"{measure} is for groups alone: no unit owes the monthly report (三(三))",
            )
        if measure == "trip_days" and groups:
            text.wrong(
                (*path, name),
                "trip_days 只能用于单位：小组没有外出天数指标（三（一））",
                "trip_days is for units alone: the notice sets no days for groups (三(一))",
            )
    if indicator.get("target", {}).get("quota") and indicator["measure"] != "trip_days":
        text.wrong((*path, "target", "quota"), "quota 只用于 trip_days", "quota is the target of trip_days alone")


def _marks(text: Text, path: Path, cohort: Mapping[str, Any]) -> None:
    total = sum((Decimal(one.get("marks", 0)) for one in cohort["indicators"]), Decimal(0))
    if total != cohort["full_marks"]:
        text.wrong(
            (*path, "full_marks"),
            f"各项 marks 合计 {total}，与 full_marks {cohort['full_marks']} 不符；请改其一",
            f"the marks sum to {total}, but full_marks is {cohort['full_marks']}; change one of them",
        )


def _one_cohort(text: Text, book: Mapping[str, Any]) -> None:
    """Nobody is ranked twice."""
    seen: dict[str, str] = {}
    for path, member, cohort in _claims(book):
        if seen.setdefault(member, cohort) != cohort:
            text.wrong(
                path,
                f"“{member}”已列入考核组 {seen[member]}；每个对象只列入一个考核组",
                f"{member!r} stands in the cohort {seen[member]} already; nobody is assessed twice",
            )


def _claims(book: Mapping[str, Any]) -> Iterator[tuple[Path, str, str]]:
    for n, cohort in enumerate(book["cohorts"]):
        members, path = cohort["members"], ("cohorts", n, "members")
        if "groups" in members:
            yield (*path, "groups"), "groups", cohort["id"]
        for name in ("unit_kinds", "units"):
            for m, one in enumerate(members.get(name, [])):
                yield (*path, name, m), one, cohort["id"]
