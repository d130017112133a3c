"""The roster through the year, by the district office and the Commerce Bureau."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.scenario import Person

_BASIS = "模拟数据：演示用任命 / simulated: appointed for the demonstration"


@dataclass
class Roster:
    """Carries out the acts of `plans.roster`."""

    gateway: Gateway
    cast: Cast

    def deeds(self) -> Mapping[str, Deed]:
        return {f"roster.{name}": getattr(self, name) for name in ("decide", "announce", "hand_over")}

    async def decide(self, act: Act) -> None:
        """一: where the duties of two groups overlap, the district office decides and says why."""
        body = {"group": f"410804-G-{act.facts['group']}", "reason": act.facts["reason"]}
        path = f"/registry/industries/{act.facts['industry']}/decision"
        await self.gateway.as_("district_office").post(path, body)

    async def announce(self, act: Act) -> None:
        """That the liaison is to leave is said before it is so."""
        body = {"ends_on": act.facts["until"].isoformat(), "reason": "工作调动（模拟数据）"}
        await self.gateway.as_("commerce_bureau").post(f"/registry/units/{act.facts['unit']}/liaison/end", body)

    async def hand_over(self, act: Act) -> None:
        """交接: a registered person takes the post over, with what was handed over."""
        one: Person = act.facts["successor"]
        office = self.gateway.as_("commerce_bureau")
        await office.post("/registry/people", {"id": one.id, "zh": one.zh, "en": one.en, "basis": _BASIS})
        body = {
            "person": one.id,
            "effective": act.on.isoformat(),
            "items": ["在谈线索台账（模拟数据）", "月报供稿底稿（模拟数据）"],
            "note": "各项已当面点清（模拟数据）",
            "basis": _BASIS,
        }
        await office.post(f"/registry/units/{act.facts['unit']}/liaison/handover", body)
