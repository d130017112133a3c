"""Leads, projects and funds, each step by whoever has to do it in the mechanism."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from services.projects.domain.codes import is_project_code
from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Caller, Gateway
from sevenx.demo.documents import Evidence, document, sha256
from sevenx.demo.dollars import conversion
from sevenx.demo.papers import Paper
from sevenx.demo.ventures import Venture, credit_code

_RECOGNISING = ("commerce", "development-reform", "finance", "statistics", "audit", "supervision")
_AGREED = {"landed": 2, "started": 6, "in_production": 14, "at_capacity": 26}
"""Months after the signature by which a stage is agreed."""
_STAGE_PATHS = {
    "landed": "land",
    "started": "start-construction",
    "in_production": "start-production",
    "at_capacity": "reach-capacity",
}
_WHY = {
    "delayed": "用地手续顺延（模拟数据）",
    "dormant": "投资方资金安排推迟（模拟数据）",
    "lost": "投资方改投外市（模拟数据）",
    "terminated": "双方协商终止合同（模拟数据）",
}
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Projects:
    """Carries out the acts of `plans.projects`."""

    gateway: Gateway
    cast: Cast
    evidence: Evidence = field(default_factory=Evidence)
    leads: dict[str, str] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    """Ids by story as they come into being."""
    refusals: list[Mapping[str, Any]] = field(default_factory=list)
    """What the rules refused on the way, as they should."""

    def deeds(self) -> Mapping[str, Deed]:
        """By the names that the plan uses."""
        return {
            f"projects.{name}": getattr(self, name)
            for name in (
                "register",
                "qualify",
                "close",
                "stage",
                "file",
                "company",
                "code",
                "credit",
                "claim",
                "check",
                "recognise",
                "reverse",
                "status",
                "visit",
                "talk",
                "contest",
                "decide_contest",
                "own_intent",
            )
        }

    async def register(self, act: Act) -> None:
        one: Venture = act.facts["venture"]
        body = {
            "title": one.name,
            "intent": f"拟在马村区投资{one.name}",
            "investor": one.party,
            "origin": one.origin,
            "origin_place": one.place,
            "source": "own_visit",
            "industry": one.industry,
            "group": f"410804-G-{one.group}",
            "finder": one.finder,
            "expected_investment": f"{one.amount}.00",
        }
        if one.referred_by:
            name, code = one.referred_by
            body |= {"source": "referral", "referred_by": {"name": name, "code": code}}
        self.leads[one.story] = (await self._liaison(one).post("/projects/leads", body))["id"]

    async def qualify(self, act: Act) -> None:
        body = {"note": "意向真实（模拟数据）"}
        await self._leader(act).post(f"/projects/leads/{self.leads[act.story]}/qualify", body)

    async def close(self, act: Act) -> None:
        body = {"reason": "investor_withdrew", "note": "投资方调整计划（模拟数据）"}
        await self._liaison(act.facts["venture"]).post(f"/projects/leads/{self.leads[act.story]}/close", body)

    async def stage(self, act: Act) -> None:
        """Enter a stage with what its evidence still lacks."""
        one: Venture = act.facts["venture"]
        stage = str(act.facts["stage"])
        if stage == "negotiating":
            await self._negotiate(act, one)
            return
        if stage == "signed":
            await self._sign(act, one)
            return
        on = act.on.isoformat()
        body = {"landing_unit": one.landing, "landed_on": on} if stage == "landed" else {"on": on}
        documents = [self.evidence.one(kind, act.on, one.name) for kind in act.facts["papers"]]
        await self._on(act, _STAGE_PATHS[stage], {**body, "documents": documents})

    async def _negotiate(self, act: Act, one: Venture) -> None:
        body = {
            "name": one.name,
            "project_type": one.type,
            "content": f"{one.name}：建设内容以可研为准",
            "started_on": act.on.isoformat(),
            "planned_investment": f"{one.amount}.00",
            "documents": self.evidence.documents("negotiating", one.type, act.on, one.name),
        }
        if one.extends:
            body["extends"] = self.projects[one.extends]
        path = f"/projects/leads/{self.leads[act.story]}/negotiate"
        self.projects[act.story] = (await self._liaison(one).post(path, body))["id"]

    async def _sign(self, act: Act, one: Venture) -> None:
        """The first of all without the contract: the rules name what is missing. Then with it."""
        signed = act.on - timedelta(days=one.late_entry)
        body: dict[str, Any] = {
            "contract_number": f"模拟合〔{act.on.year}〕{one.story}号",
            "contract_title": f"{one.name}投资合同",
            "amount": f"{one.amount}.00",
            "signed_on": signed.isoformat(),
            "agreed": {stage: (signed + timedelta(days=30 * n)).isoformat() for stage, n in _AGREED.items()},
        }
        if one.dollars:
            del body["amount"]
            body["conversion"] = conversion(one.amount, signed)
        if not self.refusals:
            self.refusals.append({})
            path = f"/projects/projects/{self.projects[act.story]}/sign"
            self.refusals[:] = [await self._liaison(one).refused(path, body)]
        contract = document("formal_contract", f"{one.name}投资合同", signed)
        await self._on(act, "sign", {**body, "documents": [contract]})

    async def file(self, act: Act) -> None:
        """File a document; of some the bytes are sent in first."""
        one: Venture = act.facts["venture"]
        filed = self.evidence.one(act.facts["kind"], act.on, one.name)
        if act.facts.get("stored"):
            paper = Paper(filed["title"], act.on)
            filed["sha256"] = paper.sha256
            await self._liaison(one).store(paper, self.projects[act.story], "evidence")
        await self._on(act, "evidence", {"documents": [filed]})

    async def own_intent(self, act: Act) -> None:
        """增资: what extends a signed project is an intent of its own, and waits behind no protection."""
        body = {"reason": "系已签约项目的增资，单列意向。（模拟数据）"}
        await self._referee(act).post(f"/projects/leads/{self.leads[act.story]}/intent", body)

    async def visit(self, act: Act) -> None:
        """The investor is seen; without minutes it proves no first talk."""
        one: Venture = act.facts["venture"]
        body = {"held_on": act.on.isoformat(), "place": one.place, "summary": "实地走访，了解投资意向。（模拟数据）"}
        await self._liaison(one).post(f"/projects/leads/{self.leads[act.story]}/talks", body)

    async def talk(self, act: Act) -> None:
        one: Venture = act.facts["venture"]
        summary = "对接用地、能耗和厂房条件。（模拟数据）"
        await self._on(act, "talks", {"held_on": act.on.isoformat(), "place": one.place, "summary": summary})

    async def contest(self, act: Act) -> None:
        """异议: the unit whose lead waits says why the protection is its own."""
        body = {"grounds": "本单位首谈在先，有投资方确认函。（模拟数据）", "evidence": [sha256(f"确认函 {act.story}")]}
        one: Venture = act.facts["venture"]
        await self._liaison(one).post(f"/projects/leads/{self.leads[act.story]}/contests", body)

    async def decide_contest(self, act: Act) -> None:
        """裁定 on the evidence, by the office that is no party."""
        upheld = bool(act.facts["upheld"])
        reason = "首谈确认函经投资方核实，早于首报。（模拟数据）" if upheld else "确认函日期晚于首报。（模拟数据）"
        path = f"/projects/leads/{self.leads[act.story]}/contests/1/decide"
        await self._referee(act).post(path, {"upheld": upheld, "reason": reason})

    async def company(self, act: Act) -> None:
        one: Venture = act.facts["venture"]
        number = int(one.story[1:]) + 500_000
        body = {"name": f"马村{one.investor}", "code": credit_code(number), "registered_on": act.on.isoformat()}
        await self._on(act, "company", body)

    async def code(self, act: Act) -> None:
        """The national project code, with the check character that its standard asks for."""
        first = f"{act.on:%y%m}-410804-04-01-{int(act.story[1:]):05d}"
        code = next(first + one for one in _ALPHABET if is_project_code(first + one))
        await self._on(act, "code", {"code": code, "assigned_on": act.on.isoformat()})

    async def credit(self, act: Act) -> None:
        one: Venture = act.facts["venture"]
        shares = [
            {"part": "finder", "holder": one.finder, "share": "0.4"},
            {"part": "landing_unit", "holder": one.landing, "share": "0.6"},
        ]
        body = {"cohort": "units", "shares": shares, "basis": "agreed", "reason": "双方协商一致（模拟数据）"}
        path = f"/projects/projects/{self.projects[act.story]}/credit"
        await self.gateway.as_("commerce_bureau").post(path, body)

    async def claim(self, act: Act) -> None:
        one: Venture = act.facts["venture"]
        amount: dict[str, Any] = {"amount": f"{act.facts['amount']}.00"}
        if one.dollars:
            amount = {"conversion": conversion(act.facts["amount"], act.on)}
        number = one.voucher if one.voucher and act.facts["claim"] == 1 else f"模拟银收{one.story}-{act.facts['claim']}"
        voucher = {
            "number": number,
            **amount,
            "paid_on": act.on.isoformat(),
            "payer": one.investor,
            "sha256": sha256(number),
        }
        body = {"claimant": one.landing, **amount, "month": f"{act.on:%Y-%m}", "vouchers": [voucher]}
        claimant = self.gateway.as_(self.cast.holder("liaison", one.landing))
        await claimant.post(f"/projects/projects/{self.projects[act.story]}/funds", body)

    async def check(self, act: Act) -> None:
        await self._decide(act, "check", {"amount": f"{act.facts['amount']}.00"})

    async def recognise(self, act: Act) -> None:
        one: Venture = act.facts["venture"]
        bodies = [f"410804-U-{name}" for name in _RECOGNISING if not (name == "commerce" and one.group == 2)]
        minutes = document("minutes", "联合认定会议纪要", act.on)["sha256"]
        body = {"amount": f"{act.facts['amount']}.00", "bodies": bodies, "minutes_sha256": minutes}
        await self._decide(act, "recognise", body)

    async def reverse(self, act: Act) -> None:
        body = {"amount": f"{act.facts['amount']}.00", "reason": "资金次月回流投资方（模拟数据）"}
        await self._decide(act, "reverse", body)

    async def status(self, act: Act) -> None:
        status = str(act.facts["status"])
        await self._on(act, "status", {"status": status, "since": act.on.isoformat(), "reason": _WHY[status]})

    async def _on(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        path = f"/projects/projects/{self.projects[act.story]}/{what}"
        await self._liaison(act.facts["venture"]).post(path, body)

    async def _decide(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        path = f"/projects/projects/{self.projects[act.story]}/funds/{act.facts['claim']}/{what}"
        await self._referee(act).post(path, body)

    def _referee(self, act: Act) -> Caller:
        """The Commerce Bureau; the district office where its group two is a party."""
        return self.gateway.as_("district_office" if act.facts["venture"].group == 2 else "commerce_bureau")

    def _liaison(self, one: Venture) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", one.group))

    def _leader(self, act: Act) -> Caller:
        return self.gateway.as_(self.cast.holder("leader", act.facts["venture"].group))
