"""The seven groups' reports of the month: most in time, one returned and corrected, one late, one missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sevenx.demo.client import Caller, Gateway
from sevenx.demo.script import Scenario

ON_TIME, RETURNED, LATE, MISSED = (1, 2, 6, 7), 3, 4, 5
"""Group two's report is signed off by a delegate; group six's liaison claims more than the events bear out."""


@dataclass
class Reports:
    """Carries out the reports' path."""

    gateway: Gateway
    scenario: Scenario
    lead_units: dict[int, list[str]]
    """Lead units of each group, as the roster has them."""

    def plan(self) -> list[tuple[date, Callable[[], None]]]:
        """What is done on which day, in order."""
        return [
            (_july(17), self._contribute),
            *((_july(22), partial(self.draft, group)) for group in (*ON_TIME, RETURNED)),
            *((_july(23), partial(self.review, group)) for group in (*ON_TIME, RETURNED)),
            (_july(23), partial(self.sign, RETURNED)),
            *((_july(24), partial(self.sign, group)) for group in ON_TIME),
            (_july(24), self._return_and_correct),
            (_july(27), partial(self.draft, LATE)),
            (_july(27), partial(self.review, LATE)),
            *((_july(27), partial(self._office, "accept", group)) for group in (*ON_TIME, RETURNED)),
            (_july(28), partial(self.sign, LATE)),
        ]

    def _contribute(self) -> None:
        """Some responsible units contribute before the internal date; the others are reminded."""
        for unit, group in (("finance", 1), ("statistics", 1), ("civil-affairs", 3), ("civil-affairs", 6)):
            body = {"unit": f"410804-U-{unit}", "text": "本月协助对接项目并落实要素保障。（模拟数据）"}
            self._person("liaison", body["unit"]).post(f"{self._report(group)}/contributions", body)

    def draft(self, group: int) -> None:
        """The liaison drafts; figures come from the events."""
        body: dict[str, Any] = {"narrative": f"招商{group}组本月外出对接企业、推进签约项目落地。（模拟数据）"}
        if group == 6:
            claim = {"indicator": "signed_count", "month": "3", "explanation": "一份合同尚在签署。（模拟数据）"}
            body["claims"] = [claim]
        self._person("liaison", group).post(f"{self._report(group)}/draft", body)

    def review(self, group: int) -> None:
        """The head of each lead unit reviews; group two's leader then lets the deputy sign off."""
        for unit in self.lead_units[group]:
            self._person("head", unit).post(f"{self._report(group)}/review", {"unit": unit})
        if group == 2:
            body = {"delegate": self.scenario.holder("deputy", 2), "reason": "组长外出招商（模拟数据）"}
            self._person("leader", group).post(f"{self._report(group)}/delegate", body)

    def sign(self, group: int) -> None:
        """The leader, or his delegate, signs off: the report is submitted."""
        self._person("deputy" if group == 2 else "leader", group).post(f"{self._report(group)}/sign-off")

    def _return_and_correct(self) -> None:
        self._office("return", RETURNED, {"reasons": ["到位资金数与初审数不一致，请核对。（模拟数据）"]})
        self.draft(RETURNED)
        self.review(RETURNED)
        self.sign(RETURNED)

    def _office(self, what: str, group: int, body: Any = None) -> None:
        self.gateway.as_("commerce_bureau").post(f"{self._report(group)}/{what}", body)

    def _person(self, role: str, of: str | int) -> Caller:
        return self.gateway.as_(self.scenario.holder(role, of))

    def _report(self, group: int) -> str:
        return f"/reporting/reports/410804-R-{self.scenario.period}-G{group}"


def _july(day: int) -> date:
    return date(2026, 7, day)
