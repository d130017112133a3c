"""The documents hold together: links lead somewhere, the two READMEs say the same in two languages, every decision is
listed, and every dependency has its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from sevenx.declaration import ROOT, services

ADR = ROOT / "docs" / "adr"
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]\n]*\n?[^\]\n]*\]\(([^)\s]+)\)")
NOT_OURS = {".venv", ".sevenx", ".git", "libs", "node_modules", "target"}


def pages() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.md") if not NOT_OURS & set(p.relative_to(ROOT).parts))


def prose(text: str) -> str:
    """A page without its code: blocks first, then spans."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def broken_links(page: Path) -> Iterator[str]:
    """Relative links of a page that lead nowhere: no such file, or no such heading in it."""
    for target in LINK.findall(prose(page.read_text("utf-8"))):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, fragment = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (fragment and fragment not in anchors(there)):
            yield target


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in headings(page.read_text("utf-8"))}


def headings(text: str) -> list[tuple[int, str]]:
    """(level, title) of each heading in order; `#` in code is none."""
    found = re.findall(r"^(#+) (.+)$", FENCE.sub("", text), re.MULTILINE)
    return [(len(marks), title.strip()) for marks, title in found]


def test_pages_are_found() -> None:
    assert ROOT / "README.md" in pages()
    assert len(pages()) > 20


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    assert list(broken_links(page)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n[here](page.md) [part](#a-page) [web](https://example.org/x) [gone](gone.md) [no](#b)\n"
        "`[code](x.md)`\n```\n[code](y.md)\n```\n",
        "utf-8",
    )
    assert list(broken_links(page)) == ["gone.md", "#b"]


def readmes() -> tuple[str, str]:
    return (ROOT / "README.md").read_text("utf-8"), (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_the_two_readmes_have_one_structure() -> None:
    english, chinese = (headings(text) for text in readmes())
    assert [level for level, _ in english] == [level for level, _ in chinese]


def test_the_two_readmes_have_the_same_code_and_lead_to_the_same_pages() -> None:
    english, chinese = readmes()
    assert [match[1:] for match in FENCE.findall(english)] == [match[1:] for match in FENCE.findall(chinese)]
    links = [set(LINK.findall(prose(text))) - {"README.md", "README.zh-CN.md"} for text in (english, chinese)]
    assert links[0] == links[1]


def test_the_readme_names_every_target_of_make_help_and_every_service() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for text in readmes():
        assert [t for t in targets if t != "help" and f"`make {t}`" not in text] == []
        assert [s.area for s in services() if f"(services/{s.area})" not in text] == []


def test_the_readme_names_every_verb() -> None:
    from sevenx.cli.main import main

    verbs = main.list_commands(None)  # type: ignore[arg-type]
    for text in readmes():
        table = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
        named = {word for span in re.findall(r"`([^`]+)`", table) for word in span.split()}
        assert [verb for verb in verbs if verb.strip("-") not in named] == []


def test_every_decision_is_listed_in_its_order_and_form() -> None:
    files = sorted(path.name for path in ADR.glob("[0-9]*.md"))
    assert re.findall(r"^- \[\d{4}\]\(([^)]+)\)", (ADR / "README.md").read_text("utf-8"), re.MULTILINE) == files
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    for name in files:
        titles = [title for _, title in headings((ADR / name).read_text("utf-8"))]
        assert titles[0].startswith(f"{int(name[:4])}. "), name
        assert titles[1:] == ["Context", "Decision", "Consequences"], name


def test_every_direct_dependency_has_its_reason_in_a_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    names = [re.split(r"[\[=<>~!; ]", one, maxsplit=1)[0] for one in declared]
    decisions = "\n".join(path.read_text("utf-8") for path in ADR.glob("[0-9]*.md"))
    assert len(names) > 20
    assert [name for name in names if not re.search(rf"`{re.escape(name)}(\[[^\]`]*\])?`", decisions)] == []


def test_the_operations_guide_names_every_metric() -> None:
    sources = [*(ROOT / "sevenx" / "kernel").glob("*.py"), *(ROOT / "services").rglob("*.py")]
    made = r'(?:Counter|Gauge|Histogram)\(\s*"(sevenx_[a-z_]+)"'
    metrics = {name for path in sources for name in re.findall(made, path.read_text("utf-8"))}
    guide = (ROOT / "docs" / "guide" / "operations.md").read_text("utf-8")
    assert len(metrics) > 10
    assert sorted(name for name in metrics if not re.search(rf"`{name}[`{{]", guide)) == []


def test_the_operations_guide_names_every_table_that_is_not_a_projection() -> None:
    tables = re.findall(
        r"^CREATE TABLE ([a-z_.]+)",
        "\n".join(
            path.read_text("utf-8") for path in sorted((ROOT / "sevenx" / "kernel" / "migrations").glob("*.sql"))
        ),
        re.MULTILINE,
    )
    guide = (ROOT / "docs" / "guide" / "operations.md").read_text("utf-8")
    listed = guide.partition("## What cannot be rebuilt")[2].partition("\n## ")[0]
    assert len(tables) > 5
    assert [table for table in tables if f"`{table}`" not in listed] == []
