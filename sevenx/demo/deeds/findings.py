"""What is done about audit's findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sevenx.demo.agenda import Act, Deed
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway

_CONCLUSIONS = {
    "back_dated": ("explained", "合同原件日期属实，系登记滞后，已责成及时录入。（模拟数据）"),
    "voucher_used_twice": ("confirmed", "同一凭证重复申报属实，责成冲回。（模拟数据）"),
}


@dataclass
class Findings:
    """Carries out the acts of `plans.findings`."""

    gateway: Gateway
    cast: Cast

    def deeds(self) -> Mapping[str, Deed]:
        return {"findings.answer": self.answer, "findings.conclude": self.conclude}

    async def answer(self, _: Act) -> None:
        """The liaison of a unit that a finding concerns says how it came."""
        for one in await self._open("raised"):
            unit = sorted(one["units"])[0]
            body = {"unit": unit, "text": "经办人出差，资料到齐后补录，附情况说明。（模拟数据）"}
            liaison = self.gateway.as_(self.cast.holder("liaison", unit))
            await liaison.post(f"/audit/findings/{one['id']}/answer", body)

    async def conclude(self, _: Act) -> None:
        """The supervision office concludes what was answered."""
        for one in await self._open("answered"):
            outcome, reason = _CONCLUSIONS[one["kind"]]
            path = f"/audit/findings/{one['id']}/conclude"
            await self.gateway.as_("supervision_office").post(path, {"outcome": outcome, "reason": reason})

    async def _open(self, status: str) -> list[dict[str, Any]]:
        found = await self.gateway.as_("supervision_office").get("/audit/findings", status=status)
        return sorted((one for one in found if one["units"]), key=lambda one: str(one["id"]))
