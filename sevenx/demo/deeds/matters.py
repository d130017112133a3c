"""Procedures and problems: asked by the group's liaison, answered by the unit responsible, coordinated by offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Caller, Gateway
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.documents import sha256
from sevenx.demo.papers import Paper
from sevenx.demo.ventures import Venture

_LEVELS = ("commerce_bureau", "district_office")


@dataclass
class Procedures:
    """Carries out the procedures of `plans.matters`."""

    gateway: Gateway
    cast: Cast
    projects: Projects
    ids: dict[str, str] = field(default_factory=dict)

    def deeds(self) -> Mapping[str, Deed]:
        names = "ask accept lack supply move grant refuse withdraw"
        return {f"procedures.{name}": getattr(self, name) for name in names.split()}

    async def ask(self, act: Act) -> None:
        """The group's liaison asks a department for an approval."""
        one: Venture = act.facts["venture"]
        body = {
            "project": self.projects.projects[one.story],
            "unit": act.facts["unit"],
            "kind": act.facts["kind"],
            "title": f"{one.name}{act.facts['title']}",
        }
        self.ids[act.story] = (await self._liaison(act).post("/projects/procedures", body))["id"]

    async def accept(self, act: Act) -> None:
        await self._unit(act).post(self._path(act, "accept"), {})

    async def lack(self, act: Act) -> None:
        """一次性告知: the clock stands still."""
        await self._unit(act).post(self._path(act, "ask-supplement"), {"materials": "总平面图、授权委托书（模拟数据）"})

    async def supply(self, act: Act) -> None:
        await self._liaison(act).post(self._path(act, "give-supplement"), {"note": "已补交（模拟数据）"})

    async def move(self, act: Act) -> None:
        body = {"promised_on": (act.on + timedelta(days=40)).isoformat(), "reason": "须专家评审，商定延期（模拟数据）"}
        await self._unit(act).post(self._path(act, "promised-date"), body)

    async def grant(self, act: Act) -> None:
        """The document of some is sent in, of others its SHA-256 is enough."""
        paper = Paper(f"{act.facts['venture'].name}{act.facts['title']}批复", act.on)
        if act.facts.get("stored"):
            await self._unit(act).store(paper, self.ids[act.story], "procedure")
        await self._unit(act).post(self._path(act, "grant"), self._document(act, paper.sha256))

    async def refuse(self, act: Act) -> None:
        body = {**self._document(act, sha256(f"不予许可 {act.story}")), "reason": "不符合详细规划（模拟数据）"}
        await self._unit(act).post(self._path(act, "refuse"), body)

    async def withdraw(self, act: Act) -> None:
        await self._liaison(act).post(self._path(act, "withdraw"), {"reason": "项目选址调整（模拟数据）"})

    @staticmethod
    def _document(act: Act, digest: str) -> dict[str, str]:
        number = f"模拟批〔{act.on.year}〕{act.story}号"
        return {"document_number": number, "sha256": digest, "dated": act.on.isoformat()}

    def _path(self, act: Act, what: str) -> str:
        return f"/projects/procedures/{self.ids[act.story]}/{what}"

    def _liaison(self, act: Act) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", act.facts["venture"].group))

    def _unit(self, act: Act) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", act.facts["unit"]))


@dataclass
class Problems:
    """Carries out the problems of `plans.matters`."""

    gateway: Gateway
    cast: Cast
    projects: Projects
    ids: dict[str, str] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    """How often each was escalated."""

    def deeds(self) -> Mapping[str, Deed]:
        names = "raise handle escalate give_back close give_up reopen"
        own = {"raise": self.raise_, **{name: getattr(self, name) for name in names.split()[1:]}}
        return {f"problems.{name}": deed for name, deed in own.items()}

    async def raise_(self, act: Act) -> None:
        """The group's liaison raises it, with the unit that is to solve it."""
        one: Venture = act.facts["venture"]
        body = {
            "about": self.projects.projects[one.story],
            "owner": act.facts["unit"],
            "kind": act.facts["kind"],
            "title": f"{one.name}：{act.facts['title']}",
            "text": f"{act.facts['title']}，影响项目进度，请协调。（模拟数据）",
        }
        self.ids[act.story] = (await self._raiser(act).post("/projects/problems", body))["id"]

    async def handle(self, act: Act) -> None:
        owner = self.gateway.as_(self.cast.holder("liaison", act.facts["unit"]))
        await owner.post(self._path(act, "handle"), {"measure": "已现场勘查，列出时间表。（模拟数据）"})

    async def escalate(self, act: Act) -> None:
        """提请协调: from the group to the Commerce Bureau, from there to the district."""
        self.levels[act.story] = self.levels.get(act.story, 0) + 1
        body = {"reason": "涉及两个单位，协调未果（模拟数据）"}
        await self._raiser(act).post(self._path(act, "escalate"), body)

    async def give_back(self, act: Act) -> None:
        office = self.gateway.as_(_LEVELS[self.levels[act.story] - 1])
        await office.post(self._path(act, "return"), {"reason": "已开协调会，由责任单位限期办理（模拟数据）"})

    async def close(self, act: Act) -> None:
        await self._close(act, "solved", "已解决，企业确认。（模拟数据）")

    async def give_up(self, act: Act) -> None:
        await self._close(act, "not_solvable", "受上级规划限制，现阶段无法解决，已书面告知企业。（模拟数据）")

    async def reopen(self, act: Act) -> None:
        body = {"reason": "问题再次出现，并未解决（模拟数据）"}
        await self._raiser(act).post(self._path(act, "reopen"), body)

    async def _close(self, act: Act, outcome: str, reason: str) -> None:
        await self._raiser(act).post(self._path(act, "close"), {"outcome": outcome, "reason": reason})

    def _path(self, act: Act, what: str) -> str:
        return f"/projects/problems/{self.ids[act.story]}/{what}"

    def _raiser(self, act: Act) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", act.facts["venture"].group))
