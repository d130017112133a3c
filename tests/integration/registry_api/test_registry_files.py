"""The roster as a zip file and file by file: out, back, and in with a change, through the registry's API."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.registry.roster_zip import Sent, read_sent, zipped
from services.registry.service import SERVICE
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import Caller, RunningService, running

POST = "{group: 2, as: liaison, from: 2021-01-01}"


def stored(service: RunningService) -> int:
    with psycopg.connect(service.settings.database) as connection:
        row = connection.execute("SELECT count(*) FROM log.events").fetchone()
    assert row is not None
    return int(row[0])


def send(who: Caller, name: str, content: bytes, dry_run: bool = False, key: str | None = None) -> Any:
    return who.client.post(
        "/roster/import/file",
        params={"name": name, "dry_run": dry_run},
        content=content,
        headers={"Idempotency-Key": key or uuid4().hex, "Content-Type": "application/octet-stream"},
    )


def exported(who: Caller) -> Sent:
    answer = who.get("/roster/export.zip")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert ".zip" in answer.headers["content-disposition"]
    return read_sent("roster.zip", answer.content)


def test_what_the_export_gives_comes_back_without_a_difference(registry: RunningService, office: Caller) -> None:
    before = stored(registry)
    as_files, as_zip = office.get("/roster/export").json(), office.get("/roster/export.zip")
    assert exported(office) == Sent(as_files["files"], as_files["calendars"])
    for dry_run in (True, False):
        told = send(office, "roster.zip", as_zip.content, dry_run).json()
        assert (told["position"], told["number"], told["differences"]) == (None, None, [])
        assert told["sha256"] == as_files["sha256"]
    assert stored(registry) == before


def test_one_file_is_enough_and_the_rest_is_as_the_roster_stands(registry: RunningService, office: Caller) -> None:
    """一: shown first and then stored, the same under the same key."""
    before, people = stored(registry), exported(office).files["people.yaml"]
    somebody = f"people:\n  - {{id: {registry.district}-N-jia-yi, zh: 甲某, en: Jia, posts: [{POST}]}}\n"
    grown = people.replace("people:\n", somebody, 1).encode()
    shown = send(office, "people.yaml", grown, dry_run=True).json()
    told = [(one["kind"], one["zh"]) for one in shown["differences"]]
    assert told == [("new", "登记人员甲某"), ("new", "联络员甲某，自2021-01-01")]
    assert all(one["at"].startswith("people.yaml:") for one in shown["differences"])
    assert (shown["position"], stored(registry)) == (None, before)

    done = send(office, "people.yaml", grown, key="people-1").json()
    assert (done["number"], done["differences"]) == (2, shown["differences"])
    assert done["position"].startswith(f"registry/{registry.district}-D@")
    again = send(office, "people.yaml", grown, key="people-1").json()
    assert (again["replayed"], again["position"], again["number"]) == (True, done["position"], 2)
    other = send(office, "people.yaml", people.encode(), key="people-1")
    assert (other.status_code, other.json()["type"]) == (409, "urn:sevenx:problem:idempotency-key-reused")
    listed = office.client.get("/roster/imports", params={"after": done["position"]}).json()["items"]
    assert [(one["number"], one["sha256"]) for one in listed][1:] == [(2, done["sha256"])]

    taken_back = office.post("/roster/imports/2/rollback", {"reason": "误导入（模拟）"}).json()
    listed = office.client.get("/roster/imports", params={"after": taken_back["position"]}).json()["items"]
    assert listed[1]["reason"] == "误导入（模拟）"


def test_what_is_wrong_is_named_by_file_and_line_and_nothing_is_stored(
    registry: RunningService, office: Caller
) -> None:
    before, files = stored(registry), exported(office).files
    groups = files["groups.yaml"].replace("区财政局", "区财整局", 1)
    problem = send(office, "groups.yaml", groups.encode()).json()
    assert problem["type"] == "urn:sevenx:problem:roster-invalid"
    line = groups[: groups.index("区财整局")].count("\n") + 1
    assert [(one["file"], one["line"]) for one in problem["errors"]] == [("groups.yaml", line)]
    assert "区财政局" in problem["errors"][0]["zh"]

    nobody = send(office, "people.yaml", b"people: []\n", dry_run=True).json()
    assert {one["file"] for one in nobody["errors"]} == {"groups.yaml"}, "a leader who is in no file any more"
    assert all("未上传此文件" in one["zh"] and "not sent" in one["en"] for one in nobody["errors"])

    for name, content, words in (
        ("roster.zip", b"PK\x03\x04", "已损坏"),
        ("people.yml", b"people: []", "不认识的文件"),
        ("people.yaml", b"", "文件为空"),
        ("people.yaml", b"people: [", "不是合法的YAML"),
        ("a\u0007.yaml", b"people: []", "控制字符"),
    ):
        answer = send(office, name, content)
        assert answer.status_code == 422, answer.text
        assert words in answer.json()["errors"][0]["zh"]
    assert stored(registry) == before


@pytest.mark.parametrize("role", ["commerce_bureau", "auditor", "operator"])
def test_only_the_district_office_imports_once_there_is_a_district(registry: RunningService, role: str) -> None:
    assert send(registry.office(role), "people.yaml", b"people: []", dry_run=True).status_code == 403
    assert registry.office(role).get("/roster/export.zip").status_code == 200


def test_a_long_file_is_refused_unread(office: Caller) -> None:
    answer = send(office, "people.yaml", b" " * ((1 << 20) + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:sevenx:problem:body-too-large")


def test_the_operator_founds_a_district_out_of_a_zip_file(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """Before the founding nothing stands that could take the place of a file."""
    with running(SERVICE, postgres, kafka) as fresh:
        operator, body = fresh.office("operator"), roster_body(fresh.district)
        assert operator.get("/roster/export.zip").json()["type"] == "urn:sevenx:problem:district-not-established"
        lacking = send(operator, "people.yaml", body["files"]["people.yaml"].encode()).json()
        assert "groups.yaml" in {one["file"] for one in lacking["errors"]}
        with zipped(fresh.district, body["files"], body["calendars"], date(2026, 7, 10)) as file:
            content = file.read()
        done = send(operator, "roster.zip", content).json()
        assert (done["number"], stored(fresh)) == (1, len(done["differences"]) + 1)
        assert {one["kind"] for one in done["differences"]} == {"new"}
        fresh.wait_drained()
        assert operator.get("/districts/current").json()["clock"] == "wall"
        assert operator.get("/projections/verify").json()["equal"]
