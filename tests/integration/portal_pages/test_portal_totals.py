"""What the console adds up is kept while rows change: the same whatever the order of streams and the batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.portal.projections import projections
from services.portal.queries import figures, matters
from services.portal.queries.periods import Spans
from services.portal.queries.projects import agreed_until, open_leads, pipeline
from services.portal.tables import metadata
from services.portal.tables.matters import procedure
from services.projects.domain.procedure.events import ProcedureOverdue, ProcedureRequested
from services.projects.domain.project.events import AgreedDateSet, FundsChecked, FundsClaimed, FundsReversed, Voucher
from services.projects.domain.values import Referee, Stage
from sevenx.kernel import read_schema
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads
from sevenx.kernel.row_writer import write_changes
from sevenx.kernel.totals import summed, totals_of
from tests.conftest import Database
from tests.integration.portal_pages.reading import PLANNING, PROCEDURE
from tests.integration.reporting_model import GROUP, LEAD_UNITS, MILLION, back, landed, opened, signed
from tests.unit.given import somebody
from tests.unit.portal_read_model.test_commuting import READ as TOLD
from tests.unit.portal_read_model.test_commuting import recorded
from tests.unit.reporting.given import BUREAU, LIAISON

PROJECT = "410804-P-2026-0003"
ON = date(2026, 8, 12)
OFFICE = Referee.COMMERCE_BUREAU
VOUCHER = Voucher("模拟0001", MILLION, ON, "示例铝业（模拟）", "1" * 64)
ASKED = (PROJECT, GROUP, PLANNING)
MORE: dict[tuple[str, str], list[Any]] = {
    ("projects", PROJECT): [
        opened(),
        AgreedDateSet(Stage.LANDED, date(2026, 8, 1), ON, LIAISON),
        AgreedDateSet(Stage.STARTED, date(2026, 9, 1), ON, LIAISON),
        signed(5 * MILLION),
        landed(),
        FundsClaimed(1, LEAD_UNITS[0], LIAISON, MILLION, "2026-08", (VOUCHER,), ON, OFFICE),
        FundsChecked(1, MILLION, MILLION, "2026-08", ON, BUREAU, OFFICE),
        FundsReversed(1, MILLION / 4, Decimal(0), MILLION * 3 / 4, Decimal(0), "回流（模拟）", ON, BUREAU, OFFICE),
        back(Stage.LANDED, Stage.NEGOTIATING),
        signed(6 * MILLION),
        back(Stage.SIGNED, Stage.NEGOTIATING),
        signed(7 * MILLION),
    ],
    ("projects", PROCEDURE): [
        ProcedureRequested(*ASKED, "planning", "规划许可（模拟）", "", 5, ON, "procedures-1", LIAISON, ON),
        ProcedureOverdue(*ASKED, "planning", "规划许可（模拟）", ON, LIAISON, ON),
    ],
}
STREAMS = {**TOLD, **{key: [recorded(*key, n, e) for n, e in enumerate(events, 1)] for key, events in MORE.items()}}
ALL = [event for events in STREAMS.values() for event in events]


@pytest.fixture
def connection(databases: tuple[Database, Database]) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(databases[1].owner_url, autocommit=True) as opened_one:
        yield opened_one


def read_in(connection: psycopg.Connection[Any], batches: list[list[Recorded]]) -> None:
    read_schema.create(connection, projections, READ)
    for batch in batches:
        changes = Changes()
        for event in batch:
            projections.apply(event, changes)
        with connection.transaction():
            write_changes(connection, changes, READ)


def totals(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """Every total, each of which is what its rows come to."""
    found = {}
    for total in totals_of(metadata):
        stored, fresh = summed(connection, total)
        assert stored == fresh, total.table.name
        found[total.table.name] = stored
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_interleaving_in_batches_of_any_size_leaves_the_same_totals(
    connection: psycopg.Connection[Any], data: st.DataObject
) -> None:
    left = {key: list(events) for key, events in STREAMS.items()}
    batches: list[list[Recorded]] = []
    while any(left.values()):
        batches.append([])
        for _ in range(data.draw(st.integers(1, 6))):
            waiting = [key for key, events in left.items() if events]
            if waiting:
                batches[-1].append(left[data.draw(st.sampled_from(waiting))].pop(0))
    read_in(connection, batches)
    found = totals(connection)
    read_in(connection, [ALL])
    assert totals(connection) == found
    assert all(
        found[name] for name in ("pipeline_total", "lead_total", "figure_total", "procedure_total", "agreed_total")
    )


async def test_what_was_taken_back_no_longer_counts_and_what_was_signed_again_does(
    connection: psycopg.Connection[Any], reads: Reads
) -> None:
    read_in(connection, [ALL])
    spans = Spans.of("2026-08")
    rows = await figures.sums(reads, figures.ENTRIES, spans.month, spans.year, spans.before)
    found = {row["indicator"]: row["month"] for row in rows if row["group_id"] == GROUP}
    assert found["signed_count"] == 2  # one of two signatures of test_commuting, and the last of this project's three
    assert found["signed_amount"] == 12 * MILLION
    assert found["landed_count"] == 0
    assert found["funds_in_place"] == MILLION * 3 / 4
    assert found["leads"] == 1


async def test_a_stage_that_is_taken_back_is_agreed_for_its_day_again(
    connection: psycopg.Connection[Any], reads: Reads
) -> None:
    office, until = somebody("auditor@410804"), date(2026, 12, 31)

    async def due() -> list[tuple[str, str, bool]]:
        rows = await agreed_until(reads, office, ON, until)
        return [(row["stream"], row["due_stage"], row["overdue"]) for row in rows]

    told = STREAMS["projects", PROJECT]
    landed_at = next(n for n, event in enumerate(told, 1) if event.name == "ProjectLanded")
    read_in(connection, [told[:landed_at]])
    assert await due() == [(PROJECT, "started", False)]
    read_in(connection, [told])
    assert await due() == [(PROJECT, "landed", True), (PROJECT, "started", False)]
    assert await agreed_until(reads, office, ON, date(2026, 7, 31)) == []


async def test_the_pages_read_the_totals(connection: psycopg.Connection[Any], reads: Reads) -> None:
    read_in(connection, [ALL])
    standing = {(row["stage"], row["light"]): (row["projects"], row["amount"]) for row in await pipeline(reads)}
    assert standing == {
        ("signed", "yellow"): (1, 5 * MILLION),
        ("signed", "green"): (1, 7 * MILLION),
        ("negotiating", "green"): (1, 0),
    }
    assert await open_leads(reads) == {}  # the one lead was converted
    [unit] = await matters.by_unit(reads, procedure)
    assert (unit["asked"], unit["running"], unit["late"], unit["done"], unit["days"]) == (1, 1, 1, 0, None)
