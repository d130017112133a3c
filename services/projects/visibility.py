"""What a reader may see: everybody with a post or an office sees the pipeline, but an unsigned investor is shown only
to those who work on it (三(二): sharing with unsigned investors masked)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, true

from sevenx.kernel.auth import Principal, require

OFFICES = (
    "commerce_bureau",
    "district_office",
    "district_leader",
    "supervision_office",
    "assessment_office",
    "finance_bureau",
    "statistics_bureau",
    "auditor",
)
"""Roles that see the whole district."""
MASK = "（未签约，已隐去）"
_MASKED = ("title", "name", "intent", "content", "investor_name")
_HIDDEN = ("investor_code", "investor_id", "contact", "referred_by")


def check_reader(principal: Principal) -> None:
    """Problem 403 for somebody with neither an office nor a post in the roster."""
    if not any(grant.partition("@")[2].startswith(f"{principal.district}-") for grant in principal.grants):
        require(principal, *OFFICES)


def works_on(principal: Principal, row: Mapping[str, Any]) -> bool:
    """Whether the reader's office sees all, or a post of his is in the row's group, finder or landing unit, or in those
    that had found a lead before it was transferred."""
    if sees_all(principal):
        return True
    scopes = {row["group_id"], row["finder"], *map(row.get, ("landing_unit", "found_by", "found_group"))}
    return any(grant.partition("@")[2] in scopes for grant in principal.grants)


def rows_worked_on(principal: Principal, table: Table) -> ColumnElement[bool]:
    """The rows of leads or projects for which `works_on` is true."""
    if sees_all(principal):
        return true()
    scopes = sorted({grant.partition("@")[2] for grant in principal.grants})
    names = ("group_id", "finder", "landing_unit", "found_by", "found_group")
    return or_(*(table.c[name].in_(scopes) for name in names if name in table.c))


def sees_all(principal: Principal) -> bool:
    """Whether an office of the reader's sees the whole district."""
    return any(principal.holds(role, [principal.district]) for role in OFFICES)


def shown(principal: Principal, row: Mapping[str, Any], unsigned: bool) -> dict[str, Any]:
    """The row as this reader sees it; `unsigned` where no formal contract makes it public within the district."""
    seen = dict(row)
    if unsigned and not works_on(principal, row):
        seen |= {key: MASK for key in _MASKED if key in row}
        seen |= {key: None for key in _HIDDEN if key in row}
    return seen


def shown_protection(principal: Principal, row: Mapping[str, Any]) -> dict[str, Any]:
    """A protection as this reader sees it: of another unit's only that it holds, who holds it, and the group."""
    if works_on(principal, row):
        return dict(row)
    public = ("lead", "finder", "group_id", "standing", "fulfilled")
    return {key: row[key] if key in public else None for key in row}
