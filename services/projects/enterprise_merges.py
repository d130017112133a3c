"""Which enterprises were found to be one, as it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from services.projects import enterprise_queries as q
from services.projects.domain.company_group.graph import survivor
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class Merges:
    """The merges that hold."""

    merged_into: Mapping[str, str]
    absorbed: Mapping[str, tuple[str, ...]]
    """Everything that was merged into a survivor, directly or through others."""

    @classmethod
    async def read(cls, reads: Reads) -> Merges:
        """All of the district: a few of many enterprises. Kept until another event of the area is read."""
        return await reads.kept("projects", "merges", lambda: cls._load(reads))

    @classmethod
    async def _load(cls, reads: Reads) -> Merges:
        into = {row["stream"]: row["merged_into"] for row in await reads.rows(q.merges())}
        absorbed: dict[str, list[str]] = defaultdict(list)
        for one in sorted(into):
            absorbed[survivor(into, one)].append(one)
        return cls(into, {one: tuple(others) for one, others in absorbed.items()})

    def survivor(self, enterprise: str) -> str:
        """What the enterprise was found to be in the end."""
        return survivor(self.merged_into, enterprise)

    def all_of(self, enterprise: str) -> tuple[str, ...]:
        """The survivor first, then everything that was merged into it."""
        one = self.survivor(enterprise)
        return (one, *self.absorbed.get(one, ()))
