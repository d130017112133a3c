"""Area reporting as a deployment runs it, for tests of its API: on the real PostgreSQL and Kafka, fed with other areas'
events. All contents are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from services.projects.domain.project.events import ProjectOpened, ProjectSigned
from services.projects.domain.values import Origin, Party, ProjectType
from services.reporting.service import SERVICE
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, tell_roster
from tests.integration.service_process import running, wait_until
from tests.unit.given import at

BEGIN = at("2026-08-01 00:00")
ENDS = at("2026-08-26 00:00")
FIGURES = 7


@contextmanager
def district(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[District]:
    """Simulated time stands at 1 August 2026; groups one and two are formed, and the roster has been read."""
    with running(SERVICE, postgres, kafka) as service:
        told = District(service, kafka, BEGIN)
        last = tell_roster(told)
        reader = service.office("commerce_bureau")
        wait_until(lambda: reader.get("/periods", after=last).status_code == 200, 30)
        told.wait_simulated()
        yield told


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
