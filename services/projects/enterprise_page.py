"""An enterprise's page: what belongs to it and to all that was merged into it, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_

from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects import referral_queries as rq
from services.projects import tables as t
from services.projects.api_referrals import ReferralView, referral_view
from services.projects.domain.company_group.graph import parents
from services.projects.domain.parties import party_key
from services.projects.domain.values import Party
from services.projects.enterprise_desk import company_groups_id
from services.projects.enterprise_merges import Merges
from services.projects.referral_graph import Graph
from services.projects.visibility import MASK
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
PART = 100
"""Leads, projects, referrals and events that a page shows; the rest has lists of its own."""


class EnterprisePages:
    """Reads a page's parts."""

    def __init__(self, reads: Reads, principal: Principal, merges: Merges) -> None:
        self._reads, self._principal, self._merges = reads, principal, merges

    async def page(self, row: Row) -> m.EnterprisePageView:
        """An enterprise that was merged has its own names and events alone, and says what it was merged into."""
        parts = await self.parts(row)
        above, below = await self._relatives(parts.enterprise)
        listed = {(one["list_name"], one["year"]): one for one in await self._reads.rows(q.lists_of(parts.everything))}
        shown: dict[str, list[Any]] = {
            "leads": await parts.leads("", PART),
            "projects": await parts.projects("", PART),
            "referrals": await parts.referrals(0, PART),
            "events": await parts.events(None, PART),
        }
        return m.EnterprisePageView(
            **self.shown(row),
            other_names=[m.NameView(**one) for one in parts.names if one["name"] != row["name"]],
            lists=[m.ListingView(**one) for one in listed.values()],
            parents=above,
            subsidiaries=below,
            absorbed=await self._named(parts.everything[1:]),
            leads=shown["leads"][:PART],
            projects=shown["projects"][:PART],
            referrals=shown["referrals"][:PART],
            events=shown["events"][:PART][::-1],
            more=[name for name, found in shown.items() if len(found) > PART],
        )

    async def parts(self, row: Row) -> Parts:
        """What the enterprise goes by."""
        enterprise = str(row["stream"])
        everything = self._merges.all_of(enterprise) if row["merged_into"] is None else (enterprise,)
        names = await self._reads.rows(q.names_of(everything))
        codes = [one["code"] for one in await self._reads.rows(q.registrations(everything)) if one["code"]]
        return Parts(self._reads, self._principal, enterprise, everything, names, codes)

    def shown(self, row: Row) -> dict[str, Any]:
        """The row, with what it was merged into in the end."""
        into = None if row["merged_into"] is None else self._merges.survivor(str(row["stream"]))
        return {**row, "merged_into": into}

    async def _relatives(self, enterprise: str) -> tuple[list[m.RelativeView], list[m.RelativeView]]:
        """Whom it belongs to upwards, and who belongs to it directly."""
        edges = {row["enterprise"]: row["parent"] for row in await self._reads.rows(q.parents())}
        above = parents(edges, self._merges.merged_into)
        below = [one for one in sorted(above) if enterprise in above[one]]
        return await self._named(_upwards(above, enterprise)), await self._named(below)

    async def _named(self, enterprises: Sequence[str]) -> list[m.RelativeView]:
        if not enterprises:
            return []
        found = {row["id"]: m.RelativeView(**row) for row in await self._reads.rows(q.named(enterprises))}
        return [found[one] for one in enterprises if one in found]


class Parts:
    """The lists that belong to an enterprise and to all that was merged into it. Each has one row more than `limit`
    where there are others."""

    def __init__(
        self,
        reads: Reads,
        principal: Principal,
        enterprise: str,
        everything: Sequence[str],
        names: Sequence[Row],
        codes: Sequence[str],
    ) -> None:
        self._reads, self._principal, self._codes = reads, principal, codes
        self.enterprise, self.everything, self.names = enterprise, everything, names

    async def leads(self, after: str, limit: int) -> list[m.LeadLine]:
        """Its leads in the order of their numbers, of those that the reader works on."""
        query = q.leads_of(self._principal, self.everything, self._codes).where(t.lead.c.stream > after)
        return [m.LeadLine(**one) for one in await self._reads.rows(query.limit(limit + 1))]

    async def projects(self, after: str, limit: int) -> list[m.ProjectLine]:
        """Its projects in the order of their numbers, of those that are signed or that the reader works on."""
        query = q.projects_of(self._principal, self.everything, self._codes).where(t.project.c.stream > after)
        return [m.ProjectLine(**one) for one in await self._reads.rows(query.limit(limit + 1))]

    async def referrals(self, after: int, limit: int) -> list[ReferralView]:
        """Who brought it and whom it brought, in the order of recording; none of those where it is masked for this
        reader as a party of them."""
        keys = {*self._codes, *(party_key(Party(one["name"])) for one in self.names)}
        own = await Graph.read(self._reads, [], keys)
        known = {key for key in keys if key in own.names and own.name(self._principal, key) != MASK}
        if not known:
            return []
        graph = await Graph.read(self._reads, await self._reads.rows(rq.of_parties(known, after, limit)))
        return [referral_view(graph, self._principal, edge) for edge in graph.edges]

    async def events(self, before: tuple[str, int] | None, limit: int) -> list[m.EventView]:
        """Its events, the latest first; before one of a stream and version, where it is named."""
        query = q.events_of(self.everything, company_groups_id(self._principal.district))
        if before is not None:
            c = t.timeline.c
            last = select(*q.EVENT_ORDER).where(c.stream == before[0], c.version == before[1]).correlate(None)
            query = query.where(tuple_(*q.EVENT_ORDER) < last.scalar_subquery())
        return [m.EventView(**one) for one in await self._reads.rows(query.limit(limit + 1))]


def _upwards(above: Mapping[str, Sequence[str]], enterprise: str) -> list[str]:
    """Every parent once, the nearest first."""
    found, at = list[str](), [enterprise]
    while at:
        at = [one for below in at for one in above.get(below, ()) if one not in found and one != enterprise]
        at = list(dict.fromkeys(at))
        found += at
    return found
