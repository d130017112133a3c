"""Trips, their visits and results, and the money that they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Caller, Gateway
from sevenx.demo.documents import sha256

_ESTIMATE = 6000
_LODGING, _MEALS, _LOCAL, _FARES = 300, 100, 80, 640
"""Yuan a night and a day, and for the way there and back."""


@dataclass
class Trips:
    """Carries out the acts of `plans.trips`."""

    gateway: Gateway
    cast: Cast
    trips: dict[str, str] = field(default_factory=dict)
    """Ids by the plan's name of a trip."""
    refusals: list[Mapping[str, Any]] = field(default_factory=list)
    """Claims that the rules refused, as they should."""

    def deeds(self) -> Mapping[str, Deed]:
        names = "allocate request cancel approve visit result claim approve_claim pay breach"
        return {f"trips.{name}": getattr(self, name) for name in names.split()}

    async def allocate(self, act: Act) -> None:
        of = act.facts["unit"] or "special"
        number = f"模拟财预〔{act.facts['year']}〕{of.rpartition('-')[2]}号"
        body = {**act.facts, "amount": f"{act.facts['amount']}.00", "document_number": number}
        await self.gateway.as_("finance_bureau").post("/outreach/budgets", body)

    async def request(self, act: Act) -> None:
        """The unit's liaison reports the head's trip beforehand."""
        facts = act.facts
        body: dict[str, Any] = {
            "traveller": facts["traveller"],
            "unit": facts["unit"],
            "kind": "investment",
            "purpose": "对接企业、推介产业园区（模拟数据）",
            "destinations": [{"place": facts["place"], "province": facts["province"]}],
            "starts_on": facts["starts_on"].isoformat(),
            "ends_on": facts["ends_on"].isoformat(),
            "enterprises": facts["enterprises"],
        }
        if facts["funded"]:
            body |= {"budget": _own(act), "estimate": f"{_ESTIMATE}.00"}
        self.trips[facts["trip"]] = (await self._liaison(act).post("/outreach/trips", body))["id"]

    async def cancel(self, act: Act) -> None:
        await self._liaison(act).post(f"{self._trip(act)}/cancel", {"reason": "企业时间有变（模拟数据）"})

    async def approve(self, act: Act) -> None:
        """A head's own trip is for the district to approve."""
        await self.gateway.as_("district_leader").post(f"{self._trip(act)}/approve", {})

    async def visit(self, act: Act) -> None:
        """The liaison enters whom the head has seen, while he is still outside."""
        body = {
            "visited_on": act.facts["on"].isoformat(),
            "enterprise": act.facts["enterprise"],
            "place": act.facts["place"],
            "people_met": 3,
            "roles": ["总经理", "投资部负责人"],
            "summary": "介绍产业园区和要素保障，对方有意来访。（模拟数据）",
        }
        await self._liaison(act).post(f"{self._trip(act)}/visits", body)

    async def result(self, act: Act) -> None:
        visited = len(act.facts["enterprises"])
        body = {"result": f"走访企业 {visited} 家，形成意向。（模拟数据）"}
        await self._liaison(act).post(f"{self._trip(act)}/result", body)

    async def claim(self, act: Act) -> None:
        days = act.facts["days"]
        parts = {
            "lodging": _LODGING * (days - 1),
            "meals": _MEALS * days,
            "local_transport": _LOCAL * days,
            "fares": _FARES,
        }
        travel = {name: f"{amount}.00" for name, amount in parts.items()}
        body = {
            "unit": act.facts["unit"],
            "kind": "travel",
            "purpose": "外出招商差旅费（模拟数据）",
            "amount": f"{sum(parts.values())}.00",
            "trip": self.trips[act.facts["trip"]],
            "travel": {"place": act.facts["place"], "nights": days - 1, "days": days, **travel},
        }
        await self._liaison(act).post(f"/outreach/budgets/{_own(act)}/expenses", body)

    async def approve_claim(self, act: Act) -> None:
        path = f"/outreach/budgets/{_own(act)}/expenses/{act.facts['claim']}/approve"
        await self.gateway.as_("district_office").post(path, {})

    async def pay(self, act: Act) -> None:
        days, number = act.facts["days"], act.facts["claim"]
        amount = _LODGING * (days - 1) + (_MEALS + _LOCAL) * days + _FARES
        body = {
            "amount": f"{amount}.00",
            "voucher_number": f"模拟支付{sha256(act.facts['trip'])[:12]}",
            "paid_on": act.on.isoformat(),
        }
        path = f"/outreach/budgets/{_own(act)}/expenses/{number}/pay"
        await self.gateway.as_("finance_bureau").post(path, body)

    async def breach(self, act: Act) -> None:
        """A reception with alcohol: the answer names the rule."""
        papers = [{"kind": kind, "reference": "模拟数据"} for kind in ("official_letter", "guest_list", "receipt")]
        reception = {
            "held_on": act.on.isoformat(),
            "place": "机关食堂（模拟数据）",
            "guests_from": "样例考察团（模拟）",
            "guests": 8,
            "companions": 3,
            "meal_amount": "480.00",
            "alcohol": True,
            "papers": papers,
        }
        body = {"unit": act.facts["unit"], "kind": "official_reception", "purpose": "接待考察团（模拟数据）"}
        path = f"/outreach/budgets/{_own(act)}/expenses"
        told = await self._liaison(act).refused(path, {**body, "amount": "480.00", "reception": reception})
        self.refusals.append(told)

    def _liaison(self, act: Act) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", act.facts["unit"]))

    def _trip(self, act: Act) -> str:
        return f"/outreach/trips/{self.trips[act.facts['trip']]}"


def _own(act: Act) -> str:
    """The unit's own fund of the year."""
    return f"410804-B-{act.on.year}-own-{act.facts['unit'].split('-', 2)[2]}"
