"""The graph of referrals (以企引企), as every service reads it: each investor was brought by one party at most;
chains are paths, batches are trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


def chain(brought_by: Mapping[str, str], party: str) -> list[str]:
    """The party itself, who brought it, who brought that one … up to the first."""
    path = [party]
    while (above := brought_by.get(path[-1])) is not None and above not in path:
        path.append(above)
    return path


def generations(brought_by: Mapping[str, str], party: str) -> list[list[str]]:
    """Whom the party brought, whom those brought, and so on: a list for each generation, in the order of names."""
    brought = children(brought_by.items())
    found, at, seen = list[list[str]](), [party], {party}
    while at:
        at = sorted({one for above in at for one in brought.get(above, ()) if one not in seen})
        seen.update(at)
        if at:
            found.append(at)
    return found


def children(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By each party whom it brought, from (referred, referrer) pairs."""
    brought: dict[str, list[str]] = defaultdict(list)
    for referred, referrer in edges:
        brought[referrer].append(referred)
    return dict(brought)
