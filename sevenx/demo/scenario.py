"""A scenario file: when it plays, who acts, how much is done, and the story lines with names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from sevenx.declaration import ROOT

SCENARIOS = ROOT / "data" / "scenarios"
Span = tuple[int, int]
"""From and to, both included."""


@dataclass(frozen=True)
class Person:
    """One of the plainly fictional cast, and the post that he takes over."""

    id: str
    zh: str
    en: str
    post: str
    """leader, deputy or liaison of a group; head or liaison of a unit."""
    group: int | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Scenario:
    """A scenario file; the cast's persons are completed by `sevenx.demo.cast`."""

    name: str
    label: str
    seed: int
    simulated_from: datetime
    ends: datetime
    basis: str
    posts_from: date
    first_period: str
    desk_days: Sequence[int]
    """Days of the week, Monday being 0, on which what was done since the last one is entered."""
    surnames: str
    """Chinese surname and its spelling in turn; the cast is named after them in this order."""
    pace: Mapping[str, Sequence[int]]
    """Working days between one step of a project and the next, from and to."""
    reports: Mapping[str, Any]
    """Story lines of the monthly reports, by period and group; every other report is in time."""
    ventures: Sequence[Mapping[str, Any]] = ()
    """Investors and what becomes of them, one by one."""
    rates: Mapping[str, Any] = field(default_factory=dict)
    """How much more is done: see the file."""
    stories: Mapping[str, Any] = field(default_factory=dict)
    """Story lines of the other areas."""

    @classmethod
    def named(cls, name: str) -> Scenario:
        """`month` or `year`."""
        return cls.read(SCENARIOS / f"{name}.yaml")

    @classmethod
    def read(cls, path: Path) -> Scenario:
        return cls(name=path.stem, **yaml.safe_load(path.read_text("utf-8")))

    def span(self, step: str) -> Span:
        """How many working days pass before a step."""
        low, high = self.pace.get(step, self.pace["any"])
        return low, high

    def named_surnames(self) -> Iterator[tuple[str, str]]:
        """(赵, Zhao) and so on."""
        words = self.surnames.split()
        return zip(words[::2], words[1::2], strict=True)
