"""Hearings on the real PostgreSQL: what a briefing pack says, and what the clock does. All contents are fictional."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from services.outreach.domain.quota.events import QuotaDaysCounted, QuotaOpened, QuotaShortfallNoted
from services.outreach.domain.trip.events import TripCompleted
from services.outreach.domain.values import CountingRules, TripKind
from services.projects.domain.project.events import FundsRecognised, LightChanged, LightReason, ProjectStalled
from services.projects.domain.values import Light, Referee, Stage
from services.registry.domain.district.events import SettingChanged, SettingType
from services.registry.domain.unit.events import UnitKind, UnitRegistered, UnitRenamed
from services.reporting import directive_queries, hearing_queries
from services.reporting.arranging import first_hearing, schedulings
from services.reporting.briefing import pack_of, reporters
from services.reporting.deadlines import DEADLINES
from services.reporting.deciders import DIRECTIVE, HEARING
from services.reporting.domain.hearing.commands import PreparePack
from services.reporting.domain.hearing.pack import digest
from services.reporting.domain.hearing.values import Pack, ReportOutcome
from services.reporting.domain.report.commands import SignOff
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads
from tests.conftest import Database
from tests.integration.reporting_model import (
    ESTABLISHED,
    GROUP,
    LEAD_UNITS,
    MILLION,
    PROJECT,
    Bus,
    Log,
    back,
    begin,
    landed,
    lead,
    opened,
    read_model,
    signed,
)
from tests.unit.given import at
from tests.unit.reporting.directives import DONE, ISSUE, REGISTER
from tests.unit.reporting.given import DRAFT, LEADER, OTHER_REVIEW, REVIEW
from tests.unit.reporting.hearings import HELD

FINANCE, ZONE = "410804-U-finance", "410804-U-industry-zone"
HEARD = "410804-HD-2026-08"
UNTIL = at("2026-08-26 00:00")
PACKED = at("2026-08-26 06:00")


@pytest.fixture
def bus(database: Database) -> Iterator[Bus]:
    with read_model(database) as told:
        for unit, zh in (
            (LEAD_UNITS[0], "区发展改革委（模拟）"),
            (LEAD_UNITS[1], "区科工局（模拟）"),
            (FINANCE, "区财政局（模拟）"),
        ):
            told.tell(
                "registry", unit, at("2026-07-26 08:00"), UnitRegistered(zh, unit, UnitKind.DEPARTMENT, (), True, "x")
            )
        yield told


async def arranged(bus: Bus, reads: Reads) -> Log:
    """Groups report since August, and the first hearing is that of August."""
    log = await begin(bus, reads)
    stream, command = await first_hearing(reads, log.now, "410804", None, "clock")
    assert stream == HEARD
    log.carry_out(stream, command, HEARING)
    return log


async def clock(reads: Reads, log: Log, until: datetime) -> Counter[str]:
    """The clock's rounds until nothing is due: what they caused."""
    told = Counter[str]()
    for _ in range(300):
        due = await DEADLINES.due(reads, until)
        if not due:
            return told
        assert [row["due_at"] for row in due] == sorted(row["due_at"] for row in due)
        for row in due:
            decider, stream, command = DEADLINES.command(row, until)
            log.now = max(log.now, row["due_at"])
            told.update(log.carry_out(stream, command, decider))
    raise AssertionError("the clock finds no end")


async def packed(reads: Reads, as_of: datetime = PACKED) -> Pack:
    row = await hearing_queries.one(reads, HEARD)
    assert row is not None
    return await pack_of(reads, row, as_of)


def a_trip(days: int) -> TripCompleted:
    when = tuple(date(2026, 8, 10 + n) for n in range(days))
    rules = CountingRules(1, ("meeting",))
    return TripCompleted(
        traveller="410804-N-fin",
        unit=FINANCE,
        group=None,
        kind=TripKind.INVESTMENT,
        starts_on=when[0],
        ends_on=when[-1],
        visits=2,
        counted_days=when,
        result="对接企业（模拟）",
        in_time=True,
        due_on=date(2026, 8, 20),
        filed_by="410804-N-fin",
        filed_on=date(2026, 8, 14),
        rules=rules,
    )


