"""Leads and projects: each venture goes on, step by step, until it is where the scenario leaves it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.documents import Evidence
from sevenx.demo.dollars import payable
from sevenx.demo.scenario import Scenario
from sevenx.demo.ventures import STAGES, Venture

_MINUTES = "talk_minutes"
"""What is filed where the next stage lacks no paper any more, or waits for the contract alone."""
_TALKS = 0.6
"""Of the daily work; the rest are papers."""
_EVIDENCE = Evidence()
_CONTESTED_AFTER, _DECIDED_AFTER, _OWN_INTENT_AFTER = 2, 8, 4
"""Working days after the registration."""


def plan_projects(scenario: Scenario, ventures: Sequence[Venture], desk: Desk) -> Iterator[Act]:
    """All acts on all ventures, and the quarterly meetings that recognise funds."""
    planned = [_Way(scenario, one, desk) for one in ventures]
    for way in planned:
        yield from way.acts()
    yield from _meetings(scenario, planned, desk)


class _Way:
    """The way of one venture through the days of the scenario."""

    def __init__(self, scenario: Scenario, venture: Venture, desk: Desk) -> None:
        self.scenario, self.venture, self.desk, self.days = scenario, venture, desk, desk.days
        self.chance = random.Random(f"{scenario.seed} way {venture.story}")
        self.claims: list[tuple[date, int, int]] = []
        """(day of the first check, claim, yuan) of each claim."""
        self.filed: set[str] = set()
        """The kinds of document that the daily work has brought for later stages."""
        self._order = self._last = self._paid_until = 0

    def acts(self) -> list[Act]:
        """In order; those beyond the last day are not reached."""
        self._acts: list[Act] = []
        at = self.venture.starts
        self._add(at, "register")
        if self.venture.contest:
            facts = {"upheld": self.venture.contest == "upheld"}
            self._add(at + _CONTESTED_AFTER, "contest")
            self._add(at + _DECIDED_AFTER, "decide_contest", **facts)
        if self.venture.extends:
            self._add(at + _OWN_INTENT_AFTER, "own_intent")
            at += _OWN_INTENT_AFTER
        if self.venture.goes == "lead":
            return self._acts
        at += self._gap("qualify")
        if self.venture.goes == "closed":
            if self.chance.random() < 0.5:
                self._add(at, "qualify")
                at += self._gap("close")
            self._add(at, "close")
            return self._acts
        self._add(at, "qualify")
        self._visit(at)
        at += self.venture.waits
        for stage in STAGES[: STAGES.index(self.venture.goes) + 1]:
            following = at + self._gap(stage) + (self.venture.late_entry if stage == "signed" else 0)
            self._work(STAGES[STAGES.index(stage) - 1] if stage != "negotiating" else "", at, following)
            at = following
            self._add(at, "stage", stage=stage, papers=self._lacking(stage))
            self._beside(stage, at)
        self._end(at)
        return self._acts

    def _gap(self, step: str) -> int:
        return self.chance.randint(*self.scenario.span(step))

    def _on(self, at: int) -> date | None:
        """The day at the desk on which something of this working day is entered."""
        return self.desk.after(self.days[at]) if at < len(self.days) else None

    def _add(self, at: int, deed: str, **facts: Any) -> bool:
        on = self._on(at)
        if on is None:
            return False
        self._order, self._last = self._order + 1, max(self._last, at)
        self._acts.append(
            Act(
                on,
                DAY,
                self.venture.story,
                self._order,
                f"projects.{deed}",
                {"venture": self.venture, **facts},
            )
        )
        return True

    def _work(self, stage: str, since: int, until: int) -> None:
        """The daily work between two stages: talks with their minutes, filings, papers."""
        if not stage or "work" not in self.scenario.pace:
            return
        at = since + self._gap("work")
        while at < until:
            if self.chance.random() < _TALKS:
                self._add(at, "talk")
            else:
                self._file(stage, at)
            at += self._gap("work")

    def _file(self, stage: str, at: int) -> None:
        """The papers of the next stage come one by one, each when it is issued."""
        following = STAGES[STAGES.index(stage) + 1 :]
        lacking = self._lacking(following[0]) if following and stage != "negotiating" else []
        kind = lacking[0] if lacking else _MINUTES
        if self._add(at, "file", kind=kind, **self._sent_in(at)) and lacking:
            self.filed.add(kind)

    def _lacking(self, stage: str) -> list[str]:
        """The kinds of document that a stage needs and that were not filed before."""
        return [kind for kind in _EVIDENCE.needed(stage, self.venture.type) if kind not in self.filed]

    def _sent_in(self, at: int) -> Mapping[str, bool]:
        """Of some papers the bytes are sent in; which ones changes nothing else."""
        chance = random.Random(f"{self.scenario.seed} stored {self.venture.story} {at}").random()
        return {"stored": True} if chance < self.scenario.rates.get("stored", 0) else {}

    def _visit(self, at: int) -> None:
        """The investor is seen before it is negotiated."""
        if "work" in self.scenario.pace:
            self._add(at + 1, "visit")

    def _beside(self, stage: str, at: int) -> None:
        """What comes with a stage beside it."""
        rates = self.scenario.rates
        if stage == "signed" and rates:
            self._add(at, "company")
        if stage == "landed" and rates:
            self._add(at, "code")
            if self.chance.random() < rates["credit_settled"] and self.venture.finder != self.venture.landing:
                self._add(at, "credit")
        if stage in ("landed", "in_production") or (stage == "started" and rates):
            self._claim(at)

    def _claim(self, at: int) -> None:
        """Funds come in instalments, one after the other; each is claimed, and checked some days later."""
        at = max(at, self._paid_until)
        for _ in range(self.chance.randint(*self.scenario.rates.get("instalments", (1, 1)))):
            amount = self.venture.amount // self.chance.choice((15, 20, 25) if self.scenario.rates else (10,))
            if self.venture.dollars:
                amount = payable(amount)
            number = len(self.claims) + 1
            checked = at + self._gap("check")
            checked_on = self._on(checked)
            if checked_on is None:
                return
            self._add(at, "claim", claim=number, amount=amount)
            self._add(checked, "check", claim=number, amount=amount)
            self.claims.append((checked_on, number, amount))
            at = self._paid_until = checked + self._gap("instalment")

    def _end(self, at: int) -> None:
        """After the last stage: the daily work goes on, or it ends with a status."""
        rates = self.scenario.rates
        if not rates:
            return
        if self.venture.ends_as == "active":
            if self.chance.random() < rates["goes_quiet"]:
                return  # nobody does anything any more: the clock will say so
            self._work(self.venture.goes, at, len(self.days))
            return
        self._add(self._last + self._gap("status"), "status", status=self.venture.ends_as)


def _meetings(scenario: Scenario, planned: Sequence[_Way], desk: Desk) -> Iterator[Act]:
    """The bodies recognise jointly what was checked since their last meeting; of some of it a part flows back later."""
    before = desk.days[0]
    for number, on in enumerate(_meeting_days(scenario, desk)):
        ready = [
            (way, claim, amount) for way in planned for checked, claim, amount in way.claims if before <= checked < on
        ]
        before = on
        for way, claim, amount in ready:
            facts = {"venture": way.venture, "claim": claim, "amount": amount}
            yield Act(on, DAY, way.venture.story, 10_000 + number, "projects.recognise", facts)
            if way.chance.random() >= scenario.rates.get("flows_back", 1.0 if way is ready[0][0] else 0.0):
                continue
            back = desk.after(on + timedelta(days=scenario.rates.get("flows_back_after", 0)))
            facts = {**facts, "amount": amount // 5}
            yield Act(back or desk.last, DAY, way.venture.story, 20_000 + number, "projects.reverse", facts)


def _meeting_days(scenario: Scenario, desk: Desk) -> list[date]:
    """On the first day at the desk from each of the days that the scenario names."""
    wanted = sorted(scenario.stories["recognition_meetings"])
    return [on for day in wanted if (on := desk.after(day)) is not None]
