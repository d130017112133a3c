"""Documents through the real API: sent in, read by those who may, damaged and found out, demanded before filing."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from services.registry.domain.district.events import SettingType
from sevenx.documents.folder import FolderStore
from sevenx.documents.verify import OWNER, SETTINGS, Report, read_names, verify_documents
from sevenx.kernel.avro import catalog
from sevenx.local.logins import KafkaLogin
from sevenx.proof.kafka_source import KafkaSource
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, day, projects_world, setting
from tests.integration.service_process import Caller, wait_until
from tests.unit.documents import files

MIB = 1 << 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin, folder: Path) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as env:
        env.setenv("SEVENX_DOCUMENTS", str(folder))
        env.setenv("SEVENX_DOCUMENTS_LARGEST_MIB", "3")
        with projects_world(postgres, kafka) as made:
            yield made


def pdf(text: str, size: int = 0) -> bytes:
    return (files.PDF + text.encode()).ljust(size, b"\n")


def send(
    who: Caller, subject: str, data: Any, name: str = "合同（模拟）.pdf", kind: str = "", key: str = "", **more: str
) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid.uuid4()), **({"Content-Type": kind} if kind else {})}
    return who.client.post("/documents", params={"for": subject, "name": name, **more}, content=data, headers=headers)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_document_is_sent_in_filed_and_read_by_those_who_may(world: World) -> None:
    project, data = world.negotiating(), pdf("投资合同（模拟）", 2 * MIB + 17)
    key = str(uuid.uuid4())
    sent = done(send(world.liaison, project, data, kind="application/pdf", paper="evidence", key=key))
    assert (sent["sha256"], sent["size"], sent["media_type"]) == (sha(data), len(data), "application/pdf")
    assert sent["events"] == ["DocumentStored"]
    assert sent["id"] == world.id(f"DOC-{sha(data)}")
    again = done(send(world.liaison, project, data, kind="application/pdf", paper="evidence", key=key))
    assert again["replayed"]
    assert again["position"] == sent["position"]
    assert done(send(world.liaison, project, data))["events"] == []
    other = send(world.liaison, project, pdf("another"), key=key)
    refused(other, 409, "idempotency-key-reused")

    evidence = {"kind": "formal_contract", "title": "投资合同《模拟》", "sha256": sent["sha256"], "dated": day()}
    filed = done(world.liaison.post(f"/projects/{project}/evidence", {"documents": [evidence]}))
    world.wait_for(filed["position"])
    got = world.commerce.get(f"/documents/{sent['sha256']}", after=sent["position"])
    assert got.status_code == 200, got.text
    assert got.content == data
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    name = got.headers["content-disposition"].partition("UTF-8''")[2]
    assert unquote(name) == "投资合同《模拟》.pdf"
    listed = done(world.auditor.get(f"/projects/{project}/documents"))["items"]
    assert [(one["sha256"], one["paper"]) for one in listed] == [(sent["sha256"], "evidence")]
    assert world.liaison.get(f"/documents/{sent['sha256']}").status_code == 200
    assert world.auditor.get(f"/documents/{sent['sha256']}").status_code == 200
    stranger = world.person("liaison-2")
    refused(stranger.get(f"/documents/{sent['sha256']}"), 404, "unknown-document")


def test_to_name_a_digest_gives_nobody_the_document(world: World) -> None:
    """Another group that files the digest in its own project does not get the bytes; that it sends them in does."""
    mine, theirs, data = world.negotiating(), world.negotiating("G-2"), pdf("secret agreement")
    sent = done(send(world.liaison, mine, data))
    stranger = world.person("liaison-2")
    evidence = {"kind": "talk_minutes", "title": "会谈纪要", "sha256": sent["sha256"], "dated": day()}
    filed = done(stranger.post(f"/projects/{theirs}/evidence", {"documents": [evidence]}))
    world.wait_for(filed["position"])
    refused(stranger.get(f"/documents/{sent['sha256']}"), 404, "unknown-document")
    refused(send(stranger, mine, data), 403, "not-allowed")
    own = done(send(stranger, theirs, data))
    assert own["position"].endswith("@2")
    assert stranger.get(f"/documents/{sent['sha256']}", after=own["position"]).content == data


def test_a_department_sends_in_the_document_of_its_procedure(world: World) -> None:
    project = world.landed()
    body = {"project": project, "unit": world.unit("finance"), "kind": "planning", "title": "规划许可（模拟）"}
    asked = done(world.liaison.post("/procedures", body))["id"]
    finance, data = world.person("liaison-finance"), pdf("建设用地规划许可证（模拟）")
    sent = done(send(finance, asked, data, paper="procedure"))
    done(finance.post(f"/procedures/{asked}/accept", {}))
    granting = {"document_number": "建字第1号（模拟）", "sha256": sent["sha256"], "dated": day()}
    done(finance.post(f"/procedures/{asked}/grant", granting))
    world.service.wait_drained()
    assert world.zone.get(f"/documents/{sent['sha256']}").content == data
    listed = done(world.auditor.get(f"/projects/{project}/documents"))["items"]
    assert [one["subject"] for one in listed] == [asked]
    refused(send(finance, world.id("H-2026-9999"), data), 404, "unknown-procedure")
    refused(send(finance, world.id("P-2026-9999"), data), 404, "unknown-project")
    refused(send(finance, world.id("L-2026-9999"), data), 404, "unknown-lead")


def test_a_lead_unit_sends_in_the_vouchers_of_its_claim(world: World) -> None:
    project = world.signed("G-2")
    sent = done(send(world.person("head-commerce"), project, pdf("voucher"), paper="voucher"))
    assert sent["events"] == ["DocumentStored"]
    refused(send(world.auditor, project, pdf("voucher")), 403, "not-allowed")


@pytest.mark.parametrize(
    ("data", "name", "kind", "status", "code", "where"),
    [
        (b"", "a.pdf", "", 422, "document-empty", "body"),
        (b"MZ program", "a.exe", "", 415, "document-type-not-taken", "query.name"),
        (b"<html>", "a.pdf", "text/html", 415, "document-type-not-taken", "header.content-type"),
        (b"<html>", "a.pdf", "application/pdf", 422, "document-content-differs", "body"),
        (files.PNG, "a.png", "application/pdf", 422, "document-type-differs", "query.name"),
        (pdf("long", 3 * MIB + 1), "a.pdf", "", 413, "document-too-large", "body"),
    ],
)
def test_what_is_not_taken_is_refused_at_its_place(
    world: World, data: bytes, name: str, kind: str, status: int, code: str, where: str
) -> None:
    project = world.negotiating()
    problem = refused(send(world.liaison, project, data, name, kind), status, code)
    assert problem["fields"][0]["where"] == where
    assert problem["fields"][0]["message_zh"]


def test_a_body_without_a_length_is_limited_as_it_comes(world: World, folder: Path) -> None:
    project, before = world.negotiating(), sorted(folder.rglob("*"))

    def endless() -> Iterator[bytes]:
        yield files.PDF
        for _ in range(5 * 16):
            yield bytes(MIB // 16)

    refused(send(world.liaison, project, endless()), 413, "document-too-large")
    assert sorted(folder.rglob("*")) == before
    data = pdf("in pieces", MIB + 5)
    sent = done(send(world.liaison, project, iter([data[:7], data[7:]])))
    assert sent["sha256"] == sha(data)


def test_an_upload_that_is_cut_leaves_nothing(world: World, folder: Path) -> None:
    project, before = world.negotiating(), sorted(folder.rglob("*"))

    def cut() -> Iterator[bytes]:
        yield pdf("half of it", 2 * MIB)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        send(world.liaison, project, cut())
    wait_until(lambda: sorted(folder.rglob("*")) == before, 10)


def test_a_damaged_document_is_never_sent_and_sending_it_in_again_mends_it(world: World, folder: Path) -> None:
    project, data = world.negotiating(), pdf("will be damaged")
    done(send(world.liaison, project, data))
    (path,) = folder.glob(f"*/*/{sha(data)}")
    path.chmod(0o640)
    path.write_bytes(data[:-1] + b"X")
    world.service.wait_drained()
    got = world.commerce.get(f"/documents/{sha(data)}")
    refused(got, 500, "document-damaged")
    metrics = httpx.get(f"{world.service.url}/metrics", trust_env=False).text
    assert "sevenx_documents_damaged_total" in metrics
    path.unlink()
    refused(world.commerce.get(f"/documents/{sha(data)}"), 500, "document-lost")
    assert done(send(world.liaison, project, data))["events"] == []
    assert world.commerce.get(f"/documents/{sha(data)}").content == data


def test_a_document_may_be_demanded_before_it_is_filed(world: World) -> None:
    project = world.negotiating()
    evidence = {"kind": "formal_contract", "title": "合同", "sha256": sha(b"digest only"), "dated": day()}
    withdraw = {"kind": "formal_contract", "sha256": evidence["sha256"], "reason": "误传"}
    done(world.liaison.post(f"/projects/{project}/evidence", {"documents": [evidence]}))
    world.wait_for(world.tell("registry", world.id("D"), setting("documents.required", "true", SettingType.BOOL)))
    try:
        assert done(world.liaison.get("/documents-taken"))["required"]
        done(world.liaison.post(f"/projects/{project}/evidence/withdraw", withdraw))
        data = pdf("demanded")
        body = {"documents": [{**evidence, "sha256": sha(data)}]}
        problem = refused(world.liaison.post(f"/projects/{project}/evidence", body), 422, "document-not-stored")
        assert problem["fields"][0]["where"] == "body.documents.0.sha256"
        assert problem["rule"] == "documents.required"
        done(send(world.liaison, project, data))
        done(world.liaison.post(f"/projects/{project}/evidence", body))
        done(world.person("liaison-macun").post("/leads", world.lead()))
    finally:
        told = world.tell("registry", world.id("D"), setting("documents.required", "false", SettingType.BOOL))
        world.wait_for(told)


def test_the_store_is_held_against_the_live_bus(world: World, kafka: KafkaLogin, folder: Path) -> None:
    project, data = world.negotiating(), pdf("on the bus")
    done(send(world.liaison, project, data))
    world.service.wait_drained()

    def report() -> Report:
        source = KafkaSource(kafka.librdkafka_options(), world.service.district, (OWNER, SETTINGS))
        return verify_documents(FolderStore(folder), read_names(source, catalog()))

    found = report()
    assert found.ok, found
    assert found.documents > 0
    assert found.digest_only > 0
    (path,) = folder.glob(f"*/*/{sha(data)}")
    path.unlink()
    assert list(report().missing) == [sha(data)]
    done(send(world.liaison, project, data))
    assert report().ok


def test_without_a_store_digests_alone_are_filed(
    postgres: SharedPostgres, kafka: KafkaLogin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEVENX_DOCUMENTS", raising=False)
    with projects_world(postgres, kafka) as bare:
        project = bare.negotiating()
        refused(send(bare.liaison, project, pdf("x")), 409, "documents-not-kept")
        assert not done(bare.liaison.get("/documents-taken"))["kept"]
