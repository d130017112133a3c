"""Trips of the principal heads and what they cost: approved beforehand, visits, results; some stay below the quota."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.cast import Cast
from sevenx.demo.desk import Desk
from sevenx.demo.district import District
from sevenx.demo.scenario import Person, Scenario

_BEFORE, _AFTER = 2, 1
"""Working days from the request to the first day, and from the last day to the result."""
_YEAR_END = (12, 20)
"""No trip begins after this day of December."""


def plan_trips(scenario: Scenario, district: District, cast: Cast, desk: Desk) -> Iterator[Act]:
    """Budgets on the first day, and the trips of each head through the year."""
    rates = scenario.rates.get("trips")
    if not rates:
        return
    heads = cast.heads(rates["kinds"], district)
    funded = [one for n, one in enumerate(heads) if n % rates["funded_every"] == 0]
    yield from _budgets(scenario, funded, desk.days[0])
    for head in heads:
        yield from _Year(scenario, head, head in funded, desk).acts()
    yield from _breach(scenario, funded[0])


def _budgets(scenario: Scenario, funded: Sequence[Person], on: date) -> Iterator[Act]:
    year = on.year
    special = {"fund": "special", "unit": None, "year": year, "amount": scenario.rates["trips"]["special_fund"]}
    yield Act(on, DAY, "B-special", 0, "trips.allocate", special)
    for head in funded:
        own = {"fund": "own", "unit": head.unit, "year": year, "amount": scenario.rates["trips"]["own_fund"]}
        yield Act(on, DAY, _story(head), 0, "trips.allocate", own)


def _story(head: Person) -> str:
    return f"T-{str(head.unit).split('-', 2)[2]}"


class _Year:
    """One head's trips, one after the other."""

    def __init__(self, scenario: Scenario, head: Person, funded: bool, desk: Desk) -> None:
        self.rates: Mapping[str, Any] = scenario.rates["trips"]
        self.head, self.funded, self.desk, self.days = head, funded, desk, desk.days
        self.last = next((n for n, day in enumerate(desk.days) if (day.month, day.day) > _YEAR_END), len(desk.days))
        self.chance = random.Random(f"{scenario.seed} trips {head.unit}")
        self.order = 0

    def acts(self) -> Iterator[Act]:
        kind = self._kind()
        low, high = self.rates["gaps"][kind]
        if not high:
            return
        at, claims = self.chance.randint(3, 14), 0
        while at + 12 < self.last:
            length = self.chance.randint(*self.rates["length"])
            cancelled = self.chance.random() < self.rates["cancelled"]
            claimed = self.funded and not cancelled and self.chance.random() < self.rates["claimed"]
            claims += claimed
            yield from self._trip(at, length, claims if claimed else 0, cancelled)
            at += length + self.chance.randint(low, high)

    def _kind(self) -> str:
        if self.head.unit in self.rates["never"]:
            return "never"
        kinds: Mapping[str, float] = self.rates["shares"]
        return self.chance.choices(list(kinds), list(kinds.values()))[0]

    def _trip(self, at: int, length: int, claim: int, cancelled: bool) -> Iterator[Act]:
        place = self.chance.choice(self.rates["places"])
        first, last = at + _BEFORE, at + _BEFORE + length - 1
        late = self.chance.random() < self.rates["late_results"]
        facts: dict[str, Any] = {
            "unit": self.head.unit,
            "traveller": self.head.id,
            "place": place["place"],
            "province": place["province"],
            "starts_on": self.days[first],
            "ends_on": self.days[last],
            "trip": f"{_story(self.head)}-{at}",
            "funded": self.funded,
            "enterprises": [self._enterprise() for _ in range(length)],
            "days": length,
            "claim": claim,
        }
        asked = self.desk.before(self.days[first])
        yield self._entered(asked, "request", facts)
        if cancelled:
            yield self._entered(asked, "cancel", facts)
            return
        yield self._entered(asked, "approve", facts)
        for n, enterprise in enumerate(facts["enterprises"]):
            yield self._act(first + n, "visit", {**facts, "enterprise": enterprise, "on": self.days[first + n]})
        yield self._act(last + (8 if late else _AFTER), "result", facts)
        if claim:
            yield self._act(last + 3, "claim", facts)
            yield self._act(last + 5, "approve_claim", facts)
            yield self._act(last + 7, "pay", facts)

    def _enterprise(self) -> str:
        words = self.rates["words"]
        return f"{self.chance.choice(words)}{self.chance.choice(words)}有限公司（模拟）"

    def _act(self, at: int, deed: str, facts: Mapping[str, Any]) -> Act:
        """Something done on a working day, entered on the next day at the desk."""
        return self._entered(self.desk.after(self.days[at]) or self.desk.last, deed, facts)

    def _entered(self, on: date, deed: str, facts: Mapping[str, Any]) -> Act:
        self.order += 1
        return Act(on, DAY, _story(self.head), self.order, f"trips.{deed}", facts)


def _breach(scenario: Scenario, head: Person) -> Iterator[Act]:
    """三(四): a reception with alcohol is refused by the rules, whatever is said for it."""
    for number, on in enumerate(scenario.stories["reception_with_alcohol"]):
        yield Act(on, DAY, _story(head), 90_000 + number, "trips.breach", {"unit": head.unit, "on": on})
