"""Periods by the clock on the real PostgreSQL: freezing, opening, settings, calendars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from services.registry.domain.district.events import (
    CalendarPublished,
    SettingChanged,
    SettingType,
)
from services.reporting import queries
from services.reporting.deadlines import DEADLINES, OPENING
from services.reporting.domain.periods import Period
from services.reporting.ids import report_id
from services.reporting.opening import first_openings
from services.reporting.projections import CLOSING_AREAS, FROZEN
from services.reporting.reactions import follow_calendar, freeze_closed_periods
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads
from sevenx.kernel.topics import PARTITIONS
from tests.conftest import Database
from tests.integration.reporting_model import (
    ENDS,
    ESTABLISHED,
    GROUP,
    MILLION,
    PROJECT,
    Bus,
    Log,
    begin,
    close,
    landed,
    opened,
    read_model,
    signed,
)
from tests.unit.given import at


@pytest.fixture
def bus(database: Database) -> Iterator[Bus]:
    with read_model(database) as told:
        yield told


async def test_figures_freeze_when_the_last_area_has_closed_and_not_before(bus: Bus, reads: Reads) -> None:
    """Closing a period: a freeze waits for all areas and records the cut it used."""
    log = await begin(bus, reads)
    stream = report_id(GROUP, Period(2026, 8))
    bus.tell("projects", PROJECT, at("2026-08-10 09:00"), opened(), signed(MILLION))
    marks = close(bus, ENDS, CLOSING_AREAS[:-1])
    await freeze_closed_periods(marks[-1], reads, log)
    assert log.states[stream].frozen is None
    marks = close(bus, ENDS, CLOSING_AREAS[-1:])
    bus.tell("projects", PROJECT, ENDS + timedelta(hours=1), landed())
    for mark in marks:
        await freeze_closed_periods(mark, reads, log)
    row = await queries.one_report(reads, stream)
    assert row is not None
    assert row["frozen"]
    assert {(one["area"], one["partition"]) for one in row["cut"]} == {
        (area, n) for area in CLOSING_AREAS for n in range(PARTITIONS)
    }
    frozen = {one["indicator"]: one["month"] for one in await queries.stated_figures(reads, stream, FROZEN)}
    assert (frozen["signed_count"], frozen["landed_count"]) == (1, 0)


async def test_a_year_is_opened_and_judged_period_by_period(bus: Bus, reads: Reads) -> None:
    """A missed tick is caught up, each deadline exactly once: seven reports nobody writes, here two."""
    log = await begin(bus, reads)
    until, told = at("2027-08-01 00:00"), Counter[str]()
    for _ in range(200):
        due = await DEADLINES.due(reads, until)
        if not due:
            break
        assert [row["due_at"] for row in due] == sorted(row["due_at"] for row in due)
        for row in due:
            _, stream, command = DEADLINES.command(row, until)
            told.update(log.carry_out(stream, command))
    opened_ = await queries.reports(reads, of_group=GROUP)
    assert [row["period"] for row in reversed(opened_)] == [
        f"{year}-{n:02d}" for year, n in [(2026, n) for n in range(8, 13)] + [(2027, n) for n in range(1, 9)]
    ]
    assert all(row["missed"] for row in opened_ if row["due_at"] <= until)
    assert told["DeadlineMissed"] == 2 * 12
    assert told["ContributionOverdue"] == 2 * 12
    ends = {row["period"]: row["ends_at"] for row in opened_}
    assert ends["2026-12"] == at("2027-01-01 00:00")
    assert {row["period"]: row["starts_at"] for row in opened_}["2027-01"] == ends["2026-12"]


async def test_a_changed_setting_holds_from_the_next_period_on_and_leaves_no_gap(bus: Bus, reads: Reads) -> None:
    """Settings are recorded at the opening; an unreadable one does not stop the clock."""
    log = await begin(bus, reads)

    def change(key: str, value: str) -> None:
        changed = SettingChanged(key, value, SettingType.INT, (), "三（三）", False, None, "试")
        bus.tell("registry", "410804-D", at("2026-08-01 09:00"), changed)

    bus.tell("registry", "410804-D", at("2026-07-01 09:00"), ESTABLISHED)
    change("report.period_last_day", "20")
    (opening, _) = [row for row in await DEADLINES.due(reads, ENDS) if row["name"] == OPENING]
    dates = opening["command"].schedule
    assert (dates.starts_at, dates.ends_at) == (ENDS, at("2026-09-21 00:00"))
    change("report.due_day", "0")
    (opening, _) = [row for row in await DEADLINES.due(reads, ENDS) if row["name"] == OPENING]
    assert opening["command"].schedule.rules.period_last_day == 25
    with pytest.raises(Problem, match="wrong-setting"):
        await first_openings(reads, log.now, None, None)


async def test_a_published_calendar_moves_the_due_day_of_open_reports(bus: Bus, reads: Reads) -> None:
    """Calendar: provisional until published, then recalculated by an event."""
    log = await begin(bus, reads)
    stream = report_id(GROUP, Period(2026, 8))
    row = await queries.one_report(reads, stream)
    assert row is not None
    assert row["provisional"]
    off = (date(2026, 8, 25),)
    (told,) = bus.tell(
        "registry", "410804-D", at("2026-08-01 09:00"), CalendarPublished(2026, False, off, (), "国办发明电（模拟）")
    )
    await follow_calendar(told, reads, log)
    row = await queries.one_report(reads, stream)
    assert row is not None
    assert (row["due_day"], row["provisional"]) == (date(2026, 8, 26), False)
    assert {one["due_at"] for one in await queries.deadlines(reads) if one["name"] == "due"} == {at("2026-08-27 00:00")}


async def test_the_first_period_is_opened_for_groups_that_do_not_report_yet(bus: Bus, reads: Reads) -> None:
    log = Log(bus)
    with pytest.raises(Problem, match="unknown-group"):
        await first_openings(reads, log.now, None, ["410804-G-9"])
    log = await begin(bus, reads)
    with pytest.raises(Problem, match="already-reporting"):
        await first_openings(reads, at("2026-08-26 09:00"), None, None)
    assert [stream for stream, _ in await first_openings(reads, log.now, "2026-08", ["410804-G-2"])] == [
        "410804-R-2026-08-G2"
    ]
