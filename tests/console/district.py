"""A small district for the console's tests: the notice's roster with simulated time, and a fictional person in each
post of group one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from sevenx.declaration import ROOT, services
from sevenx.kernel.clock import SHANGHAI
from sevenx.local.cast import Enrolled, enrol
from sevenx.local.home import Home
from sevenx.local.tokens import token

DISTRICT = "410804"
GROUP = "410804-G-1"
UNIT = "410804-U-development-reform"
BEGINS = datetime(2026, 6, 26, tzinfo=SHANGHAI)
MORNING = datetime(2026, 7, 10, 9, tzinfo=SHANGHAI)
PERIOD = "2026-07"
BASIS = "模拟数据：测试用任命 / simulated: appointed for a test"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Person:
    """Somebody of the test's cast, in one post."""

    id: str
    zh: str
    en: str
    of: str
    post: str

    def enrolled(self) -> Enrolled:
        """As the login page offers him."""
        group = 1 if self.of.startswith("groups/") else None
        return Enrolled(self.id, self.zh, self.en, self.post, group, ("发改委", "Development and Reform"))


CAST = (
    Person("410804-N-test-leader", "甲模拟", "Jia Moni", f"groups/{GROUP}", "leader"),
    Person("410804-N-test-deputy", "乙模拟", "Yi Moni", f"groups/{GROUP}", "deputy"),
    Person("410804-N-test-liaison", "丙模拟", "Bing Moni", f"groups/{GROUP}", "liaison"),
    Person("410804-N-test-head", "丁模拟", "Ding Moni", f"units/{UNIT}", "head"),
)


def holder(post: str) -> str:
    """The person of the cast who holds a post."""
    return next(one.id for one in CAST if one.post == post)


class Api:
    """Commands and lists as an office or a person, past the console."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._http = httpx.Client(base_url=f"{home.gateway_url}/api", timeout=60, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def post(self, subject: str, path: str, body: Any) -> Any:
        headers = {"Authorization": f"Bearer {token(self._home, subject)}", "Idempotency-Key": uuid4().hex}
        answer = self._http.post(path, json=body, headers=headers)
        assert answer.status_code < 300, f"POST {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def get(self, subject: str, path: str) -> Any:
        headers = {"Authorization": f"Bearer {token(self._home, subject)}"}
        answer = self._http.get(path, headers=headers)
        assert answer.status_code == 200, f"GET {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def tick(self, to: datetime) -> None:
        """Let simulated time go on in every service."""
        for one in services():
            self.post(f"{DISTRICT}-operator", f"/{one.area}/clock/tick", {"as_of": to.isoformat()})

    def settle(self) -> None:
        """Until every service has sent what it wrote, and every reader has read what was sent."""
        until = time.monotonic() + _PATIENCE
        while waiting := [one.area for one in services() if not self._settled(one.area)]:
            assert time.monotonic() < until, f"still behind: {waiting}"
            time.sleep(0.1)

    def _settled(self, area: str) -> bool:
        status = self.get(f"{DISTRICT}-operator", f"/{area}/status")
        return bool(status["drained"] and status["reader"]["state"] == "running" and not status["reader"]["lag"])


def prepare(home: Home) -> None:
    """Found the district, appoint the cast, begin to report, and let a morning come."""
    api = Api(home)
    try:
        office, operator = f"{DISTRICT}-district-office", f"{DISTRICT}-operator"
        files = {path.name: path.read_text("utf-8") for path in (ROOT / "data/districts" / DISTRICT).glob("*.yaml")}
        calendars = {path.name: path.read_text("utf-8") for path in (ROOT / "data/calendars").glob("*.yaml")}
        genesis = {"clock": "simulated", "simulated_from": BEGINS.isoformat()}
        api.post(operator, "/registry/roster/import", {"files": files, "calendars": calendars, "genesis": genesis})
        for one in CAST:
            api.post(office, "/registry/people", {"id": one.id, "zh": one.zh, "en": one.en, "basis": BASIS})
            body = {"person": one.id, "effective": BEGINS.date().isoformat(), "basis": BASIS}
            api.post(office, f"/registry/{one.of}/{one.post}", body)
        enrol(home, (one.enrolled() for one in CAST))
        _until_simulated(api)
        api.settle()
        api.post(f"{DISTRICT}-commerce-bureau", "/reporting/periods", {"period": PERIOD})
        api.tick(MORNING)
        api.settle()
    finally:
        api.close()


def _until_simulated(api: Api) -> None:
    until = time.monotonic() + _PATIENCE
    while not all(api.get(f"{DISTRICT}-operator", f"/{one.area}/status")["simulated"] for one in services()):
        assert time.monotonic() < until, "a service does not know that time is simulated"
        time.sleep(0.1)
