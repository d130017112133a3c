"""Area reporting as a deployment runs it, for tests of its API: on the real PostgreSQL and Kafka, fed with other areas'
events. All contents are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import httpx

from services.projects.domain.project.events import ProjectOpened, ProjectSigned
from services.projects.domain.values import Origin, Party, ProjectType
from services.registry.domain.district.events import CalendarPublished, ClockKind, DistrictEstablished, Level
from services.registry.domain.group.events import (
    DeputyAppointed,
    GroupFormed,
    LeaderAppointed,
    LeadUnitAssigned,
    LiaisonDesignated,
    ResponsibleUnitAssigned,
)
from services.registry.domain.unit.events import UnitHeadAppointed, UnitKind, UnitLiaisonDesignated, UnitRegistered
from services.reporting.service import SERVICE
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import Meta, uuid7, value_hash
from sevenx.kernel.testing.bus import Bus, Written
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bus import records
from tests.integration.service_process import Caller, RunningService, running, wait_until
from tests.unit.given import at

SINCE = date(2020, 7, 1)
BEGIN = at("2026-08-01 00:00")
ENDS = at("2026-08-26 00:00")
FIGURES = 7


@dataclass
class District:
    """A running reporting service, and the bus on which the other areas' events are told to it."""

    service: RunningService
    bus: Bus
    kafka: KafkaLogin

    def id(self, rest: str) -> str:
        return f"{self.service.district}-{rest}"

    def tell(self, area: str, stream: str, *events: Any, when: datetime = BEGIN) -> str:
        """Write events to an area's topic as its owner would; the last one's position."""
        return self.tell_all(area, {stream: events}, when)

    def tell_all(self, area: str, streams: Mapping[str, Sequence[Any]], when: datetime = BEGIN) -> str:
        """The same for several streams, the last one's position."""
        values = [(stream, self._next(area, stream, event, when)) for stream, some in streams.items() for event in some]
        self.bus.send(values, area=area)
        stream = values[-1][0]
        return f"{area}/{stream}@{self.bus.heads[(area, stream)].version}"

    def _next(self, area: str, stream: str, event: Any, when: datetime) -> bytes:
        head, zero = self.bus.heads.setdefault((area, stream), Written()), bytes(32)
        meta = Meta(
            head.hash,
            uuid7(),
            head.version + 1,
            self.bus.district,
            stream,
            when,
            when,
            "t",
            None,
            zero,
            zero[:16],
            None,
        )
        value = self.bus.catalog.encode(area, event, meta)
        head.version, head.hash = meta.version, value_hash(value)
        return value

    def person(self, name: str) -> Caller:
        """Somebody whose posts alone say what he may do."""
        return self.service.caller(self.id(f"N-{name}"))

    def published(self, kind: type) -> list[Any]:
        """The events of a kind that stand on reporting's topic."""
        topic = events_topic(self.service.district, "reporting")
        read = [catalog().decode("reporting", m.value() or b"") for m in records(self.kafka, topic)]
        return [one for one in read if one.name == kind.__name__]


@contextmanager
def district(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[District]:
    """Simulated time stands at 1 August 2026; groups one and two are formed, and the roster has been read."""
    with running(SERVICE, postgres, kafka) as service:
        told = District(service, Bus(kafka.librdkafka_options(), service.district, catalog()), kafka)
        name, code = "模拟区（模拟数据）", service.district
        genesis = DistrictEstablished(
            code, name, "Simulated", Level.DISTRICT, "410800", "焦作市", ClockKind.SIMULATED, BEGIN
        )
        units = {told.id(f"U-{unit}"): _unit(told, unit) for unit in ("alpha", "beta", "gamma")}
        groups = {told.id(f"G-{number}"): _group(told, number) for number in (1, 2)}
        calendar = CalendarPublished(2026, False, (), (), "模拟")
        last = told.tell_all("registry", {told.id("D"): [genesis, calendar], **units, **groups})
        reader = service.office("commerce_bureau")
        wait_until(lambda: reader.get("/periods", after=last).status_code == 200, 30)
        wait_until(lambda: service.office("operator").get("/status").json()["simulated"], 30)
        yield told


def _unit(told: District, unit: str) -> list[Any]:
    return [
        UnitRegistered(f"{unit} 局（模拟）", unit, UnitKind.DEPARTMENT, (), True, "x"),
        UnitHeadAppointed(told.id(f"N-head-{unit}"), f"{unit} 负责人（模拟）", SINCE, True, "x"),
        UnitLiaisonDesignated(told.id(f"N-contact-{unit}"), f"{unit} 联络员（模拟）", SINCE, "x"),
    ]


def _group(told: District, number: int) -> list[Any]:
    return [
        GroupFormed(number, f"招商{number}组", f"Group {number}", "一", SINCE, True),
        LeadUnitAssigned(told.id("U-alpha"), "甲局", None, 1, SINCE),
        LeadUnitAssigned(told.id("U-beta"), "乙局", None, 2, SINCE),
        ResponsibleUnitAssigned(told.id("U-gamma"), "丙局", 1, SINCE),
        LeaderAppointed(told.id(f"N-leader-{number}"), "组长（模拟）", SINCE, True, "x"),
        DeputyAppointed(told.id(f"N-deputy-{number}"), "副组长（模拟）", SINCE, True, "x"),
        LiaisonDesignated(told.id(f"N-liaison-{number}"), "联络员（模拟）", SINCE, "x"),
    ]


def project(told: District, amount: int) -> str:
    """A project of group one, signed on 10 August."""
    opened = ProjectOpened(
        lead=told.id("L-2026-0001"),
        name="项目（模拟数据）",
        project_type=ProjectType.NEW_LAND,
        content="生产线",
        investor=Party("示例公司（模拟数据）"),
        origin=Origin.PROVINCE_EXTERNAL,
        origin_place="江苏",
        industry="aluminium",
        group=told.id("G-1"),
        finder=told.id("U-alpha"),
        opened_on=date(2026, 8, 3),
        opened_by="x",
    )
    signed = ProjectSigned("H-1", "合同", "0" * 64, Decimal(amount), date(2026, 8, 10), "x", (), "1")
    return told.tell("projects", told.id("P-2026-0001"), opened, signed, when=at("2026-08-10 09:00"))


def ok(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:sevenx:problem:{code}"), answer.text
    assert answer.json()["detail_zh"]


def tick(told: District, until: datetime) -> None:
    ok(told.service.office("operator").post("/clock/tick", {"as_of": until.isoformat()}))
    told.service.wait_drained()
