"""The rules of what is spent: claimed within the rules, approved by another, paid outside, taken back in the open."""

from __future__ import annotations

from decimal import Decimal

from services.outreach.domain.budget.allocation import CLAUSE, enough, no_such, own_unit, positive
from services.outreach.domain.budget.commands import (
    ApproveExpense,
    ClaimExpense,
    PayExpense,
    RejectExpense,
    ReverseExpense,
)
from services.outreach.domain.budget.eight_points import breaches
from services.outreach.domain.budget.events import (
    ExpenseApproved,
    ExpenseClaimed,
    ExpensePaid,
    ExpenseRejected,
    ExpenseReversed,
)
from services.outreach.domain.budget.state import EXPENSE_ZH, Budget, Expense, ExpenseState
from services.outreach.domain.rulebook import ExpenseRulebook, OnBreach, RuleId
from services.outreach.domain.values import ExpenseKind, RuleBreach
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_RECEPTIONS = (ExpenseKind.OFFICIAL_RECEPTION, ExpenseKind.BUSINESS_RECEPTION)
_ZERO = Decimal(0)


def claim(command: ClaimExpense, state: Budget) -> Decision:
    """三(四): claimed within the rules and within what is there."""
    found = breaches(command, state)
    wrong = (
        positive(command.amount)
        or own_unit(command.unit, state)
        or _others_trip(command)
        or _parts(command)
        or _refused(found, command.rulebook)
        or _commitment(command, state)
        or enough(command.amount - _held_for(command, state), state)
    )
    if wrong:
        return wrong
    return [
        ExpenseClaimed(
            expense=len(state.expenses) + 1,
            unit=command.unit,
            trip=command.trip,
            commitment=command.commitment,
            kind=command.kind,
            purpose=command.purpose,
            amount=command.amount,
            available=state.available - max(_ZERO, command.amount - _held_for(command, state)),
            claimed_by=command.by,
            claimed_on=command.today,
            breaches=found,
            rulebook=command.rulebook.version,
            reception=command.reception,
            travel=command.travel,
        )
    ]


def _held_for(command: ClaimExpense, state: Budget) -> Decimal:
    """What the claim's commitment has set aside for it."""
    return _ZERO if command.commitment is None else state.held(command.commitment)


def _commitment(command: ClaimExpense, state: Budget) -> Rejection | None:
    if command.commitment is None:
        return None
    held = state.commitments.get(command.commitment)
    if held is None:
        return no_such("commitment", "预留", command.commitment)
    if (held.unit, held.trip or command.trip) == (command.unit, command.trip):
        return None
    return Rejection(
        "other-commitment",
        zh=f"第 {command.commitment} 项预留属于 {held.unit}、行程 {held.trip or '（无）'}，与本次报销不符。",
        en=f"Commitment {command.commitment} is of {held.unit} and trip {held.trip or '(none)'}.",
        rule=CLAUSE,
        details={"unit": held.unit, "trip": held.trip},
        field="commitment",
    )


def _others_trip(command: ClaimExpense) -> Rejection | None:
    facts = command.trip_facts
    if facts is None or facts.unit in (None, command.unit):
        return None
    return Rejection(
        "other-units-trip",
        zh=f"行程 {command.trip} 属于 {facts.unit}，{command.unit} 不能报销。",
        en=f"Trip {command.trip} is one of {facts.unit}; {command.unit} cannot claim for it.",
        rule=CLAUSE,
        details={"unit": facts.unit},
        field="trip",
    )


def _parts(command: ClaimExpense) -> Rejection | None:
    """A reception tells its guests and papers, a journey its days; and the parts make up the amount."""
    reception, travel = command.reception, command.travel
    if (reception is not None) is not (command.kind in _RECEPTIONS) or (travel is not None) is not (
        command.kind is ExpenseKind.TRAVEL
    ):
        return Rejection(
            "claim-parts",
            zh="接待费须填写接待情况，差旅费须填写差旅情况，其他费用不填。",
            en="A reception needs `reception`, a journey needs `travel`, any other expense neither.",
            rule=CLAUSE,
            field="kind",
        )
    if reception is not None and reception.meal_amount > command.amount:
        return _sum("餐费", "the meals", reception.meal_amount, command.amount)
    if travel is not None:
        total = travel.lodging + travel.meals + travel.local_transport + travel.fares
        return _sum("各项差旅费之和", "the parts", total, command.amount) if total != command.amount else None
    return None


def _sum(zh: str, en: str, parts: Decimal, amount: Decimal) -> Rejection:
    return Rejection(
        "claim-sum",
        zh=f"{zh}为{yuan_zh(parts)}，与报销金额{yuan_zh(amount)}不符。",
        en=f"{en} come to {yuan_en(parts)}, the claim to {yuan_en(amount)}.",
        rule=CLAUSE,
        details={"parts": str(parts), "amount": str(amount)},
        field="amount",
    )


def _refused(found: tuple[RuleBreach, ...], book: ExpenseRulebook) -> Rejection | None:
    """三(四): a breach that the rulebook refuses, the rule named; all breaches are told at once."""
    strict = [one for one in found if book.rules[RuleId(one.rule)].on_breach is OnBreach.REFUSE]
    if not strict:
        return None
    told = [{"rule": one.rule, "zh": one.zh, "en": one.en, "limit": one.limit, "actual": one.actual} for one in found]
    return Rejection(
        "rule-breached",
        zh="；".join(f"{one.zh}（规定：{one.limit}，实际：{one.actual}）" for one in strict) + "。",
        en="; ".join(f"{one.en} (allowed: {one.limit}, claimed: {one.actual})" for one in strict) + ".",
        rule=strict[0].rule,
        details={"breaches": told, "rulebook": book.version},
    )


