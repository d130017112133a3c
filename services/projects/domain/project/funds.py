"""Funds in place (到位资金) are claimed by the landing unit or a lead unit, month by month, with vouchers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from services.projects.domain.codes import is_month
from services.projects.domain.dates import check_date
from services.projects.domain.exchange import Exchange, amount_of, check_payment_rate
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.project.checks import check_not_over, check_positive
from services.projects.domain.project.commands import ClaimFunds
from services.projects.domain.project.events import FundsClaimed, ProjectOpened, Voucher
from services.projects.domain.project.state import ZERO, Project
from services.projects.domain.values import Commerce, Referee, Stage
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def claim(command: ClaimFunds, state: Project, opened: ProjectOpened) -> Decision:
    """Claimed by the landing unit or a lead unit of the group, borne out by vouchers, once there is a contract."""
    wrong = check_not_over(state) or _check_claimable(command, state)
    if wrong is not None:
        return wrong
    vouchers = _in_yuan(command.vouchers, command.exchange)
    if isinstance(vouchers, Rejection):
        return vouchers
    total = sum((voucher.amount for voucher in vouchers), ZERO)
    given = total if command.amount is None and command.conversion is None else command.amount
    amount = amount_of(given, command.conversion, command.exchange)
    if isinstance(amount, Rejection):
        return amount
    wrong = (
        check_positive("申报金额", "amount", amount)
        or check_free_text(note=command.note)
        or _check_vouchers(command, state, vouchers)
        or _check_total(amount, total)
    )
    if wrong is not None:
        return wrong
    return [
        FundsClaimed(
            claim=len(state.claims) + 1,
            claimant=command.claimant,
            claimed_by=command.by,
            amount=amount,
            month=command.month,
            vouchers=vouchers,
            claimed_on=command.today,
            referee=referee(command.claimant, command.commerce, state, opened),
            note=command.note,
            conversion=command.conversion,
        )
    ]


def referee(claimant: str, commerce: Commerce, state: Project, opened: ProjectOpened) -> Referee:
    """The Commerce Bureau decides; where it or its group (二组) is a party, the district office does (mechanism,
    «Projects», funds in place)."""
    parties = {claimant, opened.finder, state.landing_unit}
    return commerce.referee(parties, {opened.group})


def _check_claimable(command: ClaimFunds, state: Project) -> Rejection | None:
    if state.stage.rank < Stage.SIGNED.rank:
        return Rejection(
            "not-signed",
            "项目签订正式合同后才能申报到位资金。",
            "Funds are claimed once the formal contract is signed.",
            status=409,
        )
    entitled = tuple(filter(None, (state.landing_unit, *command.lead_units)))
    if command.claimant not in entitled:
        return Rejection(
            "not-entitled-to-claim",
            "到位资金由落地单位或本组牵头单位申报。",
            "Funds are claimed by the landing unit or a lead unit of the group.",
            details={"claimant": command.claimant, "entitled": list(entitled)},
            status=403,
            field="claimant",
        )
    this_month = command.today.isoformat()[:7]
    if not is_month(command.month) or command.month > this_month:
        return Rejection(
            "month-wrong",
            f"申报月份须为 {this_month} 或更早的月份（如 2026-07）。",
            f"The month is {this_month} or an earlier one, written as 2026-07.",
            details={"month": command.month},
            field="month",
        )
    return None


def _in_yuan(vouchers: tuple[Voucher, ...], exchange: Exchange) -> tuple[Voucher, ...] | Rejection:
    """The vouchers with their amounts in yuan: computed where they were paid in another currency."""
    found: list[Voucher] = []
    for n, voucher in enumerate(vouchers):
        amount = voucher.amount
        if voucher.conversion is not None:
            made = amount_of(voucher.amount or None, voucher.conversion, exchange)
            if isinstance(made, Rejection):
                return made.within(f"vouchers.{n}")
            amount = made
        found.append(replace(voucher, amount=amount))
    return tuple(found)


def _check_total(amount: Decimal, total: Decimal) -> Rejection | None:
    """Vouchers bear out the amount."""
    if total >= amount:
        return None
    return Rejection(
        "vouchers-too-small",
        f"凭证合计{yuan_zh(total)}，少于申报金额{yuan_zh(amount)}。",
        f"The vouchers come to {yuan_en(total)}, less than the {yuan_en(amount)} claimed.",
        details={"vouchers": str(total), "claimed": str(amount)},
        field="amount",
    )


def _check_vouchers(command: ClaimFunds, state: Project, vouchers: tuple[Voucher, ...]) -> Rejection | None:
    """Vouchers were paid by the end of the month, at the rate of that day, and none counts twice in a project."""
    used = {sha256: one.number for one in state.claims if one.live for sha256 in one.vouchers}
    seen: set[str] = set()
    for n, voucher in enumerate(vouchers):
        wrong = (
            check_hash(voucher.sha256)
            or check_positive(f"凭证 {voucher.number} 金额", "amount", voucher.amount)
            or check_free_text(payer=voucher.payer)
            or check_date(f"凭证 {voucher.number} 付款日期", "paid_on", voucher.paid_on, command.today)
            or check_payment_rate(voucher.conversion, voucher.paid_on, command.exchange)
        )
        if wrong is not None:
            return wrong.within(f"vouchers.{n}")
        wrong = check_payment_rate(command.conversion, voucher.paid_on, command.exchange)
        if wrong is not None:
            return wrong
        if voucher.paid_on.isoformat()[:7] > command.month:
            return Rejection(
                "paid-after-the-month",
                f"凭证 {voucher.number} 付款于 {voucher.paid_on}，在申报月份 {command.month} 之后。",
                f"Voucher {voucher.number} was paid on {voucher.paid_on}, after the claimed month {command.month}.",
                details={"voucher": voucher.number},
                field=f"vouchers.{n}.paid_on",
            )
        if voucher.sha256 in used or voucher.sha256 in seen:
            return Rejection(
                "voucher-used-twice",
                f"凭证 {voucher.number} 已用于本项目的其他申报或重复列入。",
                f"Voucher {voucher.number} already counts in this project.",
                details={"voucher": voucher.number, "claim": used.get(voucher.sha256)},
                status=409,
                field=f"vouchers.{n}.sha256",
            )
        seen.add(voucher.sha256)
    return None
