"""The graph of referrals: each investor was brought by one party at most: chains are paths, batches are trees."""

from __future__ import annotations

from collections.abc import Mapping

from sevenx.district.referrals import chain, generations

__all__ = ["chain", "closes_circle", "generations"]


def closes_circle(brought_by: Mapping[str, str], referrer: str, referred: str) -> list[str]:
    """The chain from the referrer up to the referred, when there is one: recording it would close a circle."""
    path = chain(brought_by, referrer)
    return path[: path.index(referred) + 1] if referred in path else []
