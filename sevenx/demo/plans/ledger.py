"""The old ledger (历史台账): taken over by the operator early in the year, approved by the Commerce Bureau."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.scenario import Scenario

_STORY = "ledger"


def plan_ledger(scenario: Scenario, desk: Desk) -> Iterator[Act]:
    """Imported, decided, and worked on from then on: some of what is lacking (待补) is filed, one goes on a stage."""
    story: Any = scenario.stories.get("ledger")
    if not story:
        return
    days: dict[str, date] = story["days"]
    facts = {name: story[name] for name in ("file", "mapping", "rejected")}
    for order, (deed, asked) in enumerate(days.items()):
        if on := desk.after(asked):
            yield Act(on, DAY, _STORY, order, f"ledger.{deed}", facts)
    for row, told in story["rows"].items():
        for order, told_deed in enumerate(told, 10):
            if on := desk.after(days["decide"] + timedelta(days=told_deed["after"])):
                yield Act(on, DAY, f"{_STORY}-{row}", order, f"ledger.{told_deed['deed']}", {**told_deed, "row": row})
