"""Findings as a deployment raises them: the other areas' events lie on the bus, audit finds what is doubtful, once, and
shows it with its evidence. All contents are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.audit.service import definition
from services.outreach.domain.budget.events import ExpensePaid
from services.projects.domain.project.events import (
    BaselineApproved,
    FundsClaimed,
    FundsReversed,
    ProjectLanded,
    ProjectOpened,
    ProjectSigned,
    Voucher,
)
from services.projects.domain.values import Origin, Party, ProjectType, Referee, Stage
from services.registry.domain.district.events import (
    ClockKind,
    DistrictEstablished,
    Level,
    SettingChanged,
    SettingType,
)
from services.registry.domain.group.events import LiaisonDesignated
from services.registry.domain.unit.events import UnitHeadAppointed
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.envelope import value_hash
from sevenx.local.logins import KafkaLogin
from sevenx.local.secret_files import ensure_ed25519
from tests.conftest import SharedPostgres
from tests.integration.service_process import Caller, RunningService, running, settings_of, wait_until
from tests.integration.test_proof_bus import publish
from tests.unit.given import at
from tests.unit.projects.ledgers import baselined
from tests.unit.proof import a_log
from tests.unit.proof.a_log import Log

SINCE, BEGIN = date(2020, 7, 1), datetime(2026, 6, 1, tzinfo=SHANGHAI)
MONEY = Decimal(1_000_000)


@dataclass
class District:
    """A running audit service, and a bus on which the other areas are played by the test."""

    service: RunningService
    kafka: KafkaLogin
    log: Log
    sent: set[int] = field(default_factory=set)
    values: dict[str, bytes] = field(default_factory=dict)

    def id(self, rest: str) -> str:
        return f"{self.service.district}-{rest}"

    def tell(self, area: str, stream: str, when: datetime, *events: Any) -> str:
        """Events of an area, recorded at that business time; the last one's position."""
        self.log.now = when
        for event in events:
            record = self.log.append(area, stream, event)
            version = sum(1 for one in self.log.all() if one.raw_key == stream.encode())
            self.values[f"{area}/{stream}@{version}"] = record.raw_value or b""
        new = [record for record in self.log.all() if id(record) not in self.sent]
        publish(self.kafka, new)
        self.sent.update(map(id, new))
        return f"{area}/{stream}@{version}"

    def project(self, number: int, when: datetime) -> str:
        """A project of group one that unit alpha found."""
        stream = self.id(f"P-2026-{number:04d}")
        opened = ProjectOpened(
            lead=self.id(f"L-2026-{number:04d}"),
            name=f"示例项目{number}（模拟数据）",
            project_type=ProjectType.NEW_LAND,
            content="生产线",
            investor=Party("示例公司（模拟数据）"),
            origin=Origin.PROVINCE_EXTERNAL,
            origin_place="江苏",
            industry="aluminium",
            group=self.id("G-1"),
            finder=self.id("U-alpha"),
            opened_on=when.date(),
            opened_by=self.id("N-liaison"),
        )
        self.tell("projects", stream, when, opened)
        return stream

    @property
    def auditor(self) -> Caller:
        return self.service.office("auditor")

    def found(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.auditor.get("/findings", **query)
        assert answer.status_code == 200, answer.text
        listed: list[dict[str, Any]] = answer.json()
        return listed

    def settled(self) -> None:
        """Everything on the bus has been read and reacted to."""
        operator = self.service.office("operator")
        for last in {position.rpartition("@")[0]: position for position in self.values}.values():
            wait_until(partial(self._has_read, operator, last), 30)
        wait_until(lambda: operator.get("/status").json()["drained"], 30)

    @staticmethod
    def _has_read(operator: Caller, position: str) -> bool:
        return operator.get("/findings", after=position).status_code == 200


def signed(day: str) -> ProjectSigned:
    return ProjectSigned("H-1", "合同（模拟）", "0" * 64, 50 * MONEY, date.fromisoformat(day), "x", (), "1")


def landed(day: str) -> ProjectLanded:
    return ProjectLanded("410804-U-industry-zone", date.fromisoformat(day), "x", (), "1")


def claimed(told: District, number: str, sha: str, claim: int = 1, unit: str = "U-alpha") -> FundsClaimed:
    voucher = Voucher(number, MONEY, date(2026, 8, 3), "示例公司（模拟数据）", sha * 64)
    return FundsClaimed(
        claim, told.id(unit), "x", MONEY, "2026-08", (voucher,), date(2026, 8, 5), Referee.COMMERCE_BUREAU
    )


@pytest.fixture
def district(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path) -> Iterator[District]:
    ensure_ed25519(tmp_path / "seal.pem", tmp_path / "seals" / "seal.pub")
    service = definition()
    settings = settings_of(service, postgres, kafka)
    settings = replace(settings, seals=str(tmp_path / "seals"), seal_key=(tmp_path / "seal.pem").read_text())
    with running(service, postgres, kafka, settings=settings) as started:
        told = District(started, kafka, Log(district=started.district))
        name = started.district
        founded = DistrictEstablished(
            name, "模拟区", "Sample", Level.DISTRICT, "410800", "模拟市", ClockKind.SIMULATED, a_log.START
        )
        told.tell("registry", f"{name}-D", BEGIN, founded)
        told.tell(
            "registry",
            f"{name}-U-alpha",
            BEGIN,
            UnitHeadAppointed(f"{name}-N-head", "负责人（模拟）", SINCE, True, "x"),
        )
        told.tell(
            "registry",
            f"{name}-U-beta",
            BEGIN,
            UnitHeadAppointed(f"{name}-N-other", "负责人（模拟）", SINCE, True, "x"),
        )
        told.tell(
            "registry", f"{name}-G-1", BEGIN, LiaisonDesignated(f"{name}-N-liaison", "联络员（模拟）", SINCE, "x")
        )
        yield told


def ok(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:sevenx:problem:{code}"), answer.text


def test_a_back_dated_contract_is_found_answered_and_concluded(district: District) -> None:
    """三(五), auditors: the business date against the recording, in business time; with the event as proof."""
    late, fresh = district.project(1, at("2026-06-02 09:00")), district.project(2, at("2026-06-02 09:00"))
    position = district.tell("projects", late, at("2026-08-05 09:00"), signed("2026-06-10"))
    district.tell("projects", fresh, at("2026-08-05 09:00"), signed("2026-08-03"))
    district.settled()
    (finding,) = district.found()
    assert (finding["kind"], finding["days"], finding["subjects"]) == ("back_dated", 56, [late])
    assert (finding["units"], finding["groups"]) == ([district.id("U-alpha")], [district.id("G-1")])
    assert finding["title_zh"].startswith("示例项目1（模拟数据）")

    path = f"/findings/{finding['id']}"
    assert ok(district.auditor.get(path))["events"][0]["seal"] is None
    assert district.service.office("operator").post("/seals", {}).status_code == 201
    shown = ok(district.auditor.get(path))
    (event,) = shown["events"]
    assert (event["position"], event["name"], event["seal"]) == (position, "projects.ProjectSigned", 1)
    assert event["data"]["signed_on"] == "2026-06-10"
    assert event["hash"] == value_hash(district.values[position]).hex()

    head, other = (district.service.caller(district.id(f"N-{name}")) for name in ("head", "other"))
    assert [one["id"] for one in head.get("/findings").json()] == [finding["id"]]
    assert other.get("/findings").json() == []
    assert district.service.office("commerce_bureau").get("/findings").json() == []
    refused(other.get(path), 404, "finding-unknown")
    supervision = district.service.office("supervision_office")
    conclusion = {"outcome": "explained", "reason": "已补充材料（模拟）"}
    refused(district.auditor.post(f"{path}/conclude", conclusion), 403, "not-allowed")
    refused(supervision.post(f"{path}/answer", {"text": "x"}), 403, "not-allowed")
    refused(other.post(f"{path}/answer", {"text": "x", "unit": district.id("U-beta")}), 403, "unit-not-concerned")
    ok(head.post(f"{path}/answer", {"text": "经办人外出，补录。（模拟）", "unit": district.id("U-alpha")}))
    ok(district.service.caller(district.id("N-liaison")).post(f"{path}/answer", {"text": "情况属实。（模拟）"}))
    grant = f"supervision_office@{district.service.district}"
    refused(
        district.service.caller(district.id("N-head"), grant).post(f"{path}/conclude", conclusion), 403, "own-finding"
    )
    concluded = ok(supervision.post(f"{path}/conclude", conclusion))
    shown = ok(supervision.get(path, after=concluded["position"]))
    assert (shown["status"], shown["outcome"], shown["answers"]) == ("concluded", "explained", 2)
    assert [one["step"] for one in shown["steps"]] == ["raised", "answered", "answered", "concluded"]
    assert district.found(status="raised") == []
    assert len(district.found(status="concluded", unit=district.id("U-alpha"), about=late)) == 1


def test_what_lies_before_a_baseline_is_not_back_dated(district: District) -> None:
    """历史台账 come in with their real dates and are excluded from back-dating findings; what follows is judged."""
    old, when = district.id("P-0000-123456007"), at("2026-06-20 09:00")
    row = replace(baselined(Stage.SIGNED), group=district.id("G-1"), finder=district.id("U-alpha"))
    district.tell("projects", old, when, row, BaselineApproved(when.date(), "x"))
    district.settled()
    assert district.found() == []
    district.tell("projects", old, at("2026-08-05 09:00"), landed("2026-06-21"))
    district.settled()
    (finding,) = district.found()
    assert (finding["subjects"], finding["days"]) == ([old], 45)
    assert finding["title_zh"].startswith("年产2万吨铝箔项目（模拟）")


def test_one_voucher_in_two_claims_is_found_once_and_a_resubmission_is_shown_as_such(district: District) -> None:
    """三(五), auditors: by number or scan, in another project; after a reversal it is a resubmission."""
    when = at("2026-08-05 09:00")
    one, two, three, four = (district.project(n, at("2026-08-01 09:00")) for n in (1, 2, 3, 4))
    district.tell("projects", one, when, claimed(district, "PZ-001", "a"))
    district.tell("projects", two, at("2026-08-06 09:00"), claimed(district, "ＰＺ－００１", "b", unit="U-beta"))
    district.tell("projects", three, when, claimed(district, "PZ-777", "c"))
    reversed_ = FundsReversed(
        1, MONEY, Decimal(0), Decimal(0), Decimal(0), "回流（模拟）", when.date(), "x", Referee.COMMERCE_BUREAU
    )
    district.tell("projects", three, at("2026-08-07 09:00"), reversed_)
    district.tell("projects", three, at("2026-08-08 09:00"), claimed(district, "PZ-777", "c", claim=2))
    district.tell("projects", four, when, claimed(district, "PZ-900", "d"))
    district.settled()
    found = {one["subjects"][0]: one for one in district.found(kind="voucher_used_twice")}
    assert set(found) == {one, three}
    assert found[one]["subjects"] == [one, two]
    assert (found[one]["rules"], found[one]["resubmission"]) == (["same_number"], False)
    assert found[one]["units"] == [district.id("U-alpha"), district.id("U-beta")]
    assert (found[three]["rules"], found[three]["resubmission"]) == (["same_number", "same_sha256"], True)
    assert Decimal(found[one]["amount"]) == MONEY
    shown = ok(district.auditor.get(f"/findings/{found[one]['id']}"))
    assert [event["data"]["vouchers"][0]["number"] for event in shown["events"]] == ["PZ-001", "ＰＺ－００１"]
    assert district.found(kind="back_dated") == []


def test_a_payment_voucher_of_two_expenses_is_found(district: District) -> None:
    """三(四), auditors: 支付凭证号 of the Finance Bureau's payments."""
    budget = district.id("B-2026-special")
    for expense in (1, 2):
        paid = ExpensePaid(
            expense, district.id("U-alpha"), Decimal(800), "支字0001", date(2026, 8, 4), "x", date(2026, 8, 5)
        )
        district.tell("outreach", budget, at(f"2026-08-0{4 + expense} 09:00"), paid)
    district.settled()
    (finding,) = district.found()
    assert (finding["kind"], finding["subjects"], finding["rules"]) == ("voucher_used_twice", [budget], ["same_number"])
    assert finding["units"] == [district.id("U-alpha")]


def test_the_limits_are_the_districts_settings_and_nothing_is_raised_twice(district: District) -> None:
    """A setting holds from when it is published; a read model made anew raises nothing a second time."""
    limit = SettingChanged("audit.back_dating_days", "3", SettingType.INT, (), "三（五）", False, None, "试")
    district.tell("registry", district.id("D"), BEGIN, limit)
    district.settled()
    stream = district.project(1, at("2026-08-01 09:00"))
    district.tell("projects", stream, at("2026-08-07 09:00"), signed("2026-08-03"))
    district.settled()
    (finding,) = district.found()
    assert (finding["days"], finding["rules"]) == (4, ["over_limit"])
    district.service.wait_drained()
    compared = ok(district.auditor.get("/projections/verify"))
    assert compared["equal"] is True, compared
    assert len(district.found()) == 1
