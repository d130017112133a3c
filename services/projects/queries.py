"""SELECTs of the lists and pages. Lists go a page at a time: `cursor` is the last id of the page before."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Table, and_, func, or_, select

from services.projects import tables as t
from services.projects.domain.values import Stage
from services.projects.total_tables import project_total
from services.projects.visibility import sees_all
from sevenx.kernel.auth import Principal
from sevenx.kernel.paging import Order
from sevenx.kernel.search import found, number


class LeadSort(StrEnum):
    """By what leads are sorted: by their numbers up or down, or by the expected investment, the largest first."""

    NUMBER = "number"
    NEWEST = "newest"
    INVESTMENT = "investment"


class ProjectSort(StrEnum):
    """By what projects are sorted: by their numbers up or down, by the contract amount, the largest first, or by the
    day since which they are in their stage, the longest first."""

    NUMBER = "number"
    NEWEST = "newest"
    AMOUNT = "amount"
    STAGE_SINCE = "stage_since"


LEAD_ORDERS = {
    LeadSort.NUMBER: Order(t.lead),
    LeadSort.NEWEST: Order(t.lead, descending=True),
    LeadSort.INVESTMENT: Order(t.lead, t.LEAD_INVESTMENT, descending=True),
}
PROJECT_ORDERS = {
    ProjectSort.NUMBER: Order(t.project),
    ProjectSort.NEWEST: Order(t.project, descending=True),
    ProjectSort.AMOUNT: Order(t.project, t.PROJECT_AMOUNT, descending=True),
    ProjectSort.STAGE_SINCE: Order(t.project, t.PROJECT_STAGE_SINCE),
}


def page(query: Select[Any], order: Order, cursor: str | None, limit: int, **filters: Any) -> Select[Any]:
    """One page, with one row more than `limit` to tell whether it is the last. A filter that is None is left out."""
    c = order.table.c
    equal = [c[column] == value for column, value in filters.items() if value is not None]
    return order.page(query.where(*equal), cursor, limit)


def all_of(query: Select[Any], order: Order, **filters: Any) -> Select[Any]:
    """All rows in an order, for an export that reads them through a cursor. A filter that is None is left out."""
    c = order.table.c
    return order.sorted(query.where(*(c[column] == value for column, value in filters.items() if value is not None)))


def searched(asking: Principal, table: Table, texts: Table, words: str | None) -> Select[Any]:
    """All rows, or those in one of whose texts, or in whose number, the words stand: of what is masked for the reader
    the number alone."""
    query, c = select(table), table.c
    if words is None:
        return query
    one = number(words)
    if one is not None:
        return query.where(c.stream == one)
    named = found(texts, words, c.stream)
    if not sees_all(asking):
        mine = {grant.partition("@")[2] for grant in asking.grants}
        scopes = [c[name].in_(mine) for name in ("group_id", "finder", "landing_unit") if name in c]
        public = [c.stage != Stage.NEGOTIATING.value] if "stage" in c else []
        named = and_(named, or_(*scopes, *public))
    return query.where(named)


def of_stream(table: Table, stream: str) -> Select[Any]:
    """All rows of a stream, in the order of the table's key."""
    return select(table).where(table.c.stream == stream).order_by(*table.primary_key.columns)


def stage_of(stream: str, stage: str) -> Select[Any]:
    """The row of a stage that a project has reached."""
    c = t.project_stage.c
    return select(t.project_stage).where(c.stream == stream, c.stage == stage)


def funds_totals(stream: str) -> Select[Any]:
    """A project's funds: claimed, checked (monthly figures) and recognised (assessment), yuan."""
    c = t.funds_claim.c
    return select(
        func.coalesce(func.sum(c.claimed), 0).label("claimed"),
        func.coalesce(func.sum(c.checked), 0).label("checked"),
        func.coalesce(func.sum(c.recognised), 0).label("recognised"),
    ).where(c.stream == stream)


def claims(project: str | None, month: str | None, step: str | None, referee: str | None, limit: int) -> Select[Any]:
    """Claims of funds in place, oldest month first."""
    c = t.funds_claim.c
    query = select(t.funds_claim).order_by(c.month, c.stream, c.claim).limit(limit)
    for column, value in ((c.stream, project), (c.month, month), (c.step, step), (c.referee, referee)):
        if value is not None:
            query = query.where(column == value)
    return query


def summary() -> Select[Any]:
    """Projects by group, stage and status: how many, their contract amounts and their funds, yuan. An extension (增资)
    is no project of its own and adds its increment."""
    c = project_total.c
    by = (c.group_id, c.stage, c.status)
    sums = (func.sum(c[name]).label(name) for name in ("projects", "extensions", "contract_amount", "increment"))
    funds = (func.sum(c[name]).label(name) for name in ("checked", "recognised"))
    return select(*by, *sums, *funds).group_by(*by).order_by(*by)
