"""Old ledgers (历史台账) through the real API and the command line, on the real PostgreSQL and Kafka. 模拟数据。"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.projects.domain.project.events import CreditShared, ProjectBaselined
from services.projects.domain.protection.events import ProtectionFulfilled
from sevenx.cli.main import main
from sevenx.declaration import ROOT
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bad_input import STRANGE, refused_or_done, send
from tests.integration.districts import done, ok, refused
from tests.integration.projects_world import World, contract, day, document, projects_world
from tests.integration.service_process import Caller

FOLDER = ROOT / "data" / "baseline"
LEDGER = FOLDER / "example-ledger.csv"
MAPPING = FOLDER / "example-mapping.yaml"


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def body(content: bytes | None = None, **changes: Any) -> dict[str, Any]:
    content = LEDGER.read_bytes() if content is None else content
    facts = {"file": LEDGER.name, "content": base64.b64encode(content).decode("ascii")}
    return {**facts, "mapping": MAPPING.read_text("utf-8"), **changes}


def ledger(*lines: int, mark: str) -> bytes:
    """Some rows of the example, as projects of other names and contracts."""
    head, *rest = LEDGER.read_text("utf-8-sig").splitlines()
    rows = [
        rest[n].replace("项目（模拟）", f"项目{mark}（模拟）").replace("号（模拟）", f"号{mark}（模拟）") for n in lines
    ]
    return "\r\n".join([head, rest[0], *rows]).encode()


def imported(world: World, content: bytes) -> list[str]:
    """The ids of the projects that the operator has taken over."""
    answer = done(world.service.office("operator").post("/projects/baseline", body(content)))
    world.wait_for(answer["position"])
    world.service.wait_drained()
    return [one["project"] for one in answer["projects"]]


def page(world: World, project: str) -> dict[str, Any]:
    found: dict[str, Any] = ok(world.auditor.get(f"/projects/{project}"))
    return found


def test_a_ledger_is_tried_imported_and_not_imported_twice(world: World) -> None:
    operator: Caller = world.service.office("operator")
    refused(world.liaison.post("/projects/baseline", body()), 403, "not-allowed")
    tried = done(operator.post("/projects/baseline", body(dry_run=True)))
    assert (len(tried["projects"]), tried["position"], tried["unchanged"]) == (12, None, False)
    came = done(operator.post("/projects/baseline", body()))
    assert [one["project"] for one in came["projects"]] == [one["project"] for one in tried["projects"]]
    assert came["position"]
    again = done(operator.post("/projects/baseline", body()))
    assert (again["unchanged"], again["position"]) == (True, None)
    assert len(world.published(ProjectBaselined)) <= 12
    world.service.wait_drained()
    resaved = refused(
        operator.post("/projects/baseline", body(LEDGER.read_text("utf-8-sig").encode("gb18030"))),
        422,
        "ledger-invalid",
    )
    assert resaved["count"] >= 12
    assert "已有同一项目" in resaved["errors"][0]["zh"]


def test_a_wrong_file_stores_nothing_and_names_its_cells(world: World) -> None:
    wrong = ledger(1, 2, mark="错").replace("2022年9月10日".encode(), "2022年13月10日".encode(), 1)
    answer = refused(world.commerce.post("/projects/baseline", body(wrong)), 422, "ledger-invalid")
    assert [one["at"] for one in answer["errors"]] == ["example-ledger!P3"]
    assert answer["errors"][0]["en"]
    told = refused(world.commerce.post("/projects/baseline", body(mapping="columns: {}")), 422, "mapping-invalid")
    assert told["count"] == len(told["errors"])
    bad = world.commerce.post("/projects/baseline", body(content=None) | {"content": "不是 Base64"})
    assert bad.status_code == 422
    world.service.wait_drained()
    found = ok(world.commerce.get("/projects", q="错（模拟）"))
    assert found["items"] == []


def test_a_project_of_old_waits_is_approved_and_goes_on(world: World) -> None:
    """历史台账 come in with their real dates, approved by the Commerce Bureau, earning no new credit."""
    [project] = imported(world, ledger(6, mark="甲"))
    seen = page(world, project)
    assert (seen["stage"], seen["baseline_standing"], seen["lead"]) == ("started", "pending", None)
    assert (seen["baseline"]["row"], seen["baseline"]["file"]) == (3, LEDGER.name)
    assert min(one["reached_on"] for one in seen["stages"]) == "2022-03-01"
    assert all(one["baselined"] for one in seen["stages"])
    lacking = len(seen["baseline"]["missing"])
    assert lacking > 3
    step = f"/projects/{project}/start-production"
    proofs = {"on": day(), "documents": [document("equipment_acceptance")]}
    refused(world.commerce.post(step, proofs), 409, "baseline-pending")
    done(world.commerce.post(f"/projects/{project}/evidence", {"documents": [document("formal_contract")]}))
    refused(world.office.post(f"/projects/{project}/baseline/approve", {}), 403, "not-allowed")
    before = ok(world.commerce.get("/summary"))["rows"]
    last = done(world.commerce.post(f"/projects/{project}/baseline/approve", {"note": "已核对（模拟）"}))
    seen = ok(world.auditor.get(f"/projects/{project}", after=last["position"]))
    assert (seen["baseline_standing"], seen["baseline"]["note"]) == ("approved", "已核对（模拟）")
    assert len(seen["baseline"]["missing"]) == lacking - 1
    assert (seen["credit"], seen["funds"]["recognised"]) == ([], "0")
    after = ok(world.commerce.get("/summary"))["rows"]
    assert sum(one["projects"] for one in after) == sum(one["projects"] for one in before) + 1
    told = refused(world.commerce.post(step, {"on": day(), "documents": []}), 422, "evidence-missing")
    assert told["missing"]
    assert [one for one in world.published(CreditShared) if one.stream == project] == []


def test_a_rejected_one_is_over_and_whoever_imported_does_not_decide(world: World) -> None:
    content = ledger(5, mark="乙")
    answer = done(world.commerce.post("/projects/baseline", body(content)))
    [project] = [one["project"] for one in answer["projects"]]
    refused(world.commerce.post(f"/projects/{project}/baseline/reject", {"reason": "x"}), 403, "own-baseline")
    world.service.wait_drained()
    [other] = imported(world, ledger(4, mark="丙"))
    last = done(world.commerce.post(f"/projects/{other}/baseline/reject", {"reason": "合同已解除（模拟）"}))
    seen = ok(world.auditor.get(f"/projects/{other}", after=last["position"]))
    assert (seen["status"], seen["baseline"]["standing"], seen["baseline"]["missing"]) == ("terminated", "rejected", [])
    # what was rejected may come in again from a mended ledger
    assert imported(world, ledger(4, mark="丙") + b"\r\n") != [other]


def test_an_enterprise_of_the_register_shows_its_project_of_old(world: World) -> None:
    """A ledger names the investor by its code; there was no lead."""
    content = ledger(1, mark="辛")
    code = content.decode().splitlines()[2].split(",")[5]
    body = {"name": "星河铝箔（模拟）有限公司", "origin": "province", "place": "河南省郑州市", "code": code}
    one = done(world.person("liaison-macun").post("/enterprises", {**body, "registered_for": world.unit("macun")}))
    [project] = imported(world, content)
    page_of_it = ok(world.auditor.get(f"/enterprises/{one['id']}", after=one["position"]))
    assert project in [each["id"] for each in page_of_it["projects"]]


def test_strange_ledgers_are_refused_and_nothing_fails(world: World) -> None:
    operator = world.service.office("operator")
    for field in ("file", "content", "mapping", "dry_run"):
        for value in STRANGE:
            sent = json.dumps({**body(), "dry_run": True, field: value}).encode()
            refused_or_done(send(operator, "/projects/baseline", sent), (field, value))
    for content in (b"", b"PK", b"PK\x03\x04" * 100, b"\x00" * 10, b"," * 5000, "台账\n".encode() * 300):
        refused_or_done(operator.post("/projects/baseline", body(content, dry_run=True)), content)


def test_what_is_missing_is_listed_over_all_page_by_page(world: World) -> None:
    """待补 over all projects, each item once, without those that were filed."""
    imported(world, ledger(7, 8, mark="丁"))
    whole = ok(world.auditor.get("/projects/missing-evidence", limit=500))["items"]
    keys = [(one["project"], one["number"]) for one in whole]
    assert keys == sorted(keys)
    assert len(keys) > 4
    paged: list[Any] = []
    cursor: str | None = None
    while True:
        asked = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        found = ok(world.auditor.get("/projects/missing-evidence", **asked))
        paged += [(one["project"], one["number"]) for one in found["items"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert paged == keys
    signed = ok(world.auditor.get("/projects/missing-evidence", stage="signed", group=world.id("G-1")))["items"]
    assert {one["stage"] for one in signed} == {"signed"}
    assert {one["group"] for one in signed} == {world.id("G-1")}


def test_a_project_of_old_that_is_signed_later_needs_no_lead(world: World) -> None:
    """What follows a signature looks for the lead's protection; one of old has none, and reading goes on."""
    [project] = imported(world, ledger(12, mark="庚"))
    done(world.commerce.post(f"/projects/{project}/baseline/approve", {}))
    done(world.commerce.post(f"/projects/{project}/sign", contract()))
    done(world.commerce.post(f"/projects/{project}/land", world.landing()))
    status = {"status": "lost", "since": day(), "reason": "投资方撤资（模拟）"}
    done(world.commerce.post(f"/projects/{project}/status", status))
    world.service.wait_drained()
    seen = page(world, project)
    assert (seen["stage"], seen["status"], len(seen["credit"])) == ("landed", "lost", 2)
    assert [one["baselined"] for one in seen["stages"]] == [True, False, False]
    assert world.published(ProtectionFulfilled) == []
    assert [one.stream for one in world.published(CreditShared)] == [project] * 2


