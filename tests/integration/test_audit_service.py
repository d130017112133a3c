"""The audit service as a deployment runs it: it seals the log when every area has closed its month, refuses while a
fork is open, and the seals hold against the very bus. All contents are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.audit.sealing import Sealing
from services.audit.service import definition
from services.registry.domain.district.events import ClockKind, DistrictEstablished, Level
from sevenx.declaration import AUDIT, writing_services
from sevenx.kernel.envelope import value_hash
from sevenx.kernel.kernel_events import PeriodClosed, StreamForkFound
from sevenx.kernel.topics import partition_of, partition_streams
from sevenx.local.logins import KafkaLogin
from sevenx.local.secret_files import ensure_ed25519
from sevenx.proof.kafka_source import KafkaSource
from sevenx.proof.owners import Owners, compare_owners, compare_projections
from sevenx.proof.seal_files import seal_folders
from sevenx.proof.seal_statement import read_public_key
from sevenx.proof.verify import Report, verify_log
from tests.conftest import SharedPostgres
from tests.integration.service_process import PASSWORD, RunningService, running, settings_of, wait_until
from tests.integration.test_proof_bus import publish
from tests.unit.proof import a_log
from tests.unit.proof.a_log import Log

JULY_CLOSES = datetime(2026, 7, 25, 16, tzinfo=UTC)
AUGUST_CLOSES = datetime(2026, 8, 25, 16, tzinfo=UTC)
OTHERS = tuple(service.area for service in writing_services() if service.area != AUDIT)


class District:
    """A running audit service, and a bus on which the other areas are played by the test."""

    def __init__(self, service: RunningService, kafka: KafkaLogin, seals: Path) -> None:
        self.service, self.kafka, self.seals = service, kafka, seals
        self.log = Log(district=service.district)
        self.sent: set[int] = set()
        self.operator, self.auditor = service.office("operator"), service.office("auditor")
        self.log.append("registry", f"{service.district}-D", DistrictEstablished(
            service.district, "模拟区", "Sample", Level.DISTRICT, "410800", "模拟市", ClockKind.SIMULATED, a_log.START,
        ))  # fmt: skip
        for n in range(30):
            area = ("registry", "projects", "reporting")[n % 3]
            self.log.append(area, f"{service.district}-T-{area}-{n % 5}", ordinary(n))
        self.send()
        wait_until(lambda: self.operator.get("/status").json()["simulated"], 30)

    def send(self) -> None:
        """Put what is new in the log on the bus."""
        new = [record for record in self.log.all() if id(record) not in self.sent]
        publish(self.kafka, new)
        self.sent.update(map(id, new))

    def close(self, period: str, as_of: datetime, areas: tuple[str, ...] = OTHERS) -> None:
        """The other areas announce a cut-off in every partition."""
        self.log.now = max(self.log.now, as_of)
        for area in areas:
            for n, stream in enumerate(partition_streams(f"{self.service.district}-PC-{area}")):
                self.log.append(area, stream, PeriodClosed(as_of, "month", period, n))
        self.send()

    def tick(self, as_of: datetime) -> None:
        """Audit's own clock: it announces its cut-offs up to then."""
        answer = self.operator.post("/clock/tick", {"as_of": as_of.isoformat()})
        assert answer.status_code == 200, answer.text

    def missing(self, period: str) -> int | None:
        """In how many partitions the month is not closed yet; None when no area has closed it."""
        closed = self.auditor.get("/periods").json()
        return next((len(p["missing"]) for p in closed if (p["kind"], p["period"]) == ("month", period)), None)

    def seals_made(self) -> list[dict[str, object]]:
        return list(self.auditor.get("/seals").json())

    def verify(self) -> Report:
        source = KafkaSource(
            KafkaLogin(self.kafka.bootstrap, f"{self.service.district}-reader", PASSWORD).librdkafka_options(),
            self.service.district,
            (),
        )
        ends = {(t.name, n): extent.end for t in source.topics for n, extent in enumerate(t.partitions)}
        report = verify_log(source, self.seals, read_public_key(self.seals / "seal.pub"))
        token = self.service.token("auditor", f"auditor@{self.service.district}")
        owners = Owners(self.service.url, lambda: token)
        compare_owners(report, owners, ("audit",), lambda: source.tail(ends))
        compare_projections(report, owners, ("audit",))
        owners.close()
        return report


