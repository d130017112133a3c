"""Assessment's read model on the real PostgreSQL: a year's events in any order, one score; the clock's calculations."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from services.assessment import queries
from services.assessment.calculating import Calculation, calculate
from services.assessment.deciders import BOOK, DECIDERS
from services.assessment.domain.book.commands import PublishRulebook
from services.assessment.domain.measuring.spans import year_ends_at
from services.assessment.domain.scoring import digest
from services.assessment.domain.year import commands as c
from services.assessment.editions import Edition
from services.assessment.ids import book_id, year_id
from services.assessment.projections import CLOSING_AREAS, projections
from services.assessment.reactions import calculate_closed_period, freeze_settled
from services.assessment.rulebook_file import read_rulebook
from services.assessment.score_views import recorded_fact, recorded_score
from services.projects.domain.project.events import (
    CreditShare,
    CreditShared,
    FundsRecognised,
    FundsReversed,
    ProjectLanded,
    ProjectOpened,
    ProjectSigned,
    ShareBasis,
    SharePart,
)
from services.projects.domain.values import Origin, Party, ProjectType, Referee
from services.registry.domain.group.events import GroupFormed, TargetSet
from services.registry.domain.unit.events import UnitKind, UnitRegistered
from services.reporting.domain.report.events import DeadlineMissed, ReportClockStopped, ReportPeriodOpened
from services.reporting.domain.report.values import Step
from sevenx.declaration import ROOT
from sevenx.kernel import read_schema
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7
from sevenx.kernel.errors import Rejection
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads, reads_engine
from sevenx.kernel.row_writer import write_changes
from sevenx.kernel.topics import PARTITIONS
from tests.conftest import Database
from tests.unit.assessment.given import LEADER, OFFICE, PUBLICIZE, RATE, SETTLE
from tests.unit.given import at

DISTRICT = "410804"
RULEBOOK = (ROOT / "data" / "rulebooks" / "assessment-2026.yaml").read_text("utf-8")
ENDS = year_ends_at(2026)
DAY, MILLION = date(2026, 6, 1), Decimal(1_000_000)
YEAR = year_id(DISTRICT, 2026)
Told = tuple[str, str, datetime, Any]


class Bus:
    """Events as they come back from the bus, applied to the read model in batches; each stream in its order."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._versions: Counter[tuple[str, str]] = Counter()

    def recorded(self, area: str, stream: str, when: datetime, event: Any) -> Recorded:
        self._versions[area, stream] += 1
        version, now = self._versions[area, stream], when.astimezone(UTC)
        meta = Meta(GENESIS, uuid7(), version, DISTRICT, stream, now, now, "t", None, bytes(32), bytes(16), None)
        return catalog().decode(area, catalog().encode(area, event, meta))

    def tell(self, *told: Told) -> list[Recorded]:
        events = [self.recorded(*one) for one in told]
        self.apply(events)
        return events

    def apply(self, events: Iterable[Recorded]) -> None:
        changes = Changes()
        for event in events:
            projections.apply(event, changes)
        with self._connection.transaction():
            write_changes(self._connection, changes, READ)


class Log:
    """The desk of a reaction: decides at once, all or nothing, and tells the read model."""

    def __init__(self, bus: Bus) -> None:
        self._bus, self.states = bus, dict[str, Any]()
        self.now, self.caused = at("2026-07-26 08:00"), list[Any]()

    async def give(self, decider: Any, stream: str, command: Any) -> None:
        await self.give_all([(decider, stream, command)])

    async def give_all(self, commands: Sequence[tuple[Any, str, Any]]) -> int:
        assert all(decider in DECIDERS for decider, _, _ in commands)
        told = []
        for decider, stream, command in commands:
            state = self.states.get(stream, decider.initial)
            decided = decider.decide(command, state)
            assert not isinstance(decided, Rejection), decided
            self.states[stream] = decider.fold(decided, state)
            told += [("assessment", stream, self.now, event) for event in decided]
        self._bus.tell(*told)
        self.caused += [event for *_, event in told]
        return len(told)


