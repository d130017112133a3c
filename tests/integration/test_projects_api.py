"""Area projects as a deployment runs it: from the first report to recognised funds through the real API, on the real
PostgreSQL and Kafka, with the roster as the registry tells it on the bus. All names are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.projects.service import SERVICE
from services.registry.domain.district.events import IndustryListed, SettingChanged, SettingType
from services.registry.domain.group.events import GroupFormed, LeaderAppointed, LeadUnitAssigned, LiaisonDesignated
from services.registry.domain.unit.events import UnitHeadAppointed, UnitKind, UnitLiaisonDesignated, UnitRegistered
from sevenx.kernel.avro import catalog
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.testing.bus import Bus
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.service_process import Caller, RunningService, running, wait_until
from tests.unit.projects.stories import credit_code, sha

TODAY = datetime.now(UTC).astimezone(SHANGHAI).date()
SINCE = date(2020, 7, 1)
KINDS = {
    "commerce": UnitKind.DEPARTMENT, "development-reform": UnitKind.DEPARTMENT, "finance": UnitKind.DEPARTMENT,
    "statistics": UnitKind.DEPARTMENT, "audit": UnitKind.DEPARTMENT, "supervision": UnitKind.OFFICE,
    "industry-zone": UnitKind.ZONE, "macun": UnitKind.SUB_DISTRICT,
}  # fmt: skip
BODIES = ("commerce", "development-reform", "finance", "statistics", "audit", "supervision")


class World:
    """The running service and the people of its district."""

    def __init__(self, service: RunningService) -> None:
        self.service = service
        self.liaison = self.person("liaison-1")
        self.head = self.person("head-development-reform")
        self.zone = self.person("liaison-industry-zone")
        self.commerce = service.office("commerce_bureau")
        self.office = service.office("district_office")
        self.auditor = service.office("auditor")

    def id(self, rest: str) -> str:
        return f"{self.service.district}-{rest}"

    def unit(self, name: str) -> str:
        return self.id(f"U-{name}")

    def person(self, name: str) -> Caller:
        """Somebody whose posts alone say what he may do."""
        return self.service.caller(self.id(f"N-{name}"))

    def lead(self, group: str = "G-1", **changes: Any) -> dict[str, Any]:
        return {
            "title": "年产5万吨铝板带（模拟）",
            "intent": "新建铝板带生产线",
            "investor": {"name": "星河铝材（模拟）有限公司", "code": credit_code(1)},
            "origin": "province_external",
            "origin_place": "浙江省",
            "source": "own_visit",
            "industry": "aluminium",
            "group": self.id(group),
            "finder": self.unit("macun"),
            "expected_investment": "500000000.00",
            **changes,
        }

    def negotiating(self, group: str = "G-1", kind: str = "leased_plant") -> str:
        """A project that has just begun, by whoever may; its id."""
        lead = done(self.commerce.post("/leads", self.lead(group)))["id"]
        done(self.person(f"leader-{group[-1]}").post(f"/leads/{lead}/qualify", {"note": "真实"}))
        body = {
            "name": "铝板带项目（模拟）",
            "project_type": kind,
            "content": "租赁厂房2万平方米",
            "started_on": day(),
            "documents": [document("talk_minutes")],
        }
        return str(done(self.commerce.post(f"/leads/{lead}/negotiate", body))["id"])

    def signed(self, group: str = "G-1") -> str:
        project = self.negotiating(group)
        done(self.commerce.post(f"/projects/{project}/sign", contract()))
        return project

    def landed(self, group: str = "G-1") -> str:
        project = self.signed(group)
        done(self.commerce.post(f"/projects/{project}/land", self.landing()))
        return project

    def landing(self, unit: str = "industry-zone") -> dict[str, Any]:
        kinds = ("business_licence", "project_filing", "lease_contract")
        return {"landing_unit": self.unit(unit), "landed_on": day(), "documents": [document(kind) for kind in kinds]}

    def claim(self, amount: int = 30_000_000, number: str = "0001", claimant: str = "industry-zone") -> dict[str, Any]:
        voucher = {"number": number, "amount": amount, "paid_on": day(), "payer": "星河铝材（模拟）有限公司"}
        return {
            "claimant": self.unit(claimant),
            "amount": amount,
            "month": day()[:7],
            "vouchers": [{**voucher, "sha256": sha(f"voucher {number}")}],
        }

    def recognition(self, amount: int, *without: str) -> dict[str, Any]:
        bodies = [self.unit(body) for body in BODIES if body not in without]
        return {"amount": amount, "bodies": bodies, "minutes_sha256": sha("minutes"), "reason": "联合认定核减"}


def day(ahead: int = 0) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def document(kind: str) -> dict[str, str]:
    return {"kind": kind, "title": kind, "sha256": sha(kind), "dated": day()}


def contract(**changes: Any) -> dict[str, Any]:
    return {
        "contract_number": "模招合〔2026〕1号",
        "contract_title": "铝板带项目投资合同",
        "amount": "100000000.00",
        "signed_on": day(),
        "agreed": {"landed": day(30), "started": day(90), "in_production": day(300), "at_capacity": day(600)},
        "documents": [document("formal_contract")],
        **changes,
    }


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    body: dict[str, Any] = answer.json()
    return body


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer that must be one."""
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body.get("type")) == (status, f"urn:sevenx:problem:{code}"), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["detail_zh"]
    return body


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with running(SERVICE, postgres, kafka) as service:
        made = World(service)
        tell_roster(made, Bus(kafka.librdkafka_options(), service.district, catalog()))
        for stream, versions in ((made.id("D"), 4), (made.id("G-2"), 4), *((made.unit(name), 3) for name in KINDS)):
            position = f"registry/{stream}@{versions}"
            wait_until(lambda position=position: made.commerce.get("/leads", after=position).is_success, 30)
        yield made


