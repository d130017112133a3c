"""Industries as a tree: what stands under another one belongs to the groups that claim that one, unless it is claimed
or decided by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .events import IndustryClaim, IndustryListed, OverlapDecided

Industries = Mapping[str, IndustryListed]
Decisions = Mapping[str, OverlapDecided]


def lineage(industry: str, industries: Industries) -> Iterator[IndustryListed]:
    """The industry and what it stands under, the next first."""
    seen: set[str] = set()
    while (found := industries.get(industry)) is not None and industry not in seen:
        seen.add(industry)
        yield found
        if found.parent is None:
            return
        industry = found.parent


def claimed_at(industry: str, industries: Industries) -> IndustryListed | None:
    """The industry itself or the nearest one above it that groups claim (一)."""
    return next((one for one in lineage(industry, industries) if one.claims), None)


def claims_of(industry: str, industries: Industries) -> tuple[IndustryClaim, ...]:
    """The claims on an industry: its own, else those on the nearest one above it."""
    found = claimed_at(industry, industries)
    return () if found is None else found.claims


def groups_of(industry: str, industries: Industries) -> tuple[str, ...]:
    """The groups that claim an industry, in the notice's order."""
    return tuple(dict.fromkeys(claim.group for claim in claims_of(industry, industries)))


def decision_of(industry: str, industries: Industries, decisions: Decisions) -> OverlapDecided | None:
    """What the district office decided about an industry, or about one above it whose claims it shares (一)."""
    for one in lineage(industry, industries):
        if one.industry in decisions:
            return decisions[one.industry]
        if one.claims:
            return None
    return None
