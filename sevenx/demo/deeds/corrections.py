"""What was entered wrongly is taken back by events of its own, each by whoever may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.documents import Evidence
from sevenx.demo.ventures import Venture

_WRONG_PAPER = "statistics_listing"
"""A kind of document on which no stage before capacity rests."""


@dataclass
class Corrections:
    """Carries out the acts of `plans.corrections`."""

    gateway: Gateway
    cast: Cast
    projects: Projects
    evidence: Evidence = field(default_factory=Evidence)

    def deeds(self) -> Mapping[str, Deed]:
        names = "take_back land_again file_wrongly withdraw_paper talk_again"
        return {f"corrections.{name}": getattr(self, name) for name in names.split()}

    async def take_back(self, act: Act) -> None:
        """The Commerce Bureau takes the landing back; the documents stay filed."""
        body = {"to_stage": "signed", "reason": "落地信息登记有误（模拟数据）"}
        await self.gateway.as_("commerce_bureau").post(self._path(act, "correct-stage"), body)

    async def land_again(self, act: Act) -> None:
        """With its own day, on the documents that are there."""
        one: Venture = act.facts["venture"]
        await self._liaison(act, "land", {"landing_unit": one.landing, "landed_on": act.facts["landed_on"].isoformat()})

    async def file_wrongly(self, act: Act) -> None:
        await self._liaison(act, "evidence", {"documents": [self._paper(act, act.on)]})

    async def withdraw_paper(self, act: Act) -> None:
        """It was another project's."""
        paper = self._paper(act, act.facts["filed_on"])
        body = {"kind": paper["kind"], "sha256": paper["sha256"], "reason": "误传其他项目的材料（模拟数据）"}
        await self._liaison(act, "evidence/withdraw", body)

    async def talk_again(self, act: Act) -> None:
        """A talk is progress: the standstill ends."""
        one: Venture = act.facts["venture"]
        summary = "重新对接，商定下一步安排。（模拟数据）"
        await self._liaison(act, "talks", {"held_on": act.on.isoformat(), "place": one.place, "summary": summary})

    def _paper(self, act: Act, on: date) -> dict[str, str]:
        return self.evidence.one(_WRONG_PAPER, on, f"误传：{act.facts['venture'].name}")

    async def _liaison(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        liaison = self.gateway.as_(self.cast.holder("liaison", act.facts["venture"].group))
        await liaison.post(self._path(act, what), body)

    def _path(self, act: Act, what: str) -> str:
        return f"/projects/projects/{self.projects.projects[act.facts['venture'].story]}/{what}"
