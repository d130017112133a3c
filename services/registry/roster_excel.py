"""A roster's outline as an Excel workbook, for whoever works with tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.registry.domain.roster.outline import Outline
from sevenx.district.sheets import put

_WIDEST = 60
Row = Sequence[Any]


def workbook_of(outline: Outline, head: str) -> bytes:
    """The workbook's file. `head` stands on the first line of each sheet: whose roster it is, and of which day."""
    book = Workbook()
    book.remove(book.worksheets[0])
    files, calendars = outline.files(), outline.calendars()
    for title, headings, rows in (
        ("单位 units", _UNITS, _units(files)),
        ("招商小组 groups", _GROUPS, _groups(files)),
        ("成员单位 members", _MEMBERS, _members(files)),
        ("人员职务 posts", _POSTS, _posts(files)),
        ("产业 industries", _INDUSTRIES, _industries(files)),
        ("设置项 settings", _SETTINGS, _settings(files)),
        ("日历 calendars", _CALENDARS, _calendars(calendars.values())),
    ):
        _fill(book.create_sheet(title), head, headings, rows)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


_UNITS = ("编号 id", "全称 zh", "英文 en", "类别 kind", "别名 aliases", "上级 parent", "并入 merged", "来源 source")
_GROUPS = ("序号 no.", "编号 id", "名称 name", "组长 leader", "副组长 deputy", "工作职责 duties")
_MEMBERS = ("小组 group", "作用 part", "单位 unit", "产业 industry")
_POSTS = ("编号 id", "姓名 name", "职务 post", "小组或单位 of", "自 from", "至 until", "推定 assumed", "依据 basis")
_INDUSTRIES = ("编号 id", "产业 industry", "英文 en", "上级 parent", "小组 groups", "关键词 keywords", "来源 source")
_SETTINGS = ("键 key", "值 value", "类型 type", "条款 clause", "明文 stated", "说明 note")
_CALENDARS = ("年份 year", "暂行 provisional", "放假 days off", "补班 workdays", "来源 source")


def _units(files: dict[str, dict[str, Any]]) -> Iterator[Row]:
    for one in files["units.yaml"]["units"]:
        yield _unit(one, one["kind"], one["zh_source"])
    others = files["sub_districts.yaml"]
    for one in others["sub_districts"]:
        yield _unit(one, others["kind"], one.get("zh_source", others["source"]["publisher"]))


def _unit(one: dict[str, Any], kind: str, source: str) -> Row:
    aliases = "、".join(alias if isinstance(alias, str) else alias["name"] for alias in one["aliases"])
    merged = one.get("merged", {}).get("into")
    return (one["id"], one["zh"], one["en"], kind, aliases, one.get("parent"), merged, source)


def _groups(files: dict[str, dict[str, Any]]) -> Iterator[Row]:
    for one in files["groups.yaml"]["groups"]:
        yield one["number"], one["id"], one["zh"], one.get("leader"), one.get("deputy"), one["duties"]


def _members(files: dict[str, dict[str, Any]]) -> Iterator[Row]:
    for one in files["groups.yaml"]["groups"]:
        for unit in one["lead_units"]:
            yield one["zh"], "牵头 lead", unit["name"], unit.get("industry")
        for name in one["responsible_units"]:
            yield one["zh"], "责任 responsible", name, None


def _posts(files: dict[str, dict[str, Any]]) -> Iterator[Row]:
    groups = {one["number"]: one["zh"] for one in files["groups.yaml"]["groups"]}
    for one in files["people.yaml"]["people"]:
        for post in one["posts"]:
            of = groups[post["group"]] if "group" in post else post["unit"]
            assumed = "是 yes" if post.get("assumed") else None
            yield (
                one["id"], one["zh"], post["as"], of, post["from"], post.get("until"), assumed, post.get("basis")
            )  # fmt: skip
        if not one["posts"]:
            yield one["id"], one["zh"], None, None, None, None, None, one.get("basis")


def _industries(files: dict[str, dict[str, Any]]) -> Iterator[Row]:
    content = files["industries.yaml"]
    for one in (*content["industries"], *content["indicators"]):
        groups = "、".join(str(n) for n in dict.fromkeys(claim["group"] for claim in one.get("claims", ())))
        words = one.get("keywords", {})
        keywords = "、".join(words.get("words", ()))
        yield one["id"], one["zh"], one["en"], one.get("parent"), groups, keywords, words.get("source")


def _settings(files: dict[str, dict[str, Any]]) -> Iterator[Row]:
    for one in files["settings.yaml"]["settings"]:
        stated = "是 yes" if one.get("stated") else None
        yield one["key"], one["value"], str(one["type"]), one["clause"], stated, one["note"]


def _calendars(calendars: Iterable[dict[str, Any]]) -> Iterator[Row]:
    for one in calendars:
        days = one["holidays"][0]
        off, worked = ("、".join(day.isoformat() for day in days[key]) for key in ("days_off", "workdays"))
        yield one["year"], "是 yes" if one["provisional"] else None, off, worked, one["sources"][0]["number"]


def _fill(sheet: Worksheet, head: str, headings: Sequence[str], rows: Iterable[Row]) -> None:
    put(sheet.cell(1, 1), head)
    widths = [len(heading) + 4 for heading in headings]
    for column, heading in enumerate(headings, 1):
        cell = sheet.cell(2, column)
        put(cell, heading)
        cell.font = Font(bold=True)
    for line, row in enumerate(rows, 3):
        for column, value in enumerate(row, 1):
            put(sheet.cell(line, column), value)
            widths[column - 1] = max(widths[column - 1], min(_WIDEST, 2 * len(str(value or ""))))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
