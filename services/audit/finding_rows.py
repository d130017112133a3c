"""What findings are made of, and findings themselves, as rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.audit.domain.finding.back_dating import BUSINESS_DATES, may_be_late
from services.audit.domain.finding.evidence import Evidence
from services.audit.domain.finding.vouchers import EXPENSE, FUNDS, VOUCHER_EVENTS, uses_of
from services.audit.tables import (
    evidence,
    finding,
    finding_step,
    metadata,
    subject,
    undone,
    voucher_use,
)
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

finding_rows = Projections(metadata)
_on = finding_rows.on


def evidence_of(event: Recorded) -> Evidence:
    """An event as a finding refers to it, in business time."""
    name = f"{event.area}.{event.name}"
    return Evidence(event.position, event.stream, name, event.meta.occurred_at, event.meta.actor)


def was_late(event: Recorded) -> bool:
    """Whether an event was recorded after one of its business dates: told from the event alone."""
    return may_be_late(f"{event.area}.{event.name}", event.data, _day(event))


def _day(event: Recorded) -> date:
    return event.meta.occurred_at.astimezone(SHANGHAI).date()


@_on(*dict.fromkeys((*BUSINESS_DATES, *VOUCHER_EVENTS)))
def kept_as_evidence(event: Recorded, rows: Changes) -> None:
    name = f"{event.area}.{event.name}"
    if name in VOUCHER_EVENTS or was_late(event):
        rows.put(
            evidence,
            event.area,
            event.version,
            name=name,
            occurred_at=event.meta.occurred_at,
            recorded_at=event.meta.recorded_at,
            actor=event.meta.actor,
            data=plain(event.data),
        )


@_on(*VOUCHER_EVENTS)
def voucher_used(event: Recorded, rows: Changes) -> None:
    for ordinal, use in enumerate(uses_of(evidence_of(event), event.data)):
        rows.put(
            voucher_use,
            event.area,
            event.version,
            ordinal,
            kind=use.kind,
            item=use.item,
            number=use.number,
            number_key=use.key,
            sha256=use.sha256,
            amount=use.amount,
            paid_on=use.paid_on,
            payer=use.payer,
            unit=use.unit,
            name=use.evidence.name,
            recorded_at=use.evidence.recorded_at,
            actor=use.evidence.actor,
        )


@_on("projects.FundsChecked")
def funds_checked(event: Recorded, rows: Changes) -> None:
    """A first check that leaves nothing rejects the claim."""
    if not event.data["amount"]:
        rows.put(undone, FUNDS, event.data["claim"], at=event.meta.occurred_at)


@_on("projects.FundsReversed")
def funds_reversed(event: Recorded, rows: Changes) -> None:
    if not event.data["checked_left"]:
        rows.put(undone, FUNDS, event.data["claim"], at=event.meta.occurred_at)


@_on("outreach.ExpenseReversed")
def expense_reversed(event: Recorded, rows: Changes) -> None:
    rows.put(undone, EXPENSE, event.data["expense"], at=event.meta.occurred_at)


@_on("projects.LeadRegistered")
def lead_registered(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(subject, title=data["title"], unit=data["finder"], group=data["group"])


@_on("projects.ProjectOpened")
def project_opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(subject, title=data["name"], unit=data["finder"], group=data["group"])


@_on("projects.ProjectBaselined")
def project_baselined(event: Recorded, rows: Changes) -> None:
    """A project of the old ledgers: what lies before its baseline was not entered late."""
    data = event.data
    said = {"title": data.get("name") or event.stream, "unit": data.get("finder"), "group": data.get("group")}
    rows.put(subject, **said, baselined_at=event.meta.occurred_at)


@_on("outreach.TripRequested")
def trip_requested(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(subject, title=data["purpose"], unit=data["unit"], group=data["group"])


@_on("audit.FindingRaised")
def raised(event: Recorded, rows: Changes) -> None:
    rows.put(finding, **event.data, status="raised", answers=0)
    _step(event, rows, "raised", None)


@_on("audit.FindingAnswered")
def answered(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(finding, status="answered", answers=data["answer"])
    told = {name: data[name] for name in ("answer", "text", "unit", "sha256")}
    _step(event, rows, "answered", data["answered_by"], **told)


@_on("audit.FindingConcluded")
def concluded(event: Recorded, rows: Changes) -> None:
    data = event.data
    said = {name: data[name] for name in ("outcome", "reason", "concluded_by", "concluded_on")}
    rows.set(finding, status="concluded", **said)
    _step(event, rows, "concluded", data["concluded_by"], outcome=data["outcome"], reason=data["reason"])


def _step(event: Recorded, rows: Changes, step: str, by: str | None, **details: Any) -> None:
    rows.put(finding_step, event.version, step=step, at=event.meta.occurred_at, by=by, details=plain(details))
