"""Procedures (手续办理) and problems (问题协调) through the real API, and by the clock, in simulated time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, day, projects_world
from tests.unit.projects.stories import sha


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka, simulated=True) as made:
        yield made


def granting(number: str = "建字第1号（模拟）") -> dict[str, str]:
    return {"document_number": number, "sha256": sha(number), "dated": day()}


def test_a_department_is_asked_and_answers_and_who_asked_does_not(world: World) -> None:
    """二(二), 三(二): a responsible department, a promised date, an outcome."""
    project, finance = world.landed(), world.person("liaison-finance")
    body = {"project": project, "unit": world.unit("finance"), "kind": "planning", "title": "规划许可（模拟）"}
    refused(finance.post("/procedures", body), 403, "not-allowed")
    refused(world.liaison.post("/procedures", {**body, "unit": world.unit("finanse")}), 422, "unknown-unit")
    wrong = refused(world.liaison.post("/procedures", {**body, "kind": "handshake"}), 422, "unknown-kind")
    assert wrong["fields"][0]["where"] == "body.kind"
    asked = done(world.zone.post("/procedures", body))["id"]
    done(finance.post(f"/procedures/{asked}/accept", {}))
    done(finance.post(f"/procedures/{asked}/ask-supplement", {"materials": "总平面图"}))
    refused(finance.post(f"/procedures/{asked}/grant", granting()), 409, "supplement-awaited")
    refused(finance.post(f"/procedures/{asked}/give-supplement", {}), 403, "not-allowed")
    done(world.liaison.post(f"/procedures/{asked}/give-supplement", {"note": "已补"}))
    moved = {"promised_on": day(40), "reason": "须专家评审"}
    done(finance.post(f"/procedures/{asked}/promised-date", moved))
    granted = done(finance.post(f"/procedures/{asked}/grant", granting()))
    refused(finance.post(f"/procedures/{asked}/refuse", {**granting(), "reason": "不符"}), 409, "procedure-done")
    seen = done(world.auditor.get(f"/procedures/{asked}", after=granted["position"]))
    assert (seen["state"], seen["promised_on"], seen["working_days"]) == ("granted", day(40), 0)
    assert done(world.commerce.get("/procedures", project=project, open=True))["items"] == []
    told = done(world.auditor.get(f"/projects/{project}/timeline"))["events"]
    assert [one["event"] for one in told if one["stream"] == asked][:2] == ["ProcedureRequested", "ProcedureAccepted"]


def test_a_problem_is_passed_up_and_closed_by_others_than_its_owner(world: World) -> None:
    """三(二): 及时协调解决有关问题; of a lead as of a project."""
    lead = done(world.person("liaison-macun").post("/leads", world.lead()))["id"]
    body = {"about": lead, "owner": world.unit("finance"), "kind": "land", "title": "用地（模拟）", "text": "指标不足"}
    raised = done(world.person("liaison-macun").post("/problems", body))["id"]
    owner = world.person("head-finance")
    done(owner.post(f"/problems/{raised}/handle", {"measure": "正在核减"}))
    done(owner.post(f"/problems/{raised}/escalate", {"reason": "超出权限"}))
    refused(world.office.post(f"/problems/{raised}/return", {"reason": "先办"}), 403, "not-its-level")
    returned = {"reason": "由审计局牵头", "owner": world.unit("audit")}
    done(world.commerce.post(f"/problems/{raised}/return", returned))
    closing = {"outcome": "solved", "reason": "指标已落实"}
    refused(owner.post(f"/problems/{raised}/close", closing), 403, "not-allowed")
    done(world.person("liaison-macun").post(f"/problems/{raised}/close", closing))
    again = done(world.commerce.post(f"/problems/{raised}/reopen", {"reason": "并未落实"}))
    listed = done(world.commerce.get("/problems", about=lead, after=again["position"]))["items"]
    assert [(one["id"], one["state"], one["level"], one["unit"]) for one in listed] == [
        (raised, "open", "group", world.unit("audit")),
    ]  # fmt: skip
    other = done(world.person("leader-2").get(f"/problems/{raised}"))
    assert (other["title"], other["text"]) == ("（未签约，已隐去）", "（未签约，已隐去）")


def test_what_the_commerce_bureau_owns_it_does_not_close(world: World) -> None:
    project = world.signed()
    body = {"about": project, "owner": world.unit("commerce"), "kind": "other", "title": "协调（模拟）", "text": "事项"}
    raised = done(world.liaison.post("/problems", body))["id"]
    closing = {"outcome": "not_solvable", "reason": "无法解决"}
    refused(world.commerce.post(f"/problems/{raised}/close", closing), 403, "own-problem")
    refused(world.office.post(f"/problems/{raised}/close", closing), 403, "not-the-closer")
    done(world.commerce.post(f"/problems/{raised}/escalate", {"reason": "提请区级协调"}))
    done(world.commerce.post(f"/problems/{raised}/escalate", {"reason": "提请区级协调"}))
    done(world.office.post(f"/problems/{raised}/close", closing))


def test_pages_by_promised_date_and_what_is_overdue_by_the_clock_once(world: World) -> None:
    """三(五): the supervision office sees how each department answers."""
    project, unit = world.landed("G-2"), world.unit("statistics")
    kinds = ("land", "registration", "planning", "registration")
    asker, answers = world.person("liaison-2"), world.person("head-statistics")
    ids = [
        done(asker.post("/procedures", {"project": project, "unit": unit, "kind": kind, "title": f"{kind}（模拟）"}))[
            "id"
        ]
        for kind in kinds
    ]
    problem = {"about": project, "owner": unit, "kind": "other", "title": "用电（模拟）", "text": "未通电"}
    raised = done(asker.post("/problems", problem))["id"]
    done(answers.post(f"/procedures/{ids[1]}/ask-supplement", {"materials": "章程"}))
    done(answers.post(f"/procedures/{ids[3]}/refuse", {**granting("不予〔2026〕1号"), "reason": "材料不实"}))
    world.service.wait_drained()
    first = done(world.auditor.get("/procedures", unit=unit, limit=2))
    second = done(world.auditor.get("/procedures", unit=unit, limit=2, cursor=first["next"]))
    assert [one["id"] for one in first["items"] + second["items"]] == [ids[1], ids[3], ids[2], ids[0]]
    assert second["next"] is None
    world.tick_ahead(80)
    world.tick_ahead(81)
    late = done(world.auditor.get("/procedures", unit=unit, overdue=True))["items"]
    assert [one["id"] for one in late] == [ids[2], ids[0]]
    assert [one["id"] for one in done(world.auditor.get("/problems", unit=unit, overdue=True))["items"]] == [raised]
    told = done(world.auditor.get(f"/projects/{project}/timeline"))["events"]
    overdue = [one["stream"] for one in told if one["event"] in ("ProcedureOverdue", "ProblemOverdue")]
    assert sorted(overdue) == sorted([ids[0], ids[2], raised])
    figures = {one["unit"]: one for one in done(world.auditor.get("/procedures/units"))["rows"]}
    mine = figures[unit]
    assert (mine["asked"], mine["open"], mine["overdue"], mine["done"], mine["in_time"]) == (4, 3, 2, 1, 1)
    assert float(mine["average_working_days"]) == 0
    assert [one["overdue"] for one in done(world.auditor.get("/problems/units"))["rows"] if one["unit"] == unit] == [1]
