"""A district's pipeline of many years, as services read it: leads, protections, projects, funds, enterprises,
procedures and problems, in the proportions of a district. All names are fictional (模拟数据).

The events are the aggregates' own: each kind of stream is told once by its commands, and then again for every other
stream with that one's names, parties and days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

import psycopg

from benchmarks.databases import Database
from services.projects.domain.parties import party_key
from services.projects.domain.problem.commands import JudgeProblem
from services.projects.domain.procedure.commands import JudgeProcedure
from services.projects.domain.referral.events import ReferralRecorded
from services.projects.domain.values import Party, Referee, Stage
from services.registry.domain.district.events import IndustryListed, SettingChanged, SettingType
from services.registry.domain.group.events import GroupFormed
from services.registry.domain.unit.events import UnitKind, UnitRegistered
from services.reporting.domain.report.events import ReportPeriodOpened
from services.reporting.domain.report.values import Step
from services.reporting.domain.values import SettingUsed
from sevenx.kernel import read_schema
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7
from sevenx.kernel.projection import READ, Changes, Projections
from sevenx.kernel.row_writer import write_changes
from tests.unit.given import at
from tests.unit.projects import enterprises, protections, stories, test_problems, test_procedures
from tests.unit.projects.stories import BODIES, CHECKER, COMMERCE, COMPANY, INVESTOR, LIAISON, TODAY, credit_code, sha

DISTRICT = "410804"
GROUPS, UNITS, INDUSTRIES, YEARS = 7, 23, 9, 5
BATCH = 4_000
MONTH, LATE = "2026-07", date(2026, 12, 1)
"""The month that is reported, and a day by which what was promised or agreed is long late."""
FIRST = "云海天星金玉青白玄明瑞鸿德安嘉和永盛华光"
SECOND = "帆晏枢河禾圭梧泽鸟远丰泰利澜裕润昌达章曜"
THIRD = "源林峰川洲屿汀岸桥渡驿"
TRADES = ("铝材", "机械", "食品", "医药", "物流", "电子", "化工", "纺织", "软件", "建材")
PLACES = ("浙江", "江苏", "山东", "广东", "河南", "湖北", "安徽")
_LEAD, _PROJECT = "410804-L-2026-0001", "410804-P-2026-0001"


@dataclass(frozen=True)
class Pipeline:
    """So many leads, a fifth of them projects."""

    leads: int

    @property
    def projects(self) -> int:
        return self.leads // 5

    def lead_id(self, n: int) -> str:
        return f"{DISTRICT}-L-{2022 + n * YEARS // self.leads}-{n + 1:06d}"

    def project_id(self, n: int) -> str:
        return f"{DISTRICT}-P-{2022 + n * YEARS // self.projects}-{n + 1:06d}"

    def streams(self) -> Iterator[list[Recorded]]:
        """Every stream, whole."""
        yield from _roster()
        lead, report = _Told.of(stories.lead()), _Told.of(protections.reported(protections.FIRST))
        for n in range(self.leads):
            facts = self._facts(n)
            yield lead.again(self.lead_id(n), facts, self._days(n, self.leads))
            yield report.again(f"{DISTRICT}-V-{n + 1:06d}", facts, self._days(n, self.leads))
        ways = [_Told.of(one) for one in _ways()]
        for n in range(self.projects):
            facts = {**self._facts(n * 5), _PROJECT: self.project_id(n)}
            yield ways[n % len(ways)].again(self.project_id(n), facts, self._days(n, self.projects))
        yield from self._others()

    def _others(self) -> Iterator[list[Recorded]]:
        """Referrals; enterprises, a third as many as leads; procedures and problems, of each fourth project one, each
        fifth of them late; reports of the year."""
        yield _recorded("projects", f"{DISTRICT}-R", [self._referral(n) for n in range(self.leads // 25)])
        enterprise = _Told.of(enterprises.enterprise())
        for n in range(self.leads // 3):
            yield enterprise.again(f"{DISTRICT}-E-2026-{n + 1:06d}", self._facts(n), self._days(n, self.leads // 3))
        asked = test_procedures.told(test_procedures.ask(), test_procedures.accept())
        raised = test_problems.told(test_problems.ask())
        in_time = _Told.of(asked), _Told.of(raised)
        asked.when(JudgeProcedure(LATE))
        raised.when(JudgeProblem(LATE))
        late = _Told.of(asked), _Told.of(raised)
        for n in range(self.projects // 4):
            facts, days = {**self._facts(n), _PROJECT: self.project_id(n * 4)}, self._days(n, self.projects // 4)
            for letter, one in zip("HO", late if n % 5 == 0 else in_time, strict=True):
                yield one.again(f"{DISTRICT}-{letter}-2026-{n + 1:06d}", facts, days)
        for n in range(1, GROUPS + 1):
            yield _recorded("reporting", f"{DISTRICT}-R-{MONTH}-G{n}", [_report(n)])

    def _referral(self, n: int) -> ReferralRecorded:
        """Each investor that was brought brings two others."""
        referrer, referred = self._investor(n), self._investor(2 * n + 1)
        keys = party_key(referrer), party_key(referred)
        return ReferralRecorded(n + 1, referrer, referred, *keys, LIAISON, TODAY, self.lead_id(2 * n + 1))

    def _days(self, n: int, of: int) -> timedelta:
        """The last of a kind is of today, the first of YEARS ago."""
        return timedelta(days=-((of - n) * 365 * YEARS // of))

    def _investor(self, n: int) -> Party:
        return Party(f"{PLACES[n % 7]}{_brand(n)}{TRADES[n % 10]}有限公司（模拟）", credit_code(n + 10))

    def _facts(self, n: int) -> dict[str, Any]:
        """What is told of the n-th instead of the first. Names differ in their brands: one in some 4,400 is alike."""
        brand, trade, investor = _brand(n), TRADES[n % 10], self._investor(n)
        return {
            _LEAD: self.lead_id(n),
            INVESTOR.name: investor.name,
            INVESTOR.code: investor.code,
            party_key(INVESTOR): party_key(investor),
            COMPANY.name: f"马村{brand}{trade}有限公司（模拟）",
            COMPANY.code: credit_code(n + 10),
            "年产5万吨铝板带（模拟）": f"年产{n % 90 + 1}万吨{brand}{trade}（模拟）",
            "年产5万吨铝板带项目（模拟）": f"年产{n % 90 + 1}万吨{brand}{trade}项目（模拟）",
            "aluminium": f"industry-{n % INDUSTRIES}",
            stories.GROUP_ONE: f"{DISTRICT}-G-{n % GROUPS + 1}",
            stories.STREET: f"{DISTRICT}-U-unit-{n % UNITS}",
            protections.MACUN: f"{DISTRICT}-U-unit-{n % UNITS}",
            Decimal("500000000.00"): Decimal(n * 7919 % 100_000 * 10_000),
            Decimal("100000000.00"): Decimal(n * 104_729 % 100_000 * 10_000),
        }


def _brand(n: int) -> str:
    return f"{FIRST[n % 20]}{SECOND[n // 20 % 20]}{THIRD[n // 400 % 11]}"


def fill(database: Database, projections: Projections, pipeline: Pipeline) -> int:
    """Make the read model and fill it; how many events that took."""
    events, streams = 0, pipeline.streams()
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        read_schema.create(connection, projections, READ)
        while batch := list(islice(streams, BATCH)):
            changes = Changes()
            for told in batch:
                for event in told:
                    projections.apply(event, changes)
                events += len(told)
            with connection.transaction():
                write_changes(connection, changes, READ)
        connection.execute("VACUUM ANALYZE")
    return events


def _roster() -> Iterator[list[Recorded]]:
    """Groups, units and industries by name, and who the Commerce Bureau is."""
    since = date(2020, 7, 1)
    for n in range(UNITS):
        unit = UnitRegistered(f"单位{n}（模拟）", f"Unit {n}", UnitKind.DEPARTMENT, (), False, "模拟")
        yield _recorded("registry", f"{DISTRICT}-U-unit-{n}", [unit])
    for n in range(1, GROUPS + 1):
        group = GroupFormed(n, f"招商{n}组（模拟）", f"Group {n}", "一", since, True)
        yield _recorded("registry", f"{DISTRICT}-G-{n}", [group])
    listed = [
        IndustryListed(f"industry-{n}", f"产业{n}（模拟）", f"Industry {n}", False, ()) for n in range(INDUSTRIES)
    ]
    bureau = SettingChanged(
        "bodies.commerce_bureau", f"{DISTRICT}-U-unit-0", SettingType.UNIT, (), "三（五）", False, None, "模拟"
    )
    yield _recorded("registry", f"{DISTRICT}-D", [*listed, bureau])


def _recorded(area: str, stream: str, events: Iterable[Any]) -> list[Recorded]:
    """As they are read from the bus, through the codec: with the types of the schema."""
    found, now = list[Recorded](), at(f"{TODAY} 09:00")
    for version, event in enumerate(events, 1):
        meta = Meta(GENESIS, uuid7(), version, DISTRICT, stream, now, now, LIAISON, None, bytes(32), bytes(16), None)
        found.append(catalog().decode(area, catalog().encode(area, event, meta)))
    return found


@dataclass(frozen=True)
class _Told:
    """A stream's events as they are read from the bus."""

    events: Sequence[Recorded]

    @classmethod
    def of(cls, story: Any) -> _Told:
        return cls(_recorded("projects", _LEAD, story.events))

    def again(self, stream: str, facts: Mapping[Any, Any], days: timedelta) -> list[Recorded]:
        return [
            replace(
                one,
                meta=replace(one.meta, stream=stream, occurred_at=one.meta.occurred_at + days),
                data=_again(one.data, facts, days),
            )
            for one in self.events
        ]


