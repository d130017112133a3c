"""Who was told of what, for auditors and operators; what is overdue; and the table of rules."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.notifier import queries
from services.notifier.api_models import Delivery, DeliveryPage, EscalationView, Limit, NoticeId, RuleView
from services.notifier.deciders import NOTICE
from services.notifier.domain.notice.commands import RetryDelivery
from services.notifier.domain.recipients import Selector
from services.notifier.rulebook import rules
from sevenx.kernel.auth import Principal, require
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel

router = APIRouter(tags=["deliveries 送达"])
OVERSEERS = ("commerce_bureau", "district_office", "district_leader", "supervision_office", "auditor", "operator")
"""Offices that see every escalation."""
_POSITION = r"^[a-z]+/[0-9]{6}-[A-Za-z0-9-]{1,80}@[1-9][0-9]{0,17}$"
EventPosition = Annotated[
    str, Query(pattern=_POSITION, description="Position of an event", examples=["reporting/410804-R-2026-08-G1@1"])
]
FailedCursor = Annotated[str | None, Query(pattern=r"^[0-9]{6}-M-[0-9a-f]{32}$", description="`next` of a page")]


@router.get("/deliveries")
async def deliveries(event: EventPosition, asking: Asking, reads: ReadModel) -> list[Delivery]:
    """Who was told of an event, by which channel, when, and with what result (送达记录)."""
    require(asking, "auditor", "operator")
    return [_delivery(row) for row in await queries.deliveries(reads, event)]


@router.get("/deliveries/failed")
async def failed(asking: Asking, reads: ReadModel, cursor: FailedCursor = None, limit: Limit = 50) -> DeliveryPage:
    """Notices that failed for good (未能送达) and wait for an operator."""
    require(asking, "auditor", "operator")
    rows = await queries.failed(reads, cursor, limit)
    after = rows[limit - 1]["stream"] if len(rows) > limit else None
    return DeliveryPage(items=[_delivery(row) for row in rows[:limit]], next=after)


@router.post("/deliveries/{notice_id}/retry")
async def retry(notice_id: NoticeId, desk: Commands) -> Answer:
    """Try a notice again that failed for good (重新发送), with a full count of attempts."""
    return await desk.give(NOTICE, notice_id, RetryDelivery(desk.now(), desk.principal.subject))


@router.get("/escalations")
async def escalations(
    asking: Asking,
    reads: ReadModel,
    is_open: Annotated[bool | None, Query(alias="open", description="Only what is still overdue, or is done")] = None,
    limit: Limit = 50,
) -> list[EscalationView]:
    """What is overdue and how far it was taken (逾期提示): offices see all, others that of their own groups."""
    rows = await queries.escalations(reads, _scopes(asking), is_open, limit)
    return [
        EscalationView(id=row["stream"], **{name: row[name] for name in EscalationView.model_fields if name in row})
        for row in rows
    ]


@router.get("/rules")
async def table_of_rules(_: Asking) -> list[RuleView]:
    """Who is told what (通知规则), as `data/notices.yaml` has it."""
    return [
        RuleView(
            kind=rule.kind,
            name_zh=rule.name.zh,
            name_en=rule.name.en,
            on=list(rule.events),
            to=[_shown(one) for one in rule.to],
            otherwise=[_shown(one) for one in rule.otherwise],
            channels=list(rule.channels),
            joined=rule.join,
        )
        for rule in rules().notices
    ]


def _shown(selector: Selector) -> str:
    return f"office:{selector.office}" if selector.office else f"{selector.word}@{selector.field}"


def _scopes(asking: Principal) -> list[str] | None:
    """None: all."""
    if any(asking.holds(role, [asking.district]) for role in OVERSEERS):
        return None
    return sorted({grant.partition("@")[2] for grant in asking.grants})


def _delivery(row: queries.Row) -> Delivery:
    return Delivery(id=row["stream"], **{name: row[name] for name in Delivery.model_fields if name in row})
