"""`python -m tests.clauses`: the clauses of `data/clauses.yaml`, the rules that decide them, the tests that name them.

A test names a clause in its docstring, or by its own name; a rule is a function that can be imported. Ends with 1 where
a clause lacks either.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
CLAUSES = ROOT / "data" / "clauses.yaml"
_WIDTHS = str.maketrans("（）", "()")


@dataclass(frozen=True)
class Clause:
    """What a clause asks, where it is decided, and by which words tests name it."""

    clause: str
    zh: str
    en: str
    rules: Sequence[str]
    named: Sequence[str]

    def missing(self) -> list[str]:
        """Rules that cannot be imported."""
        return [rule for rule in self.rules if not _importable(rule)]

    def tests(self, texts: Mapping[str, str]) -> list[str]:
        """The tests that name it."""
        words = [_plain(one) for one in self.named]
        return [test for test, text in texts.items() if any(one in text for one in words)]


def clauses(path: Path = CLAUSES) -> list[Clause]:
    return [Clause(**one) for one in yaml.safe_load(path.read_text("utf-8"))["clauses"]]


def named_tests() -> dict[str, str]:
    """What every test says of itself, by `file::name`."""
    return dict(one for path in sorted((ROOT / "tests").rglob("test_*.py")) for one in _of_file(path))


def gaps(found: Sequence[Clause], texts: Mapping[str, str]) -> list[str]:
    """What lacks a rule or a test."""
    lacking = []
    for one in found:
        if not one.rules:
            lacking.append(f"{one.clause} {one.en}: no rule is named")
        lacking += [f"{one.clause} {one.en}: there is no rule {rule}" for rule in one.missing()]
        if not one.tests(texts):
            lacking.append(f"{one.clause} {one.en}: no test names it as {' or '.join(map(repr, one.named))}")
    return lacking


def main() -> int:
    found, texts = clauses(), named_tests()
    table = Table(show_lines=True)
    for head in ("clause 条款", "what it asks 要求", "rule 规则", "test 测试"):
        table.add_column(head, overflow="fold")
    for one in found:
        rules = [rule.removeprefix("services.").replace(".domain", "") for rule in one.rules]
        table.add_row(one.clause, f"{one.zh}\n{one.en}", "\n".join(rules), "\n".join(one.tests(texts)) or "—")
    console = Console(width=200 if not sys.stdout.isatty() else None)
    console.print(table)
    lacking = gaps(found, texts)
    for line in lacking:
        console.print(f"gap: {line}", style="red")
    console.print(f"{len(found)} requirements, {len(lacking)} gaps")
    return 1 if lacking else 0


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
            name = f"{path.relative_to(ROOT)}::{node.name}"
            yield name, _plain(f"{node.name} {ast.get_docstring(node) or ''}")


def _plain(text: str) -> str:
    return " ".join(text.translate(_WIDTHS).split())


def _importable(rule: str) -> bool:
    module, _, name = rule.partition(":")
    try:
        found: Any = importlib.import_module(module)
    except ImportError:
        return False
    return callable(getattr(found, name, None))


if __name__ == "__main__":
    sys.exit(main())
