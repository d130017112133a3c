"""How a benchmark is run: sides take turns, every run checks its result, and figures are ratios within one turn.

What disturbs a machine (a neighbour, a throttled core, a full page cache) disturbs the sides of one turn alike, so the
ratio is taken turn by turn and its median is the figure.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


class WrongResult(Exception):
    """A run did not do what it was timed for: its figure would mean nothing."""


def expect(what: str, found: Any, wanted: Any) -> None:
    """Raise WrongResult unless both are equal."""
    if found != wanted:
        raise WrongResult(f"{what}: {found!r}, expected {wanted!r}")


@dataclass(frozen=True)
class Goal:
    """What is aimed for: at least, or at most, so much. `aim` is what would be better still."""

    value: float
    at_least: bool = True
    aim: float | None = None

    def met(self, figure: float) -> bool:
        return figure >= self.value if self.at_least else figure <= self.value


@dataclass(frozen=True)
class Series:
    """One value a turn, in the order of the turns."""

    name: str
    unit: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """Lowest and highest."""
        return min(self.values), max(self.values)


@dataclass(frozen=True)
class Figure:
    """One line of the table: a series held against a goal, and the two series it comes from, if it is a ratio."""

    what: str
    against: str
    figure: Series
    goal: Goal | None = None
    ours: Series | None = None
    theirs: Series | None = None

    @property
    def met(self) -> bool | None:
        """Whether the median meets the goal; None where there is none."""
        return None if self.goal is None else self.goal.met(self.figure.median)


@dataclass(frozen=True)
class Side:
    """One way to do the work: `run` does it once, checks the result, and returns the value measured, in `unit`."""

    name: str
    run: Callable[[], float]
    unit: str = "/s"


@dataclass(frozen=True)
class Turns:
    """How often the sides take turns; those that warm up are not counted."""

    warmups: int
    runs: int

    def take(self, sides: Sequence[Side], say: Callable[[str], None] = lambda _: None) -> dict[str, Series]:
        """Let the sides take turns: A B, A B, …; the series of each side by its name."""
        values: dict[str, list[float]] = {side.name: [] for side in sides}
        for turn in range(-self.warmups, self.runs):
            for side in sides:
                gc.collect()
                value = side.run()
                label = f"turn {turn + 1}/{self.runs}" if turn >= 0 else "warm-up"
                say(f"{label}: {side.name} {value:,.4g}{side.unit}")
                if turn >= 0:
                    values[side.name].append(value)
        return {side.name: Series(side.name, side.unit, tuple(values[side.name])) for side in sides}


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second, if `work` does `count` of them."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def ratio(what: str, ours: Series, theirs: Series, goal: Goal | None = None) -> Figure:
    """Ours over theirs, turn by turn."""
    values = tuple(a / b for a, b in zip(ours.values, theirs.values, strict=True))
    return Figure(what, theirs.name, Series(f"{ours.name} / {theirs.name}", "x", values), goal, ours, theirs)
