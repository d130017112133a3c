"""A running service whose other areas are told to it on the real bus, for the tests of each service's API. All names
are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import httpx

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
from sevenx.kernel.avro import catalog
from sevenx.kernel.testing.bus import Bus
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.integration.bus import records
from tests.integration.service_process import Caller, RunningService, wait_until

SINCE = date(2020, 7, 1)


class District:
    """A running service, and the bus on which the other areas' events are told to it."""

    def __init__(
        self, service: RunningService, kafka: KafkaLogin, begin: datetime | None, bus: Bus | None = None
    ) -> None:
        """`begin` is when simulated time begins, and when events happened that are told without a time; without it time
        is the wall's. `bus` is that of a service that ran before."""
        self.service, self.kafka, self.begin = service, kafka, begin
        self.bus = bus or Bus(kafka.librdkafka_options(), service.district, catalog())

    def id(self, rest: str) -> str:
        return f"{self.service.district}-{rest}"

    def person(self, name: str) -> Caller:
        """Somebody whose posts alone say what he may do."""
        return self.service.caller(self.id(f"N-{name}"))

    def tell(self, area: str, stream: str, *events: Any, when: datetime | None = None, actor: str = "t") -> str:
        """Write events to an area's topic as its owner would; the last one's position."""
        return self.tell_all(area, {stream: events}, when, actor)

    def tell_all(
        self, area: str, streams: Mapping[str, Sequence[Any]], when: datetime | None = None, actor: str = "t"
    ) -> str:
        """The same for several streams, the last one's position."""
        values = [
            (stream, self.bus.next(stream, event, area=area, when=when or self.begin, actor=actor))
            for stream, some in streams.items()
            for event in some
        ]
        self.bus.send(values, area=area)
        stream = values[-1][0]
        return f"{area}/{stream}@{self.bus.heads[(area, stream)].version}"

    def published(self, kind: type) -> list[Any]:
        """The events of a kind that stand on the service's own topic."""
        area = self.service.definition.area
        topic = events_topic(self.service.district, area)
        read = [catalog().decode(area, m.value() or b"") for m in records(self.kafka, topic)]
        return [one for one in read if one.name == kind.__name__]

    def tick(self, until: datetime) -> None:
        """Simulated time goes on, and all that falls due is decided and read back."""
        ok(self.service.office("operator").post("/clock/tick", {"as_of": until.isoformat()}))
        self.service.wait_drained()

    def wait_simulated(self) -> None:
        """Until the genesis is known to the clock."""
        operator = self.service.office("operator")
        wait_until(lambda: bool(operator.get("/status").json()["simulated"]), 30)


def established(district: str, begin: datetime | None) -> DistrictEstablished:
    """The genesis of a district whose time is simulated from `begin`, or else is the wall's."""
    clock = ClockKind.WALL if begin is None else ClockKind.SIMULATED
    return DistrictEstablished(
        district, "模拟区（模拟数据）", "Simulated", Level.DISTRICT, "410800", "焦作市", clock, begin
    )


def tell_roster(told: District, liaison: str = "liaison-{group}") -> str:
    """Two groups with the lead units alpha and beta and the responsible unit gamma, everybody in his post since July
    2020; the last event's position. `liaison` is the name of a group's liaison."""
    units = {told.id(f"U-{unit}"): _unit(told, unit) for unit in ("alpha", "beta", "gamma")}
    groups = {told.id(f"G-{group}"): _group(told, group, liaison.format(group=group)) for group in (1, 2)}
    genesis, calendar = established(told.service.district, told.begin), CalendarPublished(2026, False, (), (), "模拟")
    return told.tell_all("registry", {told.id("D"): [genesis, calendar], **units, **groups})


def _unit(told: District, unit: str) -> list[Any]:
    return [
        UnitRegistered(f"{unit} 局（模拟）", unit, UnitKind.DEPARTMENT, (), True, "x"),
        UnitHeadAppointed(told.id(f"N-head-{unit}"), f"{unit} 负责人（模拟）", SINCE, True, "x"),
        UnitLiaisonDesignated(told.id(f"N-contact-{unit}"), f"{unit} 联络员（模拟）", SINCE, "x"),
    ]


def _group(told: District, group: int, liaison: str) -> list[Any]:
    return [
        GroupFormed(group, f"招商{group}组", f"Group {group}", "一", SINCE, True),
        LeadUnitAssigned(told.id("U-alpha"), "甲局", None, 1, SINCE),
        LeadUnitAssigned(told.id("U-beta"), "乙局", None, 2, SINCE),
        ResponsibleUnitAssigned(told.id("U-gamma"), "丙局", 1, SINCE),
        LeaderAppointed(told.id(f"N-leader-{group}"), "组长（模拟）", SINCE, True, "x"),
        DeputyAppointed(told.id(f"N-deputy-{group}"), "副组长（模拟）", SINCE, True, "x"),
        LiaisonDesignated(told.id(f"N-{liaison}"), "联络员（模拟）", SINCE, "x"),
    ]


def ok(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that has this status."""
    assert answer.status_code == status, answer.text
    return answer.json()


def done(answer: httpx.Response) -> Any:
    """The body of a command's answer, whether it made something or changed it."""
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer that must be one."""
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body.get("type")) == (status, f"urn:sevenx:problem:{code}"), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["detail_zh"]
    return body
