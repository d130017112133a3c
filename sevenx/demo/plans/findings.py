"""Audit's findings: those concerned explain themselves, the supervision office concludes."""

from __future__ import annotations

from collections.abc import Iterator

from sevenx.demo.agenda import MORNING, Act
from sevenx.demo.desk import Desk
from sevenx.demo.scenario import Scenario


def plan_findings(scenario: Scenario, desk: Desk) -> Iterator[Act]:
    """On the days that the scenario names, all findings that are open by then."""
    for order, (asked, deed) in enumerate(sorted(scenario.stories.get("findings", {}).items())):
        on = desk.after(asked)
        if on is not None:
            yield Act(on, MORNING, "findings", order, f"findings.{deed}")
