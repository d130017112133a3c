"""From a name to a unit."""

from __future__ import annotations

import pytest

from services.registry.domain.names import AmbiguousName, Candidate, UnresolvedName, resolve
from services.registry.domain.roster.document import RosterDocument

from .roster_samples import real_roster


@pytest.fixture(scope="module")
def units() -> dict[str, tuple[str, ...]]:
    roster = real_roster()
    assert isinstance(roster, RosterDocument)
    return {unit.id: unit.names() for unit in roster.units}


@pytest.mark.parametrize(
    ("names", "unit"),
    [
        (("区发改委", "发改委", "马村区发展和改革委员会"), "410804-U-development-reform"),
        (("区卫计委", "卫健委"), "410804-U-health"),
        (("大数据管理局", "区政务服务和大数据管理局"), "410804-U-government-services"),
        (("自然资源局马村分局", "自然资源和规划局马村分局"), "410804-U-natural-resources"),
        (("区人力资源和社会保障局", "人社局"), "410804-U-human-resources"),
        ((" 区 商务局", "410804-U-commerce"), "410804-U-commerce"),
        (("冯营街道",), "410804-U-fengying"),
    ],
)
def test_every_spelling_of_the_notice_is_one_unit(
    names: tuple[str, ...], unit: str, units: dict[str, tuple[str, ...]]
) -> None:
    """一, 二（二）"""
    assert {resolve(name, units) for name in names} == {unit}


def test_a_name_that_nobody_bears_lists_the_closest_spellings(units: dict[str, tuple[str, ...]]) -> None:
    """一: an unresolved name is an error that lists the candidates."""
    found = resolve("区商务委", units)
    assert isinstance(found, UnresolvedName)
    assert found.candidates[0] == Candidate("区商务局", "410804-U-commerce")
    rejection = found.rejection()
    assert rejection.code == "unresolved-name"
    assert "区商务局（410804-U-commerce）" in rejection.zh
    assert "410804-U-commerce" in rejection.en


def test_a_name_unlike_any_other_has_no_candidates(units: dict[str, tuple[str, ...]]) -> None:
    found = resolve("XYZ", units)
    assert found == UnresolvedName("XYZ", ())
    assert "最接近" not in found.rejection().zh


def test_a_name_of_two_units_lists_both() -> None:
    """一: an ambiguous name is an error that lists the candidates."""
    found = resolve("分局", {"410804-U-b": ("分局",), "410804-U-a": ("甲分局", "分局")})
    assert found == AmbiguousName("分局", (Candidate("分局", "410804-U-a"), Candidate("分局", "410804-U-b")))
    assert found.rejection().code == "ambiguous-name"