def _again(value: Any, facts: Mapping[Any, Any], days: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _again(one, facts, days) for key, one in value.items()}
    if isinstance(value, list):
        return [_again(one, facts, days) for one in value]
    if isinstance(value, (date, datetime)):
        return value + days
    return facts.get(value, value)


def _ways() -> list[Any]:
    """A project at each stage; from landing on with funds, with promises; and one that stands still in red."""
    ways = [stories.project_at(stage).after([stories.promise()]) for stage in Stage]
    for story, stage in zip(ways, Stage, strict=True):
        if stage.rank >= Stage.LANDED.rank:
            story.after([stories.claim(), *_recognised()])
    return [*ways, stories.project_at(Stage.SIGNED).after([stories.c.JudgeProgress(LATE)])]


def _report(group: int) -> ReportPeriodOpened:
    """A group owes the report of the month."""
    first, last = at("2026-06-26 00:00"), at("2026-07-26 00:00")
    settings = {
        "report.period_last_day": "25",
        "report.december_last_day": "31",
        "funds.monthly_basis": "first_checked",
    }
    return ReportPeriodOpened(
        group=f"{DISTRICT}-G-{group}",
        period=MONTH,
        starts_at=first,
        ends_at=last,
        due_at=last,
        due_day=date(2026, 7, 25),
        nominal_day=date(2026, 7, 25),
        contribution_due_at=at("2026-07-21 00:00"),
        clock_stops_at=Step.SIGN_OFF,
        reminders=(),
        lead_units=(f"{DISTRICT}-U-unit-0",),
        responsible_units=(),
        settings=tuple(SettingUsed(key, value) for key, value in settings.items()),
        calendars=(),
        provisional=False,
    )


def _recognised() -> list[Any]:
    c = stories.c
    return [
        c.CheckFunds(1, Decimal(25_000_000), Referee.COMMERCE_BUREAU, TODAY, CHECKER, "核减"),
        c.RecogniseFunds(
            1, Decimal(20_000_000), BODIES, BODIES, COMMERCE, sha("minutes"), Referee.COMMERCE_BUREAU, TODAY,
            "410804-N-officer", "核减",
        ),
    ]  # fmt: skip
