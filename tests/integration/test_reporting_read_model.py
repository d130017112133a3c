"""A report's rows on the real PostgreSQL: its path, claims and restatement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from services.reporting import queries
from services.reporting.domain.periods import Period
from services.reporting.domain.report import commands as c
from services.reporting.domain.report.values import Indicator
from services.reporting.ids import report_id
from services.reporting.projections import CLOSING_AREAS, DRAFT, FROZEN
from services.reporting.reactions import freeze_closed_periods
from sevenx.kernel.reads import Reads
from tests.conftest import Database
from tests.integration.reporting_model import ENDS, GROUP, LEAD_UNITS, Bus, begin, close, month, read_model
from tests.unit.given import at
from tests.unit.reporting.given import ACCEPT, BUREAU, LEADER, LIAISON


@pytest.fixture
def bus(database: Database) -> Iterator[Bus]:
    with read_model(database) as told:
        yield told


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