@pytest.fixture
def district(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path) -> Iterator[District]:
    ensure_ed25519(tmp_path / "seal.pem", tmp_path / "seals" / "seal.pub")
    service = definition()
    settings = settings_of(service, postgres, kafka)
    settings = replace(settings, seals=str(tmp_path / "seals"), seal_key=(tmp_path / "seal.pem").read_text())
    with running(service, postgres, kafka, settings=settings) as started:
        yield District(started, kafka, tmp_path / "seals")


def test_the_log_is_sealed_once_every_area_has_closed_the_month(district: District) -> None:
    district.close("2026-07", JULY_CLOSES, OTHERS[:-1])
    district.tick(JULY_CLOSES)
    wait_until(lambda: district.missing("2026-07") == 6, 30)
    assert district.seals_made() == []
    refused = district.operator.post("/seals", {"period": "2026-07"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:sevenx:problem:period-open")
    assert refused.json()["missing"] == [f"{OTHERS[-1]}[{n}]" for n in range(6)]

    district.close("2026-07", JULY_CLOSES, OTHERS[-1:])
    wait_until(lambda: len(district.seals_made()) == 1, 30)
    [seal] = district.seals_made()
    assert (seal["number"], seal["kind"], seal["period"]) == (1, "month", "2026-07")
    assert seal["leaves"] == seal["tree_size"] == 31 + (len(OTHERS) + 1) * 6

    district.close("2026-08", AUGUST_CLOSES)
    district.tick(AUGUST_CLOSES)
    wait_until(lambda: len(district.seals_made()) == 2, 30)
    district.service.wait_drained()
    report = district.verify()
    assert report.problems == []
    assert [(s["number"], s["holds"]) for s in report.seals] == [(1, True), (2, True)]
    assert report.unsealed == 1
    assert report.owners["audit"] == {"events": 14, "newer": 0, "waiting": 0, "differing": 0}
    assert report.projections["audit"]["equal"]


def test_a_seal_on_demand_holds_and_is_made_by_the_operator_alone(district: District) -> None:
    assert district.auditor.post("/seals", {}).status_code == 403
    made = district.operator.post("/seals", {}, key="seal-on-demand")
    assert made.status_code == 201, made.text
    assert made.json()["events"] == ["LogSealed"]
    again = district.operator.post("/seals", {}, key="seal-on-demand")
    assert again.json()["position"] == made.json()["position"]
    seals = district.auditor.get("/seals", after=made.json()["position"]).json()
    assert [(seal["number"], seal["kind"]) for seal in seals[:1]] == [(1, "demand")]
    district.service.wait_drained()
    report = district.verify()
    assert report.problems == []
    assert report.seals[0]["holds"]


def test_a_forged_record_is_reported_concluded_and_adjudicated_before_the_log_is_sealed(district: District) -> None:
    log, name = district.log, district.service.district
    genuine = log.append("projects", f"{name}-T-projects-1", ordinary(100))
    forged = a_log.changed(genuine, raw_value=forge(genuine), at=genuine.at + 1)
    log.records[genuine.place].append(forged)
    digest = value_hash(forged.raw_value or b"").hex()
    found = StreamForkFound(f"{name}-T-projects-1", 7, forged.place[1], forged.at, digest, "00" * 32)
    log.append("projects", f"{name}-F-projects", found)
    district.send()
    wait_until(lambda: len(district.auditor.get("/forks", open=True).json()) == 1, 30)

    refused = district.operator.post("/seals", {})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:sevenx:problem:fork-open")
    assert any(p.kind == "fork" and p.offset == forged.at for p in district.verify().problems)

    about = {"area": "projects", "partition": forged.place[1], "offset": forged.at, "stream": found.forked_stream}
    body = {**about, "version": 7, "record_hash": digest, "reason": "模拟数据：不是项目服务写入的", "tampering": True}
    assert district.auditor.post("/discards", body).status_code == 403
    concluded = district.operator.post("/discards", body)
    assert concluded.status_code == 201, concluded.text
    assert concluded.json()["events"] == ["TamperingDetected", "RecordDiscarded"]
    seen = district.auditor.get("/discards", after=concluded.json()["position"]).json()
    assert {one["kind"] for one in seen} == {"tampering", "discarded"}
    assert district.auditor.get("/forks", open=True).json() == []

    sealed = district.operator.post("/seals", {})
    assert sealed.status_code == 201, sealed.text
    district.service.wait_drained()
    report = district.verify()
    assert report.problems == []
    assert [(p.offset, p.hash) for p in report.adjudicated] == [(forged.at, bytes.fromhex(digest))]


def test_a_sealed_event_cannot_be_discarded(district: District) -> None:
    record = next(records[0] for place, records in district.log.records.items() if "projects" in place[0])
    digest = value_hash(record.raw_value or b"").hex()
    wait_until(lambda: district.operator.get("/status").json()["drained"], 30)
    assert district.operator.post("/seals", {}).status_code == 201
    body = {"record_hash": digest, "area": "projects", "partition": 0, "offset": 0, "reason": "模拟数据"}
    refused = district.operator.post("/discards", body)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:sevenx:problem:record-sealed")


def test_a_seal_that_was_put_in_place_before_a_crash_is_entered_as_it_is(district: District) -> None:
    crashed = Sealing()
    crashed.configure(district.service.settings)
    wait_until(lambda: district.operator.get("/status").json()["drained"], 30)
    crashed._write("demand", "before the crash", JULY_CLOSES)
    district.close("2026-07", JULY_CLOSES)
    district.tick(JULY_CLOSES)
    wait_until(lambda: len(district.seals_made()) == 2, 30)
    assert [seal["period"] for seal in district.seals_made()] == ["before the crash", "2026-07"]
    assert len(seal_folders(district.seals)) == 2
    district.service.wait_drained()
    assert district.verify().problems == []


def ordinary(n: int) -> PeriodClosed:
    """An event that every area may write, and that means nothing here."""
    return PeriodClosed(a_log.START, "sample", f"sample-{n}", n % 6)


def forge(genuine: a_log.DumpedRecord) -> bytes:
    """Another value with the same place in the chain."""
    from sevenx.kernel.avro import catalog
    from sevenx.kernel.envelope import Meta
    from sevenx.proof.wire import meta_of

    meta = meta_of(genuine.raw_value or b"")
    assert meta is not None
    fields = {name: getattr(meta, name) for name in Meta.__slots__} | {"actor": "person-forged"}
    return catalog().encode("projects", ordinary(101), Meta(**fields))


def test_an_event_on_the_bus_that_its_owner_never_wrote_is_found_though_its_chain_is_right(district: District) -> None:
    assert district.operator.post("/seals", {}).status_code == 201
    district.service.wait_drained()
    name = district.service.district
    forger = Log(district=name)
    place = (f"{name}.audit.events", partition_of(f"{name}-T-audit-1"))
    record = forger.append("audit", f"{name}-T-audit-1", ordinary(1))
    publish(district.kafka, [record])
    report = district.verify()
    found = [(p.kind, p.stream, p.version, p.topic, p.partition) for p in report.problems if p.kind == "owner"]
    assert found == [("owner", f"{name}-T-audit-1", 1, *place)]
    assert report.owners["audit"]["differing"] == 1
