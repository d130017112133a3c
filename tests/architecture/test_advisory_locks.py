"""Advisory locks of one database are told apart by their numbers alone: a leader that holds the number of another lock
as long as it lives would keep the other from ever being taken."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sevenx.declaration import ROOT


def locks(path: Path) -> Iterator[tuple[int, str]]:
    """(number, where) of each constant of a module whose name ends in LOCK."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, int):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id.endswith("LOCK"):
                    yield node.value.value, f"{path.name}:{node.lineno}"


def test_no_two_locks_have_one_number() -> None:
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "sevenx" / "kernel").rglob("*.py")):
        for number, where in locks(path):
            found[number].append(where)
    assert len(found) >= 4, "the kernel's locks were not found"
    assert {number: where for number, where in found.items() if len(where) > 1} == {}
