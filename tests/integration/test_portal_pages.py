"""The console's pages over the portal's read model on the real PostgreSQL: what each reader sees, figures that are
reporting's own, and every page for every role."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI, Request

from services.portal import visit as visits
from services.portal.projections import projections
from services.portal.queries import figures, projects, reports
from services.portal.queries.projects import Filters
from services.portal.site import page_routers
from services.portal.visit import Freshness, Visit
from services.projects.domain.document.events import DocumentStored, Paper
from services.projects.domain.enterprise.events import (
    DuplicateSuspected,
    EnterpriseRegistered,
    EnterprisesMerged,
    MergeUndone,
)
from services.projects.domain.enterprise.values import Alias, AliasKind, ForeignRegistration, Ground, Listing
from services.projects.domain.lead.events import InvestorIdentified
from services.projects.domain.problem.events import ProblemRaised
from services.projects.domain.procedure.events import (
    ProcedureAccepted,
    ProcedureGranted,
    ProcedureOverdue,
    ProcedureRequested,
)
from services.projects.domain.project.events import (
    FundsChecked,
    FundsClaimed,
    FundsReversed,
    Gate,
    GateHeld,
    GateOutcome,
    PromiseKind,
    PromiseMade,
    PromiseOverdue,
    PromiseParty,
    Voucher,
)
from services.projects.domain.values import Origin, Referee, Stage
from services.registry.domain.group.events import LiaisonDesignated, TargetSet
from services.registry.domain.person.events import PersonRegistered
from services.reporting.projections import projections as reporting_projections
from sevenx.kernel import http, read_schema
from sevenx.kernel.auth import ROLES, Principal
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.problems import answer_with_problems
from sevenx.kernel.projection import READ, Changes
from sevenx.kernel.reads import Reads, reads_engine
from sevenx.kernel.row_writer import write_changes
from tests.conftest import Database, SharedPostgres
from tests.integration.reporting_model import (
    GROUP,
    INVESTOR,
    LEAD_UNITS,
    MILLION,
    PROJECT,
    Bus,
    back,
    begin,
    landed,
    lead,
    month,
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

    def tell(self, *told: Any) -> list[Recorded]:
        events = super().tell(*told)
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


@pytest.fixture(scope="module")
def databases(postgres: SharedPostgres) -> tuple[Database, Database]:
    return postgres.create_database("reporting"), postgres.create_database("portal")


@pytest.fixture
def bus(databases: tuple[Database, Database]) -> Iterator[Both]:
    with both(*databases) as told:
        yield told


@pytest.fixture
async def theirs(databases: tuple[Database, Database]) -> AsyncIterator[Reads]:
    made = Reads(reads_engine(databases[0].owner_url))
    yield made
    await made.engine.dispose()


@pytest.fixture
async def reads(databases: tuple[Database, Database]) -> AsyncIterator[Reads]:
    made = Reads(reads_engine(databases[1].owner_url))
    yield made
    await made.engine.dispose()


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


async def test_a_drafts_figures_are_the_ones_that_the_page_shows(bus: Both, theirs: Reads, reads: Reads) -> None:
    """三(三): whatever reporting would put in a draft now, the report's page says the same."""
    await month_of_work(bus, theirs)
    owner = {one.indicator.value: one for one in (await month(theirs)).values()}
    row = await reports.one(reads, GROUP, "2026-08")
    assert row is not None
    shown = {one["indicator"]: one for one in await figures.figures_of(reads, row)}
    assert {name: one["month"] for name, one in shown.items()} == {name: one.month for name, one in owner.items()}
    assert {name: one["completion"] for name, one in shown.items()} == {n: one.completion for n, one in owner.items()}
    assert shown["signed_amount"]["month"] == 5 * MILLION
    assert shown["funds_in_place"]["month"] == MILLION * 3 / 4
    assert shown["signed_amount"]["completion"] == Decimal("0.5")


