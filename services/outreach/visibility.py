"""What a reader may see. Trips and quotas are everybody's in the district who has a post or an office; money is shown
to the offices that watch it and to the units whose own it is."""

from __future__ import annotations

from sevenx.kernel.auth import Principal, require

OFFICES = (
    "commerce_bureau",
    "finance_bureau",
    "district_office",
    "district_leader",
    "supervision_office",
    "assessment_office",
    "statistics_bureau",
    "auditor",
)
"""Roles that see the whole district."""
_UNIT_ROLES = ("unit_head@", "unit_liaison@")


def check_reader(principal: Principal) -> None:
    """Problem 403 for somebody with neither an office nor a post in the roster."""
    if not any(grant.partition("@")[2].startswith(f"{principal.district}-") for grant in principal.grants):
        require(principal, *OFFICES)


def units_of(principal: Principal) -> list[str] | None:
    """The units whose money the reader may see; None: every unit's. Problem 403 for who may see none."""
    if any(principal.holds(role, [principal.district]) for role in OFFICES):
        return None
    held = [grant for grant in principal.grants if grant.startswith(_UNIT_ROLES)]
    if not held:
        require(principal, *OFFICES)
    return sorted({grant.partition("@")[2] for grant in held})