@pytest.fixture
def fresh(database: Database) -> Iterator[Callable[[], Bus]]:
    """A read model without rows, as often as it is asked for."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:

        def make() -> Bus:
            connection.execute(f"DROP SCHEMA IF EXISTS {READ} CASCADE")
            read_schema.create(connection, projections, READ)
            return Bus(connection)

        yield make


@pytest.fixture
async def reads(database: Database) -> AsyncIterator[Reads]:
    engine = reads_engine(database.owner_url, 2)
    yield Reads(engine)
    await engine.dispose()


def unit(name: str, kind: UnitKind) -> Told:
    return "registry", f"{DISTRICT}-U-{name}", at("2026-01-02 09:00"), UnitRegistered(name, name, kind, (), False, "x")


def roster() -> list[Told]:
    founded = at("2026-01-02 09:00")
    told: list[Told] = []
    for number in (1, 2):
        group = f"{DISTRICT}-G-{number}"
        told.append(("registry", group, founded, GroupFormed(number, f"招商{number}组", "G", "一", DAY, True)))
        told.append(("registry", group, founded, TargetSet(2026, "signed_amount", 100 * MILLION, "yuan", None)))
        told.append(
            ("registry", group, founded, TargetSet(2026, "leads", 2 * MILLION, "leads", f"{DISTRICT}-U-finance"))
        )
    units = (("finance", UnitKind.DEPARTMENT), ("commerce", UnitKind.DEPARTMENT), ("yanma", UnitKind.SUB_DISTRICT))
    return [*told, *(unit(*one) for one in units), unit("qianyuan", UnitKind.COMPANY)]


def project(number: int, group: int, finder: str) -> list[Told]:
    stream, landing = f"{DISTRICT}-P-2026-{number:04d}", f"{DISTRICT}-U-yanma"
    shares = (CreditShare(SharePart.FINDER, f"{DISTRICT}-U-{finder}", Decimal("0.3")),
              CreditShare(SharePart.LANDING_UNIT, landing, Decimal("0.7")))  # fmt: skip
    opened = ProjectOpened(
        lead=f"{DISTRICT}-L-2026-{number:04d}", name=f"示例项目{number}（模拟）", project_type=ProjectType.NEW_LAND,
        content="x", investor=Party("示例公司（模拟）"), origin=Origin.PROVINCE, origin_place="x", industry="aluminium",
        group=f"{DISTRICT}-G-{group}", finder=f"{DISTRICT}-U-{finder}", opened_on=DAY, opened_by="x",
    )  # fmt: skip
    referee = Referee.COMMERCE_BUREAU
    events = [
        opened,
        ProjectSigned("H", "合同", "0" * 64, number * 7 * MILLION, DAY, "x", (), "1"),
        ProjectLanded(landing, DAY, "x", (), "1"),
        CreditShared("units", "all", shares, ShareBasis.DEFAULT, DAY, "x"),
        FundsRecognised(1, 5 * MILLION, 5 * MILLION, "2026-05", ("x",), referee, "0" * 64, DAY, "x"),
        FundsReversed(1, MILLION, MILLION, 4 * MILLION, 4 * MILLION, "x", DAY, "x", referee),
    ]
    return [("projects", stream, at(f"2026-06-{number:02d} {9 + n:02d}:00"), event) for n, event in enumerate(events)]


def report(number: int, month: int, missed: bool) -> list[Told]:
    group, period = f"{DISTRICT}-G-{number}", f"2026-{month:02d}"
    stream, due = f"{DISTRICT}-R-{period}-G{number}", at(f"2026-{month:02d}-26 00:00")
    opened = ReportPeriodOpened(
        group, period, due, due, due, due.date(), due.date(), due, Step.SIGN_OFF, (), (), (), (), (), False
    )
    judged = (
        DeadlineMissed(group, period, due, Step.SIGN_OFF, None)
        if missed
        else ReportClockStopped(Step.SIGN_OFF, due, due, False, 0)
    )
    return [("reporting", stream, due, event) for event in (opened, judged)]


def year() -> list[Told]:
    projects = [one for n in range(1, 9) for one in project(n, 1 + n % 2, "finance" if n % 3 else "commerce")]
    reports = [one for n in (1, 2) for month in (3, 4) for one in report(n, month, missed=(n, month) == (2, 4))]
    return [*roster(), *projects, *reports]


def shuffled(events: Sequence[Recorded], seed: int) -> list[Recorded]:
    """The same events with the streams interleaved at random, each stream in its order."""
    queues: dict[tuple[str, str], list[Recorded]] = {}
    for event in events:
        queues.setdefault((event.area, event.stream), []).append(event)
    chance, found = random.Random(seed), list[Recorded]()
    while queues:
        key = chance.choice(sorted(queues))
        found.append(queues[key].pop(0))
        if not queues[key]:
            del queues[key]
    return found


def published() -> Told:
    command = PublishRulebook(2026, "办法", read_rulebook(RULEBOOK).sha256, RULEBOOK, OFFICE, DAY)
    (event,) = BOOK.decide(command, BOOK.initial)  # type: ignore[misc]
    return "assessment", book_id(DISTRICT, 2026), at("2026-01-05 09:00"), event


def markers(kind: str, period: str, as_of: datetime, areas: Iterable[str] = CLOSING_AREAS) -> list[Told]:
    return [
        (area, f"{DISTRICT}-PC-{area}-{p}", as_of, PeriodClosed(as_of, kind, period, p))
        for area in areas
        for p in range(PARTITIONS)
    ]


async def test_any_order_of_the_streams_gives_the_same_facts_and_scores(fresh: Callable[[], Bus], reads: Reads) -> None:
    """三(五): the same events and the same rulebook give the same score, whatever was read first."""
    bus = fresh()
    events = [bus.recorded(*one) for one in (*year(), published())]
    found: list[Calculation] = []
    for seed in range(4):
        order, bus = shuffled(events, seed), fresh()
        for start in range(0, len(order), 7):
            bus.apply(order[start : start + 7])
        found.append(await calculate(reads, 2026, ENDS))
    assert found[0] == found[1] == found[2] == found[3]
    totals = {one.subject: one.total for one in found[0].scored}
    assert f"{DISTRICT}-U-qianyuan" not in totals, "a company is assessed only where the rulebook lists it"
    assert totals[f"{DISTRICT}-G-1"] > 0


async def test_a_score_as_of_an_earlier_day_is_what_it_was_then(fresh: Callable[[], Bus], reads: Reads) -> None:
    bus, until = fresh(), at("2026-06-04 12:00")
    bus.tell(published(), *(one for one in year() if one[2] < until))
    then = await calculate(reads, 2026, ENDS)
    bus.tell(*(one for one in year() if one[2] >= until))
    later = await calculate(reads, 2026, until)
    assert later.scored == then.scored


async def test_a_month_is_calculated_once_when_the_last_area_has_closed_it(
    fresh: Callable[[], Bus], reads: Reads
) -> None:
    """三(五): provisionally, by the clock; every marker looks, and the last one finds them all."""
    bus = fresh()
    bus.tell(published(), *year())
    desk, as_of = Log(bus), at("2026-07-26 00:00")
    for area in CLOSING_AREAS[:-1]:
        for event in bus.tell(*markers("month", "2026-07", as_of, [area])):
            await calculate_closed_period(event, reads, desk)
    assert desk.caused == []
    for event in bus.tell(*markers("month", "2026-07", as_of, CLOSING_AREAS[-1:])):
        await calculate_closed_period(event, reads, desk)
    made = [one for one in desk.caused if type(one).__name__ == "CalculationMade"]
    assert [(one.month, one.provisional, one.as_of) for one in made] == [("2026-07", True, as_of)]
    (row,) = await queries.calculations(reads, 2026)
    assert (row["month"], row["by"]) == ("2026-07", None)
    row = await queries.score(reads, f"{DISTRICT}-Z-2026-G-1")
    assert row is not None
    assert not any(one["facts"] for one in await queries.items(reads, row["stream"], 1))
    shown = await recorded_score(reads, row, Edition("calculated-1", 1, None), "calculated")
    assert all(one.facts_agree for one in shown.items), "measured again, they are what was recorded"
    assert sum(len(one.facts) for one in shown.items) > 10
    lines = await queries.ranking(reads, YEAR, "calculated-1")
    assert len(lines) == len([one for one in desk.caused if type(one).__name__ == "ScoreCalculated"])


async def test_a_settled_result_freezes_when_the_last_area_has_closed_the_year(
    fresh: Callable[[], Bus], reads: Reads
) -> None:
    """三(五): the markers used are recorded; a freeze is not decided on half the facts."""
    bus = fresh()
    bus.tell(published(), *year())
    desk = Log(bus)
    told = bus.tell(*markers("year", "2026", ENDS))
    for event in told:
        await calculate_closed_period(event, reads, desk)
    assert [one.provisional for one in desk.caused if type(one).__name__ == "CalculationMade"] == [False]
    decider = next(one for one in DECIDERS if one.aggregate == "assessment")
    for command in (RATE, PUBLICIZE, c.EndPublicNotice(PUBLICIZE.until_at), SETTLE):
        await desk.give(decider, YEAR, command)
    assert desk.states[YEAR].settled_by == LEADER
    for event in told[-2:]:
        await freeze_settled(event, reads, desk)
    frozen = [one for one in desk.caused if type(one).__name__ == "AssessmentFrozen"]
    assert [len(one.cut) for one in frozen] == [len(CLOSING_AREAS) * PARTITIONS]
    row = await queries.assessment(reads, 2026)
    assert row is not None
    assert (row["phase"], row["version"]) == ("frozen", 1)
    score = await queries.score(reads, f"{DISTRICT}-Z-2026-G-1")
    assert score is not None
    items = await queries.items(reads, score["stream"], score["calculation"])
    signed = next(one for one in items if one["indicator"] == "signed_amount")
    assert sum(Decimal(fact["value"]) for fact in signed["facts"]) == signed["value"]
    assert digest([recorded_fact(fact) for fact in signed["facts"]]) == signed["facts_sha256"]
    assert all(fact["position"].startswith("projects/410804-P-2026-") for fact in signed["facts"])
