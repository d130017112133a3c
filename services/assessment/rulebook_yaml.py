"""A rulebook's text as plain values, with the line of each. The text may come from anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from sevenx.kernel.bodies import is_plain

Path = tuple[str | int, ...]
"""Where a value stands: `("cohorts", 0, "indicators", 3, "marks")`."""

_NUMBER = re.compile(r"^[-+]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$")
_DEEPEST = 12


@dataclass(frozen=True)
class RulebookError:
    """What is wrong, where, and how to mend it."""

    path: str
    """`cohorts[0].indicators[3].marks`; empty: the whole text."""
    line: int
    zh: str
    en: str


@dataclass
class Text:
    """A text's values and their lines. Where `errors` holds anything, the values are not to be used."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    errors: list[RulebookError] = field(default_factory=list)

    def wrong(self, path: Path, zh: str, en: str) -> None:
        """Note an error at a path; one that is not in the text has the line of what holds it."""
        self.errors.append(RulebookError(shown(path), self.line(path), f"{zh}。", f"{en}."))

    def line(self, path: Path) -> int:
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return self.lines.get(known, 1)


def shown(path: Path) -> str:
    """`cohorts[0].indicators[3].marks`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases, which can multiply a small text without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases are not used here", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def read(document: str) -> Text:
    """Read a text. Numbers are exact decimals, dates stay text; never raises for what stands in it."""
    text = Text()
    if not is_plain(document.replace("\r\n", "\n").replace("\t", " ")):
        text.wrong((), "文本含控制字符，请删去", "the text holds control characters; delete them")
        return text
    try:
        node = yaml.compose(document, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        zh, en = f"不是合法的YAML：{error.problem}", f"this is no YAML of ours: {error.problem}"
        text.errors.append(RulebookError("", line, f"{zh}。", f"{en}."))
        return text
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = type(error).__name__
        text.wrong((), f"不是合法的YAML（{reason}）", f"this is no YAML of ours ({reason})")
        return text
    text.value = _value(node, (), text)
    return text


def _value(node: yaml.Node | None, path: Path, text: Text) -> Any:
    if node is None:
        text.wrong(path, "文本为空", "the text is empty")
        return None
    text.lines[path] = node.start_mark.line + 1
    if len(path) > _DEEPEST:
        text.wrong(path, "嵌套过深", "this is nested too deep")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, text)
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*path, n), text) for n, one in enumerate(node.value)]
    return _scalar(node, path, text)


def _mapping(node: yaml.MappingNode, path: Path, text: Text) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in found:
            text.lines[(*path, name)] = key.start_mark.line + 1
            text.wrong((*path, name), f"字段名“{name}”为空或重复", f"the field {name!r} is empty or given twice")
            continue
        found[name] = _value(value, (*path, name), text)
    return found


def _scalar(node: yaml.Node, path: Path, text: Text) -> Any:
    kind = node.tag.rpartition(":")[2]
    match kind:
        case "int" | "float":
            if not _NUMBER.match(node.value):
                text.wrong(
                    path,
                    f"数字“{node.value[:30]}”应写作普通十进制数，整数至多15位、小数至多10位",
                    f"the number {node.value[:30]!r} must be a plain decimal of at most 15 digits and 10 after "
                    "the point",
                )
                return Decimal(0)
            number = Decimal(node.value)
            return int(number) if kind == "int" else number
        case "bool":
            return node.value.lower() in ("true", "yes", "on")
        case "null":
            return None
        case _:
            return node.value
