"""Area outreach as a deployment runs it, for the tests of its API: on the real PostgreSQL and Kafka, with the roster as
the registry tells it on the bus and simulated time. All names are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import partial
from typing import Any

from services.outreach.service import SERVICE
from services.registry.domain.group.events import GroupFormed, LeaderAppointed, LiaisonDesignated
from services.registry.domain.person.events import PersonRegistered
from services.registry.domain.unit.events import UnitHeadAppointed, UnitKind, UnitLiaisonDesignated, UnitRegistered
from sevenx.kernel.clock import SHANGHAI
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, done, established
from tests.integration.service_process import RunningService, running, wait_until

SINCE = date(2020, 7, 1)
KINDS = {
    "commerce": UnitKind.DEPARTMENT,
    "macun": UnitKind.SUB_DISTRICT,
    "zone": UnitKind.ZONE,
    "branch": UnitKind.AGENCY,
}
"""Two whose heads owe the quota, one whose head is shown, one that answers to a higher level."""


def at(text: str) -> datetime:
    """`01-05 09:00` is a time of 2026 in China."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


BEGIN = at("01-05 00:00")


class World(District):
    """The running service and the people of its district, on Monday 5 January 2026."""

    def __init__(self, service: RunningService, kafka: KafkaLogin) -> None:
        super().__init__(service, kafka, BEGIN)
        self.liaison, self.head = self.person("liaison-commerce"), self.person("head-commerce")
        self.leader, self.district_office = service.office("district_leader"), service.office("district_office")
        self.finance, self.auditor = service.office("finance_bureau"), service.office("auditor")
        self.supervision = service.office("supervision_office")

    def settle(self, *positions: str) -> None:
        """Until the service has read these events, reacted to them, and read back what came of them."""
        for position in positions:
            wait_until(partial(self._has_read, position), 30)
        self.service.wait_drained()

    def _has_read(self, position: str) -> bool:
        return self.auditor.get("/trips", after=position).is_success

    def tick_to(self, text: str, year: int = 2026) -> None:
        """Simulated time goes on to 09:00 of a day."""
        self.tick(datetime.combine(date.fromisoformat(f"{year}-{text}"), time(9), SHANGHAI))

    def trip(self, first: str, last: str, unit: str = "commerce", **changes: Any) -> dict[str, Any]:
        """A trip of a unit's head to Suzhou."""
        return {
            "traveller": self.id(f"N-head-{unit}"),
            "unit": self.id(f"U-{unit}"),
            "purpose": "对接企业（模拟数据）",
            "destinations": [{"place": "江苏省苏州市", "province": "江苏"}],
            "starts_on": f"2026-{first}",
            "ends_on": f"2026-{last}",
            "enterprises": ["示例铝业有限公司（模拟）"],
            **changes,
        }

    def approved(self, first: str, last: str, unit: str = "commerce", **changes: Any) -> str:
        """The path of a trip that the district has approved."""
        liaison = self.person(f"liaison-{unit}")
        path = f"/trips/{done(liaison.post('/trips', self.trip(first, last, unit, **changes)))['id']}"
        done(self.leader.post(f"{path}/approve", {}))
        return path

    def budget(self, amount: str = "10000.00", unit: str | None = "commerce") -> str:
        """The path of a budget that the Finance Bureau has allocated."""
        body = {"fund": "own" if unit else "special", "year": 2026, "amount": amount, "document_number": "模拟1号"}
        body |= {"unit": self.id(f"U-{unit}")} if unit else {}
        return f"/budgets/{done(self.finance.post('/budgets', body))['id']}"


def visit(on: str, enterprise: str = "示例铝业有限公司（模拟）") -> dict[str, Any]:
    return {
        "visited_on": f"2026-{on}",
        "enterprise": enterprise,
        "place": "江苏省苏州市",
        "people_met": 2,
        "roles": ["总经理"],
        "summary": "有意来访（模拟数据）",
    }


@contextmanager
def outreach_world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    """The service with its roster read and reacted to; time stands until somebody ticks."""
    with running(SERVICE, postgres, kafka) as service:
        made = World(service, kafka)
        positions = list(_roster(made))
        made.wait_simulated()
        made.settle(*positions)
        yield made


def _roster(world: World) -> Iterator[str]:
    basis = "模拟"
    yield world.tell("registry", world.id("D"), established(world.service.district, BEGIN))
    for name, kind in KINDS.items():
        for who in ("head", "liaison", "staff"):
            yield world.tell(
                "registry", world.id(f"N-{who}-{name}"), PersonRegistered(f"{who} {name}（模拟）", who, basis)
            )
        yield world.tell(
            "registry",
            world.id(f"U-{name}"),
            UnitRegistered(f"{name}（模拟）", name, kind, (), False, basis),
            UnitHeadAppointed(world.id(f"N-head-{name}"), "模拟", SINCE, True, basis),
            UnitLiaisonDesignated(world.id(f"N-liaison-{name}"), "模拟", SINCE, basis),
        )
    yield world.tell("registry", world.id("N-leader"), PersonRegistered("组长（模拟）", "leader", basis))
    yield world.tell(
        "registry",
        world.id("G-1"),
        GroupFormed(1, "招商1组（模拟）", "Group 1", "一", SINCE, True),
        LeaderAppointed(world.id("N-leader"), "组长（模拟）", SINCE, True, basis),
        LiaisonDesignated(world.id("N-liaison-commerce"), "模拟", SINCE, basis),
    )
