"""What the routes on protections share: the stream of an investor, the lead that a command is about, the office that
decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.projects.deciders import LEAD, PROTECTION
from services.projects.domain.lead.events import LeadRegistered
from services.projects.domain.lead.state import Lead
from services.projects.domain.parties import party_key
from services.projects.domain.protection.checks import parties_referee
from services.projects.domain.protection.state import Investor
from services.projects.domain.values import Commerce, Party, Referee
from sevenx.kernel.auth import Principal, Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem

REFERRALS_STREAM = "W-1"
"""The one stream of a district's referrals, after the district's code."""


@dataclass(frozen=True)
class Concerned:
    """A lead with the stream of its investor's protections, and what that says."""

    lead: LeadRegistered
    stream: str
    investor: Investor

    @property
    def scopes(self) -> Scopes:
        return scopes_of(self.lead)


def protection_id(district: str, investor: Party) -> str:
    """The stream of an investor's protections: `410804-I-91000000MA0000001R`."""
    return f"{district}-I-{party_key(investor)}"


def referrals_id(district: str) -> str:
    return f"{district}-{REFERRALS_STREAM}"


def scopes_of(lead: LeadRegistered) -> Scopes:
    """Group and finder of a lead."""
    return {"group": lead.group, "finder": lead.finder}


async def registered(desk: CommandDesk, lead_id: str) -> LeadRegistered:
    """The lead as it was registered, with the unit and group that work on it now; Problem 404 when there is none."""
    lead: Lead = await desk.state(LEAD, lead_id)
    if lead.registered is None:
        raise unknown_lead(lead_id)
    return held(lead, lead.registered)


def held(lead: Lead, said: LeadRegistered) -> LeadRegistered:
    """The registration with the unit and group that have the lead since its last transfer (流转)."""
    return replace(said, finder=lead.unit, group=lead.group)


def unknown_lead(lead_id: str) -> Problem:
    return Problem(404, "unknown-lead", f"没有线索 {lead_id}。", f"There is no lead {lead_id}.")


async def concerned(desk: CommandDesk, lead_id: str) -> Concerned:
    """The lead and its investor's protections; Problem 404 when there is no such lead."""
    lead = await registered(desk, lead_id)
    stream = protection_id(desk.principal.district, lead.investor)
    return Concerned(lead, stream, await desk.state(PROTECTION, stream))


def office_for(principal: Principal, state: Investor, commerce: Commerce, *leads: str) -> Referee:
    """For which office the person decides on these leads: the right one where he is of it. Which one that is, and that
    he is of it, the rules check."""
    reports = [state.reports[one] for one in leads if one in state.reports]
    return acting_office(principal, parties_referee(commerce, reports))


def acting_office(principal: Principal, right: Referee) -> Referee:
    """The deciding office if the person is of it, else the one that he is of."""
    held = [office for office in Referee if principal.holds(office.value, [principal.district])]
    return held[0] if held and right not in held else right
