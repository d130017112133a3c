"""What the clock finds to be due in the read model is what the rules then decide: no row without an event, no event
without a row. On the real PostgreSQL, without a service around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import psycopg
import pytest_asyncio
from sqlalchemy import select

from services.projects import tables as t
from services.projects.deadlines import DEADLINES, command
from services.projects.deciders import LEAD, PROJECT, PROTECTION
from services.projects.domain.lead.commands import QualifyLead, RecordTalk
from services.projects.domain.project import commands as c
from services.projects.domain.project.events import Gate
from services.projects.domain.protection import commands as pc
from services.projects.domain.values import Stage, Status
from services.projects.due_queries import progress_on
from services.projects.projections import projections
from services.projects.protection_desk import protection_id
from services.projects.rulebooks import lights_rulebook
from sevenx.kernel import read_schema
from sevenx.kernel.avro import catalog
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.decider import Decider
from sevenx.kernel.envelope import GENESIS, Meta, uuid7
from sevenx.kernel.errors import Rejection
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads, reads_engine
from sevenx.kernel.row_writer import write_changes
from tests.conftest import SharedPostgres
from tests.unit.projects import ledgers
from tests.unit.projects.protections import (
    FIRST,
    SECOND,
    THIRD,
    contest,
    day,
    decide_contest,
    decide_release,
    extend,
    report,
)
from tests.unit.projects.stories import (
    COMPANY,
    HEAD,
    INVESTOR,
    LIAISON,
    RULES,
    TODAY,
    WAY,
    claim,
    document,
    gate,
    promise,
    register_lead,
    sha,
)

NOW = datetime(2026, 7, 20, 8, tzinfo=UTC)


@dataclass
class Log:
    """Streams that grow by commands, each event projected at once."""

    connection: psycopg.Connection[Any]
    reads: Reads
    states: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def give(self, decider: Decider[Any], stream: str, *commands: Any) -> list[Any]:
        """The events that the commands cause."""
        caused: list[Any] = []
        for one in commands:
            state = self.states.get(stream, decider.initial)
            decided = decider.decide(one, state)
            assert not isinstance(decided, Rejection), decided.en
            self.states[stream] = decider.fold(decided, state)
            caused += decided
            self._project(stream, decided)
        return caused

    def _project(self, stream: str, events: Any) -> None:
        changes = Changes()
        for event in events:
            version, prev = self.heads.get(stream, (0, GENESIS))
            meta = Meta(
                prev, uuid7(), version + 1, "410804", stream, NOW, NOW, LIAISON, None, bytes(32), bytes(16), None
            )
            read = catalog().decode("projects", catalog().encode("projects", event, meta))
            self.heads[stream] = (version + 1, read.hash)
            projections.apply(read, changes)
        with self.connection.transaction():
            write_changes(self.connection, changes, READ)

    async def clock(self, until: date) -> list[tuple[date, str, str]]:
        """What the clock decides up to a day, as it does: round by round, in the order of time. Each row that it finds
        causes something, and is found once."""
        as_of, told, seen = datetime.combine(until, time(9), SHANGHAI), [], set()
        while due := await DEADLINES.due(self.reads, as_of):
            for row in due:
                identity = (row["stream"], row["name"], row["due_at"])
                assert identity not in seen, f"found twice: {identity}"
                seen.add(identity)
                decider, stream, judge = command(row, as_of)
                events = self.give(decider, stream, judge)
                assert events, f"nothing was due: {identity}"
                told += [(row["on"], stream, type(event).__name__) for event in events]
        return told


@pytest_asyncio.fixture
async def log(postgres: SharedPostgres) -> AsyncIterator[Log]:
    database = postgres.create_database("projects")
    reads = Reads(reads_engine(database.owner_url))
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        read_schema.create(connection, projections, READ)
        yield Log(connection, reads)
    await reads.engine.dispose()


def talk(on: date) -> c.RecordProjectTalk:
    return c.RecordProjectTalk(on, "宁波市", "对接用地", on, LIAISON)


BUSY: dict[str, tuple[Any, ...]] = {
    "talked about": (talk(day(5)), talk(day(3)), talk(day(40))),
    "documented": (c.FileEvidence((document("lease_contract"),), RULES, day(20), LIAISON),),
    "funded": (claim(today=day(9)),),
    "with a company": (c.RegisterCompany(COMPANY, day(-3), day(8), LIAISON, sha("licence")),),
    "put off": (c.AgreeDates(((Stage.AT_CAPACITY, day(900)),), day(2), LIAISON, "顺延"),),
    "delayed": (c.ChangeStatus(Status.DELAYED, day(1), "征地推迟", day(1), LIAISON),),
    "taken up again": (
        c.ChangeStatus(Status.DORMANT, day(1), "搁置", day(1), LIAISON),
        c.ChangeStatus(Status.ACTIVE, day(30), "重启", day(30), LIAISON),
    ),
    "lost": (c.ChangeStatus(Status.LOST, day(1), "流失", day(1), LIAISON),),
    "untouched": (),
    "through a gate": (gate(Gate.LEGALITY, today=day(12)),),
    "with promises": (promise(today=day(2), due=day(40)), promise(today=day(2), due=day(50))),
    "lost with a promise": (
        promise(today=day(1), due=day(40)),
        c.ChangeStatus(Status.LOST, day(2), "流失", day(2), LIAISON),
    ),
}


def fits(one: Any, stage: Stage) -> bool:
    """Whether a project of this stage takes the command at all."""
    match one:
        case c.ClaimFunds():
            return stage.rank >= Stage.LANDED.rank
        case c.RegisterCompany():
            return stage.rank >= Stage.SIGNED.rank
        case c.AgreeDates():
            return stage is not Stage.AT_CAPACITY
        case _:
            return True


async def test_every_project_is_judged_on_its_days_whatever_happened_to_it(log: Log) -> None:
    """三(五): what stands in the rows leads the clock to the very days that the rules find."""
    for number, stage in enumerate(Stage):
        for other, commands in enumerate(BUSY.values()):
            stream = f"410804-P-2026-{number:02d}{other:02d}"
            log.give(PROJECT, stream, *(make() for make in WAY[: stage.rank + 1]))
            log.give(PROJECT, stream, *(one for one in commands if fits(one, stage)))
    latest = select(t.project.c.stream, progress_on().label("on"))
    progress = {row["stream"]: row["on"] for row in await log.reads.rows(latest)}
    assert progress == {stream: state.progress_on for stream, state in log.states.items()}
    stepwise = [one for n in (45, 46, 61, 130, 400) for one in await log.clock(day(n))]
    assert {name for _, _, name in stepwise} == {"ProjectStalled", "LightChanged", "PromiseOverdue"}
    due = {(on, stream[-2:]) for on, stream, name in stepwise if name == "PromiseOverdue"}
    assert due == {(day(41), "10"), (day(51), "10")}, "of a lost project nothing is asked"
    untouched = [(on, name) for on, stream, name in stepwise if stream == "410804-P-2026-0108"]
    lands = date(2026, 8, 1)
    assert untouched == [
        (lands - timedelta(days=7), "LightChanged"),
        (lands + timedelta(days=30), "LightChanged"),
        (day(60), "ProjectStalled"),
    ]
    assert await log.clock(day(400)) == []


async def test_a_missed_clock_catches_up_as_if_it_had_looked_every_day(log: Log) -> None:
    log.give(PROJECT, "410804-P-2026-0001", *(make() for make in WAY[:2]))
    log.give(PROJECT, "410804-P-2026-0002", WAY[0]())
    at_once = await log.clock(day(200))
    assert [on for on, _, _ in at_once] == sorted(on for on, _, _ in at_once)
    assert len(at_once) == 6


async def test_protections_are_warned_proposed_and_ended_on_their_days(log: Log) -> None:
    """首报首谈: 30 days warn, 60 propose, the term ends; a talk moves the days without an event of its own."""
    stream = protection_id("410804", INVESTOR)
    for lead in (FIRST, SECOND, THIRD):
        log.give(LEAD, lead, register_lead())
    log.give(PROTECTION, stream, report(FIRST), report(SECOND), report(THIRD, intent_key="trade-logistics"))
    log.give(LEAD, FIRST, RecordTalk(day(10), "宁波市", "对接", day(10), LIAISON))
    log.give(LEAD, THIRD, QualifyLead(day(4), HEAD))
    told = await log.clock(day(65))
    assert told == [
        (day(34), stream, "ProtectionWarned"),
        (day(40), stream, "ProtectionWarned"),
        (day(64), stream, "ReleaseProposed"),
    ]
    log.give(PROTECTION, stream, decide_release(False, day(65), lead=THIRD), extend(day(66)))
    half_a_year = await log.clock(date(2027, 1, 22))
    assert [name for on, _, name in half_a_year if on > day(180)] == ["ProtectionExpired"]
    assert log.states[stream].hold_of(THIRD) is None
    log.give(PROTECTION, stream, pc.GiveUp(FIRST, "放弃", report().terms, date(2027, 1, 22), LIAISON))
    assert [name for _, _, name in await log.clock(date(2027, 2, 22))] == ["ProtectionWarned"]


async def test_a_contest_holds_the_end_back_until_the_day_after_it_is_closed(log: Log) -> None:
    """首报首谈: a contested protection is not ended before the decision, and does end after it."""
    stream = protection_id("410804", INVESTOR)
    log.give(PROTECTION, stream, report(FIRST), report(SECOND), contest())
    told = [(on, name) for on, _, name in await log.clock(date(2027, 3, 1))]
    assert (date(2026, 8, 4), "ContestOverdue") in told
    assert "ProtectionExpired" not in [name for _, name in told]
    decided = date(2027, 3, 1)
    log.give(PROTECTION, stream, decide_contest(False, decided))
    after = [(on, name) for on, _, name in await log.clock(decided + timedelta(days=1))]
    assert after == [
        (decided + timedelta(days=1), "ProtectionExpired"),
        (decided + timedelta(days=1), "ProtectionGranted"),
    ]


async def test_a_converted_lead_is_as_idle_as_its_project(log: Log) -> None:
    stream, project = protection_id("410804", INVESTOR), "410804-P-2026-0001"
    log.give(LEAD, FIRST, register_lead())
    log.give(PROTECTION, stream, report(FIRST), pc.ConvertProtected(FIRST, project, TODAY))
    log.give(PROJECT, project, WAY[0](), talk(day(25)))
    told = [(on, name) for on, at, name in await log.clock(day(56)) if at == stream]
    assert told == [(day(55), "ProtectionWarned")]
    log.give(PROTECTION, stream, pc.Fulfil(FIRST, project, day(57)))
    assert [one for one in await log.clock(day(400)) if one[1] == stream] == []


async def test_a_project_of_an_old_ledger_is_judged_once_it_is_approved(log: Log) -> None:
    """历史台账 come in with their real dates: none stands still while it waits, or of years ago."""
    waiting, approved, rejected = (f"410804-P-0000-12345600{n}" for n in range(3))
    for stream in (waiting, approved, rejected):
        log.give(PROJECT, stream, ledgers.row(Stage.SIGNED))
    log.give(PROJECT, approved, ledgers.approve())
    log.give(PROJECT, rejected, ledgers.reject())
    assert await log.clock(TODAY) == []
    told = await log.clock(TODAY + timedelta(days=400))
    assert {stream for _, stream, _ in told} == {approved}
    assert (told[0][0] - TODAY).days == lights_rulebook().stall_days[Stage.SIGNED]
