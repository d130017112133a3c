"""Bad input: every API fuzzed from its OpenAPI, and garbage on every topic. Not a measure of speed."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator

import httpx
import psycopg
from confluent_kafka import Producer

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Series, WrongResult
from sevenx.declaration import services, writing_services
from sevenx.demo.district import CALENDARS, ROSTER, texts
from sevenx.kernel.auth import ROLES
from sevenx.kernel.topics import PARTITIONS, events_topic
from sevenx.local.home import Home
from sevenx.local.tokens import token
from tests.chaos.system import whole_system
from tests.fuzz import fuzz

_WITHIN = 60.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Answers of 500 and more, and the share of malformed records that was set aside."""
    bench.folder.chmod(0o755)
    with whole_system(bench.folder / "bad-input") as system:
        home = system.home
        subject = _who_may_everything(home)
        _found(home)
        errors, requests = 0, 0
        for one in writing_services():
            bearer = {"Authorization": f"Bearer {token(home, subject)}"}
            url = home.service_url(one.area)
            document = httpx.get(f"{url}/api/{one.area}/openapi.json", trust_env=False).json()
            outcome = fuzz(document, url, bearer, bench.size(40, 2))
            bench.say(f"{one.area}: {outcome.requests} requests, {dict(sorted(outcome.statuses.items()))}")
            for told in outcome.server_errors[:5]:
                bench.say(told)
            errors, requests = errors + len(outcome.server_errors), requests + outcome.requests
        yield Figure(
            f"answers of 500 and more to {requests:,} fuzzed requests",
            "",
            Series("answers", "answers", (float(errors),)),
            Goal(0, at_least=False),
        )
        yield _garbage(bench, home)


def _who_may_everything(home: Home) -> str:
    """A principal of the local issuer with every role, so that requests get past the permissions."""
    subject = f"{home.district}-everything"
    known = json.loads(home.principals.read_text("utf-8"))
    known[subject] = {
        "name": "模拟数据",
        "grants": [f"{role}@{home.district}" for role in ROLES],
        "district": home.district,
    }
    home.principals.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    return subject


def _found(home: Home) -> None:
    with httpx.Client(base_url=home.gateway_url, trust_env=False, timeout=60) as client:
        client.post(
            "/api/registry/roster/import",
            json={"files": texts(ROSTER), "calendars": texts(CALENDARS)},
            headers={
                "Authorization": f"Bearer {token(home, f'{home.district}-operator')}",
                "Idempotency-Key": "found-the-district",
            },
        ).raise_for_status()


def _garbage(bench: Bench, home: Home) -> Figure:
    """Malformed records in every partition of every events topic; each reader of a topic must set each aside."""
    dice, each = random.Random(37), bench.size(20, 2)
    producer = Producer({**home.admin_kafka().librdkafka_options(), "log_level": 0, "acks": "all"})
    sent: dict[str, int] = {}
    for one in writing_services():
        topic = events_topic(home.district, one.area)
        for partition in range(PARTITIONS):
            for _ in range(each):
                value = dice.choice([b"", b"{}", b"\xc3\x01" + os.urandom(8), os.urandom(dice.randrange(1, 400))])
                producer.produce(topic, value=value, key=os.urandom(6), partition=partition)
                sent[one.area] = sent.get(one.area, 0) + 1
    if producer.flush(30):
        raise WrongResult("garbage could not be sent")
    wanted = {one.area: sum(sent[area] for area in one.reads()) for one in services()}
    found = _set_aside(home, wanted)
    share = 100 * sum(found.values()) / sum(wanted.values())
    what = f"malformed records set aside by each reader of their topic, of {sum(wanted.values()):,}"
    return Figure(what, "", Series("set aside", "%", (share,)), Goal(100))


def _set_aside(home: Home, wanted: dict[str, int]) -> dict[str, int]:
    """How many records each service has set aside, as soon as all are there or the time is over."""
    until = time.monotonic() + _WITHIN
    while True:
        found = {area: _quarantined(home, area) for area in wanted}
        if found == wanted or time.monotonic() > until:
            return found
        time.sleep(0.2)


def _quarantined(home: Home, area: str) -> int:
    with psycopg.connect(home.database_url(area), autocommit=True) as connection:
        (found,) = connection.execute("SELECT count(*) FROM ops.quarantine").fetchone() or (0,)
        return int(str(found))
