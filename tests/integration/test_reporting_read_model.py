"""Reporting's read model on the real PostgreSQL: figures summed from projects' own events, and a report's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from services.projects.domain.lead.events import LeadRegistered
from services.projects.domain.project.events import (
    FundsChecked,
    FundsReversed,
    ProjectLanded,
    ProjectOpened,
    ProjectSigned,
    StageCorrected,
)
from services.projects.domain.values import LeadSource, Origin, Party, ProjectType, Referee, Stage
from services.registry.domain.district.events import (
    CalendarPublished,
    ClockKind,
    DistrictEstablished,
    Level,
    SettingChanged,
    SettingType,
)
from services.registry.domain.group.events import GroupFormed, LeadUnitAssigned, ResponsibleUnitAssigned, TargetSet
from services.reporting import queries
from services.reporting.deadlines import DEADLINES, OPENING
from services.reporting.deciders import REPORT
from services.reporting.domain.periods import Period
from services.reporting.domain.report import commands as c
from services.reporting.domain.report.values import Figure, Indicator
from services.reporting.figures import figures_of
from services.reporting.ids import report_id
from services.reporting.opening import first_openings
from services.reporting.projections import CLOSING_AREAS, DRAFT, FROZEN, projections
from services.reporting.reactions import follow_calendar, freeze_closed_periods
from sevenx.kernel import read_schema
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7
from sevenx.kernel.errors import Problem, Rejection
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads, reads_engine
from sevenx.kernel.row_writer import write_changes
from sevenx.kernel.topics import PARTITIONS
from tests.conftest import Database, SharedPostgres
from tests.unit.reporting.given import ACCEPT, BUREAU, LEADER, LIAISON, at

GROUP, PROJECT = "410804-G-1", "410804-P-2026-0001"
LEAD_UNITS = ("410804-U-development-reform", "410804-U-science-industry")
ENDS = at("2026-08-26 00:00")
MILLION = Decimal(1_000_000)
INVESTOR = Party("示例铝业有限公司（模拟）")


class Bus:
    """Events as they come back from the bus, applied to the read model one by one."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._versions: Counter[str] = Counter()

    def tell(self, area: str, stream: str, when: datetime, *events: Any) -> list[Recorded]:
        told = []
        for event in events:
            self._versions[stream] += 1
            meta = Meta(
                GENESIS,
                uuid7(),
                self._versions[stream],
                "410804",
                stream,
                when,
                when,
                "t",
                None,
                bytes(32),
                bytes(16),
                None,
            )
            read = catalog().decode(area, catalog().encode(area, event, meta))
            changes = Changes()
            projections.apply(read, changes)
            with self._connection.transaction():
                write_changes(self._connection, changes, READ)
            told.append(read)
        return told


class Log:
    """The desk of a reaction or of the clock: decides at once and tells the read model."""

    def __init__(self, bus: Bus) -> None:
        self._bus, self.states = bus, dict[str, Any]()
        self.now = at("2026-07-26 08:00")

    async def give(self, decider: Any, stream: str, command: Any) -> None:
        assert decider is REPORT
        self.carry_out(stream, command)

    def carry_out(self, stream: str, command: Any) -> list[str]:
        state = self.states.get(stream, REPORT.initial)
        decided = REPORT.decide(command, state)
        assert not isinstance(decided, Rejection), decided
        self._bus.tell("reporting", stream, self.now, *decided)
        self.states[stream] = REPORT.fold(decided, state)
        return [type(one).__name__ for one in decided]


@pytest.fixture(scope="module")
def database(postgres: SharedPostgres) -> Database:
    return postgres.create_database("reporting")


@pytest.fixture
def bus(database: Database) -> Iterator[Bus]:
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        read_schema.create(connection, projections, READ)
        told = Bus(connection)
        roster(told)
        yield told


@pytest.fixture
async def reads(database: Database) -> AsyncIterator[Reads]:
    opened = Reads(reads_engine(database.owner_url))
    yield opened
    await opened.engine.dispose()


def roster(bus: Bus) -> None:
    since, when = date(2020, 7, 1), at("2026-07-26 08:00")
    for number in (1, 2):
        bus.tell(
            "registry",
            f"410804-G-{number}",
            when,
            GroupFormed(number, f"招商{number}组", f"Group {number}", "一", since, True),
            LeadUnitAssigned(LEAD_UNITS[0], "区发改委", None, 1, since),
            LeadUnitAssigned(LEAD_UNITS[1], "区科工局", None, 2, since),
            ResponsibleUnitAssigned("410804-U-finance", "区财政局", 1, since),
        )


async def begin(bus: Bus, reads: Reads) -> Log:
    log = Log(bus)
    for stream, command in await first_openings(reads, log.now, None, None):
        log.carry_out(stream, command)
    return log


ESTABLISHED = DistrictEstablished(
    code="410804",
    zh="马村区",
    en="Macun District",
    level=Level.DISTRICT,
    city_code="410800",
    city_zh="焦作市",
    clock=ClockKind.WALL,
    simulated_from=None,
)


