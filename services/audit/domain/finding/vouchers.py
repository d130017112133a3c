"""One voucher used twice (凭证重复使用): the same number or the same scan in two claims, or in two payments."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.audit.domain.finding.events import FindingKind, FindingRaised, FindingRule
from services.audit.domain.finding.evidence import Concerned, Evidence
from sevenx.district.yuan import yuan_en, yuan_zh

FUNDS, EXPENSE = "funds", "expense"
"""Vouchers of funds in place are the enterprises' (付款凭证), those of expenses the Finance Bureau's (支付凭证号):
their numbers are two worlds and are compared within each alone."""
VOUCHER_EVENTS = {"projects.FundsClaimed": FUNDS, "outreach.ExpensePaid": EXPENSE}


@dataclass(frozen=True, slots=True)
class VoucherUse:
    """A voucher as one claim or payment names it."""

    kind: str
    evidence: Evidence
    item: int
    """The claim's or expense's number within its stream."""
    number: str
    sha256: str | None
    amount: Decimal
    paid_on: date
    payer: str | None
    unit: str | None
    """Who claimed it, where the event says so."""
    undone_at: datetime | None = None
    """When the claim was reversed, or the payment taken back, in full."""

    @property
    def key(self) -> str:
        return number_key(self.number)


def number_key(number: str) -> str:
    """A voucher's number as it is compared: without blanks and differences of width and case."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def uses_of(evidence: Evidence, data: Mapping[str, Any]) -> tuple[VoucherUse, ...]:
    """The vouchers that an event names."""
    match VOUCHER_EVENTS.get(evidence.name):
        case "funds":
            return tuple(
                VoucherUse(
                    kind=FUNDS,
                    evidence=evidence,
                    item=data["claim"],
                    number=one["number"],
                    sha256=one["sha256"],
                    amount=one["amount"],
                    paid_on=one["paid_on"],
                    payer=one["payer"],
                    unit=data["claimant"],
                )
                for one in data["vouchers"]
            )
        case "expense":
            number, amount, paid = data["voucher_number"], data["amount"], data["paid_on"]
            return (VoucherUse(EXPENSE, evidence, data["expense"], number, None, amount, paid, None, data["unit"]),)
        case _:
            return ()


def same(one: VoucherUse, other: VoucherUse) -> tuple[FindingRule, ...]:
    """三(五), auditors: by what two uses are the same voucher; empty when they are not, or are one claim's own."""
    if one.kind != other.kind or one.evidence.position == other.evidence.position:
        return ()
    by_number = (FindingRule.SAME_NUMBER,) if one.key == other.key else ()
    by_scan = (FindingRule.SAME_SHA256,) if one.sha256 is not None and one.sha256 == other.sha256 else ()
    return by_number + by_scan


def used_twice(pairs: Sequence[tuple[VoucherUse, VoucherUse]], concerned: Concerned, answer_by: date) -> FindingRaised:
    """The finding about two events that name the same voucher or vouchers: `pairs` are (earlier, later) uses."""
    first, second = pairs[0]
    rules = tuple(rule for rule in FindingRule if any(rule in same(*pair) for pair in pairs))
    again = all(_undone_before(*pair) for pair in pairs)
    numbers = "、".join(dict.fromkeys(later.number for _, later in pairs))
    amount = sum((later.amount for _, later in pairs), Decimal(0))
    subjects = tuple(dict.fromkeys((first.evidence.stream, second.evidence.stream)))
    how = "、".join({FindingRule.SAME_NUMBER: "凭证号相同", FindingRule.SAME_SHA256: "扫描件相同"}[r] for r in rules)
    how_en = ", ".join({FindingRule.SAME_NUMBER: "same number", FindingRule.SAME_SHA256: "same scan"}[r] for r in rules)
    note = "；前一次已冲销，属冲销后再次申报" if again else ""
    note_en = "; the earlier one had been reversed, so this is a resubmission" if again else ""
    return FindingRaised(
        kind=FindingKind.VOUCHER_USED_TWICE,
        subjects=subjects,
        evidence=(first.evidence.position, second.evidence.position),
        title_zh=f"凭证 {numbers} 重复使用" + ("（冲销后再次申报）" if again else ""),
        title_en=f"Voucher {numbers} used twice" + (" (resubmitted after a reversal)" if again else ""),
        detail=f"{_use_zh(first)}，{_use_zh(second)}；{how}{note}。",
        detail_en=f"{_use_en(first)}; {_use_en(second)}; {how_en}{note_en}.",
        rules=rules,
        units=concerned.units,
        groups=concerned.groups,
        persons=tuple(dict.fromkeys((first.evidence.actor, second.evidence.actor))),
        amount=amount,
        days=None,
        resubmission=again,
        raised_for=second.evidence.recorded_on,
        answer_by=answer_by,
    )


def _undone_before(earlier: VoucherUse, later: VoucherUse) -> bool:
    return earlier.undone_at is not None and earlier.undone_at <= later.evidence.recorded_at


def _use_zh(use: VoucherUse) -> str:
    what = "申报" if use.kind == FUNDS else "支出"
    payer = f"，付款方 {use.payer}" if use.payer else ""
    return (
        f"{use.evidence.recorded_on} {use.evidence.stream} 第{use.item}笔{what}列入凭证 {use.number}"
        f"（{yuan_zh(use.amount)}，{use.paid_on} 付款{payer}）"
    )


def _use_en(use: VoucherUse) -> str:
    what = "claim" if use.kind == FUNDS else "expense"
    payer = f" by {use.payer}" if use.payer else ""
    return (
        f"{what} {use.item} of {use.evidence.stream}, recorded on {use.evidence.recorded_on}, names voucher "
        f"{use.number} ({yuan_en(use.amount)}, paid on {use.paid_on}{payer})"
    )


def by_later(one: VoucherUse, other: VoucherUse) -> tuple[VoucherUse, VoucherUse]:
    """The two uses, the one recorded earlier first."""
    first, second = sorted((one, other), key=lambda use: (use.evidence.recorded_at, use.evidence.position))
    return first, second
