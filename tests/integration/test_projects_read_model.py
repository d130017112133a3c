"""The read model of area projects on the real PostgreSQL: what stands in its rows is what the aggregate says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from services.projects import queries as q
from services.projects import tables as t
from services.projects.domain.lead.commands import CloseLead, QualifyLead
from services.projects.domain.lead.events import CloseReason
from services.projects.domain.project import commands as c
from services.projects.domain.project import promise_commands as p
from services.projects.domain.project.events import Gate
from services.projects.domain.project.gate_commands import TakeGateBack
from services.projects.domain.values import Referee, Stage, Status
from services.projects.gate_tables import gate as gate_row
from services.projects.projections import projections
from services.projects.promise_tables import promise as promise_row
from sevenx.kernel import read_schema
from sevenx.kernel.auth import Principal
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads, reads_engine
from sevenx.kernel.row_writer import write_changes
from tests.conftest import Database
from tests.unit.given import somebody
from tests.unit.projects.stories import (
    BODIES,
    CHECKER,
    COMMERCE,
    COMPANY,
    HEAD,
    LIAISON,
    OFFICER,
    RULES,
    TODAY,
    ZONE,
    Story,
    claim,
    document,
    gate,
    land,
    lead,
    project_at,
    promise,
    sha,
)

PROJECT_ID, LEAD_ID = "410804-P-2026-0001", "410804-L-2026-0001"
NOW = datetime(2026, 7, 20, 8, tzinfo=UTC)
MILLION = Decimal(1_000_000)


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database.owner_url, autocommit=True) as opened:
        read_schema.create(opened, projections, READ)
        yield opened


def recorded(stream: str, story: Story) -> list[Recorded]:
    """The story's events as they come back from the bus."""
    events, prev = [], GENESIS
    for version, event in enumerate(story.events, 1):
        meta = Meta(prev, uuid7(), version, "410804", stream, NOW, NOW, LIAISON, None, bytes(32), bytes(16), None)
        events.append(catalog().decode("projects", catalog().encode("projects", event, meta)))
        prev = events[-1].hash
    return events


def project(connection: psycopg.Connection[Any], events: Sequence[Recorded], batch: int) -> None:
    for first in range(0, len(events), batch):
        changes = Changes()
        for event in events[first : first + batch]:
            projections.apply(event, changes)
        with connection.transaction():
            write_changes(connection, changes, READ)


async def rows(database: Database, query: Any) -> list[Any]:
    reads = Reads(reads_engine(database.owner_url))
    try:
        return list(await reads.rows(query))
    finally:
        await reads.engine.dispose()


def eventful() -> Story:
    """A project that sees everything once: evidence withdrawn, dates changed, funds reversed, a stage taken back."""
    minutes = sha("minutes")
    return project_at(Stage.STARTED).after(
        [
            c.RegisterCompany(COMPANY, TODAY, TODAY, LIAISON, sha("licence")),
            c.AssignProjectCode("2607-410804-04-01-123456", TODAY, TODAY, LIAISON),
            c.FileEvidence((document("lease_contract"),), RULES, TODAY, LIAISON),
            c.WithdrawEvidence("lease_contract", sha("lease_contract"), "传错", TODAY, LIAISON),
            claim(),
            c.CheckFunds(1, 25 * MILLION, Referee.COMMERCE_BUREAU, TODAY, CHECKER, "核减"),
            c.RecogniseFunds(
                1, 20 * MILLION, BODIES, BODIES, COMMERCE, minutes, Referee.COMMERCE_BUREAU, TODAY, OFFICER, "核减"
            ),
            c.ReverseFunds(1, 5 * MILLION, "回流", Referee.COMMERCE_BUREAU, TODAY, OFFICER),
            c.ChangeStatus(Status.DELAYED, TODAY, "征地推迟", TODAY, LIAISON),
            c.CorrectStage(Stage.SIGNED, "落地单位有误", TODAY, LIAISON),
            land(landing_unit="410804-U-macun", unit_kind="sub_district"),
            gate(Gate.LEGALITY),
            gate(Gate.COLLECTIVE_DECISION),
            TakeGateBack(1, "录入有误", TODAY, OFFICER),
            promise(due=TODAY - timedelta(days=1)),
            promise(),
            promise(),
            p.AmendPromise(1, "补充协议", TODAY, LIAISON, value=Decimal(280)),
            p.AmendPromise(2, "补充协议", TODAY, LIAISON, due=TODAY + timedelta(days=9)),
            p.FulfilPromise(3, TODAY, sha("report"), TODAY, LIAISON, Decimal(310)),
        ]
    )


