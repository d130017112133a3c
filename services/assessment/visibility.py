"""Who may see what. Until the result is public (三(五)) only those who make, settle, supervise or audit it see
everybody's figures; those who are assessed see their own at any time."""

from __future__ import annotations

from services.assessment.domain.year.state import Phase
from sevenx.kernel.auth import Principal, require
from sevenx.kernel.errors import Problem

OFFICES = ("assessment_office", "district_leader", "district_office", "supervision_office", "auditor")
"""Roles that see every figure before it is public."""
READERS = (*OFFICES, "commerce_bureau", "finance_bureau", "statistics_bureau", "operator", "city")
PUBLIC = (Phase.PUBLIC, Phase.SETTLED, Phase.FROZEN)


def check_reader(principal: Principal) -> None:
    """Problem 403 for somebody with neither an office nor a post in the roster."""
    if not any(grant.partition("@")[2].startswith(f"{principal.district}-") for grant in principal.grants):
        require(principal, *READERS)


def sees_all(principal: Principal) -> bool:
    return any(principal.holds(role, [principal.district]) for role in OFFICES)


def concerned(principal: Principal, subject: str) -> bool:
    """Whether the reader holds a post in the group or unit."""
    return any(grant.partition("@")[2] == subject for grant in principal.grants)


def check_ranking(principal: Principal, public: bool) -> None:
    """Problem 403 for a ranking that is not public, where the reader's office does not see it before."""
    check_reader(principal)
    if not public and not sees_all(principal):
        raise not_public()


def check_score(principal: Principal, subject: str, public: bool) -> None:
    """The same for one subject's score, which those concerned see at any time."""
    check_reader(principal)
    if not public and not sees_all(principal) and not concerned(principal, subject):
        raise not_public()


def not_public() -> Problem:
    return Problem(
        403,
        "not-public",
        f"考核结果尚未公示；公示前只有{'、'.join(OFFICES)}可以查看，考核对象可以查看自己的得分。",
        f"The result is not public yet: until then {', '.join(OFFICES)} see it, and those assessed their own score.",
        details={"roles": list(OFFICES)},
    )
