"""Events as they are measured: where they stand, when they occurred, and the few fields that matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from services.assessment.domain.measuring.measures import Measure


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of another area. `data` is as JSON holds it: amounts are text, days in ISO form."""

    name: str
    """`projects.ProjectSigned`."""
    stream: str
    version: int
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def position(self) -> str:
        return f"{self.name.partition('.')[0]}/{self.stream}@{self.version}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event adds to a measure before it is known who gets it."""

    measure: Measure
    position: str
    at: datetime
    value: Decimal
    zh: str


@dataclass(frozen=True, slots=True)
class Direct:
    """What an event adds to a measure of one group or unit."""

    subject: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Span:
    """From the beginning of the year to the cut-off: what occurred before `since` belongs to an earlier year, and what
    occurred at or after `until` is not measured."""

    year: int
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


def by_stream(happenings: Iterable[Happening]) -> dict[str, tuple[Happening, ...]]:
    """Each stream's happenings in the order of their versions, whatever the order in which they were read."""
    order = sorted(happenings, key=lambda one: (one.stream, one.version))
    return {stream: tuple(some) for stream, some in groupby(order, key=lambda one: one.stream)}
