"""Area projects as a deployment runs it, for the tests of its API: on the real PostgreSQL and Kafka, with the roster as
the registry tells it on the bus. All names are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from services.projects.service import SERVICE
from services.registry.domain.district.events import (
    IndustryListed,
    SettingChanged,
    SettingType,
)
from services.registry.domain.group.events import GroupFormed, LeaderAppointed, LeadUnitAssigned, LiaisonDesignated
from services.registry.domain.unit.events import UnitHeadAppointed, UnitKind, UnitLiaisonDesignated, UnitRegistered
from sevenx.kernel.clock import SHANGHAI
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, done, established
from tests.integration.service_process import RunningService, running, wait_until
from tests.unit.projects.stories import credit_code, sha

TODAY = datetime.now(UTC).astimezone(SHANGHAI).date()
BEGIN = datetime.combine(TODAY, time(), SHANGHAI).astimezone(UTC)
SINCE = date(2020, 7, 1)
KINDS = {
    "commerce": UnitKind.DEPARTMENT, "development-reform": UnitKind.DEPARTMENT, "finance": UnitKind.DEPARTMENT,
    "statistics": UnitKind.DEPARTMENT, "audit": UnitKind.DEPARTMENT, "supervision": UnitKind.OFFICE,
    "industry-zone": UnitKind.ZONE, "macun": UnitKind.SUB_DISTRICT,
}  # fmt: skip
BODIES = ("commerce", "development-reform", "finance", "statistics", "audit", "supervision")


class World(District):
    """The running service and the people of its district."""

    def __init__(self, service: RunningService, kafka: KafkaLogin, simulated: bool) -> None:
        super().__init__(service, kafka, BEGIN if simulated else None)
        self.liaison = self.person("liaison-1")
        self.head = self.person("head-development-reform")
        self.zone = self.person("liaison-industry-zone")
        self.commerce = service.office("commerce_bureau")
        self.office = service.office("district_office")
        self.auditor = service.office("auditor")
        self._investors = count(1000)

    def unit(self, name: str) -> str:
        return self.id(f"U-{name}")

    def wait_for(self, position: str) -> None:
        """Until the service has read an event."""
        wait_until(lambda: self.commerce.get("/leads", after=position).is_success, 30)

    def tick_ahead(self, days: int) -> None:
        """Simulated time goes on to noon of so many days from today."""
        self.wait_simulated()
        self.tick(datetime.combine(TODAY + timedelta(days=days), time(12), SHANGHAI))

    def lead(self, group: str = "G-1", **changes: Any) -> dict[str, Any]:
        """A registration, of another investor each time."""
        return {
            "title": "年产5万吨铝板带（模拟）",
            "intent": "新建铝板带生产线",
            "investor": {"name": "星河铝材（模拟）有限公司", "code": credit_code(next(self._investors))},
            "origin": "province_external",
            "origin_place": "浙江省",
            "source": "own_visit",
            "industry": "aluminium",
            "group": self.id(group),
            "finder": self.unit("macun"),
            "expected_investment": "500000000.00",
            **changes,
        }

    def negotiating(self, group: str = "G-1", kind: str = "leased_plant") -> str:
        """A project that has just begun, by whoever may; its id."""
        lead = done(self.commerce.post("/leads", self.lead(group)))["id"]
        done(self.person(f"leader-{group[-1]}").post(f"/leads/{lead}/qualify", {"note": "真实"}))
        body = {
            "name": "铝板带项目（模拟）",
            "project_type": kind,
            "content": "租赁厂房2万平方米",
            "started_on": day(),
            "documents": [document("talk_minutes")],
        }
        return str(done(self.commerce.post(f"/leads/{lead}/negotiate", body))["id"])

    def signed(self, group: str = "G-1") -> str:
        project = self.negotiating(group)
        done(self.commerce.post(f"/projects/{project}/sign", contract()))
        return project

    def landed(self, group: str = "G-1") -> str:
        project = self.signed(group)
        done(self.commerce.post(f"/projects/{project}/land", self.landing()))
        return project

    def landing(self, unit: str = "industry-zone") -> dict[str, Any]:
        kinds = ("business_licence", "project_filing", "lease_contract")
        return {"landing_unit": self.unit(unit), "landed_on": day(), "documents": [document(kind) for kind in kinds]}

    def claim(self, amount: int = 30_000_000, number: str = "0001", claimant: str = "industry-zone") -> dict[str, Any]:
        voucher = {"number": number, "amount": amount, "paid_on": day(), "payer": "星河铝材（模拟）有限公司"}
        return {
            "claimant": self.unit(claimant),
            "amount": amount,
            "month": day()[:7],
            "vouchers": [{**voucher, "sha256": sha(f"voucher {number}")}],
        }

    def recognition(self, amount: int, *without: str) -> dict[str, Any]:
        bodies = [self.unit(body) for body in BODIES if body not in without]
        return {"amount": amount, "bodies": bodies, "minutes_sha256": sha("minutes"), "reason": "联合认定核减"}


def day(ahead: int = 0) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def document(kind: str) -> dict[str, str]:
    return {"kind": kind, "title": kind, "sha256": sha(kind), "dated": day()}


def contract(**changes: Any) -> dict[str, Any]:
    return {
        "contract_number": "模招合〔2026〕1号",
        "contract_title": "铝板带项目投资合同",
        "amount": "100000000.00",
        "signed_on": day(),
        "agreed": {"landed": day(30), "started": day(90), "in_production": day(300), "at_capacity": day(600)},
        "documents": [document("formal_contract")],
        **changes,
    }


@contextmanager
def projects_world(postgres: SharedPostgres, kafka: KafkaLogin, *, simulated: bool = False) -> Iterator[World]:
    """The service with its roster read; with `simulated` time it is 00:00 of today until somebody ticks."""
    with running(SERVICE, postgres, kafka) as service:
        made = World(service, kafka, simulated)
        tell_roster(made)
        told = {made.id("D"): 5, made.id("G-2"): 4, **{made.unit(name): 3 for name in KINDS}}
        for stream, version in told.items():
            made.wait_for(f"registry/{stream}@{version}")
        if simulated:
            made.wait_simulated()
        yield made


def tell_roster(world: World) -> None:
    """Two groups: one led by 发改委, two by 商务局; six bodies, a zone and a sub-district."""
    basis, district = "模拟", world.id("D")
    for name, kind in KINDS.items():
        unit = world.unit(name)
        head, liaison = world.id(f"N-head-{name}"), world.id(f"N-liaison-{name}")
        world.tell(
            "registry",
            unit,
            UnitRegistered(f"{name}（模拟）", name, kind, (), False, basis),
            UnitHeadAppointed(head, "模拟", SINCE, True, basis),
            UnitLiaisonDesignated(liaison, "模拟", SINCE, basis),
        )
    world.tell(
        "registry",
        district,
        established(world.service.district, world.begin),
        IndustryListed("aluminium", "铝精深加工", "Aluminium", False, ()),
        IndustryListed("policy-funds", "上级政策性资金争取", "Policy funds", True, ()),
        setting("bodies.commerce_bureau", world.unit("commerce"), SettingType.UNIT),
        setting("funds.recognised_by", ",".join(world.unit(body) for body in BODIES), SettingType.UNITS),
    )
    for number, lead_unit in ((1, "development-reform"), (2, "commerce")):
        world.tell(
            "registry",
            world.id(f"G-{number}"),
            GroupFormed(number, f"招商{number}组（模拟）", f"Group {number}", "一", SINCE, True),
            LeadUnitAssigned(world.unit(lead_unit), lead_unit, None, 1, SINCE),
            LeaderAppointed(world.id(f"N-leader-{number}"), "模拟", SINCE, True, basis),
            LiaisonDesignated(world.id(f"N-liaison-{number}"), "模拟", SINCE, basis),
        )


def setting(key: str, value: str, kind: SettingType) -> SettingChanged:
    return SettingChanged(key, value, kind, (), "三（五）", False, None, "模拟")
