"""SELECTs of projects of old ledgers (历史台账) and of what they still lack (待补)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, and_, or_, select, tuple_

from services.projects import tables as t
from services.projects.baseline_tables import baseline, missing_evidence
from services.projects.domain.project.state import BaselineStanding

_REJECTED = BaselineStanding.REJECTED.value


def missing() -> Select[Any]:
    """Items of 待补: of stages that still hold by the ledger, which no document filed since satisfies; with the
    project's row. One that was rejected lacks nothing any more."""
    m, s, e, p = missing_evidence.c, t.project_stage.c, t.evidence.c, t.project
    filed = select(e.kind).where(e.stream == m.stream, ~e.withdrawn, e.kind == m.any_of.any_())
    return (
        select(m.number, m.stage.label("of_stage"), m.any_of, *p.c)
        .join(t.project_stage, and_(s.stream == m.stream, s.stage == m.stage, s.baselined))
        .join(p, p.c.stream == m.stream)
        .where(p.c.baseline_standing != _REJECTED, ~filed.exists())
        .order_by(m.stream, m.number)
    )


def missing_of(stream: str) -> Select[Any]:
    """Those of one project."""
    return missing().where(missing_evidence.c.stream == stream)


def missing_page(group: str | None, stage: str | None, after: tuple[str, int] | None, limit: int) -> Select[Any]:
    """A page over all projects, by number of project and item, one row more than `limit` to tell whether it is the
    last. `after` is the last item of the page before."""
    m, query = missing_evidence.c, missing()
    if group is not None:
        query = query.where(t.project.c.group_id == group)
    if stage is not None:
        query = query.where(m.stage == stage)
    if after is not None:
        query = query.where(tuple_(m.stream, m.number) > after)
    return query.limit(limit + 1)


def source_of(stream: str) -> Select[Any]:
    """From which ledger a project comes, and who decided on it."""
    return select(baseline).where(baseline.c.stream == stream)


def on_record(names: Collection[str], contracts: Collection[str]) -> Select[Any]:
    """Projects of one of these names or contract numbers, without those whose baseline was rejected."""
    c = t.project.c
    return select(c.stream, c.name, c.investor_name, c.contract_number).where(
        or_(c.name.in_(names), c.contract_number.in_(contracts)), c.baseline_standing.is_distinct_from(_REJECTED)
    )
