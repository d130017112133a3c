"""Leads and projects as Excel through the API of a running deployment: template, import, export. All names are
fictional (模拟数据)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any

import psycopg
import pytest
from openpyxl import load_workbook

from services.projects.sheet_columns import LEADS, PROJECTS
from services.projects.visibility import MASK
from sevenx.demo.sheets import filled
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.project_sheets import at, errors_of, ids_of, lead, send, table_of
from tests.integration.projects_world import TODAY, World, projects_world
from tests.integration.service_process import wait_until
from tests.unit.projects.stories import credit_code, sha


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def test_leads_come_in_as_if_each_were_registered_and_go_out_again(world: World) -> None:
    template = world.commerce.get("/leads/template.xlsx")
    assert load_workbook(BytesIO(template.content)).sheetnames == ["线索", "填写说明 notes", "可选值 lists"]

    same = {"investor_name": "星河铝材1（模拟）有限公司", "investor_code": credit_code(50_001)}
    brought = {"source": "以商招商", "referred_by": "引荐企业（模拟）有限公司"}
    rows = [lead(world, 1), lead(world, 2), lead(world, 3, **same), lead(world, 4)]
    rows += [lead(world, n) for n in range(5, 50)]
    content = filled(LEADS, *rows)
    tried = done(send(world.liaison, "leads", content, dry_run=True))
    assert (tried["rows"], tried["position"], tried["first"]) == (49, None, None)
    key = str(uuid.uuid4())
    came = done(send(world.liaison, "leads", content, key=key))
    twice = done(send(world.liaison, "leads", content, key=key))
    assert twice == {**came, "replayed": True}
    refused(send(world.liaison, "leads", filled(LEADS, lead(world, 99)), key=key), 409, "idempotency-key-reused")
    refused(send(world.liaison, "leads", content, name="改名（模拟）.xlsx"), 409, "file-imported")
    refused(send(world.commerce, "leads", content, dry_run=True), 409, "file-imported")

    ids = ids_of(came)
    assert ids[-1] == came["last"]
    for one in ids:
        world.wait_for(f"projects/{one}@1")
    # first report, first protected: the order of the rows
    assert done(world.commerce.get(f"/leads/{ids[0]}/protection"))["standing"] == "holding"
    assert done(world.commerce.get(f"/leads/{ids[2]}/protection"))["standing"] == "queued"

    by_hand = done(world.commerce.post("/leads", world.lead(title="=1+1（模拟）")))
    world.wait_for(by_hand["position"])
    shown = table_of(world.commerce.get("/leads.xlsx", group=world.id("G-1"), after=by_hand["position"]).content)
    assert [one["标题 title"] for one in shown][:49] == [one["title"] for one in rows]
    assert shown[0]["意向投资（万元） expected investment (10,000 yuan)"] == 50_000
    assert shown[0]["小组 group"] == "招商1组（模拟）"
    found = table_of(world.commerce.get("/leads.xlsx", q="星河铝材17（模拟）", sort="newest").content)
    assert [one["编号 id"] for one in found] == [ids[16]]
    newest = table_of(world.commerce.get("/leads.xlsx", sort="newest").content)
    assert [one["编号 id"] for one in newest] == sorted((one["编号 id"] for one in newest), reverse=True)
    masked = table_of(world.person("liaison-2").get("/leads.xlsx").content)
    assert {one["投资方 investor"] for one in masked} == {MASK}
    assert {one["统一社会信用代码 credit code"] for one in masked} == {None}

    (row,) = table_of(world.commerce.get("/leads.xlsx", q=by_hand["id"]).content)
    assert row["标题 title"] == "=1+1（模拟）"
    referred = done(send(world.liaison, "leads", filled(LEADS, lead(world, 60, **brought))))
    world.wait_for(f"projects/{referred['first']}@1")
    (row,) = table_of(world.commerce.get("/leads.xlsx", q=referred["first"]).content)
    assert row["引荐方 referred by"] == "引荐企业（模拟）有限公司"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"finder": "某某局"}, "finder", "没有名为"),
        ({"expected_investment": "5亿"}, "expected_investment", "不是金额"),
        ({"expected_investment": -1}, "expected_investment", "须大于0"),
        ({"investor_code": None}, "investor_code", "信用代码"),
        ({"investor_code": "91000000MA00000010"}, "investor_code", "校验码"),
        ({"investor_code": "91"}, "investor_code", "至少18个字"),
        ({"investor_id": "410804-E-2026-9999"}, "investor_id", "没有企业"),
        ({"intent": "联系人电话 13800138000"}, "intent", "联系方式"),
        ({"title": "长" * 201}, "title", "超过 200 字"),
        ({"source": "以商招商"}, "referred_by", "引荐"),
        ({"origin": None}, "origin", "须填写"),
        ({"group_id": "二组"}, "group_id", "没有名为"),
        ({"contact": "张三"}, "contact", "格式不正确"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_nothing_comes_in(
    world: World, changes: dict[str, Any], field: str, words: str
) -> None:
    content = filled(LEADS, *(lead(world, 100 + n) for n in range(49)), lead(world, 190, **changes))
    [(where, zh)] = errors_of(send(world.commerce, "leads", content))
    assert (where, words in zh) == (at(LEADS, field, 52), True), zh
    assert done(world.commerce.get("/leads", q="铝板带101（模拟）"))["items"] == []


def test_a_formula_a_row_twice_and_a_row_of_another_group_are_named_together(world: World) -> None:
    elsewhere = lead(world, 93, group_id="招商2组（模拟）", finder="finance（模拟）")
    content = filled(LEADS, lead(world, 92), lead(world, 92), elsewhere, lead(world, 94, intent="=A1"))
    told = errors_of(send(world.liaison, "leads", content))
    assert [cell for cell, _ in told] == [
        at(LEADS, "title", 4), at(LEADS, "group_id", 5), at(LEADS, "intent", 6),
    ]  # fmt: skip
    assert "权限" in told[1][1]
    refused(send(world.auditor, "leads", content), 403, "not-allowed")


def test_what_is_no_sheet_is_said(world: World) -> None:
    refused(send(world.commerce, "leads", b""), 422, "file-empty")
    refused(send(world.commerce, "leads", b"PK nothing"), 422, "not-excel")
    refused(send(world.commerce, "leads", filled(PROJECTS)), 422, "sheet-missing")
    refused(send(world.commerce, "leads", filled(LEADS)), 422, "file-without-rows")
    refused(send(world.commerce, "leads", bytes((8 << 20) + 1)), 413, "file-too-large")


def test_leads_become_projects_and_go_out(world: World) -> None:
    leads = [done(world.commerce.post("/leads", world.lead()))["id"] for _ in range(3)]
    for one in leads[:2]:
        done(world.person("leader-1").post(f"/leads/{one}/qualify", {"note": "真实"}))
    row = {
        "name": "铝板带项目（模拟）",
        "project_type": "租赁厂房",
        "content": "租赁厂房2万平方米",
        "started_on": TODAY,
        "proof_kind": "洽谈纪要",
        "proof_title": "纪要（模拟）",
        "proof_sha256": sha("minutes"),
        "proof_dated": TODAY,
    }
    wrong = filled(
        PROJECTS,
        {**row, "lead": leads[2]},
        {**row, "lead": world.id("L-2026-9999")},
        {**row, "lead": leads[0], "started_on": "去年"},
        {**row, "lead": leads[0], "proof_sha256": "abc"},
        {**row, "lead": leads[0], "started_on": date(2099, 1, 1)},
        {**row, "lead": leads[1], "extends": world.id("P-2026-9999")},
    )
    told = errors_of(send(world.commerce, "projects", wrong))
    assert [cell for cell, _ in told] == [
        at(PROJECTS, "lead", 3), at(PROJECTS, "lead", 4), at(PROJECTS, "started_on", 5),
        at(PROJECTS, "proof_sha256", 6), at(PROJECTS, "started_on", 7), at(PROJECTS, "extends", 8),
    ]  # fmt: skip
    twice = filled(PROJECTS, {**row, "lead": leads[0]}, {**row, "lead": leads[0], "name": "另一项目（模拟）"})
    assert [cell for cell, _ in errors_of(send(world.commerce, "projects", twice))] == [at(PROJECTS, "lead", 4)]

    content = filled(
        PROJECTS,
        {**row, "lead": leads[0], "started_on": str(TODAY)},
        {**row, "lead": leads[1], "planned_investment": 1234.5},
    )
    came = done(send(world.commerce, "projects", content))
    for one in ("first", "last"):
        world.wait_for(f"projects/{came[one]}@3")
    shown = {one["编号 id"]: one for one in table_of(world.commerce.get("/projects.xlsx", stage="negotiating").content)}
    assert shown[came["last"]]["计划投资（万元） planned investment (10,000 yuan)"] == 1234.5
    assert shown[came["first"]]["项目类型 type"] == "租赁厂房"
    assert shown[came["first"]]["阶段 stage"] == "洽谈"
    masked = table_of(world.person("liaison-2").get("/projects.xlsx", stage="negotiating").content)
    assert {one["项目名称 name"] for one in masked} == {MASK}


def numbered(world: World) -> int:
    """How many numbers of leads were given out this year."""
    with psycopg.connect(world.service.settings.database) as connection:
        name = world.id(f"L-{TODAY.year}")
        row = connection.execute("SELECT next FROM ops.counters WHERE name = %s", (name,)).fetchone()
    return 0 if row is None else int(row[0])


def test_five_thousand_rows_come_in_at_once_while_others_are_answered_and_go_out(world: World) -> None:
    content = filled(LEADS, *(lead(world, 1000 + n) for n in range(5000)))
    before = numbered(world)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(send, world.commerce, "leads", content)
        # the rows have their numbers: what is left is to decide them and to store them
        wait_until(lambda: numbered(world) >= before + 5000, 120)
        done(world.auditor.get("/leads", limit=1))
        assert not coming.done(), "another route answers while the rows are decided"
        came = done(coming.result())
    assert came["rows"] == 5000
    world.service.wait_drained(60)
    shown = table_of(world.commerce.get("/leads.xlsx").content)
    assert {one["编号 id"] for one in shown} >= set(ids_of(came))