async def test_an_unsigned_investor_is_shown_only_to_those_who_work_on_it(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    """二(三): sharing with unsigned investors masked."""
    await month_of_work(bus, theirs)
    elsewhere = principal("liaison@410804-G-2")
    assert await investor(reads, elsewhere, PROJECT) == (True, INVESTOR.name)
    shown, masked = await investor(reads, elsewhere, SECOND)
    assert not shown
    assert "示例" not in masked
    for grant in ("commerce_bureau@410804", f"liaison@{GROUP}", f"unit_head@{LEAD_UNITS[0]}"):
        assert await investor(reads, principal(grant), SECOND) == (True, INVESTOR.name)


async def investor(reads: Reads, reader: Principal, project_id: str) -> tuple[bool, str]:
    """Whether a project is open to a reader, and the investor as he sees it."""
    row = await projects.project(reads, reader, project_id)
    assert row is not None
    return row["open"], row["investor_name"]


async def test_a_search_does_not_find_by_what_is_masked(bus: Both, theirs: Reads, reads: Reads) -> None:
    await month_of_work(bus, theirs)
    found = await projects.project_page(reads, principal("liaison@410804-G-2"), Filters(words="示例铝业"))
    assert [row["stream"] for row in found] == [PROJECT]
    found = await projects.project_page(reads, principal(f"liaison@{GROUP}"), Filters(words="示例铝业"))
    assert [row["stream"] for row in found] == [SECOND, PROJECT]


async def test_a_page_of_a_list_goes_on_where_the_one_before_ended(bus: Both, theirs: Reads, reads: Reads) -> None:
    await month_of_work(bus, theirs)
    rest = await projects.project_page(reads, principal("auditor@410804"), Filters(), before=SECOND)
    assert [row["stream"] for row in rest] == [PROJECT]


async def test_a_visitors_english_name_is_the_rosters_or_the_offices(bus: Both, reads: Reads) -> None:
    bus.tell("registry", LIAISON, at("2026-08-10 09:00"), PersonRegistered("示例联络员（模拟）", "Sample", "模拟"))
    assert await visits.english_name(reads, LIAISON) == "Sample"
    assert await visits.english_name(reads, "410804-supervision-office") == "Supervision Office"
    assert await visits.english_name(reads, "410804-N-nobody") == ""


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


PAGES = (
    "/overview",
    "/work",
    "/reviews",
    "/groups",
    f"/groups/{GROUP}",
    "/projects",
    f"/projects/{PROJECT}",
    "/leads",
    f"/leads/{LEAD}",
    "/reports",
    f"/reports/{GROUP}/2026-08",
    f"/reports/{GROUP}/2026-01",
    "/ranking/2026",
    "/enterprises",
    "/enterprises?q=示例&origin=province_external&list=示例百强&industry=C32",
    f"/enterprises/{ENTERPRISE}",
    "/procedures",
    "/procedures?state=running&late=yes&unit=410804-U-finance&project=410804-P-2026-0001",
    f"/procedures/{PROCEDURE}",
    "/problems",
    f"/problems/{PROBLEM}",
    "/trips",
    "/directives",
    "/hearings",
    "/budgets",
    "/audit",
    f"/events/projects/{PROJECT}",
)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_answers_every_role_with_a_page_or_a_refusal(
    bus: Both, theirs: Reads, reads: Reads, language: str
) -> None:
    await month_of_work(bus, theirs)
    matters(bus)
    scopes = {"liaison": GROUP, "group_leader": GROUP, "group_deputy": GROUP, "lead_unit_head": GROUP}
    for role in ROLES:
        scope = scopes.get(role, LEAD_UNITS[0] if role.startswith("unit_") else "410804")
        async with console(reads, principal(f"{role}@{scope}"), language) as client:
            answers = {path: (await client.get(path)).status_code for path in PAGES}
        wrong = {path: status for path, status in answers.items() if status not in (200, 403)}
        assert not wrong, (role, wrong)
        assert answers["/overview"] == 200


async def test_a_project_tells_who_did_what_by_which_post_and_where_it_stands(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    await month_of_work(bus, theirs)
    async with console(reads, principal("auditor@410804"), "zh") as client:
        page = (await client.get(f"/projects/{PROJECT}")).text
    assert "签订正式合同（H-1），金额500万元" in page
    assert f"projects/{PROJECT}@2" in page
    async with console(reads, principal("liaison@410804-G-2"), "zh") as client:
        assert (await client.get(f"/projects/{SECOND}")).status_code == 403
        assert "示例铝业" not in (await client.get(f"/leads/{LEAD}")).text


async def test_a_project_shows_its_gates_and_promises_and_offers_each_what_is_his(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    """«Projects»: gates before the contract, done and missing; promises, the overdue first."""
    await month_of_work(bus, theirs)
    on, due = date(2026, 8, 9), date(2026, 8, 11)
    failed = GateHeld(
        1, Gate.LEGALITY, on, "区司法局", (), GateOutcome.FAILED, "模审1号", "1" * 64, "无依据", on, BUREAU
    )
    review = (2, Gate.JOINT_REVIEW, on, "联审会", LEAD_UNITS, GateOutcome.CONDITIONAL, "模审2号", "2" * 64, "能耗落实")
    tax = (PromiseParty.ENTERPRISE, PromiseKind.TAX)
    bus.tell(
        "projects",
        PROJECT,
        at("2026-08-12 10:00"),
        failed,
        GateHeld(*review, on, BUREAU),
        PromiseMade(1, *tax, "年缴税不低于一千万元", date(2027, 12, 31), "第六条", on, LIAISON, Decimal(1000), "万元"),
        PromiseMade(2, PromiseParty.GOVERNMENT, PromiseKind.LAND, "供地120亩", due, "第三条", on, LIAISON, gate=3),
        PromiseOverdue(2, PromiseParty.GOVERNMENT, PromiseKind.LAND, due, on, GROUP, LEAD_UNITS[0]),
    )
    api = f'data-command="/api/projects/projects/{PROJECT}'
    async with console(reads, principal(f"liaison@{GROUP}"), "zh") as client:
        page = (await client.get(f"/projects/{PROJECT}")).text
    assert "尚缺：初判、合法性审核、公平竞争审查、集体决策。" in page
    assert "目前只登记，不影响签约。" in page
    assert page.index("2. 供地120亩") < page.index("1. 年缴税不低于一千万元")
    assert f'{api}/promises/1/fulfil"' in page
    assert f'{api}/gates"' not in page
    assert f'{api}/promises/1/withdraw"' not in page
    async with console(reads, principal("district_office@410804"), "en") as client:
        page = (await client.get(f"/projects/{PROJECT}")).text
    assert f'{api}/gates/2/take-back"' in page
    assert f'{api}/promises/1/withdraw"' in page
    assert f'{api}/promises"' not in page
    async with console(reads, principal(f"lead_unit_head@{GROUP}"), "zh") as client:
        page = (await client.get(f"/projects/{PROJECT}")).text
    assert f'{api}/gates"' in page
    assert '<option value="preliminary">' in page
    assert '<option value="legality">' not in page


async def test_a_project_links_to_what_is_stored_for_it_and_says_where_there_is_a_digest_alone(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    """三(五): what proves a figure can be opened. What is stored for another project is none of this one's."""
    await month_of_work(bus, theirs)
    matters(bus)
    on, kept, digest, elsewhere = date(2026, 8, 12), "5" * 64, "6" * 64, "7" * 64
    vouchers = (
        Voucher("银收1", Decimal(100), on, "示例铝业（模拟）", kept),
        Voucher("银收2", Decimal(50), on, "示例铝业（模拟）", digest),
        Voucher("银收3", Decimal(50), on, "示例铝业（模拟）", elsewhere),
    )
    claim = FundsClaimed(
        7, LEAD_UNITS[0], LIAISON, Decimal(200), "2026-08", vouchers, on, Referee.COMMERCE_BUREAU, "模拟"
    )
    outcome = (
        "planning",
        "规划许可（模拟）",
        "建字第1号（模拟）",
        "8" * 64,
        on,
        5,
        False,
        LIAISON,
        "410804-N-planner",
        on,
    )
    granted = ProcedureGranted(PROJECT, GROUP, PLANNING, *outcome)
    bus.tell("projects", PROJECT, at("2026-08-12 10:00"), claim)
    for sha256, subject in ((kept, PROJECT), (elsewhere, SECOND), ("8" * 64, PROCEDURE)):
        stored = DocumentStored(sha256, 204_800, "application/pdf", subject, Paper.VOUCHER, LIAISON, on)
        bus.tell("projects", f"410804-DOC-{sha256}", at("2026-08-12 10:00"), stored)
    bus.tell("projects", PROCEDURE, at("2026-08-12 10:00"), granted)
    async with console(reads, principal(f"liaison@{GROUP}"), "zh") as client:
        page = (await client.get(f"/projects/{PROJECT}")).text
        procedure = (await client.get(f"/procedures/{PROCEDURE}")).text
    assert f'href="/api/projects/documents/{kept}"' in page
    assert 'aria-label="下载 银收1"' in page
    assert "200 KB" in page
    for sha256 in (digest, elsewhere):
        assert f"/api/projects/documents/{sha256}" not in page
        assert f'title="SHA-256 {sha256}"' in page
    assert "仅有摘要" in page
    assert f'href="/api/projects/documents/{"8" * 64}"' in procedure
    async with console(reads, principal(f"liaison@{GROUP}"), "en") as client:
        assert "digest only" in (await client.get(f"/projects/{PROJECT}")).text


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


async def test_a_department_finds_what_waits_for_it_and_the_forms_to_answer(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    """二(二), 三(二): approvals and problems with their owner, promise and state."""
    await month_of_work(bus, theirs)
    matters(bus)
    api = f'data-command="/api/projects/procedures/{PROCEDURE}'
    async with console(reads, principal(f"unit_head@{PLANNING}"), "zh") as client:
        listed = (await client.get("/procedures", params={"unit": PLANNING, "late": "yes"})).text
        assert f'href="/procedures/{PROCEDURE}"' in listed
        page = (await client.get(f"/procedures/{PROCEDURE}")).text
        assert f"{api}/grant" in page
        assert f"{api}/withdraw" not in page
        assert f"{PLANNING}未在承诺的2026年8月10日前办结" in page
        problem = (await client.get(f"/problems/{PROBLEM}")).text
        assert "/handle" in problem
        assert f'/api/projects/problems/{PROBLEM}/close"' not in problem
    async with console(reads, principal(f"liaison@{GROUP}", subject=LIAISON), "zh") as client:
        page = (await client.get(f"/procedures/{PROCEDURE}")).text
        assert f"{api}/withdraw" in page
        assert f"{api}/grant" not in page
        assert f"/api/projects/problems/{PROBLEM}/close" in (await client.get(f"/problems/{PROBLEM}")).text
        page = (await client.get(f"/projects/{PROJECT}")).text
        assert 'data-command="/api/projects/procedures"' in page
        assert "规划许可（模拟）" in page
    async with console(reads, principal("liaison@410804-G-2"), "zh") as client:
        assert (await client.get(f"/problems/{PROBLEM}")).status_code == 403
        assert "用地指标" not in (await client.get("/problems")).text


async def test_a_liaison_finds_a_first_text_and_the_form_to_send_it(bus: Both, theirs: Reads, reads: Reads) -> None:
    """三(三): a draft within minutes: figures from the events, words to go on from."""
    await month_of_work(bus, theirs)
    async with console(reads, principal(f"liaison@{GROUP}", subject=LIAISON), "zh") as client:
        page = (await client.get(f"/reports/{GROUP}/2026-08")).text
    assert 'data-command="/api/reporting/reports/410804-R-2026-08-G1/draft"' in page
    assert "合同金额500万元" in page
    async with console(reads, principal("liaison@410804-G-2"), "zh") as client:
        assert "/draft" not in (await client.get(f"/reports/{GROUP}/2026-08")).text


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


async def test_an_enterprise_is_found_by_every_name_and_shows_each_reader_what_is_his(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    await month_of_work(bus, theirs)
    when = at("2026-08-12 09:00")
    on = date(2026, 8, 12)
    bus.tell("projects", OTHER, when, enterprise(OTHER, "示例鋁業（模拟）", lists=()))
    bus.tell("projects", LEAD, when, InvestorIdentified(ENTERPRISE, None, on, LIAISON))
    bus.tell("projects", OTHER, when, DuplicateSuspected(ENTERPRISE, Decimal("0.97"), Ground.LIKE_NAME, on))
    async with console(reads, principal("commerce_bureau@410804"), "zh") as client:
        for q in ("示例铝", "demo aluminium", "0001", ENTERPRISE):
            assert f"/enterprises/{ENTERPRISE}" in (await client.get("/enterprises", params={"q": q})).text, q
        assert f"/enterprises/{OTHER}" not in (await client.get("/enterprises", params={"list": "示例百强"})).text
        page = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert f"/leads/{LEAD}" in page
        assert f'data-command="/api/projects/enterprises/{ENTERPRISE}/merge"' in page
        assert "疑似与 410804-E-2026-0001" in (await client.get(f"/enterprises/{OTHER}")).text
        assert f"/enterprises/{ENTERPRISE}" in (await client.get(f"/leads/{LEAD}")).text
    async with console(reads, principal("liaison@410804-G-2"), "en") as client:
        page = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert f"/leads/{LEAD}" not in page
        assert "/merge" not in page
        assert ENTERPRISE not in (await client.get(f"/leads/{LEAD}")).text
    merged = EnterprisesMerged(ENTERPRISE, OTHER, "同一企业", on, BUREAU)
    for stream in (ENTERPRISE, OTHER):
        bus.tell("projects", stream, when, merged)
    async with console(reads, principal("commerce_bureau@410804"), "zh") as client:
        page = (await client.get(f"/enterprises/{OTHER}")).text
        assert f'已并入 <a href="/enterprises/{ENTERPRISE}">' in page
        survivor = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert "示例鋁業（模拟）" in survivor
        assert "/merge/undo" in survivor
        assert f"/enterprises/{OTHER}" not in (await client.get("/enterprises")).text
    undone = MergeUndone(ENTERPRISE, OTHER, "实为两家", on, BUREAU)
    for stream in (ENTERPRISE, OTHER):
        bus.tell("projects", stream, when, undone)
    async with console(reads, principal("commerce_bureau@410804"), "zh") as client:
        page = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert "/merge" not in page
