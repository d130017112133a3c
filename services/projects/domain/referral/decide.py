"""The rules of referrals (clause 二(三): 以企引企, «one brings a batch»)."""

from __future__ import annotations

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text, check_party
from services.projects.domain.parties import party_key
from services.projects.domain.referral.commands import RecordReferral, ReferralCommand, WithdrawReferral
from services.projects.domain.referral.events import ReferralRecorded, ReferralWithdrawn
from services.projects.domain.referral.graph import closes_circle
from services.projects.domain.referral.state import Referrals
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide(command: ReferralCommand, state: Referrals) -> Decision:
    """The events that a command causes, or why it is refused."""
    match command:
        case RecordReferral():
            return record(command, state)
        case WithdrawReferral():
            return withdraw(command, state)
        case _:
            raise TypeError(f"{type(command).__name__} is no command of referrals")


def record(command: RecordReferral, state: Referrals) -> Decision:
    """Who brought whom is recorded once for an investor; nobody brings himself, and no chain bites its tail."""
    wrong = (
        check_party(command.referrer, at="referrer")
        or check_party(command.referred, at="referred")
        or check_free_text(note=command.note)
    )
    if wrong is not None:
        return wrong
    referrer, referred = party_key(command.referrer), party_key(command.referred)
    if wrong := _of_another(command, referred):
        return wrong
    before = state.brought_by.get(referred)
    if before is not None and (command.from_lead or before == referrer):
        return []
    circle = closes_circle(state.brought_by, referrer, referred)
    if circle:
        return _circle(command, circle)
    if before is not None:
        return _brought_before(command, state, referred)
    return [
        ReferralRecorded(
            referral=state.made + 1,
            referrer=command.referrer,
            referred=command.referred,
            referrer_key=referrer,
            referred_key=referred,
            recorded_by=command.by,
            recorded_on=command.today,
            lead=command.lead,
            note=command.note,
        )
    ]


def _of_another(command: RecordReferral, referred: str) -> Rejection | None:
    """二(三): a lead tells who brought its own investor, and nobody else's. Two mentions are one party by what
    `KnownParty` says."""
    investor = command.lead_investor
    if investor is None or not investor.keys.isdisjoint({referred, *command.referred_keys}):
        return None
    return Rejection(
        "lead-of-another",
        f"线索 {command.lead} 的投资方是“{investor.name}”，不是被引荐方“{command.referred.name}”；"
        "请核对线索编号和被引荐方。确为同一家的，请先在线索上对应客商库企业。",
        f"The investor of lead {command.lead} is {investor.name}, not {command.referred.name}, which is said to have "
        "been brought. Check the lead's number and the party; if they are one, first say on the lead which enterprise "
        "of the register its investor is.",
        rule="二（三）",
        details={"lead": command.lead},
        field="lead",
    )


def _circle(command: RecordReferral, circle: list[str]) -> Rejection:
    """The chain by its keys, null for a party that is masked."""
    named = {circle[0], circle[-1], *command.named}
    return Rejection(
        "referral-circle",
        f"“{command.referrer.name}”本身由“{command.referred.name}”引荐（直接或间接），引荐关系不能成环；请核对谁引荐了谁。",
        f"{command.referrer.name} was itself brought by {command.referred.name}, directly or through others; "
        "a chain of referrals cannot close. Check who brought whom.",
        rule="二（三）",
        details={"chain": [key if key in named else None for key in circle]},
        status=409,
    )


def _brought_before(command: RecordReferral, state: Referrals, referred: str) -> Rejection:
    """An investor is brought by one. 三(二): who that was is said to those to whom it is named."""
    known = next(one for one in state.recorded.values() if one.referred_key == referred)
    zh, en = f"“{known.referrer.name}”", known.referrer.name
    if known.referrer_key not in command.named:
        zh, en = "另一家企业（未签约，已隐去名称）", "another party, whose name is masked while nothing is signed"
    return Rejection(
        "brought-before",
        f"该投资方已登记由{zh}引荐（第 {known.referral} 号）；确有误的请先撤回。",
        f"The investor is on record as brought by {en} (referral {known.referral}); "
        "withdraw that first if it is wrong.",
        rule="二（三）",
        details={"referral": known.referral},
        status=409,
    )


def withdraw(command: WithdrawReferral, state: Referrals) -> Decision:
    """A mistaken referral is withdrawn with a reason; it stays on record."""
    known = state.recorded.get(command.referral)
    if known is None:
        return Rejection(
            "unknown-referral",
            "没有该引荐记录，或已撤回。",
            "There is no such referral, or it is withdrawn.",
            status=404,
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [
        ReferralWithdrawn(
            known.referral, known.referrer_key, known.referred_key, command.reason, command.by, command.today
        )
    ]
