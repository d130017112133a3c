"""Reads the shipped notice's text: joins its broken lines and cuts it into clauses and groups, mechanically."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERALS = "一二三四五六七"
SECTIONS = ("成立7个招商小组", "实施“X”联动招商", "健全保障机制")
GROUP = re.compile(
    r"招商(?P<numeral>[一二三四五六七])组组长：(?P<leader>\w+?)(?:副组长：(?P<deputy>\w+?))?"
    r"牵头单位：(?P<lead_units>.+?)责任单位：(?P<responsible_units>[^。]+)。工作职责：(?P<duties>.+。)"
)
LEAD_UNIT = re.compile(r"(?P<name>\w+)(?:（负责(?P<industry>\w+)）)?")


class NotTheNotice(ValueError):
    """The text does not have the notice's form; the message says where."""


@dataclass(frozen=True)
class NoticeGroup:
    """One group of clause 一 as the notice writes it."""

    number: int
    zh: str
    leader: str
    deputy: str | None
    lead_units: tuple[tuple[str, str | None], ...]
    responsible_units: tuple[str, ...]
    duties: str


@dataclass(frozen=True)
class Notice:
    """The text without line breaks, its clauses by label (`一（四）`), its groups, the lists of 二（一） and （二）."""

    text: str
    clauses: dict[str, str]
    groups: tuple[NoticeGroup, ...]
    landing_units: tuple[str, ...]
    departments: tuple[str, ...]


def parse(raw: str) -> Notice:
    """The notice in its parts; NotTheNotice when a part is not where it must be."""
    text = re.sub(r"\s+", "", raw).replace("(", "（").replace(")", "）")
    clauses = _clauses(text)
    groups = tuple(_group(clauses[f"一（{numeral}）"], number) for number, numeral in enumerate(NUMERALS, 1))
    landing = _need(r"^项目落地单位。(\w+)、(\w+)和(\w+)，是招商引资项目落地的承接者", clauses["二（一）"])
    departments = _need(r"^区直有关部门。([\w、]+)等单位，", clauses["二（二）"])
    return Notice(text, clauses, groups, landing.groups(), tuple(departments[1].split("、")))


def _clauses(text: str) -> dict[str, str]:
    marks = [f"{NUMERALS[n]}、{title}" for n, title in enumerate(SECTIONS)]
    starts = [text.find(mark) for mark in marks]
    if -1 in starts or starts != sorted(starts):
        raise NotTheNotice(f"the headings {marks} are not all there, in this order")
    clauses = {"标题": text[: starts[0]]}
    for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        parts = re.split(rf"（([{NUMERALS}])）", text[start + len(marks[n]) : end])
        for expected, numeral, body in zip(NUMERALS, parts[1::2], parts[2::2], strict=False):
            if numeral != expected:
                raise NotTheNotice(f"section {NUMERALS[n]}: （{numeral}） where （{expected}） is due")
            clauses[f"{NUMERALS[n]}（{numeral}）"] = body
    missing = [f"{s}（{c}）" for s, many in zip("一二三", (7, 3, 5), strict=True) for c in NUMERALS[:many]]
    if absent := [label for label in missing if label not in clauses]:
        raise NotTheNotice(f"the clauses {absent} are not there")
    return clauses


def _group(body: str, number: int) -> NoticeGroup:
    found = GROUP.fullmatch(body)
    if found is None or found["numeral"] != NUMERALS[number - 1]:
        raise NotTheNotice(f"group {number} does not have the form of a group: {body[:40]}…")
    leads = [LEAD_UNIT.fullmatch(part) for part in found["lead_units"].split("、")]
    if None in leads:
        raise NotTheNotice(f"group {number}: lead units {found['lead_units']!r}")
    return NoticeGroup(
        number=number,
        zh=f"招商{found['numeral']}组",
        leader=found["leader"],
        deputy=found["deputy"],
        lead_units=tuple((lead["name"], lead["industry"]) for lead in leads if lead),
        responsible_units=tuple(found["responsible_units"].split("、")),
        duties=found["duties"],
    )


def _need(pattern: str, text: str) -> re.Match[str]:
    found = re.search(pattern, text)
    if found is None:
        raise NotTheNotice(f"{text[:30]}… does not match {pattern}")
    return found
