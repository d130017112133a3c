"""The graph of parents, once enterprises that were found to be one are taken as one: then one may have several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping


def survivor(merged_into: Mapping[str, str], enterprise: str) -> str:
    """The enterprise that it was found to be in the end; itself where it was not merged."""
    seen = {enterprise}
    while (after := merged_into.get(enterprise)) is not None and after not in seen:
        seen.add(after)
        enterprise = after
    return enterprise


def parents(parent_of: Mapping[str, str], merged_into: Mapping[str, str]) -> dict[str, list[str]]:
    """Parents by survivor; its own before those of what was merged into it."""
    found: dict[str, list[str]] = defaultdict(list)
    for child, parent in sorted(parent_of.items(), key=lambda edge: edge[0] in merged_into):
        one, above = survivor(merged_into, child), survivor(merged_into, parent)
        if above not in found[one]:
            found[one].append(above)
    return dict(found)


def path(above: Mapping[str, Collection[str]], start: str, goal: str) -> list[str]:
    """From an enterprise up to another, through parents; empty where there is no way."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        ways += [[*way, one] for one in above.get(way[-1], ()) if one not in seen]
        seen.update(above.get(way[-1], ()))
    return []
