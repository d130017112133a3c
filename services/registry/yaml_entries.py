"""YAML with line numbers: fields are read by name, and what is wrong is collected instead of raised.

The text may come from anybody: aliases (which can multiply a small text without end), control characters and numbers
of any length are refused like every other mistake, with their place.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from services.registry.domain.roster.document import At, Name, RosterError
from sevenx.kernel.bodies import is_plain

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")
LARGEST = 1_000_000
"""No number of a roster is larger."""


class Entry:
    """One mapping of a YAML file. A field that is missing or wrong is noted in `errors` and read as a blank."""

    def __init__(self, node: yaml.Node | None, at: At, errors: list[RosterError]) -> None:
        self.at = at
        self.errors = errors
        self._fields: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    self._wrong(_at(at.file, key), "字段名应为文本", "a field's name must be a text")
                    continue
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
        return self._parsed(field, _whole, 0, "整数", "a whole number")

    def optional_integer(self, field: str) -> int | None:
        return self.integer(field) if field in self._fields else None

    def day(self, field: str) -> date:
        return self._parsed(field, date.fromisoformat, date.min, "日期，如2020-07-01", "a date such as 2020-07-01")

    def optional_day(self, field: str) -> date | None:
        self._asked.add(field)
        return self.day(field) if field in self._fields else None

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

    def optional_entry(self, field: str) -> Entry | None:
        """A mapping, or None where the field is not given."""
        self._asked.add(field)
        return self.entry(field) if field in self._fields else None

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
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self._wrong(at, f"{field}应为非空文本", f"{field} must be a text that is not empty")
        elif not is_plain(node.value):
            self._wrong(at, f"{field}含控制字符", f"{field} holds control characters")
        else:
            return Name(node.value, at)
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


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases are not used here", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def read_yaml(file: str, text: str | None, errors: list[RosterError]) -> Entry:
    """A file's top mapping; a file that is not there (None) or is no YAML is noted in `errors` and read as empty."""
    at, problem = At(file, 1), "the file is not there"
    if text is not None:
        try:
            return Entry(yaml.compose(text, Loader=_PlainLoader), at, errors)
        except yaml.MarkedYAMLError as error:
            at = At(file, error.problem_mark.line + 1 if error.problem_mark else 1)
            problem = f"this is no YAML: {error.problem}"
        except yaml.YAMLError as error:
            problem = f"this is no YAML: {str(error).splitlines()[0]}"
        except RecursionError:
            problem = "this is no YAML of ours: it is nested too deep"
    zh = "不是合法的YAML" if text is not None else f"缺少文件{file}"
    errors.append(RosterError(at, f"{zh}。", f"{problem}."))
    return Entry(yaml.MappingNode("", []), at, [])


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) > LARGEST:
        raise ValueError(text)
    return number


def _at(file: str, node: yaml.Node) -> At:
    return At(file, node.start_mark.line + 1)
