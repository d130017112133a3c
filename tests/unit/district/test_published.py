"""Settings, calendars, units and groups: from the registry's events to rows, and from rows to what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.sql import Executable

from sevenx.district.published import published_calendars, published_settings
from sevenx.district.units import units_and_groups
from sevenx.kernel.avro import catalog
from sevenx.kernel.projection import READ, Changes, Projections
from sevenx.kernel.reads import Reads
from tests.unit.portal_read_model.samples import event_of

DISTRICT, UNIT, GROUP = "410804-D", "410804-U-finance", "410804-G-1"
METADATA = MetaData(schema=READ)
SETTINGS, CALENDARS, UNITS = published_settings(METADATA), published_calendars(METADATA), units_and_groups(METADATA)
SCHEMAS = {schema.name: schema for schema in catalog().schemas() if schema.namespace == "registry"}


class Rows(Reads):
    """A read model of these rows, whatever is asked."""

    def __init__(self, *rows: Mapping[str, Any]) -> None:
        super().__init__(create_async_engine("postgresql+psycopg://nowhere"))
        self._rows = rows

    async def rows(self, _: Executable) -> list[Mapping[str, Any]]:
        return list(self._rows)


def written(projections: Projections, table: Table, *events: tuple[str, str, Mapping[str, Any]]) -> list[Any]:
    """The rows that events (name, stream, fields) leave in a table, as mappings by column name."""
    changes = Changes()
    for version, (name, stream, said) in enumerate(events, 1):
        projections.apply(event_of(SCHEMAS[name], "registry", stream, version, **said), changes)
    keys = [column.name for column in table.primary_key]
    return [{**dict(zip(keys, key, strict=True)), **row.values} for key, row in changes.by_table[table].items()]


async def test_the_last_published_value_of_a_setting_holds() -> None:
    values = [("SettingChanged", DISTRICT, {"key": "report.due_day", "value": value}) for value in ("20", "24")]
    rows = written(SETTINGS.projections, SETTINGS.setting, *values)
    assert rows == [{"stream": DISTRICT, "key": "report.due_day", "value": "24"}]
    settings = await SETTINGS.load(Rows(*rows))
    assert settings.integer("report.due_day") == 24
    assert settings.integer("report.contribution_day") == 20, "what was not published has its default"


async def test_a_published_year_comes_back_with_the_days_that_were_told() -> None:
    off, worked = date(2026, 9, 25), date(2026, 9, 20)
    said = {"year": 2026, "provisional": False, "days_off": [off], "workdays": [worked], "source": "模拟"}
    rows = written(CALENDARS.projections, CALENDARS.calendar_year, ("CalendarPublished", DISTRICT, said))
    assert rows[0]["days_off"] == ["2026-09-25"]
    calendar = await CALENDARS.load(Rows(*rows))
    assert not calendar.is_working_day(off)
    assert calendar.is_working_day(worked)
    assert not calendar.is_provisional(off)
    assert calendar.is_provisional(date(2027, 9, 24)), "nothing was published for that year"


def test_a_unit_keeps_its_kind_when_it_is_renamed() -> None:
    named = ("UnitRegistered", UNIT, {"zh": "财政局", "en": "Finance", "kind": "department"})
    renamed = ("UnitRenamed", UNIT, {"zh": "财政和金融局", "en": "Finance Bureau"})
    assert written(UNITS.projections, UNITS.unit, named, renamed) == [
        {"stream": UNIT, "zh": "财政和金融局", "en": "Finance Bureau", "kind": "department"}
    ]


def test_a_group_has_its_number_and_its_names() -> None:
    formed = ("GroupFormed", GROUP, {"number": 1, "zh": "招商一组", "en": "Group One"})
    assert written(UNITS.projections, UNITS.work_group, formed) == [
        {"stream": GROUP, "number": 1, "zh": "招商一组", "en": "Group One"}
    ]
