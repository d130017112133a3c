"""How each event changes a lead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
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
from services.projects.domain.lead.transfer_events import LeadTransferAsked, LeadTransferEnded, LeadTransferred
from services.projects.domain.values import CreditPart


def evolve(state: Lead, event: Any) -> Lead:
    """The lead after the event; an event that it does not know leaves it as it is."""
    match event:
        case LeadRegistered():
            whole = CreditPart(event.finder, event.group, Decimal(1))
            return Lead(
                LeadStatus.REGISTERED,
                event,
                enterprise=event.investor.id,
                unit=event.finder,
                group=event.group,
                parts=(whole,),
            )
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
        case LeadTransferAsked():
            return replace(state, transfers=event.transfer, asked=event)
        case LeadTransferred():
            return replace(state, unit=event.to_unit, group=event.to_group, parts=event.parts, asked=None)
        case LeadTransferEnded():
            return replace(state, asked=None)
        case _:
            return state
