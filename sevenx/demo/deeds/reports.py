"""The path of the groups' monthly reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Caller, Gateway


@dataclass
class Reports:
    """Carries out the acts of `plans.reports`."""

    gateway: Gateway
    cast: Cast

    def deeds(self) -> Mapping[str, Deed]:
        return {
            "reports.contribute": self.contribute,
            "reports.draft": self.draft,
            "reports.draft_again": self.draft,
            "reports.review": self.review,
            "reports.sign": self.sign,
            "reports.send_back_to_group": self.send_back,
            "reports.accept": self.accept,
        }

    async def contribute(self, act: Act) -> None:
        body = {"unit": act.facts["unit"], "text": "本月协助对接项目并落实要素保障。（模拟数据）"}
        await self._person("liaison", act.facts["unit"]).post(self._path(act, "contributions"), body)

    async def draft(self, act: Act) -> None:
        """The liaison drafts; figures come from the events."""
        body: dict[str, Any] = {
            "narrative": f"招商{act.facts['group']}组本月外出对接企业、推进签约项目落地。（模拟数据）"
        }
        if act.facts.get("claims"):
            body["claims"] = act.facts["claims"]
        await self._person("liaison", act.facts["group"]).post(self._path(act, "draft"), body)

    async def review(self, act: Act) -> None:
        """The head of each lead unit reviews."""
        for unit in act.facts["lead_units"]:
            await self._person("head", unit).post(self._path(act, "review"), {"unit": unit})

    async def sign(self, act: Act) -> None:
        """The leader signs off, or lets the deputy do it: the report is submitted."""
        group = act.facts["group"]
        if act.facts.get("by") == "deputy":
            body = {"delegate": self.cast.holder("deputy", group), "reason": "组长外出招商（模拟数据）"}
            await self._person("leader", group).post(self._path(act, "delegate"), body)
        await self._person(act.facts.get("by", "leader"), group).post(self._path(act, "sign-off"))

    async def send_back(self, act: Act) -> None:
        body = {"reasons": ["到位资金数与初审数不一致，请核对。（模拟数据）"]}
        await self.gateway.as_("commerce_bureau").post(self._path(act, "return"), body)

    async def accept(self, act: Act) -> None:
        await self.gateway.as_("commerce_bureau").post(self._path(act, "accept"))

    def _person(self, post: str, of: str | int) -> Caller:
        return self.gateway.as_(self.cast.holder(post, of))

    @staticmethod
    def _path(act: Act, what: str) -> str:
        return f"/reporting/reports/410804-R-{act.facts['period']}-G{act.facts['group']}/{what}"
