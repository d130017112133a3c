"""The import of a roster through the API: all of it or nothing, a second time nothing, and what is wrong is named."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from services.registry.service import SERVICE
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import RunningService, running

SIMULATED = {"clock": "simulated", "simulated_from": "2026-06-26T00:00:00+08:00"}


@pytest.fixture(scope="module")
def empty(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    """A registry with a real identity provider's settings, into which nothing is ever brought."""
    with running(SERVICE, postgres, kafka, local_issuer=False) as service:
        yield service
        assert stored(service) == 0


@pytest.fixture
def fresh(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    with running(SERVICE, postgres, kafka) as service:
        yield service


def stored(service: RunningService) -> int:
    with psycopg.connect(service.settings.database) as connection:
        row = connection.execute("SELECT count(*) FROM log.events").fetchone()
    assert row is not None
    return int(row[0])


def test_the_operator_founds_the_deployment_and_the_roster_is_there(fresh: RunningService) -> None:
    """一: the seven groups of the notice."""
    operator = fresh.office("operator")
    answer = operator.post("/roster/import", roster_body(fresh.district, genesis=SIMULATED))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["counts"] | {"changes": 0} == {
        "units": 52,
        "groups": 7,
        "people": 11,
        "industries": 18,
        "settings": told["counts"]["settings"],
        "calendars": 8,
        "changes": 0,
    }
    assert told["counts"]["changes"] == len(told["differences"]) == stored(fresh) - 1, "and the import itself"
    assert any("牵头单位区发改委（铝精深加工制造产业）" in one["text"] for one in told["differences"])
    fresh.wait_drained()
    groups = operator.get("/groups", after=told["position"]).json()
    assert [len(group["lead_units"]) for group in groups] == [2, 1, 2, 1, 1, 2, 1]
    assert [group["deputy"] is not None for group in groups] == [True] * 4 + [False] * 3
    assert groups[0]["as_of"] == "2026-06-26", "business time is simulated from the founding on"
    members = [unit["unit"] for unit in groups[3]["responsible_units"]]
    assert members.count(f"{fresh.district}-U-natural-resources") == 1, "一（四）: one agency under two names"
    assert operator.get("/projections/verify").json()["equal"]


def test_a_second_import_changes_nothing_and_is_the_district_offices(fresh: RunningService) -> None:
    body = roster_body(fresh.district)
    operator, office = fresh.office("operator"), fresh.office("district_office")
    assert operator.post("/roster/import", body).status_code == 200
    before = stored(fresh)
    again = office.post("/roster/import", body).json()
    assert (again["position"], again["differences"], again["counts"]["changes"]) == (None, [], 0)
    assert operator.post("/roster/import", body).status_code == 403
    corrected = roster_body(fresh.district, ("people.yaml", "en: Kang Chunsheng", "en: Kang  Chunsheng"))
    refused = office.post("/roster/import", corrected).json()
    assert [(one["file"], one["line"]) for one in refused["errors"]] == [("people.yaml", 4)]
    assert stored(fresh) == before


def test_an_import_under_the_same_key_is_answered_again_and_not_given_again(fresh: RunningService) -> None:
    operator, body = fresh.office("operator"), roster_body(fresh.district)
    first = operator.post("/roster/import", body, key="founding-1").json()
    again = operator.post("/roster/import", body, key="founding-1").json()
    assert (again["position"], again["replayed"], again["sha256"]) == (first["position"], True, first["sha256"])
    assert again["counts"] == first["counts"]
    said = [(one["stream"], one["zh"]) for one in first["differences"]]
    assert sorted((one["stream"], one["zh"]) for one in again["differences"]) == sorted(said)
    other = operator.post("/roster/import", {**body, "calendars": {}}, key="founding-1")
    assert (other.status_code, other.json()["type"]) == (409, "urn:sevenx:problem:idempotency-key-reused")
    assert stored(fresh) == len(said) + 1


def test_a_unit_added_to_the_roster_is_the_only_difference(fresh: RunningService) -> None:
    office = fresh.office("district_office")
    office.post("/roster/import", roster_body(fresh.district))
    people = (
        "people:\n  - {id: 410804-N-jia-yi, zh: 甲某, en: Jia, posts: [{group: 2, as: liaison, from: 2021-01-01}]}\n"
    )
    grown = office.post("/roster/import", roster_body(fresh.district, ("people.yaml", "people:\n", people))).json()
    assert [one["zh"] for one in grown["differences"]] == ["登记人员甲某", "联络员甲某，自2021-01-01"]
    fresh.wait_drained()
    group = office.get(f"/groups/{fresh.district}-G-2").json()
    assert group["liaison"] == {"person": f"{fresh.district}-N-jia-yi", "name": "甲某", "since": "2021-01-01"}


def test_another_district_is_founded_by_its_files_alone(fresh: RunningService) -> None:
    """A fictional one: other groups, other words for all towns, units under others, a liaison who was succeeded."""
    operator = fresh.office("operator")
    body = roster_body(fresh.district, code="990001")
    shown = operator.post("/roster/import", {**body, "dry_run": True}).json()
    assert (shown["position"], stored(fresh)) == (None, 0)
    done = operator.post("/roster/import", body).json()
    assert done["differences"] == shown["differences"]
    fresh.wait_drained()
    assert operator.get("/districts/current").json()["zh"] == "样例区（模拟）"
    groups = operator.get("/groups").json()
    assert [(one["zh"], len(one["lead_units"])) for one in groups] == [
        ("先进制造招商组", 2),
        ("现代服务招商组", 1),
        ("文旅康养招商组", 1),
    ]
    everybody = [unit for unit in groups[0]["responsible_units"] if unit["as_named"] == "各镇（街道）"]
    assert len(everybody) == 3
    past = operator.get(f"/groups/{fresh.district}-G-1", on="2026-02-01").json()
    assert (past["liaison"]["name"], groups[0]["liaison"]["name"]) == ("模拟戊", "模拟己")
    centre = operator.get(f"/units/{fresh.district}-U-promotion-centre").json()
    assert centre["parent"] == f"{fresh.district}-U-commerce"
    routed = operator.get("/industries/route", text="冷链物流").json()
    assert (routed["outcome"], routed["overlaps"]) == ("several", ["port-logistics"])
    files = operator.get("/roster/export").json()
    again = fresh.office("district_office").post(
        "/roster/import", {"files": files["files"], "calendars": files["calendars"]}
    )
    assert (again.json()["counts"]["changes"], again.json()["differences"]) == (0, [])
    assert operator.get("/projections/verify").json()["equal"]


def test_an_import_is_listed_and_taken_back_by_correcting_events(fresh: RunningService) -> None:
    """一: with a dry run, and never over what was decided since."""
    office, operator = fresh.office("district_office"), fresh.office("operator")
    operator.post("/roster/import", roster_body(fresh.district))
    posts = "posts: [{group: 2, as: liaison, from: 2021-01-01}]"
    person = f"people:\n  - {{id: 410804-N-jia-yi, zh: 甲某, en: Jia, {posts}}}\n"
    body = roster_body(
        fresh.district,
        ("people.yaml", "people:\n", person),
        ("units.yaml", "aliases: [区财政局, 财政局]", "aliases: [区财政局, 财政局, 财局]"),
    )
    assert office.post("/roster/import", body).json()["counts"]["changes"] == 3
    fresh.wait_drained()
    listed = office.get("/roster/imports").json()
    assert [(one["number"], one["changes"], one["rolled_back_on"]) for one in listed["items"]][1:] == [(2, 3, None)]
    assert office.get("/roster/imports", limit=1).json()["next"] == 1
    assert [one["number"] for one in office.get("/roster/imports", cursor=1).json()["items"]] == [2]

    path, why = "/roster/imports/2/rollback", {"reason": "误导入（模拟）"}
    assert operator.post(path, why).status_code == 403
    before = stored(fresh)
    shown = office.post(path, {**why, "dry_run": True}).json()
    assert (shown["position"], shown["obstacles"], stored(fresh)) == (None, [], before)
    assert sorted(one["zh"] for one in shown["differences"]) == [
        "撤销人员登记甲某",
        "撤销别名财局",
        "甲某卸任，自2021-01-01",
    ]
    done = office.post(path, why, key="rollback-1").json()
    assert (done["replayed"], done["differences"]) == (False, shown["differences"])
    again = office.post(path, why, key="rollback-1").json()
    assert (again["replayed"], again["position"], again["differences"]) == (True, done["position"], done["differences"])
    assert office.post(path, why).json()["type"] == "urn:sevenx:problem:import-rolled-back"
    fresh.wait_drained()
    assert office.get(f"/groups/{fresh.district}-G-2", on="2022-01-01").json()["liaison"] is None
    assert office.get("/units/resolve", name="财局").status_code == 422
    assert f"{fresh.district}-N-jia-yi" not in [one["id"] for one in office.get("/people").json()["items"]]
    assert office.get("/roster/imports").json()["items"][1]["reason"] == why["reason"]

    assert office.post("/roster/import", body).json()["counts"]["changes"] == 3
    other = {"id": f"{fresh.district}-N-yi-er", "zh": "乙某", "en": "Yi", "basis": "模拟"}
    office.post("/people", other)
    office.post(f"/groups/{fresh.district}-G-2/liaison", {"person": other["id"], "effective": "2022-01-01"})
    refused = office.post("/roster/imports/3/rollback", why)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:sevenx:problem:import-changed-since")
    assert [one["stream"] for one in refused.json()["obstacles"]][:1] == [f"{fresh.district}-G-2"]
    assert any("乙某" in one["zh"] for one in refused.json()["obstacles"])
    founding = office.post("/roster/imports/1/rollback", {**why, "dry_run": True}).json()
    assert any("建立" in one["zh"] for one in founding["obstacles"])
    fresh.wait_drained()
    assert operator.get("/projections/verify").json()["equal"]


def test_a_dry_run_shows_the_difference_and_stores_nothing(empty: RunningService) -> None:
    operator = empty.office("operator")
    shown = operator.post("/roster/import", roster_body(empty.district, dry_run=True)).json()
    assert (shown["position"], shown["dry_run"]) == (None, True)
    assert shown["counts"]["changes"] == len(shown["differences"]) > 200
    assert stored(empty) == 0
    assert operator.get("/districts/current").json()["type"] == "urn:sevenx:problem:district-not-established"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("groups.yaml", "[区财政局,", "[区财整局,", 14, "区财政局"),
        ("groups.yaml", "name: 区商务局", "name: 商务委", 26, "商务局"),
        ("units.yaml", "aliases: [区财政局, 财政局]", "aliases: [区财政局, 财政局, 商务局]", None, "商务局"),
        ("settings.yaml", "value: 区督查室", "value: 区督察室", None, "区督查室"),
        ("people.yaml", "from: 2020-07-01", "from: 2020-7-1", 4, "日期"),
        ("district.yaml", 'code: "410804"', 'code: "410803"', 1, "410803"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_stored(
    empty: RunningService, file: str, old: str, new: str, line: int | None, said: str
) -> None:
    """一: an unresolved or ambiguous name is an error that lists the candidates."""
    answer = empty.office("operator").post("/roster/import", roster_body(empty.district, (file, old, new)))
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "urn:sevenx:problem:roster-invalid")
    found = [one for one in problem["errors"] if one["file"] == file and said in one["zh"]]
    assert found, problem["errors"]
    assert line in (None, found[0]["line"])
    assert stored(empty) == 0


def test_every_error_is_named_at_once(empty: RunningService) -> None:
    body = roster_body(empty.district, ("groups.yaml", "区财政局, 统计局", "区财整局, 统记局"))
    errors = empty.office("operator").post("/roster/import", body).json()["errors"]
    assert [one["line"] for one in errors] == [14, 14]


def test_simulated_time_is_refused_where_a_real_identity_provider_signs(empty: RunningService) -> None:
    body = roster_body(empty.district, genesis=SIMULATED)
    problem = empty.office("district_office").post("/roster/import", body).json()
    assert [one["file"] for one in problem["errors"]] == ["district.yaml"]
    assert "wall" in problem["errors"][0]["en"]


@pytest.mark.parametrize("role", ["commerce_bureau", "auditor", "city", "district_leader"])
def test_no_other_office_may_import_not_even_as_a_dry_run(empty: RunningService, role: str) -> None:
    answer = empty.office(role).post("/roster/import", roster_body(empty.district, dry_run=True))
    assert (answer.status_code, answer.json()["roles"]) == (403, ["district_office", "operator"])


def test_a_command_before_the_founding_is_refused(empty: RunningService) -> None:
    office = empty.office("district_office")
    answer = office.post("/settings/report.due_day", {"value": "24", "reason": "核定"})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:sevenx:problem:district-not-established")
    group = office.post(f"/groups/{empty.district}-G-1/leader/release", {"reason": "调动"})
    assert (group.status_code, group.json()["type"]) == (404, "urn:sevenx:problem:group-unknown")
