"""Gates before the contract (前置程序) and the ledger of promises after it (承诺台账)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.milestones import Milestones, past
from sevenx.demo.scenario import Scenario

_GATES = ("preliminary", "joint_review", "legality", "fair_competition", "collective_decision")
_ROOM = 24
"""Days that a project negotiates at least, where its gates are held."""


def plan_commitments(scenario: Scenario, ways: Sequence[Milestones], desk: Desk) -> Iterator[Act]:
    """The gates of some projects in their order; promises of these, and of others on a document of their own."""
    story: Any = scenario.stories.get("commitments")
    if not story:
        return
    chance = random.Random(f"{scenario.seed} gates")
    free = [
        (way, began, signed)
        for way, signed in past(ways, "signed")
        if (began := way.days["negotiating"]) + timedelta(days=_ROOM) <= signed and not way.venture.late_entry
    ]
    gated = chance.sample(free, min(len(free), story["gated"]))
    for number, (way, began, _) in enumerate(gated):
        yield from _held(way, began, desk, story["lines"].get(number, ()))
    promised = chance.sample(past(ways, "signed"), story["promised"])
    kinds = [kind for kind, number in story["promises"].items() for _ in range(number)]
    chance.shuffle(kinds)
    for n, kind in enumerate(kinds):
        way, signed = promised[n % len(promised)]
        passed = any(way is other for other, *_ in gated)
        yield from _promise(way, signed, desk, 10 * n, story["texts"][kind], passed)


def _held(way: Milestones, began: date, desk: Desk, mistakes: Sequence[str]) -> Iterator[Act]:
    """One gate after the other. Mistakes: a gate that failed is held again, one that was entered wrongly is taken
    back and entered anew, one is passed under conditions."""
    order = 0
    for n, gate in enumerate(_GATES):
        on = desk.after(began + timedelta(days=3 + 3 * n)) or desk.last
        outcomes = {"failed": ["failed", "passed"], "wrongly": ["passed", "back", "passed"]}
        wanted = next((one for one in mistakes if one.endswith(gate)), "").partition(" ")[0]
        for outcome in outcomes.get(wanted, [wanted or "passed"]):
            facts = {"venture": way.venture, "gate": gate, "outcome": outcome, "entry": order}
            deed = "take_gate_back" if outcome == "back" else "hold_gate"
            yield Act(on, DAY, f"G-{way.story}", order, f"commitments.{deed}", facts)
            order += 1


def _promise(
    way: Milestones, signed: date, desk: Desk, order: int, told: Mapping[str, Any], passed: bool
) -> Iterator[Act]:
    """A promise is entered some days after the contract, and ends, or does not, as its line says."""
    made = desk.after(signed + timedelta(days=4))
    if made is None or not way.open_on(made):
        return
    due = made + timedelta(days=told["days"])
    facts = {"venture": way.venture, **told, "due": due, "passed": passed, "entry": order}
    yield Act(made, DAY, f"K-{way.story}", order, "commitments.promise", facts)
    for n, (after, deed) in enumerate(told.get("then", {}).items(), 1):
        on = desk.after(made + timedelta(days=after))
        if on is not None and way.open_on(on):
            yield Act(on, DAY, f"K-{way.story}", order + n, f"commitments.{deed}", facts)
