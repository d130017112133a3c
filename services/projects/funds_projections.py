"""How events of funds in place and credit shares become rows."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.domain.project.state import ZERO
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

funds_projections = Projections(t.metadata)


@funds_projections.on("projects.FundsClaimed")
def funds_claimed(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("claimant", "claimed_by", "month", "claimed_on", "referee", "note")}
    rows.put(
        t.funds_claim, data["claim"], **kept, claimed=data["amount"], step="claimed", checked=ZERO, recognised=ZERO
    )
    for one in data["vouchers"]:
        shown = {key: one[key] for key in ("number", "amount", "paid_on", "payer")}
        rows.put(t.voucher, data["claim"], one["sha256"], **shown)
    rows.set(t.project, funds_on=data["claimed_on"])


@funds_projections.on("projects.FundsChecked")
def funds_checked(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        t.funds_claim,
        data["claim"],
        step="checked",
        first_checked=data["amount"],
        checked=data["amount"],
        checked_on=data["checked_on"],
        check_reason=data["reason"],
    )
    rows.set(t.project, funds_on=data["checked_on"])


@funds_projections.on("projects.FundsRecognised")
def funds_recognised(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        t.funds_claim,
        data["claim"],
        step="recognised",
        recognised=data["amount"],
        recognised_on=data["recognised_on"],
        excess_note=data["excess_note"],
    )
    rows.set(t.project, funds_on=data["recognised_on"])


@funds_projections.on("projects.FundsReversed")
def funds_reversed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.funds_claim, data["claim"], checked=data["checked_left"], recognised=data["recognised_left"])


@funds_projections.on("projects.CreditShared")
def credit_shared(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("basis", "reason", "shared_on")}
    rows.put(t.credit, data["cohort"], data["indicator"], shares=plain(data["shares"]), **kept)
