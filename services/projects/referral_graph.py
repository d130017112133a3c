"""A part of the graph of referrals as it is read: names, what became of those who were brought, and who may see their
names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.projects import referral_queries as q
from services.projects.domain.project.state import ZERO
from services.projects.domain.referral.graph import chain, generations
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
    """Some referrals that hold, and the leads of their parties by key. What a party brought is counted right where all
    of that is among them."""

    edges: Sequence[Row]
    leads: Mapping[str, Sequence[Row]]
    names: Mapping[str, str]
    brought_by: Mapping[str, str]

    @classmethod
    async def read(cls, reads: Reads, edges: Sequence[Row], besides: Collection[str] = ()) -> Graph:
        """The part of the graph that these referrals are, in three queries; with parties besides theirs."""
        keys = {*besides, *(one[side] for one in edges for side in ("referrer_key", "referred_key"))}
        leads = await leads_of(reads, keys)
        names = {row["key"]: row["name"] for row in await reads.rows(q.names(keys))}
        return cls(edges, leads, names, {one["referred_key"]: one["referrer_key"] for one in edges})

    def up(self, party: str) -> list[str]:
        """The party, who brought it, who brought that one …"""
        return chain(self.brought_by, party)

    def down(self, party: str) -> list[list[str]]:
        """Whom the party brought, by generation."""
        return generations(self.brought_by, party)

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


def named_to(principal: Principal, leads: Sequence[Row]) -> bool:
    """Whether a party is named: masked while nothing of its own is signed, for those who work on none of its leads. A
    body that is no investor here is named."""
    return not leads or any(_signed(one) or works_on(principal, one) for one in leads)


async def leads_of(reads: Reads, keys: Collection[str]) -> dict[str, list[Row]]:
    """By investor its leads, each with every project that it became; `project` is null where it became none."""
    found = await reads.rows(q.leads_of(keys))
    projects: dict[str, list[Row]] = defaultdict(list)
    for row in await reads.rows(q.projects_of([lead["stream"] for lead in found])) if found else ():
        projects[row["lead"]].append(row)
    leads: dict[str, list[Row]] = defaultdict(list)
    for lead in found:
        became = projects.get(lead["stream"], [_NO_PROJECT])
        leads[lead["investor_key"]] += ({**lead, **project} for project in became)
    return leads


_NO_PROJECT: Row = dict.fromkeys(("project", "landing_unit", "stage", "contract_amount", "name", "status", "extends"))


def _own(lead: Row) -> bool:
    """Whether it counts as a project of its own."""
    return lead["extends"] is None


def _signed(lead: Row) -> bool:
    return lead["stage"] is not None and Stage(lead["stage"]).rank >= Stage.SIGNED.rank