def tell_roster(world: World, bus: Bus) -> None:
    """Two groups: one led by 发改委, two by 商务局; six bodies, a zone and a sub-district."""
    basis, district = "模拟", world.id("D")
    for name, kind in KINDS.items():
        unit = world.unit(name)
        head, liaison = world.id(f"N-head-{name}"), world.id(f"N-liaison-{name}")
        bus.write(
            unit,
            UnitRegistered(f"{name}（模拟）", name, kind, (), False, basis),
            UnitHeadAppointed(head, "模拟", SINCE, True, basis),
            UnitLiaisonDesignated(liaison, "模拟", SINCE, basis),
            area="registry",
        )
    bus.write(
        district,
        IndustryListed("aluminium", "铝精深加工", "Aluminium", False, ()),
        IndustryListed("policy-funds", "上级政策性资金争取", "Policy funds", True, ()),
        setting("bodies.commerce_bureau", world.unit("commerce"), SettingType.UNIT),
        setting("funds.recognised_by", ",".join(world.unit(body) for body in BODIES), SettingType.UNITS),
        area="registry",
    )
    for number, lead_unit in ((1, "development-reform"), (2, "commerce")):
        bus.write(
            world.id(f"G-{number}"),
            GroupFormed(number, f"招商{number}组（模拟）", f"Group {number}", "一", SINCE, True),
            LeadUnitAssigned(world.unit(lead_unit), lead_unit, None, 1, SINCE),
            LeaderAppointed(world.id(f"N-leader-{number}"), "模拟", SINCE, True, basis),
            LiaisonDesignated(world.id(f"N-liaison-{number}"), "模拟", SINCE, basis),
            area="registry",
        )


def setting(key: str, value: str, kind: SettingType) -> SettingChanged:
    return SettingChanged(key, value, kind, (), "三（五）", False, None, "模拟")


def test_from_the_first_report_to_recognised_funds(world: World) -> None:
    """The whole way, each step by those whose posts allow it."""
    lead = done(world.person("liaison-macun").post("/leads", world.lead()))["id"]
    refused(world.person("liaison-macun").post(f"/leads/{lead}/qualify", {}), 403, "not-allowed")
    done(world.head.post(f"/leads/{lead}/qualify", {"note": "真实"}))
    body = {"name": "铝板带项目（模拟）", "project_type": "leased_plant", "content": "租赁厂房", "started_on": day()}
    refused(world.liaison.post(f"/leads/{lead}/negotiate", body), 422, "evidence-missing")
    opened = done(world.liaison.post(f"/leads/{lead}/negotiate", {**body, "documents": [document("talk_minutes")]}))
    project = opened["id"]
    assert opened["events"] == ["ProjectOpened", "EvidenceFiled", "NegotiationStarted", "LeadConverted"]
    done(world.liaison.post(f"/projects/{project}/sign", contract()))
    company = {"name": "模拟星河铝业有限公司", "code": credit_code(2), "registered_on": day()}
    done(world.liaison.post(f"/projects/{project}/company", company))
    done(world.liaison.post(f"/projects/{project}/land", world.landing()))
    started = {"on": day(), "documents": [document("equipment_contract")]}
    done(world.zone.post(f"/projects/{project}/start-construction", started))
    assert done(world.zone.post(f"/projects/{project}/funds", world.claim()))["events"] == ["FundsClaimed"]
    funds = f"/projects/{project}/funds/1"
    done(world.commerce.post(f"{funds}/check", {"amount": 28_000_000, "reason": "凭证3为借款"}))
    done(world.commerce.post(f"{funds}/recognise", world.recognition(25_000_000)))
    last = done(world.commerce.post(f"{funds}/reverse", {"amount": 5_000_000, "reason": "回流"}))
    page = done(world.auditor.get(f"/projects/{project}", after=last["position"]))
    assert (page["stage"], page["landing_unit"], page["company_code"]) == (
        "started", world.unit("industry-zone"), credit_code(2),
    )  # fmt: skip
    assert page["funds"] == {"claimed": "30000000.00", "checked": "23000000.00", "recognised": "20000000.00"}
    assert [one["stage"] for one in page["stages"]] == ["negotiating", "signed", "landed", "started"]
    assert page["next_stage"]["stage"] == "in_production"
    assert page["next_stage"]["missing"][0]["zh"] == "设备安装验收单"
    shares = next(one for one in page["credit"] if one["cohort"] == "units")["shares"]
    assert [(one["holder"], one["share"]) for one in shares] == [
        (world.unit("macun"), "0.300000"), (world.unit("industry-zone"), "0.700000"),
    ]  # fmt: skip
    told = done(world.auditor.get(f"/projects/{project}/timeline"))["events"]
    assert [one["version"] for one in told] == list(range(1, len(told) + 1))
    assert told[-1]["event"] == "FundsReversed"
    assert done(world.auditor.get(f"/leads/{lead}"))["project"] == project


