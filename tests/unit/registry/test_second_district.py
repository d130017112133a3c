"""A second, fictional district needs data alone: nothing in the code knows the first one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.registry.domain.roster.document import RosterDocument
from services.registry.domain.routing import Outcome, route
from services.registry.domain.tenure import holder_on
from sevenx.declaration import ROOT

from .roster_samples import DATA, after, planned, real_roster, roster_of, texts_of
from .scenario import day

ROSTER = roster_of("990001")
STATES = after(planned(ROSTER, {}), {})


def test_its_roster_is_imported_and_a_second_time_changes_nothing() -> None:
    """一"""
    first = planned(ROSTER, {})
    assert first.errors == ()
    assert {step.stream[:6] for step in first.steps} == {"990001"}
    again = planned(ROSTER, STATES)
    assert (again.errors, again.steps, again.differences) == ((), (), ())


def test_every_file_says_that_it_is_a_simulation() -> None:
    for name, text in texts_of(DATA / "districts" / "990001").items():
        assert "模拟数据" in text.splitlines()[0], name
    assert isinstance(ROSTER, RosterDocument)
    assert all(one.zh.startswith("模拟") for one in ROSTER.people)


def test_its_own_words_stand_for_every_town() -> None:
    """一"""
    members = [one.unit for one in STATES["990001-G-1"].responsible_units if one.as_named == "各镇（街道）"]
    assert members == [f"990001-U-{name}" for name in ("donghu", "xishan", "nanqiao")]


def test_its_posts_and_its_units_stand_as_the_files_say() -> None:
    """一, 三（三）"""
    liaisons = STATES["990001-G-1"].liaisons
    shown = [holder_on(liaisons, day(on)) for on in ("2026-01-04", "2026-02-28", "2026-03-01")]
    assert [tenure and tenure.name for tenure in shown] == [None, "模拟戊", "模拟己"]
    assert STATES["990001-U-promotion-centre"].parent == "990001-U-commerce"
    assert STATES["990001-U-xishan"].is_landing_unit


def test_its_leads_are_led_to_its_groups() -> None:
    """一"""
    industries = STATES["990001-D"].industries
    assert route("海上风电安装船", industries, {}).group == "990001-G-1"
    assert route("冷库", industries, {}).outcome is Outcome.SEVERAL


def test_it_has_every_setting_that_the_services_read() -> None:
    other = real_roster()
    assert isinstance(other, RosterDocument)
    assert isinstance(ROSTER, RosterDocument)
    assert {one.key: one.type for one in ROSTER.settings} == {one.key: one.type for one in other.settings}


ID = re.compile(r"410804(-[\w-]+)?")


def ids_of(path: Path) -> Iterator[str]:
    """The ids of the first district that a module uses, but for the examples of the API's documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    examples = {
        id(one)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("example", "Field", "Path", "Query"))
        or (isinstance(node, ast.keyword) and node.arg in ("examples", "json_schema_extra"))
        for one in ast.walk(node)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in examples and ID.fullmatch(node.value):
            yield node.value


SERVICES = sorted((ROOT / "services").iterdir())


@pytest.mark.parametrize("folder", [one for one in SERVICES if one.is_dir()], ids=lambda one: one.name)
def test_no_service_names_a_unit_or_group_of_the_first_district(folder: Path) -> None:
    """Examples in the documentation of the API and in messages may; what is decided on or offered may not."""
    found = [f"{path.relative_to(ROOT)}: {one}" for path in sorted(folder.rglob("*.py")) for one in ids_of(path)]
    found += [
        str(path.relative_to(ROOT)) for path in sorted(folder.rglob("*.html")) if "410804" in path.read_text("utf-8")
    ]
    assert found == []
