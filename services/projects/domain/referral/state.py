"""What the rules of referrals need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.projects.domain.referral.events import ReferralRecorded


@dataclass(frozen=True, slots=True)
class Referrals:
    """The referrals that hold, by number, and who was brought by whom."""

    recorded: Mapping[int, ReferralRecorded] = field(default_factory=dict)
    brought_by: Mapping[str, str] = field(default_factory=dict)
    made: int = 0