def sevenx(world: World, *arguments: str, role: str = "operator") -> Result:
    token = world.service.token(f"{world.service.district}-{role}", f"{role}@{world.service.district}")
    environment = {"SEVENX_TOKEN": token}
    return CliRunner().invoke(main, [*arguments, "--url", world.service.url], env=environment)


def test_the_command_line_tries_imports_and_names_cells(world: World, tmp_path: Path) -> None:
    file = tmp_path / "旧台账（模拟）.csv"
    file.write_bytes(ledger(9, 10, 11, mark="戊"))
    tried = sevenx(world, "import", "baseline", str(file), "--mapping", str(MAPPING), "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "dry run, nothing stored" in tried.stdout
    came = sevenx(world, "import", "baseline", str(file), "--mapping", str(MAPPING))
    assert came.exit_code == 0, came.output
    assert "projects/" in came.stdout
    assert "项目3" in came.stdout
    again = sevenx(world, "import", "baseline", str(file), "--mapping", str(MAPPING))
    assert "nothing changed" in again.stdout
    file.write_bytes(ledger(9, mark="己").replace("签约".encode(), "已签".encode()))
    wrong = sevenx(world, "import", "baseline", str(file), "--mapping", str(MAPPING))
    assert wrong.exit_code == 1
    assert "旧台账（模拟）!M" in wrong.stderr or "旧台账（模拟）!2" in wrong.stderr