def approve(command: ApproveExpense, state: Budget) -> Decision:
    """三(四): approved by another than who claimed; a breach only with a reason; less may be approved than claimed."""
    expense = _in(state, command.expense, "审批", "approve", ExpenseState.CLAIMED)
    if isinstance(expense, Rejection):
        return expense
    amount = expense.amount if command.amount is None else command.amount
    if not 0 < amount <= expense.amount:
        return _too_much("核定", "approved", amount, expense.amount)
    if expense.breaches and not command.reason.strip():
        return Rejection(
            "breach-needs-reason",
            zh="该报销突破标准，批准须写明理由。",
            en="The claim does not keep a rule; approve it with a reason, or reject it.",
            rule=expense.breaches[0],
            details={"rules": list(expense.breaches)},
            field="reason",
        )
    return _own(command.by, expense.claimed_by) or [
        ExpenseApproved(command.expense, amount, expense.amount, command.reason.strip(), command.by, command.today)
    ]


def reject(command: RejectExpense, state: Budget) -> Decision:
    """三(四): rejected with its reason, and the rule where there is one."""
    expense = _in(state, command.expense, "驳回", "reject", ExpenseState.CLAIMED)
    if isinstance(expense, Rejection):
        return expense
    return _own(command.by, expense.claimed_by) or [
        ExpenseRejected(
            expense=command.expense,
            unit=expense.unit,
            amount=expense.amount,
            reason=command.reason,
            rule=command.rule,
            claimed_by=expense.claimed_by,
            rejected_by=command.by,
            rejected_on=command.today,
        )
    ]


def pay(command: PayExpense, state: Budget) -> Decision:
    """三(四): the Finance Bureau pays outside the system; a voucher number (支付凭证号) is used once."""
    expense = _in(state, command.expense, "登记支付", "pay", ExpenseState.APPROVED)
    if isinstance(expense, Rejection):
        return expense
    if not 0 < command.amount <= expense.amount:
        return _too_much("支付", "paid", command.amount, expense.amount)
    if command.paid_on > command.today:
        return Rejection(
            "paid-in-future",
            zh=f"支付日期 {command.paid_on} 晚于今天 {command.today}。",
            en=f"{command.paid_on} has not come yet: today is {command.today}.",
            rule=CLAUSE,
            field="paid_on",
        )
    used = state.vouchers.get(command.voucher_number)
    if used is not None:
        return Rejection(
            "voucher-used",
            zh=f"支付凭证号 {command.voucher_number} 已用于第 {used} 笔支出，不能重复使用。",
            en=f"Voucher {command.voucher_number} was used for expense {used}: a voucher number is used once.",
            rule=CLAUSE,
            details={"voucher_number": command.voucher_number, "expense": used},
            status=409,
            field="voucher_number",
        )
    return _own(command.by, expense.claimed_by, expense.approved_by) or [
        ExpensePaid(
            expense=command.expense,
            unit=expense.unit,
            amount=command.amount,
            voucher_number=command.voucher_number,
            paid_on=command.paid_on,
            recorded_by=command.by,
            recorded_on=command.today,
        )
    ]


def reverse(command: ReverseExpense, state: Budget) -> Decision:
    """三(四): an approved or paid expense is taken back by an event with its reason; its voucher stays used."""
    expense = _in(state, command.expense, "冲销", "reverse", ExpenseState.APPROVED, ExpenseState.PAID)
    if isinstance(expense, Rejection):
        return expense
    return _own(command.by, expense.claimed_by) or [
        ExpenseReversed(
            expense=command.expense,
            unit=expense.unit,
            amount=expense.amount,
            was_paid=expense.state is ExpenseState.PAID,
            voucher_number=expense.voucher_number,
            reason=command.reason,
            reversed_by=command.by,
            reversed_on=command.today,
        )
    ]


def _in(state: Budget, number: int, zh: str, verb: str, *wanted: ExpenseState) -> Expense | Rejection:
    expense = state.expenses.get(number)
    if expense is None:
        return no_such("expense", "支出", number)
    if expense.state in wanted:
        return expense
    return Rejection(
        "wrong-step",
        zh=f"第 {number} 笔支出当前为“{EXPENSE_ZH[expense.state]}”，不能{zh}。",
        en=f"Expense {number} is {expense.state}: there is nothing to {verb}.",
        rule=CLAUSE,
        details={"state": expense.state},
        status=409,
    )


def _own(by: str, *theirs: str) -> Rejection | None:
    """三(四): nobody approves, pays or takes back what he himself claimed, nor pays what he approved."""
    if by not in theirs:
        return None
    return Rejection(
        "own-claim",
        zh="不能办理本人申请或本人审批的支出，请由他人办理。",
        en="Nobody decides on what he claimed himself, or pays what he approved.",
        rule=CLAUSE,
        status=403,
    )


def _too_much(zh: str, en: str, amount: Decimal, most: Decimal) -> Rejection:
    return Rejection(
        "amount-too-large",
        zh=f"{zh}金额{yuan_zh(amount)}须大于零且不超过{yuan_zh(most)}。",
        en=f"{yuan_en(amount)} cannot be {en}: more than nothing and {yuan_en(most)} at most.",
        rule=CLAUSE,
        details={"amount": str(amount), "most": str(most)},
        field="amount",
    )
