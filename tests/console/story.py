"""What has happened before somebody opens the page: people in posts, projects, claims, reports, by the APIs."""

from __future__ import annotations

from base64 import b64encode
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sevenx.declaration import ROOT
from sevenx.demo.documents import Evidence, document, sha256
from sevenx.demo.ventures import credit_code
from sevenx.local.cast import Enrolled, enrol
from sevenx.local.home import Home
from tests.console.district import BASIS, BEGINS, DISTRICT, GROUP, MORNING, PERIOD, Api, holder

TODAY = MORNING.date()
COMMERCE, OFFICE = f"{DISTRICT}-commerce-bureau", f"{DISTRICT}-district-office"
ZONE = f"{DISTRICT}-U-industry-zone"
_LEDGERS = ROOT / "data" / "baseline"
_NAMES = "戊己庚辛壬癸子丑寅卯辰巳午未申酉"


class Story(AbstractContextManager["Story"]):
    """One theme's preparation. `first` keeps the codes of its enterprises apart from other themes'."""

    def __init__(self, home: Home, theme: str, first: int) -> None:
        self.api, self._home, self._theme = Api(home), home, theme
        self._people, self._numbers = count(), count(first)
        self._evidence = Evidence()

    def __exit__(self, *_: object) -> None:
        self.api.close()

    def appoint(self, post: str, of: str) -> str:
        """A new person in a post (`head`, `liaison`, `leader`) of a unit or group; his id."""
        n = next(self._people)
        one = f"{DISTRICT}-N-{self._theme}-{n}"
        zh = f"{_NAMES[n]}模拟"
        self.api.post(OFFICE, "/registry/people", {"id": one, "zh": zh, "en": f"{zh} (simulated)", "basis": BASIS})
        kind = "groups" if "-G-" in of else "units"
        body = {"person": one, "effective": BEGINS.date().isoformat(), "basis": BASIS}
        self.api.post(OFFICE, f"/registry/{kind}/{of}/{post}", body)
        enrol(self._home, [Enrolled(one, zh, zh, post, None, ("测试", "Test"))])
        return one

    def code(self) -> str:
        """The credit code of an enterprise that does not exist."""
        return credit_code(next(self._numbers))

    def lead(self, by: str, finder: str, investor: dict[str, str], title: str = "年产5万吨铝板带（模拟）") -> str:
        body = {
            "title": title,
            "intent": "租赁厂房，新建铝板带生产线（模拟数据）",
            "investor": investor,
            "origin": "province_external",
            "origin_place": "浙江省",
            "source": "own_visit",
            "industry": "aluminium",
            "group": GROUP,
            "finder": finder,
            "expected_investment": "500000000.00",
        }
        return str(self.api.post(by, "/projects/leads", body)["id"])

    def investor(self, name: str) -> dict[str, str]:
        return {"name": f"{name}（模拟）有限公司", "code": self.code()}

    def signed(self, name: str, landed: bool = False) -> str:
        """A project of group one with its formal contract of a hundred million yuan, or landed in the zone."""
        day, liaison = TODAY.isoformat(), holder("liaison")
        lead = self.lead(liaison, f"{DISTRICT}-U-development-reform", self.investor(name), f"{name}项目（模拟）")
        self.api.post(COMMERCE, f"/projects/leads/{lead}/qualify", {"note": "意向真实（模拟数据）"})
        body = {
            "name": f"{name}项目（模拟）",
            "project_type": "leased_plant",
            "content": "租赁厂房2万平方米（模拟数据）",
            "started_on": day,
            "documents": self._evidence.documents("negotiating", "leased_plant", TODAY, name),
        }
        project = str(self.api.post(liaison, f"/projects/leads/{lead}/negotiate", body)["id"])
        contract = {
            "contract_number": f"模拟合〔2026〕{project[-4:]}号",
            "contract_title": f"{name}投资合同（模拟）",
            "amount": "100000000.00",
            "signed_on": day,
            "agreed": {
                "landed": "2026-08-10",
                "started": "2026-10-10",
                "in_production": "2027-06-10",
                "at_capacity": "2028-06-10",
            },
            "documents": [document("formal_contract", f"{name}投资合同（模拟）", TODAY)],
        }
        self.api.post(liaison, f"/projects/projects/{project}/sign", contract)
        if landed:
            papers = self._evidence.documents("landed", "leased_plant", TODAY, name)
            body = {"landing_unit": ZONE, "landed_on": day, "documents": papers}
            self.api.post(liaison, f"/projects/projects/{project}/land", body)
        return project

    def old_ledger(self, row: int) -> list[str]:
        """The projects that come of one row of the example of an old ledger (历史台账), taken over by the operator."""
        lines = (_LEDGERS / "example-ledger.csv").read_text("utf-8-sig").splitlines()
        content = "\r\n".join([*lines[:2], lines[1 + row]]).encode()
        mapping = (_LEDGERS / "example-mapping.yaml").read_text("utf-8")
        body = {"file": "历史台账（模拟）.csv", "content": b64encode(content).decode(), "mapping": mapping}
        answer = self.api.post(f"{DISTRICT}-operator", "/projects/projects/baseline", body)
        return [str(one["project"]) for one in answer["projects"]]

    def claim(self, project: str, by: str, amount: int, voucher: str) -> None:
        """Funds that the landing unit claims."""
        paid = {"number": voucher, "amount": f"{amount}.00", "paid_on": TODAY.isoformat(), "payer": "模拟付款方"}
        body = {
            "claimant": ZONE,
            "amount": f"{amount}.00",
            "month": PERIOD,
            "vouchers": [{**paid, "sha256": sha256(f"凭证{voucher}（模拟数据）")}],
        }
        self.api.post(by, f"/projects/projects/{project}/funds", body)

    def later(self) -> None:
        """A minute passes, so that what happened before it lies in the past."""
        now = self.api.get(f"{DISTRICT}-operator", "/registry/status")["business_time"]
        self.api.tick(datetime.fromisoformat(now) + timedelta(minutes=1))
        self.api.settle()

    def report(self, number: int) -> dict[str, Any]:
        """A group's report as reporting shows it to the Commerce Bureau."""
        found: dict[str, Any] = self.api.get(COMMERCE, f"/reporting/reports/{report_id(number)}")
        return found

    def drafted(self, number: int) -> tuple[str, dict[str, str]]:
        """A group's report, drafted by a new liaison; its new leader, and the new heads of its lead units by unit."""
        group = f"{DISTRICT}-G-{number}"
        liaison, leader = self.appoint("liaison", group), self.appoint("leader", group)
        heads = {unit: self.appoint("head", unit) for unit in self.report(number)["lead_units"]}
        self.api.settle()
        body = {"narrative": f"本月外出招商2次，对接企业5家（模拟数据，第{number}组）。"}
        self.api.post(liaison, f"/reporting/reports/{report_id(number)}/draft", body)
        return leader, heads

    def reviewed(self, number: int) -> str:
        """A group's report that waits for its new leader; he."""
        leader, heads = self.drafted(number)
        for unit, head in heads.items():
            self.api.post(head, f"/reporting/reports/{report_id(number)}/review", {"unit": unit})
        return leader

    def submitted(self, number: int) -> None:
        """A group's report that the Commerce Bureau has."""
        self.api.post(self.reviewed(number), f"/reporting/reports/{report_id(number)}/sign-off", {})


def report_id(number: int) -> str:
    return f"{DISTRICT}-R-{PERIOD}-G{number}"
