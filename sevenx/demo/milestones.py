"""When each venture reached what, so that what else is done about it finds its place between its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sevenx.demo.agenda import Act
from sevenx.demo.ventures import Venture

_OVER = ("lost", "terminated")
_STEPS = ("register", "qualify", "close", "credit")


@dataclass(frozen=True)
class Milestones:
    """The days of one venture's steps, as they are planned."""

    venture: Venture
    days: Mapping[str, date]
    """By the deed (`register`, `qualify`, `close`, `credit`) or the stage that is entered."""
    over: date | None
    """The day on which it is lost, terminated or closed: nothing more is asked of it from then on."""

    @property
    def story(self) -> str:
        return self.venture.story

    def on(self, step: str) -> date | None:
        return self.days.get(step)

    def open_on(self, day: date | None) -> bool:
        """Whether the day lies within the scenario, and the venture is not over by then."""
        return day is not None and (self.over is None or day < self.over)


def milestones(acts: Iterable[Act], last: date) -> list[Milestones]:
    """Of every venture that is registered, in the order of their names; `last` is the scenario's last day."""
    found: dict[str, tuple[Venture, dict[str, date]]] = {}
    over: dict[str, date] = {}
    for act in acts:
        area, _, deed = act.deed.partition(".")
        if area != "projects" or act.on > last:
            continue
        venture: Venture = act.facts["venture"]
        days = found.setdefault(act.story, (venture, {}))[1]
        if deed == "stage":
            days[act.facts["stage"]] = act.on
        elif deed in _STEPS:
            days[deed] = act.on
        if deed == "close" or (deed == "status" and act.facts["status"] in _OVER):
            over[act.story] = act.on
    return [Milestones(venture, days, over.get(story)) for story, (venture, days) in sorted(found.items())]


def past(ways: Sequence[Milestones], step: str) -> list[tuple[Milestones, date]]:
    """Those that reached a step, each with the day."""
    return [(one, on) for one in ways if (on := one.on(step)) is not None]
