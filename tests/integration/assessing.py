"""A running assessment service in a small district, fed with other areas' events on the real bus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

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
from services.registry.domain.district.events import CalendarPublished
from services.registry.domain.group.events import GroupFormed, LeaderAppointed, TargetSet
from services.registry.domain.unit.events import UnitHeadAppointed, UnitKind, UnitRegistered
from sevenx.kernel.cut_offs import month_end
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.period_close import marker_streams
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import District, established
from tests.integration.service_process import running, wait_until
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


class Assessed(District):
    """A running assessment service, and the bus on which the other areas' events are told to it."""

    def close_the_year(self) -> None:
        """Every other area announces that 2026 is closed."""
        for area in CLOSING_AREAS:
            if area != "assessment":
                streams = enumerate(marker_streams(self.service.district, area))
                markers = {stream: [PeriodClosed(ENDS, "year", "2026", partition)] for partition, stream in streams}
                self.tell_all(area, markers, ENDS)


@contextmanager
def district(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[Assessed]:
    """Simulated time stands at 20 December 2026; two groups, two units, one landed project with recognised funds."""
    with running(SERVICE, postgres, kafka) as service:
        told = Assessed(service, kafka, EARLIER)
        genesis = established(service.district, BEGIN)
        calendars = [CalendarPublished(year, False, (), (), "模拟") for year in (2026, 2027)]
        groups = {told.id(f"G-{number}"): _group(told, number) for number in (1, 2)}
        units = {told.id(f"U-{unit}"): _unit(told, unit) for unit in ("alpha", "beta")}
        last = told.tell_all("registry", {told.id("D"): [genesis, *calendars], **units, **groups})
        office = service.office("assessment_office")
        wait_until(lambda: office.get("/rulebooks", after=last).status_code == 200, 30)
        told.wait_simulated()
        position = told.tell_all("projects", {told.id("P-2026-0001"): _project(told)})
        wait_until(lambda: office.get("/rulebooks", after=position).status_code == 200, 30)
        yield told


def _group(told: Assessed, number: int) -> list[Any]:
    return [
        GroupFormed(number, f"招商{number}组", f"Group {number}", "一", SINCE, True),
        LeaderAppointed(told.id(f"N-leader-{number}"), "组长（模拟）", SINCE, True, "x"),
        TargetSet(2026, "signed_amount", 100 * MILLION, "yuan", None),
    ]


def _unit(told: Assessed, unit: str) -> list[Any]:
    kind = UnitKind.DEPARTMENT if unit == "alpha" else UnitKind.SUB_DISTRICT
    return [
        UnitRegistered(f"{unit}（模拟）", unit, kind, (), False, "notice"),
        UnitHeadAppointed(told.id(f"N-head-{unit}"), "负责人（模拟）", SINCE, True, "x"),
    ]


def _project(told: Assessed) -> list[Any]:
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
