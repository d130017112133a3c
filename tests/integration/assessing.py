"""A running assessment service in a small district, fed with other areas' events on the real bus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import httpx

from services.assessment.projections import CLOSING_AREAS
from services.assessment.service import SERVICE
from services.projects.domain.project.events import (
    CreditShare,
    CreditShared,
    FundsRecognised,
    ProjectLanded,
    ProjectOpened,
    ProjectSigned,
    ShareBasis,
    SharePart,
)
from services.projects.domain.values import Origin, Party, ProjectType, Referee
from services.registry.domain.district.events import CalendarPublished, ClockKind, DistrictEstablished, Level
from services.registry.domain.group.events import GroupFormed, LeaderAppointed, TargetSet
from services.registry.domain.unit.events import UnitHeadAppointed, UnitKind, UnitRegistered
from sevenx.kernel.avro import catalog
from sevenx.kernel.cut_offs import month_end
from sevenx.kernel.envelope import Meta, uuid7, value_hash
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.period_close import marker_streams
from sevenx.kernel.testing.bus import Bus, Written
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bus import records
from tests.integration.service_process import Caller, RunningService, running, wait_until
from tests.unit.given import at

SINCE = date(2026, 1, 1)
EARLIER, BEGIN = at("2026-12-01 09:00"), at("2026-12-20 09:00")
ENDS = month_end(2026, 12, 25, 31)
MILLION = Decimal(1_000_000)

RULEBOOK = """\
# 模拟数据
year: 2026
zh: 模拟区2026年度考核办法
en: Rulebook of the simulated district
basis: 三（五）
cohorts:
  - id: groups
    zh: 招商小组
    en: Groups
    members: {groups: all}
    full_marks: 100
    indicators:
      - {id: signed, zh: 合同额, en: Signed, measure: signed_amount, formula: completion, marks: 60,
         target: {registry: signed_amount}}
      - {id: funds, zh: 到位资金, en: Funds, measure: funds_recognised, formula: completion, marks: 40,
         target: {otherwise: 40000000}}
  - id: units
    zh: 单位
    en: Units
    members: {unit_kinds: [department, sub_district]}
    full_marks: 50
    indicators:
      - {id: landed, zh: 落地, en: Landed, measure: landed_count, formula: relative, marks: 50}
vetoes:
  - {id: false_figures, zh: 统计造假, en: Falsified figures, basis: 中华人民共和国统计法}
"""


@dataclass
class District:
    """A running assessment service, and the bus on which the other areas' events are told to it."""

    service: RunningService
    bus: Bus
    kafka: KafkaLogin

    def id(self, rest: str) -> str:
        return f"{self.service.district}-{rest}"

    def tell_all(self, area: str, streams: Mapping[str, Sequence[Any]], when: datetime = EARLIER) -> str:
        """Write events to an area's topic as its owner would; the last one's position."""
        values = [(stream, self._next(area, stream, event, when)) for stream, some in streams.items() for event in some]
        self.bus.send(values, area=area)
        stream = values[-1][0]
        return f"{area}/{stream}@{self.bus.heads[(area, stream)].version}"

    def _next(self, area: str, stream: str, event: Any, when: datetime) -> bytes:
        head, zero = self.bus.heads.setdefault((area, stream), Written()), bytes(32)
        version, district = head.version + 1, self.bus.district
        meta = Meta(head.hash, uuid7(), version, district, stream, when, when, "t", None, zero, zero[:16], None)
        value = self.bus.catalog.encode(area, event, meta)
        head.version, head.hash = version, value_hash(value)
        return value

    def person(self, name: str) -> Caller:
        """Somebody whose posts alone say what he may do."""
        return self.service.caller(self.id(f"N-{name}"))

    def close_the_year(self) -> None:
        """Every other area announces that 2026 is closed."""
        for area in CLOSING_AREAS:
            if area != "assessment":
                streams = enumerate(marker_streams(self.service.district, area))
                markers = {stream: [PeriodClosed(ENDS, "year", "2026", partition)] for partition, stream in streams}
                self.tell_all(area, markers, ENDS)

    def published(self, kind: type) -> list[Any]:
        """The events of a kind that stand on assessment's topic."""
        topic = events_topic(self.service.district, "assessment")
        read = [catalog().decode("assessment", m.value() or b"") for m in records(self.kafka, topic)]
        return [one for one in read if one.name == kind.__name__]