def test_a_stage_without_its_evidence_is_refused_by_name(world: World) -> None:
    project = world.signed()
    problem = refused(
        world.liaison.post(f"/projects/{project}/land", {**world.landing(), "documents": []}), 422, "evidence-missing"
    )
    assert "项目公司营业执照" in problem["detail_zh"]
    assert [one["any_of"] for one in problem["missing"]] == [
        ["business_licence"], ["project_filing"], ["lease_contract", "premises_title"],
    ]  # fmt: skip


def test_what_the_registry_does_not_know_is_refused_with_what_is_near(world: World) -> None:
    """A misspelt unit, group or industry is an error that lists the candidates."""
    wrong = refused(world.commerce.post("/leads", world.lead(finder=world.unit("makun"))), 422, "unknown-unit")
    assert world.unit("macun") in wrong["near"]
    refused(world.commerce.post("/leads", world.lead("G-9")), 422, "unknown-group")
    refused(world.commerce.post("/leads", world.lead(industry="aluminum")), 422, "unknown-industry")
    project = world.signed()
    refused(world.liaison.post(f"/projects/{project}/land", world.landing("nowhere")), 422, "unknown-unit")
    refused(world.liaison.post(f"/projects/{project}/land", world.landing("finance")), 422, "not-a-landing-unit")


def test_policy_funds_are_an_indicator_of_their_own_and_no_industry(world: World) -> None:
    """«Identity»: 上级政策性资金争取 is never funds in place."""
    refused(world.commerce.post("/leads", world.lead(industry="policy-funds")), 422, "unknown-industry")


def test_the_same_key_answers_the_same_and_another_body_is_a_conflict(world: World) -> None:
    key, lead = "a-key-of-this-test", world.lead()
    first = done(world.commerce.post("/leads", lead, key=key))
    again = done(world.commerce.post("/leads", lead, key=key))
    assert again == {**first, "replayed": True}
    other = world.commerce.post("/leads", {**lead, "title": "另一条线索"}, key=key)
    refused(other, 409, "idempotency-key-reused")


def test_another_groups_liaison_may_not_work_on_a_project(world: World) -> None:
    project = world.negotiating("G-1")
    refused(world.person("liaison-2").post(f"/projects/{project}/sign", contract()), 403, "not-allowed")


def test_where_the_commerce_bureaus_own_group_is_a_party_the_district_office_decides(world: World) -> None:
    """Funds in place: where the Commerce Bureau or its group two is a party the district office decides."""
    project = world.landed("G-2")
    done(world.zone.post(f"/projects/{project}/funds", world.claim()))
    check = {"amount": 30_000_000}
    refused(world.commerce.post(f"/projects/{project}/funds/1/check", check), 403, "not-the-deciding-office")
    done(world.office.post(f"/projects/{project}/funds/1/check", check))
    with_commerce = world.office.post(f"/projects/{project}/funds/1/recognise", world.recognition(30_000_000))
    refused(with_commerce, 403, "own-claim")
    done(world.office.post(f"/projects/{project}/funds/1/recognise", world.recognition(30_000_000, "commerce")))