async def test_each_group_and_each_lead_and_responsible_unit_is_to_report(bus: Bus, reads: Reads) -> None:
    """三(一): derived from the roster, never typed twice."""
    assert await reporters(reads, at("2026-08-01 09:00")) == (GROUP, "410804-G-2", *sorted((*LEAD_UNITS, FINANCE)))
    assert await reporters(reads, at("2020-06-30 09:00")) == (GROUP, "410804-G-2")


async def test_a_pack_counts_what_was_recorded_since_the_hearing_before(bus: Bus, reads: Reads) -> None:
    """三(一): by when it was recorded; what came before or after belongs to the other hearings."""
    await arranged(bus, reads)
    before, within, after = at("2026-06-25 23:59"), at("2026-08-10 09:00"), UNTIL
    bus.tell("projects", "410804-L-2026-0001", within, lead())
    bus.tell("projects", PROJECT, before, opened())
    bus.tell("projects", PROJECT, within, signed(50 * MILLION), landed(), back(Stage.LANDED, Stage.SIGNED))
    bus.tell("projects", "410804-P-2026-0002", before, opened(), signed(3 * MILLION))
    bus.tell("projects", "410804-P-2026-0002", within, landed())
    recognised = FundsRecognised(
        1, 9 * MILLION, 7 * MILLION, "2026-08", (), Referee.COMMERCE_BUREAU, "0" * 64, within.date(), "x"
    )
    bus.tell("projects", "410804-P-2026-0002", within, recognised)
    bus.tell("projects", "410804-P-2026-0003", after, opened(), signed(MILLION))
    pack = await packed(reads)
    first, second = pack.groups
    assert (first.results.leads, first.results.signed, first.results.landed) == (1, 1, 1)
    assert (first.results.signed_amount, first.results.funds_recognised) == (50 * MILLION, 7 * MILLION)
    assert (second.results.leads, second.results.signed_amount) == (0, Decimal(0))
    finder = next(one for one in pack.units if one.unit == LEAD_UNITS[0])
    assert finder.results == first.results
    assert (finder.zh, finder.groups) == ("区发展改革委（模拟）", (GROUP, "410804-G-2"))
    assert sum(one.results.signed for one in pack.units) == 1


async def test_a_pack_names_projects_that_stand_still_or_are_not_green(bus: Bus, reads: Reads) -> None:
    """三(五): what needs a word of the leaders."""
    await arranged(bus, reads)
    day = at("2026-08-10 09:00")
    reason = (LightReason("no_progress", "停滞60天", "no progress"),)
    red = LightChanged(Light.RED, Light.GREEN, reason, "1", day.date(), GROUP, LEAD_UNITS[0])
    bus.tell("projects", PROJECT, day, opened(), red)
    stalled = ProjectStalled(Stage.NEGOTIATING, date(2026, 6, 1), 60, 60, GROUP, LEAD_UNITS[0], "1")
    bus.tell("projects", "410804-P-2026-0002", day, opened(), stalled)
    bus.tell("projects", "410804-P-2026-0003", day, opened())
    pack = await packed(reads)
    assert [(one.project, one.light, one.stalled_since, one.reasons_zh) for one in pack.projects] == [
        (PROJECT, "red", None, ("停滞60天",)),
        ("410804-P-2026-0002", "green", date(2026, 6, 1), ()),
    ]
    assert [(one.red, one.stalled) for one in pack.groups] == [(1, 1), (0, 0)]


