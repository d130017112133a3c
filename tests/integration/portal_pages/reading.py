"""What the tests of the console share: a bus that reporting and the portal read, and pages as visitors get them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import psycopg
from fastapi import FastAPI, Request

from services.portal import visit as visits
from services.portal.projections import projections
from services.portal.site import page_routers
from services.portal.visit import Freshness, Visit
from services.projects.domain.enterprise.events import (
    EnterpriseRegistered,
)
from services.projects.domain.enterprise.values import Alias, AliasKind, ForeignRegistration, Listing
from services.projects.domain.problem.events import ProblemRaised
from services.projects.domain.procedure.events import (
    ProcedureAccepted,
    ProcedureOverdue,
    ProcedureRequested,
)
from services.projects.domain.project.events import (
    FundsChecked,
    FundsClaimed,
    FundsReversed,
    Voucher,
)
from services.projects.domain.values import Origin, Referee, Stage
from services.registry.domain.group.events import LiaisonDesignated, TargetSet
from services.reporting.projections import projections as reporting_projections
from sevenx.kernel import http, read_schema
from sevenx.kernel.auth import Principal
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.problems import answer_with_problems
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads
from sevenx.kernel.row_writer import write_changes
from tests.conftest import Database
from tests.integration.reporting_model import (
    GROUP,
    LEAD_UNITS,
    MILLION,
    PROJECT,
    Bus,
    back,
    begin,
    landed,
    lead,
    opened,
    roster,
    signed,
)
from tests.unit.given import at
from tests.unit.reporting.given import BUREAU, LIAISON

ENTERPRISE, OTHER = "410804-E-2026-0001", "410804-E-2026-0002"
LEAD, SECOND = "410804-L-2026-0001", "410804-P-2026-0002"
PROCEDURE, PROBLEM, PLANNING = "410804-H-2026-0001", "410804-O-2026-0001", "410804-U-planning"


class Both(Bus):
    """A bus that reporting and the portal read."""

    def __init__(self, reporting: psycopg.Connection[Any], portal: psycopg.Connection[Any]) -> None:
        super().__init__(reporting)
        self._portal = portal

    def tell(self, *told: Any, **other: Any) -> list[Recorded]:
        events = super().tell(*told, **other)
        for event in events:
            changes = Changes()
            projections.apply(event, changes)
            with self._portal.transaction():
                write_changes(self._portal, changes, READ)
        return events


@contextmanager
def both(reporting: Database, portal: Database) -> Iterator[Both]:
    with (
        psycopg.connect(reporting.owner_url, autocommit=True) as one,
        psycopg.connect(portal.owner_url, autocommit=True) as other,
    ):
        read_schema.create(other, projections, READ)
        read_schema.create(one, reporting_projections, READ)
        bus = Both(one, other)
        roster(bus)
        yield bus


def principal(*grants: str, subject: str = "410804-N-somebody") -> Principal:
    return Principal(subject, "410804", frozenset(grants))


async def month_of_work(bus: Both, theirs: Reads) -> None:
    """A lead, a project that is signed and lands, another whose signature is taken back, money that flows back."""
    await begin(bus, theirs)
    when = at("2026-08-10 09:00")
    target = TargetSet(2026, "signed_amount", 10 * MILLION, "yuan", None)
    bus.tell(
        "registry", GROUP, when, target, LiaisonDesignated(LIAISON, "示例联络员（模拟）", date(2020, 7, 1), "模拟")
    )
    bus.tell("projects", LEAD, when, lead())
    bus.tell("projects", ENTERPRISE, when, enterprise(ENTERPRISE, "示例铝业（模拟）有限公司"))
    voucher = Voucher("模拟0001", MILLION, date(2026, 8, 11), "示例铝业（模拟）", "1" * 64)
    office, on = Referee.COMMERCE_BUREAU, date(2026, 8, 12)
    bus.tell(
        "projects",
        PROJECT,
        when,
        opened(),
        signed(5 * MILLION),
        landed(),
        FundsClaimed(1, LEAD_UNITS[0], LIAISON, MILLION, "2026-08", (voucher,), on, office),
        FundsChecked(1, MILLION, MILLION, "2026-08", on, BUREAU, office),
        FundsReversed(1, MILLION / 4, Decimal(0), MILLION * 3 / 4, Decimal(0), "回流（模拟）", on, BUREAU, office),
    )
    bus.tell("projects", SECOND, when, opened(), signed(7 * MILLION), back(Stage.SIGNED, Stage.NEGOTIATING))


def console(reads: Reads, who: Principal, language: str) -> httpx.AsyncClient:
    """The pages as this visitor gets them, without the login before them."""
    app = FastAPI()
    app.state.served_paths = {}
    answer_with_problems(app)
    for router in page_routers():
        app.include_router(router)

    async def visitor(request: Request) -> Visit:
        made = Visit(who, language, "csrf", at("2026-08-12 09:00"), True, None, Freshness("running", 0, 0.0))
        request.state.visit = made
        return made

    async def model() -> Reads:
        return reads

    app.dependency_overrides = {visits._visit: visitor, http._reads: model}
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://console", cookies={"sevenx-language": language}
    )


def matters(bus: Both) -> None:
    """A procedure of the signed project that was accepted and is late; a problem of the one that is not signed."""
    asked, due = date(2026, 8, 3), date(2026, 8, 10)
    same = (PROJECT, GROUP, PLANNING)
    bus.tell(
        "projects",
        PROCEDURE,
        at("2026-08-03 09:00"),
        ProcedureRequested(*same, "planning", "规划许可（模拟）", "", 5, due, "procedures-1", LIAISON, asked),
        ProcedureAccepted(*same, "规划许可（模拟）", LIAISON, False, "410804-N-planner", asked),
        ProcedureOverdue(*same, "planning", "规划许可（模拟）", due, LIAISON, date(2026, 8, 11)),
    )
    about = (SECOND, GROUP, PLANNING, "land", "用地指标（模拟）", "指标不足")
    bus.tell(
        "projects",
        PROBLEM,
        at("2026-08-03 09:00"),
        ProblemRaised(*about, 20, date(2026, 8, 31), "problems-1", LIAISON, asked),
    )


def enterprise(stream: str, name: str, **changes: Any) -> EnterpriseRegistered:
    facts: dict[str, Any] = {
        "code": None,
        "foreign": ForeignRegistration("HK", stream[-4:]),
        "aliases": (Alias("Demo Aluminium Ltd.", AliasKind.FOREIGN),),
        "lists": (Listing("示例百强", 2025, 7),),
        "industry_code": "C3252",
    }
    registered = (stream, name, Origin.FOREIGN, "香港", LEAD_UNITS[0], date(2026, 7, 1), LIAISON)
    return EnterpriseRegistered(*registered, **{**facts, **changes})
