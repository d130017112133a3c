"""What happens on which day: made from the scenario file and its seed, the same each time."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from sevenx.declaration import ROOT
from sevenx.kernel.clock import SHANGHAI

SCENARIO = ROOT / "data" / "scenarios" / "month.yaml"
_STAGES = ("negotiating", "signed", "landed", "started", "in_production")
STAGE_PATHS = {"started": "start-construction", "in_production": "start-production"}


@dataclass(frozen=True)
class Scenario:
    """The scenario file."""

    label: str
    seed: int
    simulated_from: datetime
    ends: datetime
    period: str
    basis: str
    posts_from: date
    cast: list[Mapping[str, Any]]
    projects: list[Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path = SCENARIO) -> Scenario:
        return cls(**yaml.safe_load(path.read_text("utf-8")))

    def holder(self, role: str, of: str | int) -> str:
        """The person of the cast who holds a post: of a group by its number, of a unit by its id."""
        key = "group" if isinstance(of, int) else "unit"
        return next(str(one["id"]) for one in self.cast if one["as"] == role and one.get(key) == of)


@dataclass(frozen=True, order=True)
class Step:
    """Something done on a working day; steps of a day go by their order."""

    on: date
    order: int
    project: int
    what: str


def steps(scenario: Scenario, working_days: list[date]) -> list[Step]:
    """Who is met when: each project goes on every few working days until it is where the scenario leaves it."""
    rng = random.Random(scenario.seed)
    planned: list[Step] = []
    for number, project in enumerate(scenario.projects):
        at = rng.randrange(0, 4)
        for what in _path(project["goes"]):
            if at < len(working_days):
                planned.append(Step(working_days[at], len(planned), number, what))
            at += rng.randrange(1, 4)
    return sorted(planned)


def _path(goes: str) -> Iterator[str]:
    yield "register"
    if goes == "lead":
        return
    if goes == "closed":
        yield "close"
        return
    yield "qualify"
    for stage in _STAGES[: _STAGES.index(goes) + 1]:
        yield stage
        if stage in ("landed", "in_production"):
            yield "claim"
            yield "check"


def document(kind: str, title: str, on: date) -> dict[str, str]:
    """A document by the SHA-256 of what would be its text."""
    text = f"{title}（模拟数据） {on}"
    return {"kind": kind, "title": title, "sha256": hashlib.sha256(text.encode()).hexdigest(), "dated": on.isoformat()}


class Evidence:
    """What a stage needs, read from the same rulebook file that the service decides by."""

    def __init__(self) -> None:
        rulebook = yaml.safe_load((ROOT / "data" / "rulebooks" / "evidence.yaml").read_text("utf-8"))
        self._kinds, self._stages = rulebook["kinds"], rulebook["stages"]

    def documents(self, stage: str, kind: str, on: date) -> list[dict[str, str]]:
        """One document for each requirement of the stage, the first where several would do."""
        lines = [*self._stages[stage].get("all", []), *self._stages[stage].get(kind, [])]
        names = [line.partition("|")[0].strip() for line in lines]
        return [document(name, self._kinds[name]["zh"], on) for name in names]


def morning(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def working_days(first: date, last: date, is_working: Callable[[date], bool]) -> list[date]:
    return [day for day in days(first, last) if is_working(day)]