async def test_a_pack_tells_of_the_principal_heads_time_outside(bus: Bus, reads: Reads) -> None:
    """三(一): trips, counted days and the shortfall that was noted."""
    await arranged(bus, reads)
    day, person = at("2026-08-14 09:00"), "410804-N-fin"
    quota = QuotaOpened(
        person, "示例局长（模拟）", FINANCE, 2026, date(2026, 1, 1), date(2026, 12, 31), Decimal("0.25"),
        "calendar_days_in_post", 365, 92,
    )  # fmt: skip
    counted = QuotaDaysCounted(person, FINANCE, 2026, "410804-T-2026-0001", (), 3, 0, 92)
    noted = QuotaShortfallNoted(person, FINANCE, 2026, date(2026, 7, 31), 3, 92, 53, 10, 82, 0)
    bus.tell("outreach", "410804-Q-2026-fin", day, quota, counted, noted)
    bus.tell("outreach", "410804-T-2026-0001", day, a_trip(3))
    bus.tell("outreach", "410804-T-2026-0002", UNTIL, a_trip(1))
    unit = next(one for one in (await packed(reads)).units if one.unit == FINANCE)
    (head,) = unit.heads
    assert (unit.trips, head.trips, head.counted_days) == (1, 1, 3)
    assert (head.counted_in_year, head.required_by_now, head.shortfall_days) == (3, 53, 82)


async def test_the_clock_prepares_the_pack_once_the_reports_have_been_judged(bus: Bus, reads: Reads) -> None:
    """三(一), 三(三): a report that was missed at the end of the covered day is missing in the pack; the pack in the
    event is the pack that is read, and its digest says so."""
    log = await arranged(bus, reads)
    told = await clock(reads, log, at("2026-08-26 09:00"))
    assert told["DeadlineMissed"] == 2
    assert told["BriefingPackPrepared"] == 1
    row = await hearing_queries.one(reads, HEARD)
    assert row is not None
    stored = await hearing_queries.pack(reads, HEARD, 1)
    assert stored is not None
    pack = await packed(reads)
    assert (stored["sha256"], stored["as_of"], stored["prepared_by"]) == (digest(pack), PACKED, "clock")
    assert {one.outcome for one in pack.reports} == {ReportOutcome.MISSING}
    assert [one.reports_missing for one in pack.groups] == [1, 1]
    assert {one.unit: one.contributions_missing for one in pack.units}[FINANCE] == 2
    assert [one["group"] for one in stored["content"]["groups"]] == [GROUP, "410804-G-2"]


async def test_a_report_handed_in_after_it_was_missed_is_late(bus: Bus, reads: Reads) -> None:
    log = await arranged(bus, reads)
    await clock(reads, log, at("2026-08-26 00:00"))
    for command in (DRAFT, REVIEW, OTHER_REVIEW):
        log.carry_out("410804-R-2026-08-G1", replace(command, at=at("2026-08-26 01:00")))
    log.carry_out("410804-R-2026-08-G1", SignOff(at("2026-08-26 02:00"), LEADER, True, LEAD_UNITS))
    outcomes = {one.group: one.outcome for one in (await packed(reads)).reports}
    assert outcomes == {GROUP: ReportOutcome.LATE, "410804-G-2": ReportOutcome.MISSING}


async def test_a_year_has_six_hearings_that_follow_without_gap(bus: Bus, reads: Reads) -> None:
    """三(一) 每双月: scheduled and briefed by the clock, caught up hearing by hearing."""
    log = await arranged(bus, reads)
    until = at("2027-08-27 00:00")
    told = await clock(reads, log, until)
    assert (told["HearingScheduled"], told["BriefingPackPrepared"]) == (7, 7)
    rows = [
        row for row in reversed(await hearing_queries.all_of(reads)) if row["covers_until"] <= at("2027-08-27 00:00")
    ]
    assert [(row["year"], row["month"], row["number"]) for row in rows] == [
        *[(2026, 8, 4), (2026, 10, 5), (2026, 12, 6)],
        *[(2027, 2, 1), (2027, 4, 2), (2027, 6, 3), (2027, 8, 4)],
    ]
    for before, after in pairwise(rows):
        assert before["covers_until"] == after["covers_from"]


async def test_a_setting_that_cannot_be_read_stops_no_hearing(bus: Bus, reads: Reads) -> None:
    log = await arranged(bus, reads)
    bus.tell("registry", "410804-D", at("2026-07-01 09:00"), ESTABLISHED)
    bus.tell("registry", "410804-D", at("2026-08-01 09:00"), changed("hearing.months", "3,9"))
    (row,) = await schedulings(reads, UNTIL)
    assert row["stream"] == "410804-HD-2026-09"
    bus.tell("registry", "410804-D", at("2026-08-01 09:00"), changed("hearing.months", "13"))
    (row,) = await schedulings(reads, UNTIL)
    assert row["stream"] == "410804-HD-2026-10"
    with pytest.raises(Problem, match="already-hearing"):
        await first_hearing(reads, log.now, "410804", None, "x")