@pytest.mark.parametrize("batch", [1, 3, 1000])
async def test_the_rows_say_what_the_aggregate_says(
    database: Database, connection: psycopg.Connection[Any], batch: int
) -> None:
    """Invariant: replaying gives the same state whatever the batch sizes."""
    story = eventful()
    project(connection, recorded(PROJECT_ID, story), batch)
    state = story.state
    [row] = await rows(database, q.of_stream(t.project, PROJECT_ID))
    assert (row["stage"], row["status"], row["landing_unit"]) == (state.stage, state.status, state.landing_unit)
    assert (row["contract_amount"], row["project_code"]) == (state.contract_amount, state.code)
    assert (row["company_name"], row["company_code"]) == (COMPANY.name, COMPANY.code)
    assert row["stage_since"] == state.reached[state.stage]
    stages = {row["stage"]: row["reached_on"] for row in await rows(database, q.of_stream(t.project_stage, PROJECT_ID))}
    assert stages == state.reached
    agreed = {row["stage"]: row["agreed_on"] for row in await rows(database, q.of_stream(t.agreed_date, PROJECT_ID))}
    assert agreed == state.agreed
    filed = await rows(database, q.of_stream(t.evidence, PROJECT_ID))
    assert {(row["kind"], row["sha256"]) for row in filed if not row["withdrawn"]} == {
        (proof.kind, proof.sha256) for proof in state.filed
    }
    [totals] = await rows(database, q.funds_totals(PROJECT_ID))
    assert totals == {"claimed": 30 * MILLION, "checked": state.checked, "recognised": state.recognised}
    credit = await rows(database, q.of_stream(t.credit, PROJECT_ID))
    assert {(row["cohort"], row["indicator"]) for row in credit} == set(state.shares)
    assert [share["holder"] for row in credit for share in row["shares"] if share["part"] == "landing_unit"] == [
        "410804-U-macun"
    ]


@pytest.mark.parametrize("batch", [1, 1000])
async def test_gates_and_promises_are_what_the_aggregate_says(
    database: Database, connection: psycopg.Connection[Any], batch: int
) -> None:
    story = eventful()
    project(connection, recorded(PROJECT_ID, story), batch)
    held = await rows(database, q.of_stream(gate_row, PROJECT_ID))
    assert [row["number"] for row in held if not row["taken_back"]] == [one.number for one in story.state.gates]
    promises = await rows(database, q.of_stream(promise_row, PROJECT_ID))
    assert [
        (row["promise"], row["state"], row["due"], row["value"], row["gate"], row["basis_sha256"]) for row in promises
    ] == [
        (one.number, one.state, one.due, one.value, one.gate, one.basis_sha256) for one in story.state.promises
    ]  # fmt: skip
    assert [row["urgency"] for row in promises] == [0, 1, 2]


async def test_a_projects_page_is_its_timeline(database: Database, connection: psycopg.Connection[Any]) -> None:
    story = eventful()
    project(connection, recorded(PROJECT_ID, story), 1000)
    told = await rows(database, q.of_stream(t.timeline, PROJECT_ID))
    assert [row["event"] for row in told] == [type(event).__name__ for event in story.events]
    reversal = next(row["data"] for row in told if row["event"] == "FundsReversed")
    assert (reversal["amount"], reversal["reversed_on"]) == ("5000000.00", "2026-07-20")


async def test_a_lead_goes_its_way(database: Database, connection: psycopg.Connection[Any]) -> None:
    story = lead().after([QualifyLead(TODAY, HEAD), CloseLead(TODAY, HEAD, CloseReason.NO_CONTACT)])
    project(connection, recorded(LEAD_ID, story), 2)
    order = q.LEAD_ORDERS[q.LeadSort.NUMBER]
    closed = q.page(select(t.lead), order, None, 10, group_id="410804-G-1", status="closed")
    [row] = await rows(database, closed)
    assert (row["stream"], row["closed_reason"], row["contact"]) == (LEAD_ID, "no_contact", "410804-C-0001")
    assert await rows(database, q.page(select(t.lead), order, None, 10, group_id="410804-G-2")) == []


