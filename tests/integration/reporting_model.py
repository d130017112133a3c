"""Reporting's read model on the real PostgreSQL, and the words of its tests: events of the areas that it follows,
told one by one. All contents are fictional (模拟数据)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import psycopg

from services.projects.domain.lead.events import LeadRegistered
from services.projects.domain.project.events import (
    ContractAmended,
    ProjectLanded,
    ProjectOpened,
    ProjectSigned,
    StageCorrected,
)
from services.projects.domain.values import LeadSource, Origin, Party, ProjectType, Stage
from services.registry.domain.district.events import (
    ClockKind,
    DistrictEstablished,
    Level,
)
from services.registry.domain.group.events import GroupFormed, LeadUnitAssigned, ResponsibleUnitAssigned
from services.reporting import queries
from services.reporting.deciders import REPORT
from services.reporting.domain.periods import Period
from services.reporting.domain.report.values import Figure, Indicator
from services.reporting.figures import figures_of
from services.reporting.ids import report_id
from services.reporting.opening import first_openings
from services.reporting.projections import projections
from sevenx.kernel import read_schema
from sevenx.kernel.avro import catalog
from sevenx.kernel.decider import Decider
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7
from sevenx.kernel.errors import Rejection
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads
from sevenx.kernel.row_writer import write_changes
from sevenx.kernel.topics import PARTITIONS
from tests.conftest import Database
from tests.unit.given import at
from tests.unit.reporting.given import LIAISON

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

    def tell(self, area: str, stream: str, when: datetime, *events: Any, command: bytes = bytes(32)) -> list[Recorded]:
        """Events of one stream, caused by one command."""
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
                command,
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
    """The desk of a reaction or of the clock: decides at once and tells the read model. Without a decider it is a
    report's."""

    def __init__(self, bus: Bus) -> None:
        self._bus, self.states = bus, dict[str, Any]()
        self.now = at("2026-07-26 08:00")

    async def give(self, decider: Any, stream: str, command: Any) -> None:
        self.carry_out(stream, command, decider)

    async def give_all(self, commands: Sequence[tuple[Any, str, Any]]) -> int:
        return sum(len(self.carry_out(stream, command, decider)) for decider, stream, command in commands)

    def carry_out(self, stream: str, command: Any, decider: Decider[Any] = REPORT) -> list[str]:
        state = self.states.get(stream, decider.initial)
        decided = decider.decide(command, state)
        assert not isinstance(decided, Rejection), decided
        self._bus.tell("reporting", stream, self.now, *decided)
        self.states[stream] = decider.fold(decided, state)
        return [type(one).__name__ for one in decided]


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


@contextmanager
def read_model(database: Database) -> Iterator[Bus]:
    """Empty tables of reporting, and a bus that fills them; the roster has been told."""
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        read_schema.create(connection, projections, READ)
        told = Bus(connection)
        roster(told)
        yield told


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


def amended(was: Decimal, now: Decimal) -> ContractAmended:
    on = date(2026, 8, 26)
    return ContractAmended(1, "补1号（模拟）", "补充协议", on, "0" * 64, "调整", on, LIAISON, was, now)


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


def close(bus: Bus, as_of: datetime, areas: Sequence[str]) -> list[Recorded]:
    """The markers of every partition of the areas."""
    return [
        bus.tell(area, f"410804-PC-{area}-{n}", as_of, PeriodClosed(as_of, "month", "2026-08", n))[0]
        for area in areas
        for n in range(PARTITIONS)
    ]
