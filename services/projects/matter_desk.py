"""What the reads of procedures and problems share: pages by promised date, what is masked, the rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.projects import matter_views as v
from services.projects.domain.terms import TermsRulebook
from services.projects.domain.values import Stage
from services.projects.matter_queries import Mark
from services.projects.visibility import MASK, works_on
from sevenx.kernel.auth import Principal
from sevenx.kernel.errors import Problem

Row = Mapping[str, Any]
Limit = Annotated[int, Query(ge=1, le=500, description="Rows on a page")]
After = Annotated[
    str | None,
    Query(
        alias="cursor",
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6}-[A-Z]-[0-9]{4}-[0-9]+$",
        description="`next` of a page",
    ),
]
_MASKED = ("title", "note", "project_name", "materials", "reason", "document_number", "text", "last_step")


def mark_of(after: str | None) -> Mark | None:
    """Where the page begins."""
    if after is None:
        return None
    day, _, stream = after.partition("_")
    try:
        return date.fromisoformat(day), stream
    except ValueError as wrong:
        raise Problem(422, "cursor-wrong", f"游标 {after} 无效。", f"{after} is no cursor.") from wrong


def next_of(rows: Sequence[Row], limit: int) -> str | None:
    """The cursor of the page after; None on the last."""
    return f"{rows[limit - 1]['promised_on']}_{rows[limit - 1]['stream']}" if len(rows) > limit else None


def shown(principal: Principal, row: Row) -> dict[str, Any]:
    """The row as this reader sees it: while the project is unsigned, its texts are for those who work on it and for the
    unit that is asked (三(二))."""
    unsigned = row["project_stage"] in (None, Stage.NEGOTIATING)
    asked = any(grant.partition("@")[2] == row["unit"] for grant in principal.grants)
    if not unsigned or asked or works_on(principal, row):
        return dict(row)
    return {**row, **{key: MASK for key in _MASKED if row.get(key)}}


def rulebook_view(rules: TermsRulebook) -> v.TermsRulebookView:
    kinds = {kind: v.TermView(zh=one.zh, en=one.en, working_days=one.working_days) for kind, one in rules.kinds.items()}
    return v.TermsRulebookView(version=rules.version, kinds=kinds)
