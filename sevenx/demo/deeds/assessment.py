"""The year's assessment, by the assessment office, those assessed, and the district's leader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sevenx.declaration import ROOT
from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway


@dataclass
class Assessment:
    """Carries out the acts of `plans.assessment`."""

    gateway: Gateway
    cast: Cast

    def deeds(self) -> Mapping[str, Deed]:
        names = "publish calculate rate publicize appeal review settle commend"
        return {f"assessment.{name}": getattr(self, name) for name in names.split()}

    async def publish(self, act: Act) -> None:
        document = (ROOT / "data" / "rulebooks" / f"assessment-{act.facts['year']}.yaml").read_text("utf-8")
        await self.gateway.as_("assessment_office").post("/assessment/rulebooks", {"document": document})

    async def calculate(self, act: Act) -> None:
        """As of now; after the year's end as of its end."""
        year = act.facts["year"]
        body = {"as_of": f"{year + 1}-01-01T00:00:00+08:00"} if act.on.year > year else {}
        await self._office(act, "calculate", body)

    async def rate(self, act: Act) -> None:
        await self._office(act, "rate")

    async def publicize(self, act: Act) -> None:
        await self._office(act, "publicize")

    async def appeal(self, act: Act) -> None:
        """Each in the name of a group, by its leader."""
        for one in act.facts["appeals"]:
            leader = self.gateway.as_(self.cast.holder("leader", one["group"]))
            body = {"appellant": f"410804-G-{one['group']}", "indicator": one["indicator"], "grounds": one["grounds"]}
            await leader.post(f"/assessment/assessments/{act.facts['year']}/appeals", body)

    async def review(self, act: Act) -> None:
        """One is upheld and corrects the points, the other is dismissed."""
        for number, one in enumerate(act.facts["appeals"], 1):
            if one["upheld"]:
                body = {"points": one["points"], "reason": "经核，情况属实。（模拟数据）"}
                await self._office(act, f"appeals/{number}/uphold", body)
            else:
                await self._office(act, f"appeals/{number}/dismiss", {"reason": "以联合认定数为准。（模拟数据）"})

    async def settle(self, act: Act) -> None:
        body = {"document_number": f"模拟马文〔{act.on.year}〕1号"}
        path = f"/assessment/assessments/{act.facts['year']}/settle"
        await self.gateway.as_("district_leader").post(path, body)

    async def commend(self, act: Act) -> None:
        """Advice for whoever stands first among the groups."""
        ranking = await self.gateway.as_("assessment_office").get(
            f"/assessment/assessments/{act.facts['year']}/ranking"
        )
        first = next(one for one in ranking["ranking"] if one["cohort"] == "groups" and one["rank"] == 1)
        body = {"kind": "unit", "subject": first["subject"], "reason": "年度综合得分居首。（模拟数据）"}
        await self._office(act, "commendations", body)

    async def _office(self, act: Act, what: str, body: Any = None) -> None:
        path = f"/assessment/assessments/{act.facts['year']}/{what}"
        await self.gateway.as_("assessment_office").post(path, body)
