"""Referrals, transfers and protections of leads, each by whoever has to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.projects.sheet_columns import LEADS
from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Caller, Gateway
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.sheets import filled
from sevenx.demo.ventures import Venture

_KEPT = 3


@dataclass
class Leads:
    """Carries out the acts of `plans.leads` and `plans.referrals`."""

    gateway: Gateway
    cast: Cast
    projects: Projects
    mistaken: list[int] = field(default_factory=list)
    """Numbers of referrals that were recorded the wrong way round."""

    def deeds(self) -> Mapping[str, Deed]:
        names = "refer refer_wrongly withdraw_referral ask_transfer accept decline withdraw prolong decide_releases"
        names += " bring_sheet"
        return {f"leads.{name}": getattr(self, name) for name in names.split()}

    async def refer(self, act: Act) -> None:
        """The liaison of the group that works on the lead tells who brought it."""
        await self._record(act.facts["referrer"], act.facts["referred"])

    async def refer_wrongly(self, act: Act) -> None:
        """The wrong way round, told on the lead of the other."""
        referrer, referred = act.facts["referred"], act.facts["referrer"]
        answer = await self._record(referrer, referred)
        listed = await self.gateway.as_("commerce_bureau").get("/projects/referrals", after=answer["after"])
        self.mistaken += [
            one["referral"] for one in listed["items"] if one["referred"]["name"] == referred.investor
        ]  # fmt: skip

    async def withdraw_referral(self, _: Act) -> None:
        path = f"/projects/referrals/{self.mistaken[-1]}/withdraw"
        await self.gateway.as_("commerce_bureau").post(path, {"reason": "引荐方与被引荐方填反（模拟数据）"})

    async def _record(self, referrer: Venture, referred: Venture) -> Any:
        body = {
            "referrer": referrer.party,
            "referred": referred.party,
            "lead": self.projects.leads[referred.story],
            "note": "供应链配套企业（模拟数据）",
        }
        return await self._liaison(referred.group).post("/projects/referrals", body)

    async def ask_transfer(self, act: Act) -> None:
        """流转: the group that has the lead asks another unit to take it over."""
        one: Venture = act.facts["venture"]
        body = {name: act.facts[name] for name in ("to_unit", "to_group", "share")}
        body["reason"] = "投资方意向调整，由接收单位承接更合适（模拟数据）"
        await self._liaison(one.group).post(f"{self._lead(act)}/transfers", body)

    async def accept(self, act: Act) -> None:
        await self._unit(act).post(f"{self._lead(act)}/transfers/1/accept", {})

    async def decline(self, act: Act) -> None:
        body = {"reason": "本单位现无承接条件（模拟数据）"}
        await self._unit(act).post(f"{self._lead(act)}/transfers/1/decline", body)

    async def withdraw(self, act: Act) -> None:
        body = {"reason": "投资方又改回原意向（模拟数据）"}
        await self._liaison(act.facts["venture"].group).post(f"{self._lead(act)}/transfers/1/withdraw", body)

    async def prolong(self, act: Act) -> None:
        """A protection is prolonged once, with the reason."""
        body = {"reason": "投资方总部审批延后（模拟数据）"}
        await self._referee(act.facts["venture"].group).post(f"{self._lead(act)}/protection/extend", body)

    async def bring_sheet(self, act: Act) -> None:
        """What an event brought comes in by one Excel sheet, all rows or none."""
        content = filled(LEADS, *act.facts["rows"])
        await self._liaison(act.facts["group"]).bring("/projects/leads/import", content, act.facts["file"])

    async def decide_releases(self, _: Act) -> None:
        """What the clock has proposed of leads: most are released, the holder of every fourth is given more time."""
        office = self.gateway.as_("commerce_bureau")
        found = await office.get("/projects/protections", proposed="true", limit=500)
        leads = [row for row in found["items"] if row["project"] is None]
        for number, one in enumerate(sorted(leads, key=lambda row: (row["investor_name"], row["registered_on"]))):
            release = number % 4 != _KEPT
            reason = "超期无进展，持有单位无异议（模拟数据）" if release else "投资方将于下月来访，继续保护（模拟数据）"
            path = f"/projects/leads/{one['lead']}/protection/decide-release"
            group = int(one["group"].rpartition("-")[2])
            await self._referee(group).post(path, {"release": release, "reason": reason})

    def _lead(self, act: Act) -> str:
        return f"/projects/leads/{self.projects.leads[act.facts['venture'].story]}"

    def _liaison(self, group: int) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", group))

    def _unit(self, act: Act) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", act.facts["to_unit"]))

    def _referee(self, group: int) -> Caller:
        """The Commerce Bureau; the district office where its group two is a party."""
        return self.gateway.as_("district_office" if group == 2 else "commerce_bureau")
