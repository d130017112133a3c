"""What the imports of sheets and old ledgers (历史台账) keep to beside their rows: documents that the district demands,
enterprises that were merged, and a log that stays provable. All names are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from services.projects.sheet_columns import LEADS, PROJECTS
from services.registry.domain.district.events import SettingType
from sevenx.demo.sheets import filled
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from sevenx.proof.kafka_source import KafkaSource
from sevenx.proof.owners import Owners, compare_owners, compare_projections
from sevenx.proof.verify import Report, verify_log
from tests.conftest import SharedPostgres
from tests.integration.districts import done, ok, refused
from tests.integration.project_sheets import at, errors_of, ids_of, send
from tests.integration.project_sheets import lead as lead_row
from tests.integration.projects_world import TODAY, World, document, projects_world, setting
from tests.integration.service_process import PASSWORD
from tests.integration.test_projects_baseline_api import body as ledger_body
from tests.integration.test_projects_baseline_api import ledger
from tests.integration.test_projects_documents import pdf, sha
from tests.integration.test_projects_documents import send as send_document
from tests.unit.projects.stories import credit_code


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as env:
        env.setenv("SEVENX_DOCUMENTS", str(tmp_path_factory.mktemp("documents")))
        with projects_world(postgres, kafka) as made:
            yield made


@contextmanager
def documents_required(world: World) -> Iterator[None]:
    """As long as the district demands that every document be sent in."""

    def say(value: str) -> None:
        told = setting("documents.required", value, SettingType.BOOL)
        world.wait_for(world.tell("registry", world.id("D"), told))

    say("true")
    try:
        yield
    finally:
        say("false")


def qualified(world: World, **changes: Any) -> str:
    lead = str(done(world.commerce.post("/leads", world.lead(**changes)))["id"])
    done(world.person("leader-1").post(f"/leads/{lead}/qualify", {"note": "真实"}))
    return lead


def project_row(lead: str, proof: str) -> dict[str, Any]:
    return {
        "lead": lead,
        "name": f"铝板带项目{lead[-4:]}（模拟）",
        "project_type": "租赁厂房",
        "content": "租赁厂房2万平方米",
        "started_on": TODAY,
        "proof_kind": "洽谈纪要",
        "proof_title": "纪要（模拟）",
        "proof_sha256": proof,
        "proof_dated": TODAY,
    }


def registered(world: World, number: int, code: str | None = None) -> str:
    """An enterprise of the register, by its number or with a code."""
    answer = done(
        world.commerce.post(
            "/enterprises",
            {
                "name": f"登记企业{number}（模拟）有限公司",
                "origin": "province",
                "place": "河南省郑州市",
                "code": code or credit_code(number),
                "registered_for": world.unit("macun"),
            },
        )
    )
    world.wait_for(answer["position"])
    return str(answer["id"])


def merged(world: World, survivor: str, absorbed: str) -> None:
    why = {"absorbed": absorbed, "reason": "同一家企业，代码录入有误（模拟）", "despite_codes": True}
    world.wait_for(done(world.commerce.post(f"/enterprises/{survivor}/merge", why))["position"])


def page_of(world: World, enterprise: str) -> dict[str, Any]:
    world.service.wait_drained()
    found: dict[str, Any] = ok(world.auditor.get(f"/enterprises/{enterprise}"))
    return found


def test_a_sheet_of_projects_names_proofs_that_were_sent_in_for_their_leads(world: World) -> None:
    """Setting `documents.required`: the cell is named, nothing comes in; a proof of another lead is none."""
    one, other, proof = qualified(world), qualified(world), pdf("洽谈纪要（模拟）")
    content = filled(PROJECTS, project_row(one, sha(proof)), project_row(other, sha(proof)))
    with documents_required(world):
        cells = [at(PROJECTS, "proof_sha256", row) for row in (3, 4)]
        told = errors_of(send(world.commerce, "projects", content, dry_run=True))
        assert [cell for cell, _ in told] == cells
        assert one in told[0][1]
        assert "上传" in told[0][1]
        done(send_document(world.liaison, one, proof))
        assert [cell for cell, _ in errors_of(send(world.commerce, "projects", content))] == cells[1:]
        done(send_document(world.liaison, other, proof))
        came = done(send(world.commerce, "projects", content))
        assert came["rows"] == 2
    for project in ids_of(came):
        world.wait_for(f"projects/{project}@1")
    assert {ok(world.commerce.get(f"/projects/{project}"))["lead"] for project in ids_of(came)} == {one, other}


def test_leads_and_old_ledgers_have_nothing_to_send_in_and_come_in_where_documents_are_required(world: World) -> None:
    """What is only just registered has no id for which anything could have been sent in; what a project of an old
    ledger lacks (待补) is filed once it was sent in."""
    with documents_required(world):
        assert done(send(world.liaison, "leads", filled(LEADS, lead_row(world, 2001))))["rows"] == 1
        answer = done(world.service.office("operator").post("/projects/baseline", ledger_body(ledger(1, mark="子"))))
        [project] = [one["project"] for one in answer["projects"]]
        world.wait_for(answer["position"])
        lacking = {"documents": [document("formal_contract")]}
        path = f"/projects/{project}/evidence"
        refused(world.commerce.post(path, lacking), 422, "document-not-stored")
        contract = pdf("旧合同（模拟）")
        done(send_document(world.commerce, project, contract))
        done(world.commerce.post(path, {"documents": [{**document("formal_contract"), "sha256": sha(contract)}]}))


def test_a_sheet_that_names_a_merged_enterprise_is_its_survivors(world: World) -> None:
    """合并: by the id the lead has the survivor's id and code; by the code it is as named, on the survivor's page."""
    survivor, absorbed = registered(world, 7001), registered(world, 7002)
    merged(world, survivor, absorbed)
    by_id = lead_row(
        world, 2101, investor_name="登记企业7002（模拟）有限公司", investor_code=None, investor_id=absorbed
    )
    by_code = lead_row(world, 2102, investor_name="登记企业7002（模拟）有限公司", investor_code=credit_code(7002))
    came = done(send(world.liaison, "leads", filled(LEADS, by_id, by_code)))
    first, second = ids_of(came)
    page = page_of(world, survivor)
    assert {one["id"] for one in page["leads"]} == {first, second}
    assert page_of(world, absorbed)["merged_into"] == survivor
    lead = ok(world.commerce.get(f"/leads/{first}"))
    assert (lead["enterprise"], lead["investor_code"]) == (survivor, credit_code(7001))
    assert ok(world.commerce.get(f"/leads/{second}"))["investor_code"] == credit_code(7002)

    differs = lead_row(world, 2103, investor_id=absorbed, investor_code=credit_code(7003))
    [(cell, zh)] = errors_of(send(world.liaison, "leads", filled(LEADS, differs)))
    assert (cell, survivor in zh) == (at(LEADS, "investor_id", 3), True), "the enterprise that it is now is named"

    for one in (first, second):
        done(world.person("leader-1").post(f"/leads/{one}/qualify", {"note": "真实"}))
    rows = [project_row(first, sha(b"minutes"))]
    [project] = ids_of(done(send(world.commerce, "projects", filled(PROJECTS, *rows))))
    assert [one["id"] for one in page_of(world, survivor)["projects"]] == [project]


def test_an_old_ledger_that_names_a_merged_enterprise_by_its_code_is_its_survivors(world: World) -> None:
    content = ledger(2, mark="丑")
    code = content.decode().splitlines()[2].split(",")[5]
    survivor, absorbed = registered(world, 7011), registered(world, 7012, code)
    merged(world, survivor, absorbed)
    answer = done(world.service.office("operator").post("/projects/baseline", ledger_body(content)))
    [project] = [one["project"] for one in answer["projects"]]
    assert [one["id"] for one in page_of(world, survivor)["projects"]] == [project]


def verified(world: World, kafka: KafkaLogin) -> Report:
    """What `sevenx verify` finds in the district's log, at its owner and in its read model."""
    reader = KafkaLogin(kafka.bootstrap, f"{world.service.district}-reader", PASSWORD)
    source = KafkaSource(reader.librdkafka_options(), world.service.district, ())
    ends = {(topic.name, n): extent.end for topic in source.topics for n, extent in enumerate(topic.partitions)}
    report = verify_log(source)
    token = world.service.token("auditor", f"auditor@{world.service.district}")
    owners = Owners(world.service.url, lambda: token)
    try:
        compare_owners(report, owners, ["projects"], lambda: source.tail(ends))
        compare_projections(report, owners, ["projects"])
    finally:
        owners.close()
    return report


