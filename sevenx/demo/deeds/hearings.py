"""Hearings and directives, by the district office, the district's leader, the supervision office and the owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.documents import sha256


@dataclass
class Hearings:
    """Carries out the acts of `plans.hearings`."""

    gateway: Gateway
    cast: Cast
    directives: dict[str, str] = field(default_factory=dict)

    def deeds(self) -> Mapping[str, Deed]:
        hearings = {
            f"hearings.{name}": getattr(self, name) for name in ("schedule", "hold", "draft", "approve", "issue")
        }
        names = "register acknowledge feedback finish ask_extension grant refuse verify close"
        return {**hearings, **{f"directives.{name}": getattr(self, name) for name in names.split()}}

    async def schedule(self, act: Act) -> None:
        await self.gateway.as_("district_office").post("/reporting/hearings", {"month": act.facts["month"]})

    async def hold(self, act: Act) -> None:
        """All groups report, and all units that lead one."""
        attended = [f"410804-G-{n}" for n in range(1, 8)]
        body = {
            "held_on": act.on.isoformat(),
            "chair": "样区长（模拟）",
            "attended": attended,
            "summary": "听取各招商小组汇报，要求加快在谈项目签约、签约项目落地。（模拟数据）",
        }
        await self._office(act, "held", body)

    async def draft(self, act: Act) -> None:
        await self._office(act, "minutes", _minutes(act))

    async def approve(self, act: Act) -> None:
        path = f"/reporting/hearings/{act.facts['hearing']}/minutes/approve"
        await self.gateway.as_("district_leader").post(path, _minutes(act))

    async def issue(self, act: Act) -> None:
        number = f"模拟会纪〔{act.on.year}〕{act.facts['month'][-2:]}号"
        await self._office(act, "minutes/issue", {**_minutes(act), "document_number": number})

    async def register(self, act: Act) -> None:
        """The supervision office takes it on and gives it to its owner."""
        facts = act.facts
        body = {
            "title": facts["title"],
            "text": f"{facts['title']}，按期书面反馈。",
            "basis": f"{facts['hearing']} 会议纪要（模拟数据）",
            "hearing": facts["hearing"],
            "issue": {"owner": facts["owner"], "group": facts["group"], "due_on": facts["due_on"].isoformat()},
        }
        answer = await self.gateway.as_("supervision_office").post("/reporting/directives", body)
        self.directives[facts["directive"]] = answer["id"]

    async def acknowledge(self, act: Act) -> None:
        await self._owner(act, "acknowledge")

    async def feedback(self, act: Act) -> None:
        await self._owner(act, "feedback", {"text": "正在办理，已与市局对接。（模拟数据）"})

    async def finish(self, act: Act) -> None:
        await self._owner(act, "feedback", {"text": "已办结，请核验。（模拟数据）", "done": True})

    async def ask_extension(self, act: Act) -> None:
        body = {"new_due_on": act.facts["later"].isoformat(), "reason": "市局审批时限延长（模拟数据）"}
        await self._owner(act, "extension", body)

    async def grant(self, act: Act) -> None:
        await self._supervision(act, "extension/grant", {})

    async def refuse(self, act: Act) -> None:
        await self._supervision(act, "extension/refuse", {"reason": "理由不充分，请按原期限办理。（模拟数据）"})

    async def verify(self, act: Act) -> None:
        await self._supervision(act, "verify", {"passed": True, "note": "已核对办结材料。（模拟数据）"})

    async def close(self, act: Act) -> None:
        await self._supervision(act, "close", {})

    async def _office(self, act: Act, what: str, body: Any) -> None:
        await self.gateway.as_("district_office").post(f"/reporting/hearings/{act.facts['hearing']}/{what}", body)

    async def _owner(self, act: Act, what: str, body: Any = None) -> None:
        head = self.gateway.as_(self.cast.holder("head", act.facts["owner"]))
        await head.post(f"/reporting/directives/{self.directives[act.story]}/{what}", body)

    async def _supervision(self, act: Act, what: str, body: Any) -> None:
        path = f"/reporting/directives/{self.directives[act.story]}/{what}"
        await self.gateway.as_("supervision_office").post(path, body)


def _minutes(act: Act) -> dict[str, str]:
    return {"sha256": sha256(f"{act.facts['hearing']} 会议纪要（模拟数据）")}