def test_a_unit_claims_only_in_its_own_name(world: World) -> None:
    """Funds are claimed by the landing unit or a lead unit, by the unit's own people."""
    project = world.landed()
    other = world.claim(claimant="macun")
    refused(world.zone.post(f"/projects/{project}/funds", other), 403, "not-allowed")
    refused(world.person("liaison-macun").post(f"/projects/{project}/funds", other), 403, "not-entitled-to-claim")
    own_lead_unit = world.claim(claimant="development-reform")
    done(world.liaison.post(f"/projects/{project}/funds", own_lead_unit))


def test_two_who_claim_the_same_voucher_at_once_end_with_one_claim(world: World) -> None:
    """Any interleaving of two writers ends as some serial order."""
    project = world.landed()

    def claim(_: int) -> int:
        caller = world.person("liaison-industry-zone")
        return caller.post(f"/projects/{project}/funds", world.claim(1_000_000)).status_code

    with ThreadPoolExecutor(4) as together:
        answers = sorted(together.map(claim, range(4)))
    assert answers == [201, 409, 409, 409]


def test_an_unsigned_investor_is_masked_for_other_groups(world: World) -> None:
    """Clause 三(二): sharing among the groups, unsigned investors masked."""
    project = world.negotiating("G-1")
    world.service.wait_drained()
    other = world.person("liaison-2")
    listed = done(other.get("/projects", stage="negotiating", group=world.id("G-1"), limit=500))["items"]
    assert {one["investor_name"] for one in listed} == {"（未签约，已隐去）"}
    refused(other.get(f"/projects/{project}"), 403, "unsigned-project")
    assert done(world.liaison.get(f"/projects/{project}"))["investor_name"] == "星河铝材（模拟）有限公司"
    leads = done(other.get("/leads", limit=500))["items"]
    assert {one["investor_code"] for one in leads if one["group"] == world.id("G-1")} == {None}


def test_lists_go_page_by_page_and_filter(world: World) -> None:
    for _ in range(3):
        world.signed("G-2")
    world.service.wait_drained()
    everything = done(world.auditor.get("/projects", group=world.id("G-2"), limit=500))["items"]
    seen, cursor = [], None
    while True:
        page = done(world.auditor.get("/projects", group=world.id("G-2"), limit=2, cursor=cursor))
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == everything
    assert [one["id"] for one in seen] == sorted(one["id"] for one in seen)
    signed = done(world.auditor.get("/projects", stage="signed", group=world.id("G-2")))["items"]
    assert {one["stage"] for one in signed} == {"signed"}
    waiting = done(world.auditor.get("/funds", step="claimed", referee="commerce_bureau"))["items"]
    assert {one["step"] for one in waiting} <= {"claimed"}
    rows = done(world.auditor.get("/summary"))["rows"]
    found = sum(row["projects"] for row in rows if row["group"] == world.id("G-2"))
    assert found == len(everything)


def test_reading_and_writing_need_a_post_or_an_office(world: World) -> None:
    stranger = world.person("nobody")
    refused(stranger.get("/projects"), 403, "not-allowed")
    refused(stranger.post("/leads", world.lead()), 403, "not-allowed")
    refused(world.auditor.post("/leads", world.lead()), 403, "not-allowed")


def test_what_is_not_there_is_a_404_in_both_languages(world: World) -> None:
    missing = world.id("P-2026-9999")
    refused(world.auditor.get(f"/projects/{missing}"), 404, "unknown-project")
    refused(world.commerce.post(f"/projects/{missing}/sign", contract()), 404, "unknown-project")
    refused(world.auditor.get(f"/leads/{world.id('L-2026-9999')}"), 404, "unknown-lead")
    refused(world.commerce.post(f"/leads/{world.id('L-2026-9999')}/qualify", {}), 404, "unknown-lead")


@pytest.mark.parametrize(
    "body", [{"amount": "1.001"}, {"signed_on": "2026-7-1"}, {"contract_title": "a\x00"}, {"colour": "red"}]
)
def test_a_slip_in_a_body_is_named(world: World, body: dict[str, Any]) -> None:
    problem = refused(
        world.commerce.post(f"/projects/{world.id('P-2026-0001')}/sign", contract(**body)), 422, "invalid-request"
    )
    assert any(field in problem["detail"] for field in body)


def test_the_read_model_equals_a_pure_replay(world: World) -> None:
    world.service.wait_drained()
    report = done(world.auditor.get("/projections/verify"))
    assert report["equal"], report


def test_the_evidence_rulebook_can_be_read(world: World) -> None:
    rules = done(world.liaison.get("/evidence-rulebook"))
    assert rules["kinds"]["formal_contract"]["zh"] == "正式合同"
    assert {"stage": "signed", "project_type": "new_land", "any_of": ["formal_contract"]} in rules["requirements"]
