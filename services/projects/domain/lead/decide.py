"""The rules of a lead."""

from __future__ import annotations

from services.projects.domain.identity import check_free_text, check_industry_code, check_party
from services.projects.domain.lead.commands import (
    CloseLead,
    ConvertLead,
    IdentifyInvestor,
    LeadCommand,
    QualifyLead,
    RecordTalk,
    RegisterLead,
)
from services.projects.domain.lead.events import (
    InvestorIdentified,
    LeadClosed,
    LeadConverted,
    LeadQualified,
    LeadRegistered,
    TalkRecorded,
)
from services.projects.domain.lead.state import LEAD_STATUS_ZH, Lead, LeadStatus
from services.projects.domain.lead.transferring import decide_transfer
from services.projects.domain.talks import check_talk, latest
from services.projects.domain.values import LeadSource
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

OPEN = (LeadStatus.REGISTERED, LeadStatus.QUALIFIED)


def decide(command: LeadCommand, state: Lead) -> Decision:
    """The events that a command causes, or why it is refused."""
    if isinstance(command, RegisterLead):
        return register(command, state)
    if state.registered is None:
        return Rejection("unknown-lead", "没有这条线索。", "There is no such lead.", status=404)
    if command.today < state.registered.registered_on:
        return Rejection(
            "date-out-of-order",
            f"日期早于线索登记日期 {state.registered.registered_on}。",
            f"The date lies before the lead's registration on {state.registered.registered_on}.",
        )
    match command:
        case QualifyLead():
            return qualify(command, state, state.registered)
        case CloseLead():
            return close(command, state)
        case ConvertLead():
            return convert(command, state)
        case RecordTalk():
            return record_talk(command, state)
        case IdentifyInvestor():
            return identify(command, state, state.registered)
        case _:
            return decide_transfer(command, state)


def register(command: RegisterLead, state: Lead) -> Decision:
    """A lead is registered once, completely, with codes that hold; a referral names who brought it (二(三))."""
    if state.registered is not None:
        return Rejection("lead-exists", "该编号的线索已登记。", "A lead with this number is registered.", status=409)
    wrong = (
        check_free_text(title=command.title, intent=command.intent, origin_place=command.origin_place)
        or check_party(command.investor, command.origin, at="investor")
        or check_industry_code(command.industry_code)
        or (check_party(command.referred_by, at="referred_by") if command.referred_by else None)
    )
    if wrong is not None:
        return wrong
    if command.source is LeadSource.REFERRAL and command.referred_by is None:
        return Rejection(
            "referrer-missing",
            "来源为以商招商（引荐）的线索，须写明引荐的企业或机构。",
            "A lead that was referred names the enterprise or body that brought it.",
            rule="二（三）",
            field="referred_by.name",
        )
    if command.expected_investment is not None and command.expected_investment <= 0:
        return Rejection(
            "amount-not-positive",
            "预计投资额须大于零。",
            "The expected investment must be greater than zero.",
            field="expected_investment",
        )
    return [
        LeadRegistered(
            title=command.title,
            intent=command.intent,
            investor=command.investor,
            origin=command.origin,
            origin_place=command.origin_place,
            source=command.source,
            industry=command.industry,
            group=command.group,
            finder=command.finder,
            registered_on=command.today,
            registered_by=command.by,
            industry_code=command.industry_code,
            expected_investment=command.expected_investment,
            referred_by=command.referred_by,
            contact=command.contact,
        )
    ]


def qualify(command: QualifyLead, state: Lead, registered: LeadRegistered) -> Decision:
    """Whoever registered a lead does not judge it himself: nobody confirms what he himself claimed."""
    if state.status is LeadStatus.QUALIFIED:
        return []
    if state.status is not LeadStatus.REGISTERED:
        return _stands_wrong(state, "研判", "qualified")
    if command.by == registered.registered_by:
        return Rejection(
            "own-lead",
            "登记人不得研判自己登记的线索，请由牵头单位负责人或商务局研判。",
            "Whoever registered a lead cannot qualify it; the lead unit's head or the Commerce Bureau does.",
            status=403,
        )
    return check_free_text(note=command.note) or [LeadQualified(command.today, command.by, command.note)]


def close(command: CloseLead, state: Lead) -> Decision:
    """An open lead is closed with a reason; it stays on record."""
    if state.status not in OPEN:
        return _stands_wrong(state, "关闭", "closed")
    return check_free_text(note=command.note) or [LeadClosed(command.today, command.by, command.reason, command.note)]


def convert(command: ConvertLead, state: Lead) -> Decision:
    """Only a qualified lead goes on to be negotiated, and it becomes one project."""
    if state.status is not LeadStatus.QUALIFIED:
        return _stands_wrong(state, "转入洽谈（须先研判）", "negotiated; a lead is qualified first")
    if state.asked is not None:
        return Rejection(
            "transfer-open",
            f"第 {state.asked.transfer} 次流转尚待接收方答复，答复或撤回后再转入洽谈。",
            f"Transfer {state.asked.transfer} awaits its receiver; it is answered or withdrawn first.",
            details={"transfer": state.asked.transfer},
            status=409,
        )
    return [LeadConverted(command.project, command.today, command.by)]


def record_talk(command: RecordTalk, state: Lead) -> Decision:
    """三(一), 实质招商: a dated talk is the progress of an open lead; a converted one records talks on its project."""
    if state.status not in OPEN:
        return _stands_wrong(state, "登记洽谈（已转项目的请在项目下登记）", "talked about; record it on its project")
    wrong = check_talk(command.held_on, command.place, command.summary, command.sha256, command.today)
    return wrong or [
        TalkRecorded(
            talk=state.talks + 1,
            held_on=command.held_on,
            place=command.place,
            summary=command.summary,
            recorded_by=command.by,
            recorded_on=command.today,
            latest_on=latest(state.talked_on, command.held_on),
            sha256=command.sha256,
        )
    ]


def identify(command: IdentifyInvestor, state: Lead, registered: LeadRegistered) -> Decision:
    """«Identity»: two different codes are those of two legal persons (GB 32100)."""
    if command.enterprise == state.enterprise:
        return []
    named = registered.investor.code
    if named is not None and command.code is not None and named != command.code:
        return Rejection(
            "enterprise-code-differs",
            f"线索投资方代码 {named} 与企业 {command.enterprise} 的代码 {command.code} 不同；请核对是哪一家。",
            f"The lead's investor has the code {named}, enterprise {command.enterprise} has {command.code}; "
            "check which it is.",
            rule="GB 32100-2015",
            details={"enterprise": command.enterprise},
        )
    return [InvestorIdentified(command.enterprise, state.enterprise, command.today, command.by)]


def _stands_wrong(state: Lead, zh: str, en: str) -> Rejection:
    return Rejection(
        "lead-status",
        f"线索当前为“{LEAD_STATUS_ZH[state.status]}”，不能{zh}。",
        f"The lead is {state.status}; it cannot be {en}.",
        details={"status": str(state.status), **({"project": state.project} if state.project else {})},
    )
