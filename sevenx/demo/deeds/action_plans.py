"""The year's action plans, by the groups' liaisons and leaders and the Commerce Bureau."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.documents import sha256


@dataclass
class ActionPlans:
    """Carries out the acts of `plans.action_plans`."""

    gateway: Gateway
    cast: Cast

    def deeds(self) -> Mapping[str, Deed]:
        return {f"plans.{name}": getattr(self, name) for name in ("draft", "submit", "send_back", "approve", "adopt")}

    async def draft(self, act: Act) -> None:
        """The group's liaison drafts it with its targets by month and unit."""
        facts = act.facts
        title = f"招商{facts['group']}组{facts['year']}年度行动方案第{facts['version']}稿（模拟数据）"
        targets = [
            {
                "indicator": one["indicator"],
                "measure": one["measure"],
                "value": f"{one['value']}.00",
                "months": [f"{month}.00" for month in one["months"]],
                "parts": [{"unit": unit, "value": f"{part}.00"} for unit, part in one["parts"]],
            }
            for one in facts["targets"]
        ]
        body = {"year": facts["year"], "title": title, "document_sha256": sha256(title), "targets": targets}
        path = f"/registry/groups/410804-G-{facts['group']}/plans"
        await self.gateway.as_(self.cast.holder("liaison", facts["group"])).post(path, body)

    async def submit(self, act: Act) -> None:
        await self._step(act, self.cast.holder("liaison", act.facts["group"]), "submit")

    async def send_back(self, act: Act) -> None:
        await self._step(act, self._leader(act), "return", {"reason": act.facts["reason"]})

    async def approve(self, act: Act) -> None:
        """Nobody approves what he drafted: the group's leader does."""
        await self._step(act, self._leader(act), "approve")

    async def adopt(self, act: Act) -> None:
        """From now on its targets are the group's and its units'."""
        await self._step(act, "commerce_bureau", "adopt")

    async def _step(self, act: Act, who: str, what: str, body: Any = None) -> None:
        facts = act.facts
        path = f"/registry/groups/410804-G-{facts['group']}/plans/{facts['year']}/{facts['version']}/{what}"
        await self.gateway.as_(who).post(path, body)

    def _leader(self, act: Act) -> str:
        return self.cast.holder("leader", act.facts["group"])
