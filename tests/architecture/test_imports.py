"""Who may import whom: no service another, the kernel no service, and the domain nothing that does I/O."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sevenx.declaration import ROOT, services

PURE = {
    "__future__", "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "hashlib", "heapq", "itertools", "json", "math", "operator", "re", "string", "types", "typing",
    "unicodedata", "zoneinfo",
}  # fmt: skip
"""Modules of the standard library that the domain may use: none does I/O. (`datetime` has a clock: see CLOCKS.)"""
KERNEL_FOR_DOMAIN = {
    "sevenx.kernel.errors", "sevenx.kernel.types", "sevenx.kernel.decider", "sevenx.kernel.cut_offs",
    "sevenx.district.calendar", "sevenx.district.settings", "sevenx.district.yuan", "sevenx.district.tenure",
    "sevenx.district.parties", "sevenx.district.referrals",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, full module name) of every import of a file, also those inside functions."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parent, *([base] if base else [])])
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def forbidden_for_domain(area: str, module: str) -> bool:
    top = module.split(".")[0]
    if top == "services":
        return not f"{module}.".startswith(f"services.{area}.domain.") and module not in (
            "services", f"services.{area}", f"services.{area}.domain",
        )  # fmt: skip
    if top == "sevenx":
        allowed = any(module == one or module.startswith(f"{one}.") for one in KERNEL_FOR_DOMAIN)
        return not allowed and module not in ("sevenx", "sevenx.kernel")
    return top not in PURE


def domain_findings(area: str, path: Path) -> list[str]:
    found = [
        f"{path.name}:{line} imports {module}" for line, module in imported(path) if forbidden_for_domain(area, module)
    ]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            found.append(f"{path.name}:{node.lineno} reads a clock: {ast.unparse(node.func)}()")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"open", "print", "input"}
        ):
            found.append(f"{path.name}:{node.lineno} does I/O: {node.func.id}()")
    return found


AREAS = [service.area for service in services()]


@pytest.mark.parametrize("area", AREAS)
def test_the_domain_imports_nothing_with_io(area: str) -> None:
    files = sorted((ROOT / "services" / area / "domain").rglob("*.py"))
    assert files, f"services/{area}/domain is empty"
    assert [line for path in files for line in domain_findings(area, path)] == []


@pytest.mark.parametrize("area", AREAS)
def test_a_service_imports_no_other_service(area: str) -> None:
    others = tuple(f"services.{other}" for other in AREAS if other != area)
    assert [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in sorted((ROOT / "services" / area).rglob("*.py"))
        for line, module in imported(path)
        if f"{module}.".startswith(tuple(f"{other}." for other in others))
    ] == []


def test_the_kernel_imports_no_service() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in sorted((ROOT / "sevenx" / "kernel").rglob("*.py"))
        for line, module in imported(path)
        if module == "services" or module.startswith("services.")
    ] == []


@pytest.mark.parametrize(
    "line",
    ["import socket", "from pathlib import Path", "import services.audit.api", "from sevenx.kernel import clock",
     "from datetime import datetime\nx = datetime.now()", "import random", "open('x')",
     "from services import registry"],
)  # fmt: skip
def test_what_the_domain_may_not_do_is_found(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "services" / "audit" / "domain" / "wrong.py"
    path.parent.mkdir(parents=True)
    path.write_text(line, "utf-8")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert domain_findings("audit", path) != []
