"""Proof on a real broker: a log is read as the district's reader, dumped and verified; the guide's own reader runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from confluent_kafka import Producer

from sevenx.cli.verify import command as verify_command
from sevenx.declaration import ROOT, writing_services
from sevenx.kernel.avro import catalog
from sevenx.kernel.provision import provision
from sevenx.local.logins import KafkaLogin
from sevenx.proof.dump import DumpSource, write_dump
from sevenx.proof.kafka_source import KafkaSource
from sevenx.proof.seal_statement import read_public_key
from sevenx.proof.source import UnreadableLog
from sevenx.proof.verify import verify_log
from tests.integration.bus import fresh_district
from tests.unit.proof import a_log
from tests.unit.proof.a_log import DumpedRecord, Log

PASSWORD = "reader-secret"


@dataclass(frozen=True)
class Bus:
    """A provisioned district with a log on it."""

    district: str
    log: Log
    seals: Path
    admin: KafkaLogin
    reader: KafkaLogin

    def source(self) -> KafkaSource:
        return KafkaSource(self.reader.librdkafka_options(), self.district, ())


@pytest.fixture(scope="module")
def bus(kafka: KafkaLogin, tmp_path_factory: pytest.TempPathFactory) -> Bus:
    district = fresh_district()
    passwords = dict.fromkeys((*a_log.AREAS, "reader"), PASSWORD)
    provision(kafka.bootstrap, kafka.user, kafka.password, district, passwords)
    seals = tmp_path_factory.mktemp("bus") / "seals"
    log, _, _ = a_log.build(seals, district=district)
    publish(kafka, log.all())
    return Bus(district, log, seals, kafka, KafkaLogin(kafka.bootstrap, f"{district}-reader", PASSWORD))


def publish(login: KafkaLogin, records: list[DumpedRecord]) -> None:
    producer = Producer({**login.librdkafka_options(), "enable.idempotence": True})
    for r in records:
        headers: list[tuple[str, str | bytes | None]] = list(r.raw_headers)
        producer.produce(*r.place[:1], r.raw_value, r.raw_key, r.place[1], timestamp=r.time, headers=headers)
    assert producer.flush(30) == 0


def test_the_live_log_is_sound_and_sealed(bus: Bus) -> None:
    key = read_public_key(bus.seals / "seal.pub")
    report = verify_log(bus.source(), bus.seals, key)
    assert report.problems == []
    assert (report.events, report.unsealed) == (len(bus.log.all()), 1)
    assert [seal["holds"] for seal in report.seals] == [True, True]
    assert all(topic["id"] for topic in report.topics)


def test_a_dump_holds_the_same_records_and_verifies_without_a_server(bus: Bus, tmp_path: Path) -> None:
    count = write_dump(bus.source(), tmp_path / "dump")
    assert count == len(bus.log.all()) + len(catalog().schemas())
    dumped = DumpSource(tmp_path / "dump")
    for place, records in bus.log.records.items():
        assert [r for portion in dumped.read([place]) for r in portion] == records
    argv = ["--log", str(tmp_path / "dump"), "--seals", str(bus.seals), "--json"]
    result = CliRunner().invoke(verify_command, argv)
    assert result.exit_code == 0, result.output
    report = json.loads(result.output)
    assert (report["events"], report["problems"], report["unsealed"]) == (len(bus.log.all()), 0, 1)
    assert report.keys() >= {"duplicates", "projections", "seals", "seconds", "events_per_second", "findings"}
    with pytest.raises(FileExistsError):
        write_dump(bus.source(), tmp_path / "dump")


def test_a_tampered_dump_fails_the_command_and_says_where(bus: Bus, tmp_path: Path) -> None:
    record = next(r for r in bus.log.all() if r.place[0].endswith("projects.events"))
    value = bytearray(record.raw_value or b"")
    value[-3] ^= 1
    log = bus.log.copy()
    log.records[record.place][record.at] = a_log.changed(record, raw_value=bytes(value))
    a_log.write(log, tmp_path / "dump")
    argv = ["--log", str(tmp_path / "dump"), "--seals", str(bus.seals)]
    result = CliRunner().invoke(verify_command, argv)
    assert result.exit_code == 1
    assert f"{record.place[0]}[{record.place[1]}]@{record.at}" in result.output
    assert "sealed-changed" in result.output


def test_the_outside_reader_of_the_guide_reads_every_event_as_it_stands(bus: Bus, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "guide" / "bus.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)[0]
    assert len([line for line in code.splitlines() if line.strip()]) <= 30
    assert "import sevenx" not in code
    program = tmp_path / "outside.py"
    program.write_text(code, "utf-8")
    env = {
        "PATH": os.environ["PATH"],
        "SEVENX_DISTRICT": bus.district,
        "SEVENX_KAFKA": bus.reader.bootstrap,
        "SEVENX_KAFKA_USER": bus.reader.user,
        "SEVENX_KAFKA_PASSWORD": bus.reader.password,
        "PYTHONIOENCODING": "utf-8",
    }
    argv = [sys.executable, "-I", str(program)]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(bus.log.all())
    assert sum(line.startswith("sevenx.kernel.PeriodClosed") for line in lines) == 2 * len(writing_services()) * 6
    seals = [line.split(" ", 3) for line in lines if line.startswith("sevenx.audit.LogSealed")]
    assert [(stream, version) for _, stream, version, _ in seals] == [
        (f"{bus.district}-S-seals", "1"),
        (f"{bus.district}-S-seals", "2"),
    ]
    assert [json.loads(said)["number"] for *_, said in seals] == [1, 2]


def test_a_broker_that_is_away_is_told_in_one_sentence() -> None:
    with pytest.raises(UnreadableLog, match=r"127\.0\.0\.1:9 does not answer"):
        KafkaSource({"bootstrap.servers": "127.0.0.1:9", "log_level": 0}, "410804", ())


def test_the_tail_is_what_came_after_the_report(bus: Bus) -> None:
    source = bus.source()
    ends = {(t.name, n): extent.end for t in source.topics for n, extent in enumerate(t.partitions)}
    assert source.tail(ends) == set()
    last = bus.log.all()[-1]
    from hashlib import sha256

    assert source.tail(ends | {last.place: last.at}) == {sha256(last.raw_value or b"").digest()}
