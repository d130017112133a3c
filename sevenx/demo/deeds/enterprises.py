"""The register of enterprises, by the units that enter them and the Commerce Bureau that keeps it in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Caller, Gateway
from sevenx.demo.companies import Company
from sevenx.demo.deeds.projects import Projects
from sevenx.demo.ventures import credit_code

_LATER_LIST = "河南省高成长企业（模拟榜）"


@dataclass
class Enterprises:
    """Carries out the acts of `plans.enterprises`."""

    gateway: Gateway
    cast: Cast
    projects: Projects
    known: dict[str, str] = field(default_factory=dict)
    """Ids by the plan's name of an enterprise."""
    contacts: dict[str, str] = field(default_factory=dict)

    def deeds(self) -> Mapping[str, Deed]:
        names = "register identify alias rename correct list_later list_wrongly unlist contact contact_left forget"
        names += " belongs merge undo dismiss recode"
        return {f"enterprises.{name}": getattr(self, name) for name in names.split()}

    async def register(self, act: Act) -> None:
        """By the unit that found it, with the names and lists that it is known by."""
        one: Company = act.facts["company"]
        aliases = [{"name": one.short_name, "kind": "short"}] if one.short else []
        if one.english:
            aliases.append({"name": one.english, "kind": "foreign"})
        body: dict[str, Any] = {
            "name": one.name,
            "origin": one.origin,
            "place": one.place,
            "registered_for": one.body,
            "aliases": aliases,
            "lists": [{"list_name": name, "year": act.on.year - 1, "rank": rank} for name, rank in one.lists],
        }
        body |= {"industry_code": one.industry_code, **_identity(one)}
        self.known[one.key] = (await self._liaison(one).post("/projects/enterprises", body))["id"]

    async def identify(self, act: Act) -> None:
        """Which enterprise an investor without a credit code is, said of its lead."""
        one: Company = act.facts["company"]
        path = f"/projects/leads/{self.projects.leads[one.key]}/enterprise"
        await self._liaison(one).post(path, {"enterprise": self.known[one.key]})

    async def alias(self, act: Act) -> None:
        one: Company = act.facts["company"]
        await self._of(one, "aliases", {"name": f"{one.short_name}集团", "kind": "short"})

    async def rename(self, act: Act) -> None:
        """更名: it is still found by its former name."""
        one: Company = act.facts["company"]
        await self._of(one, "rename", {"name": f"新{one.name}", "since": act.on.isoformat()})

    async def correct(self, act: Act) -> None:
        """The place was entered wrongly."""
        one: Company = act.facts["company"]
        body = {
            "name": one.name,
            "origin": one.origin,
            "place": f"{one.place}（开发区）",
            "industry_code": one.industry_code,
            "foreign": one.registration,
            "reason": "来源地登记不全（模拟数据）",
        }
        await self._of(one, "correct", body)

    async def list_later(self, act: Act) -> None:
        await self._of(act.facts["company"], "lists", {"list_name": _LATER_LIST, "year": act.on.year, "rank": 42})

    async def list_wrongly(self, act: Act) -> None:
        """A list on which its parent stands, not it."""
        await self._of(act.facts["company"], "lists", {"list_name": _LATER_LIST, "year": 2025, "rank": 7})

    async def unlist(self, act: Act) -> None:
        body = {"list_name": _LATER_LIST, "year": 2025, "reason": "系其母公司入榜（模拟数据）"}
        await self._of(act.facts["company"], "lists/remove", body)

    async def contact(self, act: Act) -> None:
        """A contact person is an id; who it is stands in no event."""
        one: Company = act.facts["company"]
        answer = await self._of(one, "contacts", {"holder": one.body})
        self.contacts[one.key] = answer["contact"]
        details = {"name": "某联系人（模拟）", "position": "投资部经理（模拟）", "telephone": "000-00000000"}
        await self._of(one, f"contacts/{answer['contact']}?after={answer['position']}", details)

    async def contact_left(self, act: Act) -> None:
        await self.contact(act)

    async def forget(self, act: Act) -> None:
        """He asked to be erased: the event is the receipt."""
        one: Company = act.facts["company"]
        await self._of(one, f"contacts/{self.contacts[one.key]}/forget", {})

    async def belongs(self, act: Act) -> None:
        await self._of(act.facts["company"], "parent", {"parent": self.known[act.facts["other"].key]})

    async def merge(self, act: Act) -> None:
        """The Commerce Bureau finds two entries to be one enterprise."""
        absorbed = self.known[act.facts["other"].key]
        body = {"absorbed": absorbed, "reason": act.facts["reason"], "despite_codes": act.facts["despite_codes"]}
        await self._bureau(act, "merge", body)

    async def undo(self, act: Act) -> None:
        """They were merged too soon: the register knows two again."""
        absorbed = self.known[act.facts["other"].key]
        await self._bureau(act, "merge/undo", {"absorbed": absorbed, "reason": "经核实为两家企业（模拟数据）"})

    async def recode(self, act: Act) -> None:
        """A slip in the credit code is put right."""
        body = {"code": credit_code(act.facts["number"]), "reason": "信用代码录入有误（模拟数据）"}
        await self._of(act.facts["company"], "code", body)

    async def dismiss(self, act: Act) -> None:
        """Two that look like one are two."""
        body = {"other": self.known[act.facts["other"].key], "reason": "同名不同地，系两家企业（模拟数据）"}
        await self._bureau(act, "duplicates/dismiss", body)

    async def _of(self, one: Company, what: str, body: Mapping[str, Any]) -> Any:
        return await self._liaison(one).post(f"/projects/enterprises/{self.known[one.key]}/{what}", body)

    async def _bureau(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        path = f"/projects/enterprises/{self.known[act.facts['company'].key]}/{what}"
        await self.gateway.as_("commerce_bureau").post(path, body)

    def _liaison(self, one: Company) -> Caller:
        return self.gateway.as_(self.cast.holder("liaison", one.body))


def _identity(one: Company) -> dict[str, Any]:
    return {"foreign": one.registration} if one.abroad else {"code": one.code}