@pytest.mark.parametrize("sort", q.ProjectSort)
async def test_pages_follow_one_another_without_gap_or_overlap(
    database: Database, connection: psycopg.Connection[Any], sort: q.ProjectSort
) -> None:
    for number in range(1, 8):
        project(connection, recorded(f"410804-P-2026-{number:04d}", project_at(Stage.LANDED)), 1000)
        raised = (Decimal(number % 3), date(2026, 7, 1 + number % 2), f"410804-P-2026-{number:04d}")
        connection.execute(b"UPDATE read.project SET contract_amount = %s, stage_since = %s WHERE stream = %s", raised)
    seen: list[str] = []
    cursor = None
    while True:
        page = [
            row["stream"]
            for row in await rows(
                database, q.page(select(t.project), q.PROJECT_ORDERS[sort], cursor, 3, stage="landed")
            )
        ]
        seen.extend(page[:3])
        if len(page) <= 3:
            break
        cursor = page[2]
    numbers = {
        q.ProjectSort.NUMBER: [1, 2, 3, 4, 5, 6, 7],
        q.ProjectSort.NEWEST: [7, 6, 5, 4, 3, 2, 1],
        q.ProjectSort.AMOUNT: [5, 2, 7, 4, 1, 6, 3],
        q.ProjectSort.STAGE_SINCE: [2, 4, 6, 1, 3, 5, 7],
    }
    assert seen == [f"410804-P-2026-{number:04d}" for number in numbers[sort]]


async def test_a_search_finds_what_the_reader_may_see(database: Database, connection: psycopg.Connection[Any]) -> None:
    """A part of a name of one character or more, or the number; of an unsigned project of others the number alone."""
    project(connection, recorded(PROJECT_ID, eventful()), 1000)
    unsigned = "410804-P-2026-0002"
    project(connection, recorded(unsigned, project_at(Stage.NEGOTIATING)), 1000)

    async def found(who: Principal, words: str) -> list[str]:
        query = q.searched(who, t.project, t.project_text, words)
        page = q.page(query, q.PROJECT_ORDERS[q.ProjectSort.NUMBER], None, 10)
        return [row["stream"] for row in await rows(database, page)]

    office, own = somebody("auditor@410804"), somebody("liaison@410804-G-1")
    other = somebody("liaison@410804-G-2")
    [name] = await rows(database, select(t.project.c.name).where(t.project.c.stream == PROJECT_ID))
    for words in (name["name"], name["name"][1:3], name["name"][2], f" {name['name'][:2]}。{name['name'][2:4]}"):
        assert await found(office, words) == [PROJECT_ID, unsigned]
        assert await found(own, words) == [PROJECT_ID, unsigned]
        assert await found(other, words) == [PROJECT_ID]
    assert await found(other, unsigned.lower()) == [unsigned]
    assert await found(office, COMPANY.name) == [PROJECT_ID]
    for words in ("没有的名字", "。", "%", "_"):
        assert await found(office, words) == []


async def test_the_summary_adds_up(database: Database, connection: psycopg.Connection[Any]) -> None:
    project(connection, recorded(PROJECT_ID, eventful()), 1000)
    project(connection, recorded("410804-P-2026-0002", project_at(Stage.LANDED).after([claim(claimant=ZONE)])), 1000)
    found = {(row["stage"], row["status"]): row for row in await rows(database, q.summary())}
    assert found["landed", "delayed"]["projects"] == 1
    assert found["landed", "delayed"]["recognised"] == 15 * MILLION
    assert found["landed", "active"]["contract_amount"] == 100 * MILLION
    assert found["landed", "active"]["checked"] == 0


async def test_a_voucher_is_kept_with_its_claim(database: Database, connection: psycopg.Connection[Any]) -> None:
    project(connection, recorded(PROJECT_ID, eventful()), 5)
    [row] = await rows(database, select(t.voucher))
    assert (row["stream"], row["claim"], row["sha256"]) == (PROJECT_ID, 1, sha("voucher 1"))
