"""A month's figures on the real PostgreSQL, summed from projects' own events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from services.projects.domain.project.events import (
    BaselineApproved,
    FundsChecked,
    FundsReversed,
)
from services.projects.domain.values import Referee, Stage
from services.registry.domain.group.events import TargetSet
from services.reporting.deadlines import DEADLINES
from services.reporting.domain.report.values import Indicator
from sevenx.kernel.reads import Reads
from tests.conftest import Database
from tests.integration.reporting_model import (
    ENDS,
    GROUP,
    LEAD_UNITS,
    MILLION,
    PROJECT,
    Bus,
    amended,
    back,
    begin,
    by,
    landed,
    lead,
    month,
    opened,
    read_model,
    signed,
)
from tests.unit.given import at
from tests.unit.projects.ledgers import baselined
from tests.unit.reporting.given import BUREAU


@pytest.fixture
def bus(database: Database) -> Iterator[Bus]:
    with read_model(database) as told:
        yield told


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


async def test_a_project_of_an_old_ledger_counts_in_no_month(bus: Bus, reads: Reads) -> None:
    """历史台账 come in with their real dates and count in no month, nor do stages of theirs that are taken back."""
    await begin(bus, reads)
    day, old = at("2026-08-10 09:00"), "410804-P-0000-123456007"
    approved = BaselineApproved(day.date(), BUREAU)
    bus.tell("projects", old, day, replace(baselined(Stage.LANDED), group=GROUP), approved)
    assert not any(by(list((await month(reads)).values())).values())
    bus.tell("projects", old, day, back(Stage.LANDED, Stage.NEGOTIATING))
    assert not any(by(list((await month(reads)).values())).values())
    bus.tell("projects", old, day, signed(MILLION))
    assert by(list((await month(reads)).values()))[Indicator.SIGNED_COUNT] == 1


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


async def test_an_amendment_counts_by_what_it_changes_in_the_month_of_its_recording(bus: Bus, reads: Reads) -> None:
    """«Projects», contracts: a closed month never changes silently; taken back, the signature takes its amendments."""
    log = await begin(bus, reads)
    bus.tell("projects", PROJECT, at("2026-08-10 09:00"), opened(), signed(50 * MILLION))
    bus.tell("projects", PROJECT, ENDS, amended(50 * MILLION, 45 * MILLION))
    assert (await month(reads))[Indicator.SIGNED_AMOUNT].month == 50 * MILLION
    (opening,) = [row for row in await DEADLINES.due(reads, ENDS) if row["stream"].endswith("09-G1")]
    log.carry_out(opening["stream"], opening["command"])
    september = (await month(reads, "2026-09"))[Indicator.SIGNED_AMOUNT]
    assert (september.month, september.cumulative) == (-5 * MILLION, 45 * MILLION)
    bus.tell("projects", PROJECT, ENDS, back(Stage.SIGNED, Stage.NEGOTIATING))
    taken_back = (await month(reads, "2026-09"))[Indicator.SIGNED_AMOUNT]
    assert (taken_back.month, taken_back.cumulative) == (-50 * MILLION, 0)
    bus.tell("projects", PROJECT, ENDS, signed(7 * MILLION), back(Stage.SIGNED, Stage.NEGOTIATING))
    assert (await month(reads, "2026-09"))[Indicator.SIGNED_AMOUNT].cumulative == 0


async def test_an_extension_adds_its_increment_and_no_project(bus: Bus, reads: Reads) -> None:
    """«Projects», identity: one project counts once; an extension (增资) counts its increment."""
    await begin(bus, reads)
    day = at("2026-08-10 09:00")
    bus.tell("projects", PROJECT, day, opened(), signed(50 * MILLION))
    increment = replace(signed(20 * MILLION), extends=PROJECT)
    bus.tell("projects", "410804-P-2026-0099", day, opened(), increment, replace(landed(), extends=PROJECT))
    found = await month(reads)
    assert (found[Indicator.SIGNED_COUNT].month, found[Indicator.SIGNED_AMOUNT].month) == (1, 70 * MILLION)
    assert found[Indicator.LANDED_COUNT].month == 0


async def test_the_order_in_which_streams_arrive_does_not_matter(bus: Bus, reads: Reads) -> None:
    """A report, a project and its group may be read in any order."""
    bus.tell("projects", PROJECT, at("2026-08-10 09:00"), opened(), signed(MILLION))
    await begin(bus, reads)
    assert (await month(reads))[Indicator.SIGNED_AMOUNT].month == MILLION
