"""What a rollback withdraws, every service forgets that had kept it."""

from __future__ import annotations

from importlib import import_module

import pytest

from sevenx.declaration import services
from sevenx.kernel.projection import Projections

PAIRS = {
    "SettingChanged": "SettingWithdrawn",
    "CalendarPublished": "CalendarWithdrawn",
}


@pytest.mark.parametrize("area", [one.area for one in services()])
def test_a_service_that_keeps_settings_or_calendars_forgets_those_that_are_withdrawn(area: str) -> None:
    projections: Projections = import_module(f"services.{area}.projections").projections
    handled = {name for of, name in projections.handled() if of == "registry"}
    assert "SettingChanged" in handled
    assert {gone for kept, gone in PAIRS.items() if kept in handled} <= handled
