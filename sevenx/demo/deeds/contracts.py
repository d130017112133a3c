"""Letters of intent, supplementary agreements, and the statistics bureau's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.documents import sha256
from sevenx.demo.ventures import Venture

_INTENTS = {"framework": "战略合作框架协议", "letter_of_intent": "投资意向书"}


@dataclass
class Contracts:
    """Carries out the acts of `plans.contracts`."""

    gateway: Gateway
    cast: Cast
    projects: Projects

    def deeds(self) -> Mapping[str, Deed]:
        return {f"contracts.{name}": getattr(self, name) for name in ("intent", "amend", "count", "count_again")}

    async def intent(self, act: Act) -> None:
        """It counts as no signature."""
        one: Venture = act.facts["venture"]
        title = f"{one.name}{_INTENTS[act.facts['kind']]}"
        body = {"kind": act.facts["kind"], "title": title, "signed_on": act.on.isoformat(), "sha256": sha256(title)}
        await self._liaison(act, "intents", {**body, "amount": f"{one.amount}.00"})

    async def amend(self, act: Act) -> None:
        """What the scenario names: a factor of the amount, other content, later days."""
        one, told = act.facts["venture"], act.facts
        title = f"{one.name}投资合同补充协议"
        body: dict[str, Any] = {
            "number": f"模拟合补〔{act.on.year}〕{one.story}号",
            "title": title,
            "dated": act.on.isoformat(),
            "sha256": sha256(f"{title} {act.on}"),
            "reason": told["reason"],
        }
        if "factor" in told:
            body["amount"] = f"{round(one.amount * told['factor'] / 10_000) * 10_000}.00"
        if "content" in told:
            body["content"] = told["content"]
        if "later" in told:
            body["dates"] = {"at_capacity": (act.on + timedelta(days=told["later"])).isoformat()}
        await self._liaison(act, "amendments", body)

    async def count(self, act: Act) -> None:
        """入统: a month's fixed-asset investment."""
        await self._bureau(act, "statistics", {})

    async def count_again(self, act: Act) -> None:
        await self._bureau(act, "statistics/correct", {"reason": "设备预付款不计入（模拟数据）"})

    async def _bureau(self, act: Act, what: str, more: Mapping[str, Any]) -> None:
        body = {"month": act.facts["month"], "amount": f"{act.facts['amount']}.00", **more}
        await self.gateway.as_("statistics_bureau").post(self._path(act, what), body)

    async def _liaison(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        liaison = self.gateway.as_(self.cast.holder("liaison", act.facts["venture"].group))
        await liaison.post(self._path(act, what), body)

    def _path(self, act: Act, what: str) -> str:
        return f"/projects/projects/{self.projects.projects[act.facts['venture'].story]}/{what}"
