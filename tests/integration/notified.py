"""Area notifier as a deployment runs it, for its tests: fed with other areas' events over the real bus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import httpx

from services.notifier.service import SERVICE
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
from services.reporting.domain.report.events import DeadlineMissed, ReportPeriodOpened, ReportSubmitted
from services.reporting.domain.report.values import Step
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import Meta, uuid7, value_hash
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.bus import Bus, Written
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bus import records
from tests.integration.service_process import Caller, RunningService, running, wait_until
from tests.unit.given import at

SINCE = date(2020, 7, 1)
BEGIN = at("2026-08-03 09:00")
DUE = at("2026-08-26 00:00")


@dataclass
class District:
    """A running notifier, and the bus on which the other areas' events are told to it."""

    service: RunningService
    bus: Bus
    kafka: KafkaLogin

    def id(self, rest: str) -> str:
        return f"{self.service.district}-{rest}"

    def report(self, group: int, period: str = "2026-08") -> str:
        return self.id(f"R-{period}-G{group}")

    def tell(self, area: str, stream: str, *events: Any, when: datetime = BEGIN, actor: str = "t") -> str:
        """Write events to an area's topic as its owner would; the last one's position."""
        return self.tell_all(area, {stream: events}, when, actor)

    def tell_all(
        self, area: str, streams: Mapping[str, Sequence[Any]], when: datetime = BEGIN, actor: str = "t"
    ) -> str:
        """The same for several streams, the last one's position."""
        values = [
            (stream, self._next(area, stream, event, when, actor)) for stream, some in streams.items() for event in some
        ]
        self.bus.send(values, area=area)
        stream = values[-1][0]
        return f"{area}/{stream}@{self.bus.heads[(area, stream)].version}"

    def _next(self, area: str, stream: str, event: Any, when: datetime, actor: str) -> bytes:
        head, zero = self.bus.heads.setdefault((area, stream), Written()), bytes(32)
        version = head.version + 1
        meta = Meta(
            head.hash, uuid7(), version, self.bus.district, stream, when, when, actor, None, zero, zero[:16], None
        )
        value = self.bus.catalog.encode(area, event, meta)
        head.version, head.hash = meta.version, value_hash(value)
        return value

    def person(self, name: str) -> Caller:
        """Somebody whose posts alone say what he may do."""
        return self.service.caller(self.id(f"N-{name}"))

    def settle(self, *positions: str) -> None:
        """Until these events have been read and everything they caused stands in our read model."""
        reader = self.service.office("operator")
        for position in positions:
            wait_until(lambda at=position: reader.get("/rules", after=at).status_code == 200, 30)  # type: ignore[misc]
            ok(reader.get("/escalations", after=position))
        self.service.wait_drained()

    def published(self, kind: type) -> list[Any]:
        """The events of a kind that stand on notifier's topic."""
        topic = events_topic(self.service.district, "notifier")
        read = [catalog().decode("notifier", m.value() or b"") for m in records(self.kafka, topic)]
        return [one for one in read if one.name == kind.__name__]

    def opened(self, group: int, period: str = "2026-08", when: datetime = BEGIN) -> str:
        """A group owes the report of a period."""
        return self.tell("reporting", self.report(group, period), self.opening(group, period), when=when)

    def opening(self, group: int, period: str = "2026-08") -> ReportPeriodOpened:
        return ReportPeriodOpened(
            group=self.id(f"G-{group}"),
            period=period,
            starts_at=BEGIN,
            ends_at=DUE,
            due_at=DUE,
            due_day=date(2026, 8, 25),
            nominal_day=date(2026, 8, 25),
            contribution_due_at=at("2026-08-21 00:00"),
            clock_stops_at=Step.SIGN_OFF,
            reminders=(),
            lead_units=(self.id("U-alpha"), self.id("U-beta")),
            responsible_units=(self.id("U-gamma"),),
            settings=(),
            calendars=(),
            provisional=False,
        )

    def missed(self, group: int) -> str:
        event = DeadlineMissed(self.id(f"G-{group}"), "2026-08", DUE, Step.SIGN_OFF, Step.DRAFT)
        return self.tell("reporting", self.report(group), event, when=DUE)

    def submitted(self, group: int, when: datetime) -> str:
        event = ReportSubmitted(self.id(f"G-{group}"), "2026-08", 1, 1, when, DUE, when >= DUE, 0, (), 0)
        return self.tell("reporting", self.report(group), event, when=when)


@contextmanager
def district(
    postgres: SharedPostgres, kafka: KafkaLogin, settings: Settings | None = None, told: District | None = None
) -> Iterator[District]:
    """Simulated time stands at 3 August 2026, 09:00; groups one and two have one liaison, and the roster was read. With
    the `settings` and what was `told` of one that ran before: on what that one left."""
    with running(SERVICE, postgres, kafka, settings=settings) as service:
        if told is not None:
            yield District(service, told.bus, kafka)
            return
        new = District(service, Bus(kafka.librdkafka_options(), service.district, catalog()), kafka)
        _found(new)
        yield new


def _found(told: District) -> None:
    name, code = "模拟区（模拟数据）", told.service.district
    genesis = DistrictEstablished(
        code, name, "Simulated", Level.DISTRICT, "410800", "焦作市", ClockKind.SIMULATED, BEGIN
    )
    units = {told.id(f"U-{unit}"): _unit(told, unit) for unit in ("alpha", "beta", "gamma")}
    groups = {told.id(f"G-{number}"): _group(told, number) for number in (1, 2)}
    calendar = CalendarPublished(2026, False, (), (), "模拟")
    last = told.tell_all("registry", {told.id("D"): [genesis, calendar], **units, **groups})
    operator = told.service.office("operator")
    wait_until(lambda: operator.get("/escalations", after=last).status_code == 200, 30)
    wait_until(lambda: bool(operator.get("/status").json()["simulated"]), 30)


def _unit(told: District, unit: str) -> list[Any]:
    return [
        UnitRegistered(f"{unit}局（模拟）", f"{unit} (simulated)", UnitKind.DEPARTMENT, (), True, "needed"),
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
        LiaisonDesignated(told.id("N-liaison"), "联络员（模拟）", SINCE, "x"),
    ]


def ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:sevenx:problem:{code}"), answer.text
    assert answer.json()["detail_zh"]


def tick(told: District, until: datetime) -> None:
    ok(told.service.office("operator").post("/clock/tick", {"as_of": until.isoformat()}))
    told.service.wait_drained()


def titles(caller: Caller, **query: Any) -> list[str]:
    """What stands in somebody's inbox, in English."""
    return [one["title_en"] for one in ok(caller.get("/inbox", **query))["items"]]
