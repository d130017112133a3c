"""What becomes of a claim: first check, joint recognition, reversal. No claimant decides his own claim."""

from __future__ import annotations

from decimal import Decimal

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.project.checks import check_positive
from services.projects.domain.project.commands import CheckFunds, DecideClaim, RecogniseFunds, ReverseFunds
from services.projects.domain.project.events import FundsChecked, FundsRecognised, FundsReversed
from services.projects.domain.project.state import ZERO, Claim, Project
from services.projects.domain.values import Referee
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

OFFICE_ZH = {Referee.COMMERCE_BUREAU: "区商务局", Referee.DISTRICT_OFFICE: "区政府办公室"}


def decide_claim(command: DecideClaim, state: Project) -> Decision:
    """The next step of a claim: by the deciding office, and by another person than its claimant."""
    found = state.claim(command.claim)
    if found is None:
        return Rejection("unknown-claim", "没有这笔资金申报。", "There is no such claim.", status=404)
    wrong = _check_office(command.office, found) or _check_not_own(command.by, found)
    if wrong is not None:
        return wrong
    match command:
        case CheckFunds():
            return check(command, found)
        case RecogniseFunds():
            return recognise(command, found, state)
        case ReverseFunds():
            return reverse(command, found)


def check(command: CheckFunds, found: Claim) -> Decision:
    """First check: the deciding office accepts the amount or less of it, less with a reason; nothing is left where
    it is refused whole."""
    if found.checked is not None:
        return _wrong_step(found, "已初审", "is first-checked")
    wrong = (
        _check_at_most(command.amount, found.claimed, "申报金额", "claimed")
        or (check_reason(command.reason) if command.amount < found.claimed else None)
        or check_free_text(reason=command.reason)
    )
    return wrong or [
        FundsChecked(
            claim=found.number,
            claimed=found.claimed,
            amount=command.amount,
            month=found.month,
            checked_on=command.today,
            checked_by=command.by,
            referee=found.referee,
            reason=command.reason,
        )
    ]


def recognise(command: RecogniseFunds, found: Claim, state: Project) -> Decision:
    """Joint recognition by the bodies of the setting `funds.recognised_by`, the claimant never among them, with
    minutes; above the contract amount only with a note."""
    wrong = (
        _check_bodies(command, found)
        or check_hash(command.minutes_sha256, "minutes_sha256")
        or check_free_text(reason=command.reason, excess_note=command.excess_note)
    )
    if wrong is not None:
        return wrong
    if found.checked is None:
        return _wrong_step(found, "尚未初审", "is not first-checked")
    if found.recognised is not None or not found.live:
        return _wrong_step(found, "已认定或已无余额", "is recognised, or nothing is left of it")
    wrong = _check_at_most(command.amount, found.checked, "初审余额", "left of the first check") or (
        check_reason(command.reason) if command.amount < found.checked else None
    )
    if wrong is not None:
        return wrong
    above = state.funds_of_old + state.recognised + command.amount - (state.contract_amount or ZERO)
    if above > ZERO and not command.excess_note.strip():
        return Rejection(
            "above-contract-amount",
            f"认定后到位资金将超出合同金额{yuan_zh(above)}，须说明原因。",
            f"Recognised funds would stand {yuan_en(above)} above the contract amount; a note is needed.",
            details={"above": str(above), "contract_amount": str(state.contract_amount)},
            field="excess_note",
        )
    return [
        FundsRecognised(
            claim=found.number,
            checked=found.checked,
            amount=command.amount,
            month=found.month,
            bodies=command.bodies,
            referee=found.referee,
            minutes_sha256=command.minutes_sha256,
            recognised_on=command.today,
            recognised_by=command.by,
            reason=command.reason,
            excess_note=command.excess_note if above > ZERO else "",
        )
    ]


def _check_bodies(command: RecogniseFunds, found: Claim) -> Rejection | None:
    """No claimant recognises his own claim; nor does the Commerce Bureau where it is a party. All others must."""
    barred = {found.claimant}
    if found.referee is Referee.DISTRICT_OFFICE:
        barred.add(command.commerce.unit)
    present = sorted(barred.intersection(command.bodies))
    if present:
        return Rejection(
            "own-claim",
            f"申报方或当事方不得参加认定：{'、'.join(present)}。",
            f"No claimant or party recognises the claim: {', '.join(present)}.",
            details={"barred": present},
            status=403,
            field="bodies",
        )
    absent = [body for body in command.required if body not in barred and body not in command.bodies]
    if absent:
        return Rejection(
            "bodies-missing",
            f"联合认定缺少：{'、'.join(absent)}。",
            f"The joint recognition lacks: {', '.join(absent)}.",
            rule="funds.recognised_by",
            details={"missing": absent},
            field="bodies",
        )
    return None


def reverse(command: ReverseFunds, found: Claim) -> Decision:
    """What no longer counts is taken off both figures, with a reason; neither falls below zero."""
    if found.checked is None:
        return _wrong_step(found, "尚未初审，可在初审中核减", "is not first-checked; reduce it there")
    wrong = (
        check_positive("冲回金额", "amount", command.amount)
        or _check_at_most(command.amount, found.checked, "余额", "left of it")
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    if wrong is not None:
        return wrong
    off_recognised = min(command.amount, found.recognised or ZERO)
    return [
        FundsReversed(
            claim=found.number,
            amount=command.amount,
            off_recognised=off_recognised,
            checked_left=found.checked - command.amount,
            recognised_left=(found.recognised or ZERO) - off_recognised,
            reason=command.reason,
            reversed_on=command.today,
            reversed_by=command.by,
            referee=found.referee,
        )
    ]


def _check_office(office: Referee, found: Claim) -> Rejection | None:
    if office is found.referee:
        return None
    return Rejection(
        "not-the-deciding-office",
        f"该笔申报由{OFFICE_ZH[found.referee]}负责（涉及商务局或二组的由区政府办公室裁定）。",
        f"This claim is decided by the {found.referee.replace('_', ' ')}; where the Commerce Bureau or its group is a "
        "party, the district office decides.",
        details={"referee": str(found.referee)},
        status=403,
    )


def _check_not_own(by: str, found: Claim) -> Rejection | None:
    """Nobody checks, recognises or reverses what he himself claimed."""
    if by != found.claimed_by:
        return None
    return Rejection(
        "own-claim",
        "申报人不得审核、认定或冲回自己的申报。",
        "Whoever claimed it cannot check, recognise or reverse it.",
        status=403,
    )


def _check_at_most(amount: Decimal, limit: Decimal, zh: str, en: str) -> Rejection | None:
    if ZERO <= amount <= limit:
        return None
    return Rejection(
        "amount-too-large",
        f"金额须在 0 与{zh}{yuan_zh(limit)}之间。",
        f"The amount lies between 0 and the {yuan_en(limit)} {en}.",
        details={"limit": str(limit)},
        field="amount",
    )


def _wrong_step(found: Claim, zh: str, en: str) -> Rejection:
    return Rejection("claim-step", f"第 {found.number} 笔申报{zh}。", f"Claim {found.number} {en}.", status=409)