def changed(key: str, value: str) -> SettingChanged:
    return SettingChanged(key, value, SettingType.LIST, (), "三（一）", False, None, "试")


@pytest.mark.parametrize(
    ("month", "now", "code"),
    [
        ("2026-09", "2026-07-26 08:00", "no-hearing-month"),
        ("2026-06", "2026-07-26 08:00", "hearing-past"),
    ],
)
async def test_the_first_hearing_is_one_that_has_something_to_cover(
    bus: Bus, reads: Reads, month: str, now: str, code: str
) -> None:
    with pytest.raises(Problem, match=code):
        await first_hearing(reads, at(now), "410804", month, "x")


async def test_a_directive_is_reminded_of_and_overdue_by_the_clock_once_and_shown_in_the_pack(
    bus: Bus, reads: Reads
) -> None:
    """三(五): DirectiveOverdue exactly once; who has handed in what is done waits for the supervision office."""
    log = await arranged(bus, reads)
    due = replace(ISSUE, at=at("2026-08-01 09:00"), due_on=date(2026, 8, 20))
    for stream in ("410804-V-2026-0001", "410804-V-2026-0002"):
        log.carry_out(stream, replace(REGISTER, hearing=HEARD), DIRECTIVE)
        log.carry_out(stream, due, DIRECTIVE)
    log.carry_out("410804-V-2026-0002", replace(DONE, at=at("2026-08-19 09:00")), DIRECTIVE)
    assert (await clock(reads, log, at("2026-08-20 09:00")))["DirectiveReminderDue"] == 2, "one owner, twice"
    told = await clock(reads, log, at("2026-08-26 09:00"))
    assert (told["DirectiveReminderDue"], told["DirectiveOverdue"]) == (0, 1)
    assert (await clock(reads, log, at("2026-08-26 10:00")))["DirectiveOverdue"] == 0
    pack = await packed(reads)
    assert [(one.directive, one.status, one.overdue) for one in pack.directives] == [
        ("410804-V-2026-0001", "issued", True),
        ("410804-V-2026-0002", "answered", False),
    ]
    finance = next(one for one in pack.units if one.unit == FINANCE)
    assert (finance.directives_open, finance.directives_overdue) == (2, 1)
    assert [(one.directives_open, one.directives_overdue) for one in pack.groups] == [(2, 1), (0, 0)]
    overdue = await directive_queries.find(reads, overdue=True)
    assert [row["stream"] for row in overdue] == ["410804-V-2026-0001"]
    assert len(await directive_queries.find(reads, owner=FINANCE, only_open=True)) == 2
    assert await directive_queries.find(reads, group="410804-G-2") == []


async def test_once_a_hearing_was_held_no_pack_is_due_any_more(bus: Bus, reads: Reads) -> None:
    log = await arranged(bus, reads)
    early = at("2026-08-25 09:00")
    log.carry_out(HEARD, PreparePack(await packed(reads, early), "x"), HEARING)
    log.carry_out(HEARD, replace(HELD, held_on=early.date(), today=early.date(), attended=(GROUP,)), HEARING)
    assert (await clock(reads, log, at("2026-08-27 00:00")))["BriefingPackPrepared"] == 0


async def test_a_unit_is_shown_under_its_present_name(bus: Bus, reads: Reads) -> None:
    await arranged(bus, reads)
    renamed: Any = UnitRenamed("区财政金融局（模拟）", "Finance", "区财政局（模拟）", date(2026, 8, 1), "机构改革")
    bus.tell("registry", FINANCE, at("2026-08-01 09:00"), renamed)
    assert {one.unit: one.zh for one in (await packed(reads)).units}[FINANCE] == "区财政金融局（模拟）"