@contextmanager
def district(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[District]:
    """Simulated time stands at 20 December 2026; two groups, two units, one landed project with recognised funds."""
    with running(SERVICE, postgres, kafka) as service:
        told = District(service, Bus(kafka.librdkafka_options(), service.district, catalog()), kafka)
        name, code = "模拟区（模拟数据）", service.district
        genesis = DistrictEstablished(
            code, name, "Simulated", Level.DISTRICT, "410800", "焦作市", ClockKind.SIMULATED, BEGIN
        )
        calendars = [CalendarPublished(year, False, (), (), "模拟") for year in (2026, 2027)]
        groups = {told.id(f"G-{number}"): _group(told, number) for number in (1, 2)}
        units = {told.id(f"U-{unit}"): _unit(told, unit) for unit in ("alpha", "beta")}
        last = told.tell_all("registry", {told.id("D"): [genesis, *calendars], **units, **groups})
        office = service.office("assessment_office")
        wait_until(lambda: office.get("/rulebooks", after=last).status_code == 200, 30)
        wait_until(lambda: service.office("operator").get("/status").json()["simulated"], 30)
        position = told.tell_all("projects", {told.id("P-2026-0001"): _project(told)})
        wait_until(lambda: office.get("/rulebooks", after=position).status_code == 200, 30)
        yield told


def _group(told: District, number: int) -> list[Any]:
    return [
        GroupFormed(number, f"招商{number}组", f"Group {number}", "一", SINCE, True),
        LeaderAppointed(told.id(f"N-leader-{number}"), "组长（模拟）", SINCE, True, "x"),
        TargetSet(2026, "signed_amount", 100 * MILLION, "yuan", None),
    ]


def _unit(told: District, unit: str) -> list[Any]:
    kind = UnitKind.DEPARTMENT if unit == "alpha" else UnitKind.SUB_DISTRICT
    return [
        UnitRegistered(f"{unit}（模拟）", unit, kind, (), False, "notice"),
        UnitHeadAppointed(told.id(f"N-head-{unit}"), "负责人（模拟）", SINCE, True, "x"),
    ]


def _project(told: District) -> list[Any]:
    finder, landing = told.id("U-alpha"), told.id("U-beta")
    units = (CreditShare(SharePart.FINDER, finder, Decimal("0.3")),
             CreditShare(SharePart.LANDING_UNIT, landing, Decimal("0.7")))  # fmt: skip
    group = (CreditShare(SharePart.GROUP, told.id("G-1"), Decimal(1)),)
    opened = ProjectOpened(
        lead=told.id("L-2026-0001"),
        name="示例铝箔项目（模拟数据）",
        project_type=ProjectType.NEW_LAND,
        content="生产线",
        investor=Party("示例公司（模拟数据）"),
        origin=Origin.PROVINCE_EXTERNAL,
        origin_place="江苏",
        industry="aluminium",
        group=told.id("G-1"),
        finder=finder,
        opened_on=SINCE,
        opened_by="x",
    )
    return [
        opened,
        ProjectSigned("H-1", "合同", "0" * 64, 50 * MILLION, SINCE, "x", (), "1"),
        ProjectLanded(landing, SINCE, "x", (), "1"),
        CreditShared("units", "all", units, ShareBasis.DEFAULT, SINCE, "x"),
        CreditShared("groups", "all", group, ShareBasis.DEFAULT, SINCE, "x"),
        FundsRecognised(
            1, 20 * MILLION, 20 * MILLION, "2026-11", ("x",), Referee.COMMERCE_BUREAU, "0" * 64, SINCE, "x"
        ),
    ]


def ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:sevenx:problem:{code}"), answer.text
    assert answer.json()["detail_zh"]
    found: dict[str, Any] = answer.json()
    return found


def tick(told: District, until: datetime) -> None:
    ok(told.service.office("operator").post("/clock/tick", {"as_of": until.isoformat()}))
    told.service.wait_drained()
