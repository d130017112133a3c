"""An enterprise's page: what belongs to it and to all that was merged into it, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects.api_referrals import ReferralView, referral_view
from services.projects.domain.company_group.graph import parents
from services.projects.domain.parties import party_key
from services.projects.domain.values import Party, Stage
from services.projects.enterprise_desk import company_groups_id
from services.projects.enterprise_merges import Merges
from services.projects.referral_graph import Graph
from services.projects.visibility import MASK, works_on
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


class EnterprisePages:
    """Reads one page's parts."""

    def __init__(self, reads: Reads, principal: Principal, merges: Merges) -> None:
        self._reads, self._principal, self._merges = reads, principal, merges

    async def page(self, row: Row) -> m.EnterprisePageView:
        """An enterprise that was merged has its own names and events alone, and says what it was merged into."""
        enterprise = str(row["stream"])
        everything = self._merges.all_of(enterprise) if row["merged_into"] is None else (enterprise,)
        names = await self._reads.rows(q.names_of(everything))
        codes = [one["code"] for one in await self._reads.rows(q.registrations(everything)) if one["code"]]
        above, below = await self._relatives(enterprise)
        leads = await self._reads.rows(q.leads_of(everything, codes))
        projects = await self._reads.rows(q.projects_of(everything, codes, [lead["stream"] for lead in leads]))
        listed = {(one["list_name"], one["year"]): one for one in await self._reads.rows(q.lists_of(everything))}
        groups = company_groups_id(self._principal.district)
        return m.EnterprisePageView(
            **self.shown(row),
            other_names=[m.NameView(**one) for one in names if one["name"] != row["name"]],
            lists=[m.ListingView(**one) for one in listed.values()],
            parents=above,
            subsidiaries=below,
            absorbed=await self._named(everything[1:]),
            leads=[m.LeadLine(**one) for one in leads if works_on(self._principal, one)],
            projects=[m.ProjectLine(**one) for one in projects if self._open(one)],
            referrals=await self._referrals({*codes, *(party_key(Party(one["name"])) for one in names)}),
            events=[m.EventView(**one) for one in await self._reads.rows(q.events_of(everything, groups))],
        )

    def shown(self, row: Row) -> dict[str, Any]:
        """The row, with what it was merged into in the end."""
        into = None if row["merged_into"] is None else self._merges.survivor(str(row["stream"]))
        return {**row, "merged_into": into}

    def _open(self, project: Row) -> bool:
        return Stage(project["stage"]).rank >= Stage.SIGNED.rank or works_on(self._principal, project)

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

    async def _referrals(self, keys: set[str]) -> list[ReferralView]:
        """Referrals of the enterprise; none where it is masked for this reader as a party of them."""
        graph = await Graph.read(self._reads)
        known = {key for key in keys if key in graph.names and graph.name(self._principal, key) != MASK}
        edges = [edge for edge in graph.edges if known & {edge["referrer_key"], edge["referred_key"]}]
        return [referral_view(graph, self._principal, edge) for edge in edges]


def _upwards(above: Mapping[str, Sequence[str]], enterprise: str) -> list[str]:
    """Every parent once, the nearest first."""
    found, at = list[str](), [enterprise]
    while at:
        at = [one for below in at for one in above.get(below, ()) if one not in found and one != enterprise]
        at = list(dict.fromkeys(at))
        found += at
    return found