def lead() -> LeadRegistered:
    return LeadRegistered(
        title="铝精深加工（模拟数据）",
        intent="新建生产线",
        investor=INVESTOR,
        origin=Origin.PROVINCE_EXTERNAL,
        origin_place="江苏",
        source=LeadSource.OWN_VISIT,
        industry="aluminium",
        group=GROUP,
        finder=LEAD_UNITS[0],
        registered_on=date(2026, 8, 3),
        registered_by=LIAISON,
    )


def opened() -> ProjectOpened:
    return ProjectOpened(
        lead="410804-L-2026-0001",
        name="铝精深加工（模拟数据）",
        project_type=ProjectType.NEW_LAND,
        content="新建生产线",
        investor=INVESTOR,
        origin=Origin.PROVINCE_EXTERNAL,
        origin_place="江苏",
        industry="aluminium",
        group=GROUP,
        finder=LEAD_UNITS[0],
        opened_on=date(2026, 8, 3),
        opened_by=LIAISON,
    )


def signed(amount: Decimal) -> ProjectSigned:
    return ProjectSigned("H-1", "合同（模拟）", "0" * 64, amount, date(2026, 8, 10), LIAISON, (), "1")


def landed() -> ProjectLanded:
    return ProjectLanded("410804-U-industry-zone", date(2026, 8, 12), LIAISON, (), "1")


def back(before: Stage, after: Stage) -> StageCorrected:
    return StageCorrected(before, after, "录入有误", date(2026, 8, 20), LIAISON)


def by(figures: Sequence[Figure]) -> dict[Indicator, Decimal]:
    return {one.indicator: one.month for one in figures}


async def month(reads: Reads, period: str = "2026-08", group: str = GROUP) -> dict[Indicator, Figure]:
    row = await queries.one_report(reads, report_id(group, Period.parse(period)))
    assert row is not None
    return {one.indicator: one for one in await figures_of(reads, row)}


async def test_a_months_figures_are_those_of_the_projects_events(bus: Bus, reads: Reads) -> None:
    """三(三): drafted from events; monthly funds are the first-checked."""
    await begin(bus, reads)
    day = at("2026-08-10 09:00")
    bus.tell("projects", "410804-L-2026-0001", day, lead())
    bus.tell("projects", PROJECT, day, opened(), signed(50 * MILLION), landed())
    referee = Referee.COMMERCE_BUREAU
    checked = FundsChecked(1, 9 * MILLION, 8 * MILLION, "2026-08", day.date(), BUREAU, referee)
    reversed_ = FundsReversed(1, 3 * MILLION, Decimal(0), 5 * MILLION, Decimal(0), "回流", day.date(), BUREAU, referee)
    bus.tell("projects", PROJECT, day, checked, reversed_)
    bus.tell("registry", GROUP, day, TargetSet(2026, "signed_amount", 200 * MILLION, "yuan", None))
    bus.tell("registry", GROUP, day, TargetSet(2026, "signed_amount", 20 * MILLION, "yuan", LEAD_UNITS[0]))
    found = await month(reads)
    assert by(list(found.values())) == {
        Indicator.LEADS: 1,
        Indicator.SIGNED_COUNT: 1,
        Indicator.SIGNED_AMOUNT: 50 * MILLION,
        Indicator.LANDED_COUNT: 1,
        Indicator.STARTED_COUNT: 0,
        Indicator.PRODUCED_COUNT: 0,
        Indicator.FUNDS_IN_PLACE: 5 * MILLION,
    }
    amount = found[Indicator.SIGNED_AMOUNT]
    assert (amount.target, amount.completion, amount.last_year) == (200 * MILLION, Decimal("0.25"), None)
    assert not any(by(list((await month(reads, group="410804-G-2")).values())).values())


async def test_the_same_month_last_year_is_told_where_the_log_reaches_back(bus: Bus, reads: Reads) -> None:
    """三(三) 同比: null where nothing was recorded then, and not nought."""
    await begin(bus, reads)
    bus.tell("projects", PROJECT, at("2026-08-10 09:00"), opened(), signed(MILLION))
    assert (await month(reads))[Indicator.SIGNED_AMOUNT].last_year is None
    bus.tell("projects", "410804-P-2025-0001", at("2025-08-10 09:00"), opened(), signed(3 * MILLION))
    found = await month(reads)
    assert found[Indicator.SIGNED_AMOUNT].last_year == 3 * MILLION
    assert found[Indicator.SIGNED_AMOUNT].cumulative == MILLION
    assert found[Indicator.LANDED_COUNT].last_year == 0


async def test_an_event_after_the_cut_off_counts_in_the_next_period_and_in_the_year(bus: Bus, reads: Reads) -> None:
    """三(三): the 26th to the 25th; 1-N月累计 from the first of January."""
    log = await begin(bus, reads)
    bus.tell("projects", PROJECT, at("2026-08-25 23:59"), opened(), signed(MILLION))
    bus.tell("projects", PROJECT, ENDS, landed())
    august = await month(reads)
    assert (august[Indicator.SIGNED_COUNT].month, august[Indicator.LANDED_COUNT].month) == (1, 0)
    (opening,) = [row for row in await DEADLINES.due(reads, ENDS) if row["stream"].endswith("09-G1")]
    log.carry_out(opening["stream"], opening["command"])
    september = await month(reads, "2026-09")
    assert (september[Indicator.SIGNED_COUNT].month, september[Indicator.SIGNED_COUNT].cumulative) == (0, 1)
    assert (september[Indicator.LANDED_COUNT].month, september[Indicator.LANDED_COUNT].cumulative) == (1, 1)


