"""The words of the tests of assessment: what is measured, the commands of a year, and a year that they bring about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from services.assessment.deciders import YEAR
from services.assessment.domain.measuring.happenings import Happening, Span
from services.assessment.domain.measuring.spans import span_of, year_ends_at
from services.assessment.domain.values import CutMark, PointsCorrection, Ranked
from services.assessment.domain.year import commands as c
from services.assessment.domain.year.state import Year
from tests.unit import given
from tests.unit.given import at

G1, G2 = "410804-G-1", "410804-G-2"
FINDER, LANDING, OTHER = "410804-U-commerce", "410804-U-yanma", "410804-U-finance"
PROJECT = "410804-P-2026-0001"
ENDS = year_ends_at(2026)
YEAR_2026: Span = span_of(2026, ENDS)
OFFICE, LEADER, HEAD, REVIEWER = (f"410804-N-{who}" for who in ("office", "leader", "head", "reviewer"))


def money(text: str) -> Decimal:
    return Decimal(text)


class Log:
    """Events of other areas as they are measured, each with the next version of its stream; an hour apart unless
    told."""

    def __init__(self) -> None:
        self.happenings: list[Happening] = []
        self._versions: Counter[str] = Counter()
        self._now = at("2026-03-02 09:00")

    def tell(self, event: str, stream: str, when: str | None = None, /, **data: Any) -> Happening:
        if when is not None:
            self._now = at(when)
        self._versions[stream] += 1
        one = Happening(event, stream, self._versions[stream], self._now.astimezone(UTC), data)
        self.happenings.append(one)
        return one

    def opened(self, stream: str = PROJECT, when: str | None = None, industry: str = "aluminium") -> Happening:
        data = {"name": "示例铝箔项目（模拟）", "group": G1, "finder": FINDER, "industry": industry}
        return self.tell("projects.ProjectOpened", stream, when, **data)

    def signed(self, stream: str = PROJECT, amount: str = "100000000", when: str | None = None) -> Happening:
        return self.tell("projects.ProjectSigned", stream, when, amount=amount, signed_on="2026-03-02")

    def landed(self, stream: str = PROJECT, when: str | None = None, agreed: str | None = None) -> Happening:
        on = {"landed_on": "2026-04-02", "agreed_on": agreed}
        landed = self.tell("projects.ProjectLanded", stream, when, **on)
        self.shared(stream, "units", (FINDER, "0.3"), (LANDING, "0.7"))
        self.shared(stream, "groups", (G1, "1"))
        return landed

    def shared(self, stream: str, cohort: str, *holders: tuple[str, str], indicator: str = "all") -> Happening:
        shares = [{"part": "finder", "holder": holder, "share": share} for holder, share in holders]
        return self.tell("projects.CreditShared", stream, cohort=cohort, indicator=indicator, shares=shares)

    def recognised(self, stream: str = PROJECT, amount: str = "20000000", when: str | None = None) -> Happening:
        return self.tell("projects.FundsRecognised", stream, when, amount=amount)

    def corrected(
        self, back_to: str, was: str, stream: str = PROJECT, void: Sequence[tuple[str, str]] = ()
    ) -> Happening:
        void_shares = [{"cohort": cohort, "indicator": indicator} for cohort, indicator in void]
        data = {"from_stage": was, "to_stage": back_to, "void_shares": void_shares}
        return self.tell("projects.StageCorrected", stream, **data)


TOTALS = (
    Ranked("groups", 0, G1, "招商一组", Decimal("81.50")),
    Ranked("groups", 0, G2, "招商二组", Decimal("90.00")),
    Ranked("units", 0, FINDER, "区商务局", Decimal("70.00")),
)


def cut(as_of: datetime = ENDS) -> tuple[CutMark, ...]:
    return tuple(
        CutMark(area, p, f"410804-PC-{area}-{p}", 1, as_of) for area in ("projects", "registry") for p in range(6)
    )


def calculation(number: int = 1, totals: Iterable[Ranked] = TOTALS, **changes: Any) -> c.RecordCalculation:
    """The whole year, after every area has closed it."""
    given: dict[str, Any] = {"as_of": ENDS, "ends_at": ENDS, "cut": cut(), "by": OFFICE, **changes}
    return c.RecordCalculation(2026, number, 1, totals=tuple(totals), **given)


RATE = c.MakeFirstRating(OFFICE, date(2027, 1, 4))
UNTIL_AT = at("2027-01-12 00:00")
PUBLICIZE = c.Publicize(OFFICE, date(2027, 1, 4), date(2027, 1, 11), UNTIL_AT, 5, True)
APPEAL = c.FileAppeal(at("2027-01-06 10:00"), HEAD, date(2027, 1, 6), G1, G1, "漏计一笔到位资金。（模拟数据）", "funds")
FIX = PointsCorrection(G1, "funds", Decimal("10.00"), Decimal("20.00"), Decimal("81.50"), Decimal("91.50"))
UPHOLD = c.UpholdAppeal(REVIEWER, date(2027, 1, 8), 1, FIX, "经核属实")
DISMISS = c.DismissAppeal(REVIEWER, date(2027, 1, 8), 1, "以联合认定数为准")
SETTLE = c.Settle(at("2027-01-13 10:00"), LEADER, date(2027, 1, 13), "马文〔2027〕0号（模拟）")
FREEZE = c.Freeze(cut())
VETO = c.ApplyVeto(
    OFFICE, date(2027, 1, 5), G2, "false_figures", "统计造假", "统计法", "焦统〔2026〕0号（模拟）", "模拟数据"
)
PUBLISHED = (calculation(), RATE, PUBLICIZE)
FROZEN = (*PUBLISHED, SETTLE, FREEZE)


class Told(given.Told[Year]):
    """A year's assessment that the given commands have brought about, and what the last one answered."""

    def __init__(self, *commands: Any) -> None:
        super().__init__(YEAR, *commands)
