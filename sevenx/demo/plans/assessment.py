"""The year's assessment: rulebook, calculations on the way, and in January from the first rating to the settlement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sevenx.demo.agenda import MORNING, Act
from sevenx.demo.scenario import Scenario


def plan_assessment(scenario: Scenario) -> Iterator[Act]:
    """Each step on the day that the scenario gives it, before others change the figures."""
    story: Any = scenario.stories.get("assessment")
    if not story:
        return
    facts = {"year": story["year"], "appeals": story["appeals"]}
    for order, (on, step) in enumerate(sorted(story["steps"].items())):
        for n, deed in enumerate(step):
            yield Act(on, MORNING, f"Y{story['year']}", 10 * order + n, f"assessment.{deed}", facts)
