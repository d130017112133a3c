"""Gates before contracts and promises in them, by the offices and the groups' liaisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.documents import sha256
from sevenx.demo.ventures import Venture

_BODIES = {
    "preliminary": "区商务局项目评估会",
    "joint_review": "区招商项目联审会议",
    "legality": "区司法局合法性审核",
    "fair_competition": "区公平竞争审查小组",
    "collective_decision": "区政府常务会议",
}
_DEPARTMENTS = ("commerce", "development-reform", "natural-resources", "environment")
_CONDITIONS = {"conditional": "能耗指标落实后签约（模拟数据）", "failed": "用地规模论证不足（模拟数据）"}
_LONGER = 180
"""Days by which an amended promise is due later."""


@dataclass
class Commitments:
    """Carries out the acts of `plans.commitments`."""

    gateway: Gateway
    cast: Cast
    projects: Projects
    gates: dict[str, int] = field(default_factory=dict)
    """How many gates each story has entered."""
    promises: dict[tuple[str, int], int] = field(default_factory=dict)
    """Numbers within their projects, by story and entry."""
    made: dict[str, int] = field(default_factory=dict)
    """How many promises each project has."""

    def deeds(self) -> Mapping[str, Deed]:
        names = "hold_gate take_gate_back promise amend fulfil breach withdraw"
        return {f"commitments.{name}": getattr(self, name) for name in names.split()}

    async def hold_gate(self, act: Act) -> None:
        """The Commerce Bureau enters what its document says."""
        one, gate, outcome = act.facts["venture"], act.facts["gate"], act.facts["outcome"]
        joint = [f"410804-U-{name}" for name in _DEPARTMENTS] if gate == "joint_review" else []
        reference = f"模拟审〔{act.on.year}〕{one.story}-{act.facts['entry'] + 1}号"
        body = {
            "gate": gate,
            "held_on": act.on.isoformat(),
            "body": f"{_BODIES[gate]}（模拟）",
            "departments": joint,
            "outcome": outcome,
            "reference": reference,
            "document_sha256": sha256(f"{reference} {gate}"),
            "conditions": _CONDITIONS.get(outcome, ""),
        }
        await self._office(act, "gates", body)
        self.gates[one.story] = self.gates.get(one.story, 0) + 1

    async def take_gate_back(self, act: Act) -> None:
        number = self.gates[act.facts["venture"].story]
        await self._office(act, f"gates/{number}/take-back", {"reason": "结论录入有误（模拟数据）"})

    async def promise(self, act: Act) -> None:
        """One of the government's rests on the collective decision, or on the document of its review."""
        one, facts = act.facts["venture"], act.facts
        number = self.made[one.story] = self.made.get(one.story, 0) + 1
        self.promises[one.story, facts["entry"]] = number
        body = {name: facts[name] for name in ("party", "kind", "text", "clause")}
        body |= {"due": facts["due"].isoformat()}
        if "value" in facts:
            body |= {"value": facts["value"], "unit": facts["unit"]}
        if facts["party"] == "government" and not facts["passed"]:
            body["basis_sha256"] = sha256(f"法律依据 {one.story} {facts['entry']}")
        await self._liaison(act, "promises", body)

    async def amend(self, act: Act) -> None:
        due = act.facts["due"] + timedelta(days=_LONGER)
        await self._end(act, "amend", {"due": due.isoformat(), "reason": "双方签订补充协议（模拟数据）"})

    async def fulfil(self, act: Act) -> None:
        evidence = sha256(f"兑现 {act.story} {act.facts['entry']}")
        body = {"fulfilled_on": act.on.isoformat(), "evidence_sha256": evidence}
        await self._end(act, "fulfil", body | ({"value": act.facts["value"]} if "value" in act.facts else {}))

    async def breach(self, act: Act) -> None:
        await self._end(act, "break", {"broken_on": act.on.isoformat(), "reason": "企业书面告知不再履行（模拟数据）"})

    async def withdraw(self, act: Act) -> None:
        number = self._number(act)
        await self._office(act, f"promises/{number}/withdraw", {"reason": "重复登记（模拟数据）"})

    async def _end(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        await self._liaison(act, f"promises/{self._number(act)}/{what}", body)

    def _number(self, act: Act) -> int:
        return self.promises[act.facts["venture"].story, act.facts["entry"]]

    async def _liaison(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        liaison = self.gateway.as_(self.cast.holder("liaison", act.facts["venture"].group))
        await liaison.post(self._path(act.facts["venture"], what), body)

    async def _office(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        await self.gateway.as_("commerce_bureau").post(self._path(act.facts["venture"], what), body)

    def _path(self, one: Venture, what: str) -> str:
        return f"/projects/projects/{self.projects.projects[one.story]}/{what}"
