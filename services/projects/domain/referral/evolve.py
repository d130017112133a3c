"""How each event changes the graph of referrals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.projects.domain.referral.events import ReferralRecorded, ReferralWithdrawn
from services.projects.domain.referral.state import Referrals


def evolve(state: Referrals, event: Any) -> Referrals:
    """The graph after the event; an event that it does not know leaves it as it is."""
    match event:
        case ReferralRecorded():
            return Referrals(
                recorded={**state.recorded, event.referral: event},
                brought_by={**state.brought_by, event.referred_key: event.referrer_key},
                made=event.referral,
            )
        case ReferralWithdrawn():
            return replace(
                state,
                recorded={number: one for number, one in state.recorded.items() if number != event.referral},
                brought_by={who: by for who, by in state.brought_by.items() if who != event.referred_key},
            )
        case _:
            return state
