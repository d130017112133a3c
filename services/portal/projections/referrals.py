"""Who brought whom (以企引企)."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import referrals as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_SAME = ("referrer_key", "referred_key", "lead", "note", "recorded_on", "recorded_by")


@projections.on("projects.ReferralRecorded")
def referral_recorded(event: Recorded, rows: Changes) -> None:
    data = event.data
    named = {
        f"{side}_{part}": data[side][field]
        for side in ("referrer", "referred")
        for part, field in (("name", "name"), ("id", "id"))
    }
    rows.put(t.referral, data["referral"], **{key: data[key] for key in _SAME}, **named)


@projections.on("projects.ReferralWithdrawn")
def referral_withdrawn(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.referral, data["referral"], withdrawn_on=data["withdrawn_on"], reason=data["reason"])
