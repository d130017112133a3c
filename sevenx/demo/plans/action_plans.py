"""The year's action plans (年度行动方案): drafted with targets by month and unit, returned or approved, adopted; and a
new version in the middle of the year (三(二))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from sevenx.demo.agenda import DAY, Act
from sevenx.demo.desk import Desk
from sevenx.demo.district import District, Group
from sevenx.demo.scenario import Scenario

_COARSE = {"projects": 1, "yuan": 100_000}
"""What a month's or a unit's part is a multiple of, by measure; the last takes the rest."""


def plan_action_plans(scenario: Scenario, district: District, desk: Desk) -> Iterator[Act]:
    """A plan's version goes from the draft to the adoption; one that is returned is drafted once more."""
    story: Any = scenario.stories.get("action_plans")
    if not story:
        return
    year = scenario.posts_from.year
    for group in district.groups:
        told = scenario.stories["targets"].items()
        targets = [_broken_down(name, measure, values[group.number], group, story) for name, (measure, values) in told]
        returned = story["returned"].get(group.number)
        yield from _version(group, year, targets, desk, story["steps"], 1, returned)
        revised = story["revised"].get(group.number)
        if revised:
            first = 2 + bool(returned)
            changed = [_revised(one, revised["factors"].get(one["indicator"], 1), group, story) for one in targets]
            yield from _version(group, year, changed, desk, revised["steps"], first, None)


def _version(
    group: Group,
    year: int,
    targets: Sequence[Mapping[str, Any]],
    desk: Desk,
    steps: Mapping[str, Any],
    number: int,
    returned: str | None,
) -> Iterator[Act]:
    facts = {"group": group.number, "year": year, "targets": targets, "version": number}
    story = f"A{group.number}"

    def act(step: str, order: int, **more: Any) -> Act:
        return Act(desk.after(steps[step]) or desk.last, DAY, story, order, f"plans.{step}", {**facts, **more})

    order = 100 * number
    yield act("draft", order)
    yield act("submit", order + 1)
    if returned:
        on = desk.after(steps["approve"]) or desk.last
        yield Act(on, DAY, story, order + 2, "plans.send_back", {**facts, "reason": returned})
        facts["version"] = number + 1
        for later, step in enumerate(("draft", "submit"), 3):
            yield Act(on, DAY, story, order + later, f"plans.{step}", facts)
    yield act("approve", order + 6)
    yield act("adopt", order + 7)


def _revised(one: Mapping[str, Any], factor: float, group: Group, story: Mapping[str, Any]) -> dict[str, Any]:
    """The same target, higher or lower."""
    coarse = _COARSE[one["measure"]]
    value = round(one["value"] * factor / coarse) * coarse
    return _broken_down(one["indicator"], one["measure"], value, group, story)


def _broken_down(indicator: str, measure: str, value: int, group: Group, story: Mapping[str, Any]) -> dict[str, Any]:
    """A target of the year, by month and among the group's lead units and those that help them."""
    units = (*group.lead_units, *(unit for unit in story["helping"] if unit in group.responsible_units))
    weights = [story["lead_weight"]] * len(group.lead_units) + [1] * (len(units) - len(group.lead_units))
    parts = zip(units, shares(value, weights, _COARSE[measure]), strict=True)
    return {
        "indicator": indicator,
        "measure": measure,
        "value": value,
        "months": shares(value, story["months"], _COARSE[measure]),
        "parts": [(unit, part) for unit, part in parts if part],
    }


def shares(value: int, weights: Sequence[int], coarse: int) -> list[int]:
    """The value in parts by these weights, which sum to it: each a multiple of `coarse`, the last with the rest."""
    total = sum(weights)
    ends = [value * weight // total // coarse * coarse for weight in accumulate(weights)]
    ends[-1] = value
    return [end - before for before, end in zip([0, *ends], ends, strict=False)]
