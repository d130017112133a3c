"""YAML with line numbers: fields are read by name, and what is wrong is collected instead of raised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from services.registry.domain.roster.document import At, Name, RosterError

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


class Entry:
    """One mapping of a YAML file. A field that is missing or wrong is noted in `errors` and read as a blank."""

    def __init__(self, node: yaml.Node | None, at: At, errors: list[RosterError]) -> None:
        self.at = at
        self.errors = errors
        self._fields: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in self._fields:
                    self._wrong(_at(at.file, key), f"字段{key.value}重复；请删去一个", f"{key.value} is given twice")
                self._fields[key.value] = value
        else:
            self._wrong(at, "此处应为字段列表；请检查缩进", "fields are expected here; check the indentation")

    def text(self, field: str, default: str | None = None) -> str:
        return self.name(field, default).text

    def name(self, field: str, default: str | None = None) -> Name:
        """A text with its place."""
        node = self._node(field, required=default is None)
        if node is None:
            return Name(default or "", self.at)
        return self._scalar(field, node)

    def names(self, field: str) -> tuple[Name, ...]:
        return tuple(self._scalar(field, node) for node in self._list(field))

    def texts(self, field: str, required: bool = True) -> tuple[str, ...]:
        return tuple(self._scalar(field, node).text for node in self._list(field, required))

    def integer(self, field: str) -> int:
        return self._parsed(field, int, 0, "整数", "a whole number")

    def optional_integer(self, field: str) -> int | None:
        return self.integer(field) if field in self._fields else None

    def day(self, field: str) -> date:
        return self._parsed(field, date.fromisoformat, date.min, "日期，如2020-07-01", "a date such as 2020-07-01")

    def days(self, field: str) -> tuple[date, ...]:
        found = []
        for node in self._list(field, required=False):
            try:
                found.append(date.fromisoformat(self._scalar(field, node).text))
            except ValueError:
                self._wrong(
                    _at(self.at.file, node), f"{field}中应为日期", f"{field} must hold dates such as 2020-07-01"
                )
        return tuple(found)

    def flag(self, field: str) -> bool:
        """True or false; false where the field is not given."""
        text = self.text(field, "false")
        if text not in ("true", "false"):
            self._wrong(self.at, f"{field}应为true或false", f"{field} must be true or false")
        return text == "true"

    def choice(self, field: str, kind: type[Choice]) -> Choice:
        allowed = "、".join(kind)
        first = next(iter(kind))
        return self._parsed(field, kind, first, f"以下之一：{allowed}", f"one of {allowed}")

    def entry(self, field: str) -> Entry:
        node = self._node(field)
        at = self.at if node is None else _at(self.at.file, node)
        return Entry(node or yaml.MappingNode("", []), at, self.errors)

    def entries(self, field: str, required: bool = True) -> list[Entry]:
        return [Entry(node, _at(self.at.file, node), self.errors) for node in self._list(field, required)]

    def texts_or_entries(self, field: str) -> list[Name | Entry]:
        """A list whose members are plain texts or mappings."""
        return [
            self._scalar(field, node)
            if isinstance(node, yaml.ScalarNode)
            else Entry(node, _at(self.at.file, node), self.errors)
            for node in self._list(field)
        ]

    def ignore(self, *fields: str) -> None:
        """Fields that stand in the file for its readers."""
        self._asked.update(fields)

    def done(self) -> None:
        """Note the fields that nobody asked for: they are misspelt."""
        for field in self._fields.keys() - self._asked:
            self._wrong(
                _at(self.at.file, self._fields[field]),
                f"不认识的字段{field}；可用：{'、'.join(sorted(self._asked))}",
                f"unknown field {field}; known are {', '.join(sorted(self._asked))}",
            )

    def _node(self, field: str, required: bool = True) -> yaml.Node | None:
        self._asked.add(field)
        node = self._fields.get(field)
        if node is None and required:
            self._wrong(self.at, f"缺少字段{field}；请补上", f"the field {field} is missing; add it")
        return node

    def _list(self, field: str, required: bool = True) -> list[yaml.Node]:
        node = self._node(field, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(_at(self.at.file, node), f"{field}应为列表", f"{field} must be a list")
            return []
        return list(node.value)

    def _scalar(self, field: str, node: yaml.Node) -> Name:
        at = _at(self.at.file, node)
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return Name(node.value, at)
        self._wrong(at, f"{field}应为非空文本", f"{field} must be a text that is not empty")
        return Name("", at)

    def _parsed(self, field: str, parse: Callable[[str], Value], blank: Value, zh: str, en: str) -> Value:
        name = self.name(field)
        if name.text:
            try:
                return parse(name.text)
            except ValueError:
                self._wrong(name.at, f"{field}的值“{name.text}”应为{zh}", f"{field} is {name.text!r}; it must be {en}")
        return blank

    def _wrong(self, at: At, zh: str, en: str) -> None:
        self.errors.append(RosterError(at, f"{zh}。", f"{en}."))


def read_yaml(path: Path, errors: list[RosterError]) -> Entry:
    """The file's top mapping; a file that is missing or is no YAML is noted in `errors` and read as empty."""
    top = At(path.name, 1)
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        errors.append(RosterError(top, f"无法读取文件{path.name}。", f"the file cannot be read: {error}."))
        return Entry(yaml.MappingNode("", []), top, [])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        errors.append(RosterError(At(path.name, line), "不是合法的YAML。", f"this is no YAML: {error.problem}."))
        return Entry(yaml.MappingNode("", []), top, [])
    return Entry(node, top, errors)


def _at(file: str, node: yaml.Node) -> At:
    return At(file, node.start_mark.line + 1)
