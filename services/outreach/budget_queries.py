"""What is asked of the read model about budgets and expenses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Numeric, Select, Subquery, and_, cast, func, or_, select

from services.outreach.domain.budget.state import BINDING
from services.outreach.tables import budget, budget_document, commitment, expense, unit
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
MOST = 500
_NOTHING = cast(0, Numeric(20, 2))


def _spent() -> Subquery:
    """By budget: what is claimed, approved or paid."""
    e = expense.c
    binding = e.amount.label("amount")
    return (
        select(e.stream, func.sum(binding).label("spent"))
        .where(e.state.in_(BINDING))
        .group_by(e.stream)
        .subquery("spent")
    )


def _committed() -> Subquery:
    """By budget: what commitments still set aside beyond what was claimed of them."""
    e, k = expense.c, commitment.c
    drawn = (
        select(e.stream, e.commitment, func.sum(e.amount).label("drawn"))
        .where(e.state.in_(BINDING), e.commitment.is_not(None))
        .group_by(e.stream, e.commitment)
        .subquery("drawn")
    )
    held = func.greatest(_NOTHING, k.amount - func.coalesce(drawn.c.drawn, _NOTHING))
    return (
        select(k.stream, func.sum(held).label("committed"))
        .join(drawn, and_(drawn.c.stream == k.stream, drawn.c.commitment == k.commitment), isouter=True)
        .where(~k.released)
        .group_by(k.stream)
        .subquery("committed")
    )


def _budgets() -> Select[Any]:
    spent, committed = _spent(), _committed()
    set_aside = func.coalesce(committed.c.committed, _NOTHING)
    used = func.coalesce(spent.c.spent, _NOTHING)
    return (
        select(
            budget,
            unit.c.zh.label("unit_zh"),
            set_aside.label("committed"),
            used.label("spent"),
            (budget.c.allocated - set_aside - used).label("available"),
        )
        .join(spent, spent.c.stream == budget.c.stream, isouter=True)
        .join(committed, committed.c.stream == budget.c.stream, isouter=True)
        .join(unit, unit.c.stream == budget.c.unit, isouter=True)
        .order_by(budget.c.year.desc(), budget.c.fund.desc(), budget.c.unit)
    )


async def budgets(reads: Reads, year: int | None = None, units: Collection[str] | None = None) -> list[Row]:
    """Budgets with what is committed, spent and left, in one query; `units` limits to the special fund and theirs."""
    query = _budgets()
    if year is not None:
        query = query.where(budget.c.year == year)
    if units is not None:
        query = query.where(or_(budget.c.unit.is_(None), budget.c.unit.in_(units)))
    return await reads.rows(query)


async def one_budget(reads: Reads, stream: str) -> Row | None:
    return await reads.one(_budgets().where(budget.c.stream == stream))


async def documents(reads: Reads, stream: str) -> list[Row]:
    """The allocations by their documents, in order of their day."""
    t = budget_document
    return await reads.rows(select(t).where(t.c.stream == stream).order_by(t.c.on, t.c.document_number))


async def commitments(reads: Reads, stream: str) -> list[Row]:
    """What was set aside, with what was claimed of it."""
    e, k = expense.c, commitment.c
    drawn = (
        select(e.commitment, func.sum(e.amount).label("drawn"))
        .where(e.stream == stream, e.state.in_(BINDING))
        .group_by(e.commitment)
        .subquery("drawn")
    )
    return await reads.rows(
        select(commitment, func.coalesce(drawn.c.drawn, _NOTHING).label("drawn"))
        .join(drawn, drawn.c.commitment == k.commitment, isouter=True)
        .where(k.stream == stream)
        .order_by(k.commitment)
    )


async def expenses(
    reads: Reads,
    *,
    of_budget: str | None = None,
    state: str | None = None,
    of_unit: str | None = None,
    of_trip: str | None = None,
    breached: bool | None = None,
    units: Collection[str] | None = None,
) -> list[Row]:
    """Expenses with their unit's name, the latest first; `units` limits to claims of these units."""
    e = expense.c
    wanted: list[ColumnElement[bool]] = []
    for column, value in ((e.stream, of_budget), (e.state, state), (e.unit, of_unit), (e.trip, of_trip)):
        if value is not None:
            wanted.append(column == value)
    if breached is not None:
        some = func.jsonb_array_length(e.breaches) > 0
        wanted.append(some if breached else ~some)
    if units is not None:
        wanted.append(e.unit.in_(units))
    return await reads.rows(
        select(expense, unit.c.zh.label("unit_zh"))
        .join(unit, unit.c.stream == e.unit, isouter=True)
        .where(and_(True, *wanted))
        .order_by(e.claimed_on.desc(), e.stream, e.expense.desc())
        .limit(MOST)
    )
