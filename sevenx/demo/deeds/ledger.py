"""The old ledger, by the operator who takes it over, the Commerce Bureau, and the liaisons who complete it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.documents import Evidence
from sevenx.demo.scenario import SCENARIOS


@dataclass
class Ledger:
    """Carries out the acts of `plans.ledger`."""

    gateway: Gateway
    cast: Cast
    evidence: Evidence = field(default_factory=Evidence)
    rows: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    """What came in, by its row in the file."""

    def deeds(self) -> Mapping[str, Deed]:
        return {f"ledger.{name}": getattr(self, name) for name in ("bring_in", "decide", "file", "talk", "land")}

    async def bring_in(self, act: Act) -> None:
        """All rows or none; each waits for the Commerce Bureau."""
        body = {
            "file": act.facts["file"],
            "content": b64encode((SCENARIOS / act.facts["file"]).read_bytes()).decode(),
            "mapping": (SCENARIOS / act.facts["mapping"]).read_text("utf-8"),
        }
        answer = await self.gateway.as_("operator").post("/projects/projects/baseline", body)
        self.rows = {one["row"]: one for one in answer["projects"]}

    async def decide(self, act: Act) -> None:
        """Approved against the contracts; one is no project any more."""
        for number, one in self.rows.items():
            path = f"/projects/projects/{one['project']}/baseline"
            bureau = self.gateway.as_("commerce_bureau")
            if number == act.facts["rejected"]:
                await bureau.post(f"{path}/reject", {"reason": "合同已解除，项目不再实施（模拟数据）"})
            else:
                await bureau.post(f"{path}/approve", {"note": "已核对合同原件（模拟数据）"})

    async def file(self, act: Act) -> None:
        """A document takes an item off the list of what is lacking (待补)."""
        filed = self.evidence.one(act.facts["kind"], act.on, self._row(act)["name"])
        await self._on(act, "evidence", {"documents": [filed]})

    async def talk(self, act: Act) -> None:
        body = {"held_on": act.on.isoformat(), "place": "马村区", "summary": "走访企业，了解生产经营情况。（模拟数据）"}
        await self._on(act, "talks", body)

    async def land(self, act: Act) -> None:
        """It goes on from the stage at which it came in."""
        row = self._row(act)
        documents = self.evidence.documents("landed", act.facts["type"], act.on, row["name"])
        body = {"landing_unit": act.facts["landing"], "landed_on": act.on.isoformat(), "documents": documents}
        await self._on(act, "land", body)

    def _row(self, act: Act) -> Mapping[str, Any]:
        return self.rows[act.facts["row"]]

    async def _on(self, act: Act, what: str, body: Mapping[str, Any]) -> None:
        liaison = self.gateway.as_(self.cast.holder("liaison", act.facts["group"]))
        await liaison.post(f"/projects/projects/{self._row(act)['project']}/{what}", body)
