"""A signed contract is amended by a supplementary agreement (补充协议), never by editing."""

from __future__ import annotations

from decimal import Decimal

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.exchange import amount_of, check_contract_rate
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.project.checks import check_not_over, check_positive
from services.projects.domain.project.commands import AgreeDates
from services.projects.domain.project.contract_commands import AmendContract
from services.projects.domain.project.dates import agree
from services.projects.domain.project.events import AgreedDateSet, ContractAmended, DateAmended, ProjectOpened
from services.projects.domain.project.gates import check_gates
from services.projects.domain.project.state import ZERO, Project
from services.projects.domain.values import Stage
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def amend(command: AmendContract, state: Project, opened: ProjectOpened) -> Decision:
    """«Projects», contracts: amount, content or agreed dates change by a dated agreement with its reason; old and new
    stand in the event. The agreed dates are set anew by events of their own, as everywhere."""
    before = state.contract_amount
    if before is None:
        return Rejection(
            "not-signed",
            "签订正式合同后才能登记补充协议。",
            "A contract is amended once it is signed.",
            status=409,
        )
    if any(_same(one, command) for one in state.amendments):
        return []
    wrong = check_not_over(state) or _check_agreement(command, state)
    if wrong is not None:
        return wrong
    amount = _amount(command, before)
    if isinstance(amount, Rejection):
        return amount
    set_anew = agree(AgreeDates(command.dates, command.today, command.by, command.reason), state)
    if isinstance(set_anew, Rejection):
        return set_anew
    dates = [one for one in set_anew if isinstance(one, AgreedDateSet)]
    content_was = state.content_amended or opened.content
    content = None if command.content in (None, content_was) else command.content
    if amount == before and content is None and not dates:
        return _nothing()
    gates = check_gates(
        state,
        opened.project_type,
        amount,
        command.dated,
        command.gates,
        command.gates_from if amount > before else None,
    )
    if isinstance(gates, Rejection):
        return gates
    above = _check_above(command, amount, state)
    if isinstance(above, Rejection):
        return above
    return [
        ContractAmended(
            amendment=state.amendments_made + 1,
            number=command.number,
            title=command.title,
            dated=command.dated,
            sha256=command.sha256,
            reason=command.reason,
            recorded_on=command.today,
            recorded_by=command.by,
            amount_was=before,
            amount=amount,
            content_was=content_was if content is not None else None,
            content=content,
            dates=tuple(DateAmended(one.stage, one.agreed_on, one.previous) for one in dates),
            conversion=command.conversion,
            excess_note=above,
            gates=tuple(number for counted in gates for number in counted.gates),
        ),
        *dates,
    ]


def _same(one: ContractAmended, command: AmendContract) -> bool:
    """The agreement that is on record, told again."""
    return (one.sha256, one.number, one.dated) == (command.sha256, command.number, command.dated)


def _check_agreement(command: AmendContract, state: Project) -> Rejection | None:
    """The agreement is dated, later than what it amends, filed by its hash, and says why; one document amends once."""
    texts = {"number": command.number, "title": command.title, "reason": command.reason}
    wrong = (
        check_reason(command.reason)
        or check_free_text(**texts, content=command.content or "", excess_note=command.excess_note)
        or check_hash(command.sha256)
        or check_date(
            "补充协议签订日期",
            "dated",
            command.dated,
            command.today,
            max([state.reached[Stage.SIGNED], *(one.dated for one in state.amendments)]),
        )
    )
    if wrong is not None:
        return wrong
    used = next((one for one in state.amendments if one.sha256 == command.sha256), None)
    if used is None:
        return None
    return Rejection(
        "amendment-document-used",
        f"该文件已登记为第 {used.amendment} 份补充协议（{used.number}）。",
        f"The document is on record as amendment {used.amendment} ({used.number}).",
        details={"amendment": used.amendment},
        status=409,
        field="sha256",
    )


def _amount(command: AmendContract, before: Decimal) -> Decimal | Rejection:
    """The amount in force from now on."""
    if command.amount is None and command.conversion is None:
        return before
    amount = amount_of(command.amount, command.conversion, command.exchange)
    if isinstance(amount, Rejection):
        return amount
    wrong = check_positive("合同金额", "amount", amount) or check_contract_rate(
        command.conversion, command.dated, command.exchange
    )
    return amount if wrong is None else wrong


def _check_above(command: AmendContract, amount: Decimal, state: Project) -> str | Rejection:
    """Confirmed funds stand above the contract amount in force only with a note, also where the amount falls."""
    above = state.funds_of_old + state.recognised - amount
    if above <= ZERO:
        return ""
    if command.excess_note.strip():
        return command.excess_note
    return Rejection(
        "above-contract-amount",
        f"变更后已认定到位资金将超出合同金额{yuan_zh(above)}，须说明原因。",
        f"Recognised funds would stand {yuan_en(above)} above the amended amount; a note is needed.",
        details={"above": str(above), "contract_amount": str(amount)},
        field="excess_note",
    )


def _nothing() -> Rejection:
    return Rejection(
        "nothing-amended",
        "补充协议须变更合同金额、建设内容或约定日期中的至少一项。",
        "An amendment changes the amount, the content or an agreed date; none of them differs.",
        field="amount",
    )
