"""The graph of referrals as it is read: names, what became of those who were brought, and who may see their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.projects import protection_queries as q
from services.projects.domain.project.state import ZERO
from services.projects.domain.referral.graph import chain, children, generations
from services.projects.domain.values import Stage
from services.projects.visibility import MASK, works_on
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Counted:
    """What a referrer has brought: investors and projects directly and in all, and the contracts of all of them. An
    extension (增资) is no project of its own; its increment counts among the amounts."""

    direct: int
    batch: int
    generations: int
    direct_projects: int
    indirect_projects: int
    signed: int
    contract_amount: Decimal


@dataclass(frozen=True)
class Graph:
    """Referrals that hold, and the leads of every investor by its key."""

    edges: Sequence[Row]
    leads: Mapping[str, Sequence[Row]]
    names: Mapping[str, str]
    brought_by: Mapping[str, str]

    @classmethod
    async def read(cls, reads: Reads) -> Graph:
        """The district's graph, in two queries."""
        edges = await reads.rows(q.referrals())
        leads = leads_by_party(await reads.rows(q.leads_of_parties()))
        names = {one["referred_key"]: one["referred_name"] for one in edges}
        names |= {one["referrer_key"]: one["referrer_name"] for one in edges}
        return cls(edges, leads, names, {one["referred_key"]: one["referrer_key"] for one in edges})

    def up(self, party: str) -> list[str]:
        """The party, who brought it, who brought that one …"""
        return chain(self.brought_by, party)

    def down(self, party: str) -> list[list[str]]:
        """Whom the party brought, by generation."""
        return generations(self.brought_by, party)

    def referrers(self) -> list[str]:
        """Everybody who brought somebody, who brought most (in all, then directly) first."""
        direct = children(self.brought_by.items())
        size = {one: sum(map(len, self.down(one))) for one in direct}
        return sorted(direct, key=lambda one: (-size[one], -len(direct[one]), self.names[one], one))

    def counted(self, party: str) -> Counted:
        """二(三): 对接一个、落地一个、带来一批, in figures."""
        brought = self.down(party)
        projects = self.projects(party)
        contracts = [lead for _, lead in projects if _signed(lead)]
        return Counted(
            direct_projects=sum(_own(one) for generation, one in projects if generation == 1),
            indirect_projects=sum(_own(one) for generation, one in projects if generation > 1),
            direct=len(brought[0]) if brought else 0,
            batch=sum(map(len, brought)),
            generations=len(brought),
            signed=len(contracts),
            contract_amount=sum((one["contract_amount"] or ZERO for one in contracts), ZERO),
        )

    def projects(self, party: str) -> list[tuple[int, Row]]:
        """The projects of all whom the party brought, each with the generation of its investor: 1 is direct."""
        return [
            (generation, lead)
            for generation, brought in enumerate(self.down(party), 1)
            for one in brought
            for lead in self.leads.get(one, ())
            if lead["project"] is not None
        ]

    def name(self, principal: Principal, party: str) -> str:
        """The party's name, or that it is masked."""
        return self.names[party] if named_to(principal, self.leads.get(party, ())) else MASK


def leads_by_party(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Leads by the key of their investor."""
    leads: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        leads[row["investor_key"]].append(row)
    return leads


def named_to(principal: Principal, leads: Sequence[Row]) -> bool:
    """Whether a party is named: masked while nothing of its own is signed, for those who work on none of its leads. A
    body that is no investor here is named."""
    return not leads or any(_signed(one) or works_on(principal, one) for one in leads)


def _own(lead: Row) -> bool:
    """Whether it counts as a project of its own."""
    return lead["extends"] is None


def _signed(lead: Row) -> bool:
    return lead["stage"] is not None and Stage(lead["stage"]).rank >= Stage.SIGNED.rank