def test_the_log_verifies_after_imports_and_the_read_model_is_its_replay(world: World, kafka: KafkaLogin) -> None:
    """Chains, order, contents and ownership of the whole log, the owner's log, and the rebuilt projection."""
    leads = ids_of(done(send(world.liaison, "leads", filled(LEADS, *(lead_row(world, 2200 + n) for n in range(60))))))
    for one in leads:
        done(world.person("leader-1").post(f"/leads/{one}/qualify", {"note": "真实"}))
    rows = [project_row(one, sha(one.encode())) for one in leads]
    projects = ids_of(done(send(world.commerce, "projects", filled(PROJECTS, *rows))))
    old = done(world.service.office("operator").post("/projects/baseline", ledger_body(ledger(3, 4, 5, mark="寅"))))
    assert (len(projects), len(old["projects"])) == (60, 3)
    world.service.wait_drained()
    report = verified(world, kafka)
    # the registry is played by the test, which sends values alone; a relay writes headers beside them
    played = ("headers", events_topic(world.service.district, "registry"))
    assert [one for one in report.problems if (one.kind, one.topic) != played] == []
    streams = report.streams["projects"]
    assert {*leads, *projects, *(one["project"] for one in old["projects"])} <= streams.keys()
    assert report.owners["projects"]["differing"] == report.owners["projects"]["waiting"] == 0
    assert report.owners["projects"]["events"] == sum(stream.version for stream in streams.values())
    assert report.projections["projects"]["equal"]
