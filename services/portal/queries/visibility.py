"""What a reader may see: everybody with a post or an office sees the pipeline, but an unsigned investor is shown only
to those who work on it (三(二): sharing with unsigned investors masked). The SELECTs mask; no page can forget to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, false, func, literal, or_, true

from sevenx.kernel.auth import Principal, require
from sevenx.kernel.search import found, number

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
MASKED = ("title", "name", "intent", "content", "investor_name")
"""Columns that show MASK instead."""
HIDDEN = ("investor_code", "investor_id", "investor_key", "referred_by", "origin_place")
"""Columns that are empty instead."""
MASK = "（未签约，已隐去）"


def sees_all(principal: Principal) -> bool:
    """Whether an office of his sees the whole district."""
    return any(principal.holds(role, [principal.district]) for role in OFFICES)


def posts_at(principal: Principal) -> list[str]:
    """The groups and units at which the reader holds a post."""
    scopes = {grant.partition("@")[2] for grant in principal.grants}
    return sorted(scope for scope in scopes if scope.startswith(f"{principal.district}-"))


def check_reader(principal: Principal) -> None:
    """Problem 403 for somebody with neither an office nor a post in the roster."""
    if not posts_at(principal):
        require(principal, *OFFICES)


def works_on(principal: Principal, table: Table) -> ColumnElement[bool]:
    """Whether the reader's office sees all, or a post of his is in the row's group, finder or landing unit, or in those
    that had found a lead before it was transferred."""
    if sees_all(principal):
        return true()
    posts = posts_at(principal)
    if not posts:
        return false()
    columns = [
        table.c[name] for name in ("group_id", "finder", "landing_unit", "found_by", "found_group") if name in table.c
    ]
    return or_(*(column.in_(posts) for column in columns))


def open_to(principal: Principal, table: Table) -> ColumnElement[bool]:
    """Whether the row is shown unmasked: a signed project to all, anything else to those who work on it."""
    mine = works_on(principal, table)
    return or_(mine, table.c.stage != "negotiating") if "stage" in table.c else mine


def masked(principal: Principal, table: Table) -> list[ColumnElement[Any]]:
    """The table's columns as this reader may see them, and `open`, whether they are unmasked."""
    seen = open_to(principal, table)

    def column(one: ColumnElement[Any], name: str) -> ColumnElement[Any]:
        if name in MASKED:
            return case((seen, one), else_=literal(MASK)).label(name)
        return case((seen, one), else_=None).label(name) if name in HIDDEN else one

    return [*(column(one, one.name) for one in table.c), func.coalesce(seen, False).label("open")]


def matches(principal: Principal, table: Table, texts: Table, words: str) -> ColumnElement[bool]:
    """The row whose number the words are, or rows in one of whose texts they stand. A masked row is never found by what
    it hides."""
    one = number(words)
    if one is not None:
        return table.c.stream == one
    return and_(open_to(principal, table), found(texts, words, table.c.stream))
