"""Leads and projects of the month, each step by whoever has to do it in the mechanism."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sevenx.demo.client import Caller, Gateway
from sevenx.demo.script import STAGE_PATHS, Evidence, Scenario, Step, document

INDUSTRY_ZONE = "410804-U-industry-zone"
COMMERCIAL_ZONE = "410804-U-commercial-zone"


@dataclass
class Worked:
    """Ids of one project of the scenario as they come into being."""

    lead: str = ""
    project: str = ""
    claim: int = 0
    landing: str = ""


@dataclass
class Projects:
    """Carries out the steps of the script on projects."""

    gateway: Gateway
    scenario: Scenario
    evidence: Evidence = field(default_factory=Evidence)
    worked: dict[int, Worked] = field(default_factory=dict)
    refusals: list[Mapping[str, Any]] = field(default_factory=list)
    """What the rules refused on the way, as they should."""

    def do(self, step: Step) -> None:
        """Carry out one step on its day."""
        one = self.scenario.projects[step.project]
        here = self.worked.setdefault(step.project, Worked())
        match step.what:
            case "register":
                here.lead = self._register(one)
            case "close":
                body = {"reason": "investor_withdrew", "note": "投资方调整计划（模拟数据）"}
                self._liaison(one).post(f"/projects/leads/{here.lead}/close", body)
            case "qualify":
                self._leader(one).post(f"/projects/leads/{here.lead}/qualify", {"note": "意向真实（模拟数据）"})
            case "negotiating":
                here.project = self._negotiate(one, here.lead, step.on)
            case "signed":
                self._sign(one, here.project, step.on, step.project)
            case "landed":
                here.landing = COMMERCIAL_ZONE if one["group"] in (5, 7) else INDUSTRY_ZONE
                body = {"landing_unit": here.landing, "landed_on": step.on.isoformat()}
                self._stage(one, here.project, "landed", step.on, "land", body)
            case "started" | "in_production":
                body = {"on": step.on.isoformat()}
                self._stage(one, here.project, step.what, step.on, STAGE_PATHS[step.what], body)
            case "claim":
                here.claim += 1
                self._claim(one, here, step.on)
            case "check":
                self._check(one, here)

    def _register(self, one: Mapping[str, Any]) -> str:
        body = {
            "title": one["name"],
            "intent": f"拟在马村区投资{one['name']}",
            "investor": {"name": one["investor"], "code": one["code"]},
            "origin": one["origin"],
            "origin_place": one["place"],
            "source": "own_visit",
            "industry": one["industry"],
            "group": self._group(one),
            "finder": INDUSTRY_ZONE,
            "expected_investment": f"{one['amount']}.00",
        }
        return str(self._liaison(one).post("/projects/leads", body)["id"])

    def _negotiate(self, one: Mapping[str, Any], lead: str, on: date) -> str:
        body = {
            "name": one["name"],
            "project_type": one["type"],
            "content": f"{one['name']}：建设内容以可研为准",
            "started_on": on.isoformat(),
            "planned_investment": f"{one['amount']}.00",
            "documents": self.evidence.documents("negotiating", one["type"], on),
        }
        return str(self._liaison(one).post(f"/projects/leads/{lead}/negotiate", body)["id"])

    def _sign(self, one: Mapping[str, Any], project: str, on: date, number: int) -> None:
        """First without the contract: the rules name what is missing. Then with it."""
        months = {"landed": 2, "started": 4, "in_production": 12, "at_capacity": 24}
        body = {
            "contract_number": f"模拟合〔2026〕{number + 1}号",
            "contract_title": f"{one['name']}投资合同",
            "amount": f"{one['amount']}.00",
            "signed_on": on.isoformat(),
            "agreed": {stage: (on + timedelta(days=30 * n)).isoformat() for stage, n in months.items()},
        }
        path = f"/projects/projects/{project}/sign"
        if not self.refusals:
            self.refusals.append(self._liaison(one).refused(path, body))
        self._liaison(one).post(path, {**body, "documents": [document("formal_contract", "投资合同", on)]})

    def _stage(
        self, one: Mapping[str, Any], project: str, stage: str, on: date, path: str, body: Mapping[str, Any]
    ) -> None:
        documents = self.evidence.documents(stage, one["type"], on)
        self._liaison(one).post(f"/projects/projects/{project}/{path}", {**body, "documents": documents})

    def _claim(self, one: Mapping[str, Any], here: Worked, on: date) -> None:
        amount = f"{one['amount'] // 10}.00"
        number = f"模拟银收{here.project[-4:]}-{here.claim}"
        voucher = {
            "number": number,
            "amount": amount,
            "paid_on": on.isoformat(),
            "payer": one["investor"],
            "sha256": hashlib.sha256(number.encode()).hexdigest(),
        }
        body = {"claimant": here.landing, "amount": amount, "month": self.scenario.period, "vouchers": [voucher]}
        claimant = self.gateway.as_(self.scenario.holder("liaison", here.landing))
        claimant.post(f"/projects/projects/{here.project}/funds", body)

    def _check(self, one: Mapping[str, Any], here: Worked) -> None:
        body = {"amount": f"{one['amount'] // 10}.00"}
        self._decider(one).post(f"/projects/projects/{here.project}/funds/{here.claim}/check", body)

    def recognise_and_reverse(self, on: date) -> None:
        """The first checked claim is recognised jointly, and a part of it reversed when the money flows back."""
        number, here = next(
            (n, w) for n, w in self.worked.items() if w.claim and self.scenario.projects[n]["group"] == 1
        )
        amount = self.scenario.projects[number]["amount"] // 10
        bodies = [
            f"410804-U-{name}"
            for name in ("commerce", "development-reform", "finance", "statistics", "audit", "supervision")
        ]
        minutes = document("minutes", "联合认定会议纪要", on)["sha256"]
        path = f"/projects/projects/{here.project}/funds/1"
        office = self.gateway.as_("commerce_bureau")
        office.post(f"{path}/recognise", {"amount": f"{amount}.00", "bodies": bodies, "minutes_sha256": minutes})
        office.post(f"{path}/reverse", {"amount": f"{amount // 5}.00", "reason": "资金次月回流投资方（模拟数据）"})

    def _decider(self, one: Mapping[str, Any]) -> Caller:
        """Who decides on funds: the Commerce Bureau, and the district office where its group two is a party."""
        return self.gateway.as_("district_office" if one["group"] == 2 else "commerce_bureau")

    def _group(self, one: Mapping[str, Any]) -> str:
        return f"410804-G-{one['group']}"

    def _liaison(self, one: Mapping[str, Any]) -> Caller:
        return self.gateway.as_(self.scenario.holder("liaison", int(one["group"])))

    def _leader(self, one: Mapping[str, Any]) -> Caller:
        return self.gateway.as_(self.scenario.holder("leader", int(one["group"])))
