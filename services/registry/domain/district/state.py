"""A district as the events tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .events import (
    CalendarPublished,
    DistrictEstablished,
    IndustryListed,
    NoticeRecorded,
    OverlapDecided,
    RosterImported,
    SettingChanged,
)


@dataclass(frozen=True, slots=True)
class District:
    """`genesis` is null until the district is established; the rest holds the newest event of each key."""

    genesis: DistrictEstablished | None = None
    notice: NoticeRecorded | None = None
    calendars: Mapping[int, CalendarPublished] = field(default_factory=dict)
    settings: Mapping[str, SettingChanged] = field(default_factory=dict)
    industries: Mapping[str, IndustryListed] = field(default_factory=dict)
    decisions: Mapping[str, OverlapDecided] = field(default_factory=dict)
    imports: Mapping[int, RosterImported] = field(default_factory=dict)
    rolled_back: frozenset[int] = frozenset()
    """The numbers of the imports that were rolled back."""

    def open_overlaps(self) -> tuple[IndustryListed, ...]:
        """Industries that several groups claim and that the district office has not decided (clause 一)."""
        return tuple(i for i in self.industries.values() if overlaps(i) and i.industry not in self.decisions)


def overlaps(industry: IndustryListed) -> bool:
    """Several groups claim the industry; an indicator is each group's own and overlaps with nobody's."""
    return not industry.indicator and len({claim.group for claim in industry.claims}) > 1
