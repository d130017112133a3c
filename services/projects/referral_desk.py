"""What the route on referrals finds out before it gives its command: by which keys a party may be meant, and which of
those in a chain are named to the one who asks."""

from __future__ import annotations

from services.projects.deciders import LEAD, REFERRALS
from services.projects.domain.enterprise.values import AliasKind
from services.projects.domain.lead.state import Lead
from services.projects.domain.parties import party_key
from services.projects.domain.referral.commands import KnownParty
from services.projects.domain.referral.graph import chain
from services.projects.domain.referral.state import Referrals
from services.projects.domain.values import Party
from services.projects.enterprise_desk import one_with, owner_of
from services.projects.protection_desk import referrals_id, unknown_lead
from services.projects.referral_graph import leads_of, named_to
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.reads import Reads


async def known_party(desk: CommandDesk, reads: Reads, party: Party, enterprise: str | None = None) -> KnownParty:
    """The party with every key by which it may be meant: as it is named, and by codes and names of the enterprise that
    it is, and of all that were found to be one with that (合并). A short name may be another's as well: it is none."""
    keys = {party_key(party)}
    known = enterprise or party.id or await owner_of(reads, party.code)
    for state in await one_with(desk, known) if known else ():
        names = {state.name, *(name for name, kind in state.aliases.items() if kind is not AliasKind.SHORT)}
        keys |= {party_key(Party(state.name, state.code)), *(party_key(Party(name)) for name in names)}
    return KnownParty(party.name, frozenset(keys))


async def investor_of_lead(desk: CommandDesk, reads: Reads, lead: str) -> KnownParty:
    """The investor of a lead, as it was registered and as the register has it; Problem 404 when there is no lead."""
    state: Lead = await desk.state(LEAD, lead)
    if state.registered is None:
        raise unknown_lead(lead)
    return await known_party(desk, reads, state.registered.investor, state.enterprise)


async def named_in_chains(desk: CommandDesk, reads: Reads, *parties: Party) -> frozenset[str]:
    """Of those who brought these parties, directly or through others, and of the parties themselves, the keys of whom
    is named to the one who asks; by the same rule as in the lists of referrals."""
    state: Referrals = await desk.state(REFERRALS, referrals_id(desk.principal.district))
    keys = {key for party in parties for key in chain(state.brought_by, party_key(party))}
    leads = await leads_of(reads, keys)
    return frozenset(key for key in keys if named_to(desk.principal, leads.get(key, ())))
