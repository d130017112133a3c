"""How each event changes a lead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.projects.domain.lead.events import (
    InvestorIdentified,
    LeadClosed,
    LeadConverted,
    LeadQualified,
    LeadRegistered,
    TalkRecorded,
)
from services.projects.domain.lead.state import Lead, LeadStatus


def evolve(state: Lead, event: Any) -> Lead:
    """The lead after the event; an event that it does not know leaves it as it is."""
    match event:
        case LeadRegistered():
            return Lead(LeadStatus.REGISTERED, event, enterprise=event.investor.id)
        case LeadQualified():
            return replace(state, status=LeadStatus.QUALIFIED)
        case LeadClosed():
            return replace(state, status=LeadStatus.CLOSED)
        case LeadConverted():
            return replace(state, status=LeadStatus.CONVERTED, project=event.project)
        case TalkRecorded():
            return replace(state, talks=event.talk, talked_on=event.latest_on)
        case InvestorIdentified():
            return replace(state, enterprise=event.enterprise)
        case _:
            return state
