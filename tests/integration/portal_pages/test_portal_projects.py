"""A project's page in the console: its story, gates, promises, documents, and what departments are asked for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.projects.domain.document.events import DocumentStored, Paper
from services.projects.domain.procedure.events import (
    ProcedureGranted,
)
from services.projects.domain.project.events import (
    FundsClaimed,
    Gate,
    GateHeld,
    GateOutcome,
    PromiseKind,
    PromiseMade,
    PromiseOverdue,
    PromiseParty,
    Voucher,
)
from services.projects.domain.values import Referee
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages.reading import (
    LEAD,
    PLANNING,
    PROBLEM,
    PROCEDURE,
    SECOND,
    Both,
    console,
    matters,
    month_of_work,
    principal,
)
from tests.integration.reporting_model import (
    GROUP,
    LEAD_UNITS,
    PROJECT,
)
from tests.unit.given import at
from tests.unit.reporting.given import BUREAU, LIAISON


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
