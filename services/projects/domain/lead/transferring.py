"""The rules of a lead's transfer (流转): asked by those who have it, accepted by the receiver, both credited."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.lead.state import LEAD_STATUS_ZH, Lead, LeadStatus
from services.projects.domain.lead.transfer_commands import (
    AcceptTransfer,
    AskTransfer,
    DeclineTransfer,
    TransferAnswer,
    TransferCommand,
    WithdrawTransfer,
)
from services.projects.domain.lead.transfer_events import (
    LeadTransferAsked,
    LeadTransferEnded,
    LeadTransferred,
    TransferOutcome,
)
from services.projects.domain.values import CreditPart
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_STEP = Decimal("0.000001")
_ONE = Decimal(1)
_RUNNING = (LeadStatus.REGISTERED, LeadStatus.QUALIFIED)


def decide_transfer(command: TransferCommand, state: Lead) -> Decision:
    """What becomes of a transfer."""
    if state.status not in _RUNNING:
        return Rejection(
            "lead-status",
            f"线索当前为“{LEAD_STATUS_ZH[state.status]}”，不能流转。",
            f"The lead is {state.status}; it cannot be transferred.",
            details={"status": str(state.status)},
            status=409,
        )
    return ask(command, state) if isinstance(command, AskTransfer) else answer(command, state)


def ask(command: AskTransfer, state: Lead) -> Decision:
    """Between units, between groups, or both; one transfer at a time, with a reason and the receiver's part."""
    if (command.to_unit, command.to_group) == (state.unit, state.group):
        return Rejection(
            "same-holder",
            "接收单位和小组与现承办方相同，无需流转。",
            "The lead is with this unit and group already.",
            field="to_unit",
        )
    if state.asked is not None:
        return Rejection(
            "transfer-open",
            f"第 {state.asked.transfer} 次流转尚待接收方答复。",
            f"Transfer {state.asked.transfer} awaits its receiver's answer.",
            details={"transfer": state.asked.transfer},
            status=409,
        )
    if not 0 < command.share < 1 or command.share != command.share.quantize(_STEP):
        return Rejection(
            "share-wrong",
            "接收方份额须大于 0、小于 1，至多六位小数：流转后双方都计成绩。",
            "The receiver's share lies between 0 and 1, with six digits at most: both are credited.",
            rule="二（一）",
            field="share",
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [
        LeadTransferAsked(
            transfer=state.transfers + 1,
            from_unit=state.unit,
            from_group=state.group,
            to_unit=command.to_unit,
            to_group=command.to_group,
            share=command.share,
            reason=command.reason,
            asked_on=command.today,
            asked_by=command.by,
        )
    ]


def answer(command: TransferAnswer, state: Lead) -> Decision:
    """The receiver accepts or declines, those who asked may withdraw; nobody accepts what he asked for himself."""
    asked = state.asked
    if asked is None or asked.transfer != command.transfer:
        return Rejection(
            "unknown-transfer",
            "没有待答复的这次流转。",
            "There is no such transfer that awaits an answer.",
            status=404,
        )
    match command:
        case AcceptTransfer():
            if command.by == asked.asked_by:
                return Rejection(
                    "own-transfer",
                    "提出流转的本人不得代接收方接收，请由他人办理。",
                    "Whoever asked for the transfer does not accept it himself; a colleague does.",
                    status=403,
                )
            return [_transferred(command, asked, state)]
        case DeclineTransfer():
            return _ended(command, TransferOutcome.DECLINED)
        case WithdrawTransfer():
            return _ended(command, TransferOutcome.WITHDRAWN)


def _ended(command: DeclineTransfer | WithdrawTransfer, outcome: TransferOutcome) -> Decision:
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [LeadTransferEnded(command.transfer, outcome, command.reason, command.today, command.by)]


def _transferred(command: AcceptTransfer, asked: LeadTransferAsked, state: Lead) -> LeadTransferred:
    return LeadTransferred(
        transfer=asked.transfer,
        from_unit=asked.from_unit,
        from_group=asked.from_group,
        to_unit=asked.to_unit,
        to_group=asked.to_group,
        parts=parts_after(state.parts, CreditPart(asked.to_unit, asked.to_group, asked.share)),
        accepted_on=command.today,
        accepted_by=command.by,
    )


def parts_after(parts: Iterable[CreditPart], receiver: CreditPart) -> tuple[CreditPart, ...]:
    """二(一): all who had a part give the receiver's share of it; the parts sum to one, to six digits. What
    dividing leaves over stays with the one who hands the lead over; a part that comes to nothing is left out."""
    left = _ONE - receiver.share
    *earlier, last = parts
    given = [CreditPart(one.unit, one.group, (one.share * left).quantize(_STEP, ROUND_DOWN)) for one in earlier]
    rest = left - sum((one.share for one in given), Decimal(0))
    made: dict[tuple[str, str], Decimal] = {}
    for one in (*given, CreditPart(last.unit, last.group, rest)):
        made[one.unit, one.group] = one.share
    share = made.pop((receiver.unit, receiver.group), Decimal(0)) + receiver.share
    made[receiver.unit, receiver.group] = share
    return tuple(CreditPart(unit, group, part) for (unit, group), part in made.items() if part > 0)
