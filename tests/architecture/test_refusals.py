"""A field that a refusal names is one that a request of the same service has: otherwise no form can show it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sevenx.declaration import ROOT, services


def fields_of_requests(area: str) -> set[str]:
    """Names of annotated attributes of all classes outside the domain; request bodies are among them."""
    return {
        part.target.id
        for path in (ROOT / "services" / area).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }


def named(path: Path) -> Iterator[tuple[int, str]]:
    """(line, name) of every part of a `field=` that is written out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "field":
            for text in ast.walk(node.value):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield from ((node.lineno, part) for part in text.value.split(".") if part and not part.isdigit())


@pytest.mark.parametrize("area", [one.area for one in services() if one.writes])
def test_refusals_name_fields_that_a_request_has(area: str) -> None:
    known = fields_of_requests(area)
    domain = sorted((ROOT / "services" / area / "domain").rglob("*.py"))
    assert [f"{path.name}:{n} {name}" for path in domain for n, name in named(path) if name not in known] == []
