"""Every page of the console for every role, and the lists: what each reader sees, figures that are reporting's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.portal import visit as visits
from services.portal.queries import figures, projects, reports
from services.portal.queries.projects import Filters
from services.projects.domain.problem.events import Level as ProblemLevel
from services.projects.domain.problem.events import ProblemEscalated
from services.projects.domain.procedure.events import SupplementAsked
from services.registry.domain.person.events import PersonRegistered
from sevenx.kernel.auth import ROLES, Principal
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages.reading import (
    ENTERPRISE,
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
    INVESTOR,
    LEAD_UNITS,
    MILLION,
    PROJECT,
    month,
)
from tests.unit.given import at
from tests.unit.reporting.given import LIAISON


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


async def test_procedures_and_problems_are_in_the_to_do_of_those_who_answer_them(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    """二（二）, 三（二）: the department that is asked, the group whose material is lacking, the office to which a
    problem was passed up; nobody else's list is longer for it."""
    await month_of_work(bus, theirs)
    matters(bus)

    async def steps(grant: str) -> set[str]:
        async with console(reads, principal(grant), "zh") as client:
            page = (await client.get("/work")).text
        words = ("受理手续", "办理手续", "补正手续材料", "解决问题", "协调问题")
        return {word for word in words if f"<strong>{word}</strong>" in page}

    planner, group, commerce = f"unit_head@{PLANNING}", f"liaison@{GROUP}", "commerce_bureau@410804"
    assert await steps(planner) == {"办理手续", "解决问题"}
    assert [await steps(grant) for grant in (group, commerce, "unit_head@410804-U-finance")] == [set()] * 3
    on, same = date(2026, 8, 12), (PROJECT, GROUP, PLANNING, "规划许可（模拟）")
    bus.tell("projects", PROCEDURE, at("2026-08-12 09:00"), SupplementAsked(*same, "红线图", LIAISON, "x", on))
    assert await steps(group) == {"补正手续材料"}
    assert await steps(planner) == {"解决问题"}
    up = (SECOND, GROUP, PLANNING, "用地指标（模拟）", 1, ProblemLevel.GROUP, ProblemLevel.COMMERCE_BUREAU, "跨部门")
    bus.tell("projects", PROBLEM, at("2026-08-12 09:00"), ProblemEscalated(*up, LIAISON, LIAISON, on))
    assert await steps(commerce) == {"协调问题"}
    assert await steps("district_office@410804") == set()


async def test_a_visitors_english_name_is_the_rosters_or_the_offices(bus: Both, reads: Reads) -> None:
    bus.tell("registry", LIAISON, at("2026-08-10 09:00"), PersonRegistered("示例联络员（模拟）", "Sample", "模拟"))
    assert await visits.english_name(reads, LIAISON) == "Sample"
    assert await visits.english_name(reads, "410804-supervision-office") == "Supervision Office"
    assert await visits.english_name(reads, "410804-N-nobody") == ""


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


async def test_a_liaison_finds_a_first_text_and_the_form_to_send_it(bus: Both, theirs: Reads, reads: Reads) -> None:
    """三(三): a draft within minutes: figures from the events, words to go on from."""
    await month_of_work(bus, theirs)
    async with console(reads, principal(f"liaison@{GROUP}", subject=LIAISON), "zh") as client:
        page = (await client.get(f"/reports/{GROUP}/2026-08")).text
    assert 'data-command="/api/reporting/reports/410804-R-2026-08-G1/draft"' in page
    assert "合同金额500万元" in page
    async with console(reads, principal("liaison@410804-G-2"), "zh") as client:
        assert "/draft" not in (await client.get(f"/reports/{GROUP}/2026-08")).text
