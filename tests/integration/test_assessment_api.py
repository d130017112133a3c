"""Area assessment as a deployment runs it: its API on the real PostgreSQL and Kafka, fed with other areas' events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from services.assessment.domain.year.events import AssessmentFrozen, CalculationMade
from services.assessment.projections import CLOSING_AREAS
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.assessing import RULEBOOK, Assessed, district
from tests.integration.districts import ok, refused
from tests.integration.service_process import Caller, wait_until
from tests.unit.given import at


def places(answer: Mapping[str, Any]) -> list[tuple[str, int, str, Decimal]]:
    return [(one["cohort"], one["rank"], one["subject"][7:], Decimal(one["total"])) for one in answer["ranking"]]


AT_FIRST = [
    ("groups", 1, "G-1", Decimal("50.00")),
    ("groups", 2, "G-2", Decimal("0.00")),
    ("units", 1, "U-beta", Decimal("50.00")),
    ("units", 2, "U-alpha", Decimal("21.43")),
]


def test_a_year_from_its_rulebook_to_a_correction_of_the_frozen_result(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    """三(五): measured, first rated, public, appealed against, settled, frozen; a correction is a new version."""
    with district(postgres, kafka) as told:
        office, leader = told.service.office("assessment_office"), told.service.office("district_leader")
        _publish_and_calculate(told, office)
        _close_and_make_public(told, office)
        _appeal(told, office)
        path = "/assessments/2026"
        refused(leader.post(f"{path}/settle", {"document_number": "马文〔2027〕0号"}), 409, "public-notice-running")
        told.tick(at("2027-01-13 09:00"))
        ended = ok(office.get(path))
        assert (ended["notice_ended"], [one["step"] for one in ended["steps"]][-1]) == (True, "notice_ended")
        late = {"appellant": told.id("G-1"), "grounds": "补充（模拟数据）"}
        refused(told.person("leader-1").post(f"{path}/appeals", late), 409, "public-notice-over")
        ok(leader.post(f"{path}/settle", {"document_number": "马文〔2027〕0号（模拟）"}))
        wait_until(lambda: ok(office.get(path))["phase"] == "frozen", 30, lambda: office.get(path).text)

        frozen = ok(leader.get(f"{path}/ranking"))
        assert (frozen["basis"], frozen["version"], frozen["public"]) == ("frozen", 1, True)
        assert places(frozen)[0] == ("groups", 1, "G-1", Decimal("60.00"))
        assert len(ok(office.get(path))["cut"]) == len(CLOSING_AREAS) * 6
        _correct(told, office)
        told.service.wait_drained()
        assert [one.data["version"] for one in told.published(AssessmentFrozen)] == [1]
        compared = ok(told.service.office("auditor").get("/projections/verify"))
        assert compared["equal"] is True, compared


def _publish_and_calculate(told: Assessed, office: Caller) -> None:
    """A wrong text is refused by its line; a provisional result is for the offices and, one's own, for those
    concerned."""
    wrong = RULEBOOK.replace("marks: 60", "marks: 6O")
    check = ok(office.post("/rulebooks/check", {"document": wrong}))
    assert (check["ok"], check["errors"][0]["line"]) == (False, 13)
    said = refused(office.post("/rulebooks", {"document": wrong}), 422, "rulebook-wrong")
    assert said["errors"][0]["path"] == "cohorts[0].indicators[0].marks"
    refused(told.service.office("commerce_bureau").post("/rulebooks", {"document": RULEBOOK}), 403, "not-allowed")
    refused(office.post("/assessments/2026/calculate", {}), 409, "rulebook-missing")
    published = ok(office.post("/rulebooks", {"document": RULEBOOK}), 201)
    assert ok(office.get("/rulebooks/2026/1", after=published["position"]))["document"] == RULEBOOK

    path = "/assessments/2026"
    live = ok(office.get(f"{path}/ranking", basis="live"))
    assert places(live) == AT_FIRST
    old = {"as_of": "0001-01-01T00:00:00+08:00"}
    refused(office.post(f"{path}/calculate", old), 422, "as-of-before-year")
    made = ok(office.post(f"{path}/calculate", {}, key="calculate-1"))
    assert made["events"] == ["CalculationMade", *["ScoreCalculated"] * 4]
    again = ok(office.post(f"{path}/calculate", {}, key="calculate-1"))
    assert (again["replayed"], again["position"]) == (True, made["position"])
    told.service.wait_drained()
    assert places(ok(office.get(f"{path}/ranking"))) == AT_FIRST
    refused(office.post(f"{path}/rate", {}), 409, "calculation-provisional")

    mine, other = told.person("leader-1"), told.person("leader-2")
    refused(other.get(f"{path}/ranking"), 403, "not-public")
    refused(other.get(f"{path}/scores/{told.id('G-1')}"), 403, "not-public")
    score = ok(mine.get(f"{path}/scores/{told.id('G-1')}"))
    funds = next(one for one in score["items"] if one["indicator"] == "funds")
    assert funds["formula"] == "40 × min(20000000 ÷ 40000000, 1) = 20.00"
    assert funds["facts_agree"]
    assert [one["position"] for one in funds["facts"]] == [f"projects/{told.id('P-2026-0001')}@6"]


def _close_and_make_public(told: Assessed, office: Caller) -> None:
    """Once every area has closed the year it is calculated by itself, and can be rated."""
    path = "/assessments/2026"
    told.tick(at("2027-01-04 09:00"))
    assert "registry" in ok(office.get(path))["not_closed"]
    told.close_the_year()
    wait_until(lambda: ok(office.get(path))["provisional"] is False, 30, lambda: office.get(path).text)
    shown = ok(office.get(path))
    assert (shown["calculations"][0]["month"], shown["not_closed"]) == ("2026", [])
    assert len([one for one in told.published(CalculationMade) if one.data["month"] == "2026"]) == 1
    ok(office.post(f"{path}/rate", {}))
    public = ok(office.post(f"{path}/publicize", {}))
    shown = ok(office.get(path, after=public["position"]))
    assert (shown["phase"], shown["until"]) == ("public", "2027-01-11"), "five working days after 4 January"
    refused(office.post("/rulebooks", {"document": RULEBOOK + "# 改\n", "reason": "改"}), 409, "result-already-public")
    assert places(ok(told.person("leader-2").get(f"{path}/ranking"))) == AT_FIRST


def _appeal(told: Assessed, office: Caller) -> None:
    """Those concerned appeal; another than the appellant reviews."""
    path, body = "/assessments/2026/appeals", {"appellant": told.id("G-1"), "grounds": "漏计一笔（模拟数据）"}
    refused(told.person("leader-2").post(path, body), 403, "not-allowed")
    refused(told.person("leader-1").post(path, {**body, "indicator": "none"}), 422, "unknown-indicator")
    ok(told.person("leader-1").post(path, {**body, "indicator": "funds"}), 201)
    second = {"appellant": told.id("U-alpha"), "grounds": "份额有误（模拟数据）"}
    ok(told.person("head-alpha").post(path, second), 201)
    refused(office.post(f"{path}/1/uphold", {"points": "41", "reason": "x"}), 422, "points-out-of-range")
    refused(office.post(f"{path}/9/uphold", {"points": "30", "reason": "x"}), 404, "unknown-appeal")
    upheld = ok(office.post(f"{path}/1/uphold", {"points": "30", "reason": "经核属实（模拟数据）"}))
    assert upheld["events"] == ["AppealUpheld", "ScoreCorrected"]
    dismissed = ok(office.post(f"{path}/2/dismiss", {"reason": "份额已协商一致（模拟数据）"}))
    seen = ok(told.person("head-alpha").get(path, after=dismissed["position"]))
    assert [(one["appeal"], one["state"]) for one in seen] == [(2, "dismissed")]
    assert [one["state"] for one in ok(office.get(path))] == ["upheld", "dismissed"]


def _correct(told: Assessed, office: Caller) -> None:
    """The old version stays beside the new one, in the ranking and in the score."""
    path, group = "/assessments/2026", told.id("G-1")
    body = {
        "corrections": [{"subject": group, "indicator": "signed", "points": "0"}],
        "reason": "合同被认定无效（模拟数据）",
        "basis": [f"projects/{told.id('P-2026-0001')}@2"],
        "document_number": "马文〔2027〕1号（模拟）",
    }
    corrected = ok(office.post(f"{path}/corrections", body), 201)
    now = ok(office.get(f"{path}/ranking", after=corrected["position"]))
    told.service.wait_drained()
    assert (now["version"], places(now)[0][3]) == (2, Decimal("30.00"))
    assert places(ok(office.get(f"{path}/ranking", version="1")))[0][3] == Decimal("60.00")
    totals = [
        Decimal(ok(office.get(f"{path}/scores/{group}", **query))["total_now"])
        for query in ({"basis": "public"}, {"version": "1"}, {"version": "2"})
    ]
    assert totals == [Decimal("50.00"), Decimal("60.00"), Decimal("30.00")]
    refused(office.get(f"{path}/ranking", version="3"), 404, "no-such-ranking")
    advice = {"kind": "unit", "subject": group, "reason": "综合得分居前（模拟数据）"}
    ok(office.post(f"{path}/commendations", advice), 201)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/rulebooks", {"document": ""}, 422, "invalid-request"),
        ("POST", "/rulebooks", {"document": "a: ["}, 422, "rulebook-wrong"),
        ("POST", "/assessments/1999/calculate", {}, 422, "invalid-request"),
        ("POST", "/assessments/2026/calculate", {"as_of": "2099-01-01T00:00:00Z"}, 422, "as-of-in-future"),
        ("POST", "/assessments/2026/rate", {}, 404, "not-calculated"),
        ("POST", "/assessments/2026/appeals/1/uphold", {"points": "1", "reason": "x"}, 404, "unknown-appeal"),
        ("POST", "/assessments/2026/appeals/1/uphold", {"points": "NaN", "reason": "x"}, 422, "invalid-request"),
        ("GET", "/assessments/2026", None, 404, "not-calculated"),
        ("GET", "/assessments/2026/ranking", None, 409, "rulebook-missing"),
        ("GET", "/assessments/2026/scores/nobody", None, 422, "invalid-request"),
        ("GET", "/rulebooks/2026/1", None, 404, "unknown-rulebook"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(
    alone: Assessed, method: str, path: str, body: Any, status: int, code: str
) -> None:
    office = alone.service.office("assessment_office")
    refused(office.get(path) if method == "GET" else office.post(path, body), status, code)


@pytest.fixture(scope="module")
def alone(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[Assessed]:
    """A district without a rulebook."""
    with district(postgres, kafka) as told:
        yield told
