"""Typed reading of the published settings, and its defaults against the district's data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml

from sevenx.declaration import ROOT
from sevenx.district.settings import DEFAULTS, DistrictSettings, WrongSetting


def test_the_defaults_are_those_of_the_districts_data() -> None:
    path = ROOT / "data" / "districts" / "410804" / "settings.yaml"
    shipped = {s["key"]: s for s in yaml.safe_load(path.read_text("utf-8"))["settings"]}
    for key, default in DEFAULTS.items():
        assert str(shipped[key]["value"]) == default.value, key
        assert shipped[key]["type"] == default.type, key
        assert tuple(shipped[key].get("one_of", ())) == default.one_of, key
        assert shipped[key]["clause"] == default.clause, key
    figures = {key for key, entry in shipped.items() if entry["type"] not in ("unit", "units")}
    assert figures == set(DEFAULTS), "every figure of the data has a default in code"


def test_a_published_value_goes_before_the_default() -> None:
    settings = DistrictSettings.of([("report.due_day", "24"), ("report.due_day", "23")])
    assert settings.integer("report.due_day") == 23
    assert DistrictSettings().integer("report.due_day") == 25


def test_every_kind_of_value_is_read_as_its_type() -> None:
    settings = DistrictSettings({"some.flag": "true"})
    assert settings.decimal("credit.finder_share") == Decimal("0.3")
    assert settings.fraction("outreach.principal_quota") == Fraction(1, 4)
    assert settings.items("outreach.not_counted") == ("meeting", "training", "transit")
    assert settings.integers("report.reminder_days_before") == (5, 2, 0)
    assert settings.choice("report.clock_stops_at") == "sign_off"
    assert settings.flag("some.flag") is True


def test_a_day_is_one_or_never() -> None:
    assert DistrictSettings().day("gates.required_from") is None
    assert DistrictSettings({"gates.required_from": "2027-01-01"}).day("gates.required_from") == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("report.due_day", "soon", "integer"),
        ("credit.finder_share", "a third", "decimal"),
        ("outreach.principal_quota", "1/0", "fraction"),
        ("report.clock_stops_at", "never", "choice"),
        ("report.reminder_days_before", "5,x", "integers"),
        ("some.flag", "maybe", "flag"),
        ("gates.required_from", "soon", "day"),
    ],
)
def test_a_value_of_another_type_is_an_error_that_names_the_setting(key: str, value: str, read: str) -> None:
    with pytest.raises(WrongSetting, match=key):
        getattr(DistrictSettings({key: value}), read)(key)


def test_an_unknown_setting_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"report\.moon"):
        DistrictSettings().text("report.moon")