async def test_a_stage_taken_back_takes_back_what_it_had_counted(bus: Bus, reads: Reads) -> None:
    """A stage is taken back by a correcting event, and signed anew with another amount."""
    await begin(bus, reads)
    day = at("2026-08-10 09:00")
    bus.tell("projects", PROJECT, day, opened(), signed(50 * MILLION), landed())
    bus.tell("projects", PROJECT, day, back(Stage.LANDED, Stage.NEGOTIATING), signed(40 * MILLION))
    found = by(list((await month(reads)).values()))
    assert (found[Indicator.SIGNED_COUNT], found[Indicator.SIGNED_AMOUNT]) == (1, 40 * MILLION)
    assert found[Indicator.LANDED_COUNT] == 0


async def test_the_order_in_which_streams_arrive_does_not_matter(bus: Bus, reads: Reads) -> None:
    """A report, a project and its group may be read in any order."""
    bus.tell("projects", PROJECT, at("2026-08-10 09:00"), opened(), signed(MILLION))
    await begin(bus, reads)
    assert (await month(reads))[Indicator.SIGNED_AMOUNT].month == MILLION


def close(bus: Bus, as_of: datetime, areas: Sequence[str]) -> list[Recorded]:
    """The markers of every partition of the areas."""
    return [
        bus.tell(area, f"410804-PC-{area}-{n}", as_of, PeriodClosed(as_of, "month", "2026-08", n))[0]
        for area in areas
        for n in range(PARTITIONS)
    ]


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


async def test_a_report_is_shown_with_its_path_its_claims_and_its_restatement(bus: Bus, reads: Reads) -> None:
    """三(三): each step an event; both numbers of a claim and of a restatement stay."""
    log = await begin(bus, reads)
    stream = report_id(GROUP, Period(2026, 8))
    log.now = at("2026-08-20 09:00")
    claims = (c.Claim(Indicator.SIGNED_COUNT, Decimal(1), "在途"),)
    figures = tuple((await month(reads)).values())
    log.carry_out(stream, c.DraftReport(log.now, LIAISON, "情况", figures, claims))
    for unit, head in zip(LEAD_UNITS, ("h1", "h2"), strict=True):
        log.carry_out(stream, c.ReviewReport(log.now, head, unit, LEAD_UNITS))
    sign = c.SignOff(log.now, LEADER, as_leader=True, lead_units=LEAD_UNITS)
    log.carry_out(stream, sign)
    log.carry_out(stream, c.ReturnReport(BUREAU, ("请核对",)))
    log.carry_out(stream, c.DraftReport(log.now, LIAISON, "更正后情况", figures))
    for unit, head in zip(LEAD_UNITS, ("h1", "h2"), strict=True):
        log.carry_out(stream, c.ReviewReport(log.now, head, unit, LEAD_UNITS))
    log.carry_out(stream, replace(sign, at=log.now + timedelta(hours=1)))
    log.carry_out(stream, ACCEPT)
    assert await queries.deadlines(reads, ENDS) == [
        one for one in await queries.deadlines(reads, ENDS) if one["stream"] != stream or one["name"] == "contributions"
    ]
    for mark in close(bus, ENDS, CLOSING_AREAS):
        await freeze_closed_periods(mark, reads, log)
    correction = (c.Correction(Indicator.SIGNED_COUNT, Decimal(2)),)
    log.carry_out(stream, c.RestateReport("410804-N-x", "补录", ("projects/410804-P-2026-0001@2",), correction))
    row = await queries.named_report(reads, stream)
    assert row is not None
    assert (row["status"], row["submission"], row["missed"], row["late_seconds"]) == ("accepted", 2, False, 0)
    assert (row["group_zh"], row["narrative"], row["restatements"]) == ("招商1组", "更正后情况", 1)
    assert [one["claimed"] for one in await queries.stated_figures(reads, stream, DRAFT)] == [None] * len(Indicator)
    frozen = {one["indicator"]: one for one in await queries.stated_figures(reads, stream, FROZEN)}["signed_count"]
    assert (frozen["month"], frozen["before_restatement"]) == (2, 0)
    path = [one["step"] for one in await queries.steps(reads, stream)]
    assert path == [
        *["opened", "drafted", "reviewed", "reviewed", "signed_off", "submitted", "returned"],
        *["drafted", "reviewed", "reviewed", "signed_off", "submitted", "accepted", "frozen", "restated"],
    ]
    (period,) = await queries.periods(reads)
    assert (period["reports"], period["submitted"], period["accepted"], period["frozen"]) == (2, 1, 1, 2)


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
