"""The rules of appeals: filed while the result is public, reviewed by somebody else, with a reason either way."""

from __future__ import annotations

import re
from decimal import Decimal

from services.assessment.domain.year.commands import DismissAppeal, FileAppeal, UpholdAppeal
from services.assessment.domain.year.events import AppealDismissed, AppealFiled, AppealUpheld
from services.assessment.domain.year.refusals import CLAUSE, not_assessed, own_matter, reason_missing, wrong_phase
from services.assessment.domain.year.state import Appeal, AppealState, Phase, Year
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_POSITION = re.compile(r"^[a-z]+/[0-9]{6}-[A-Za-z0-9-]+@[1-9][0-9]*$")


def file_appeal(command: FileAppeal, state: Year) -> Decision:
    """三(五): those who are assessed may appeal while the result is public, saying why."""
    if state.phase is not Phase.PUBLIC:
        return wrong_phase(state, "提出申诉", "appeal", wanted=(Phase.PUBLIC,))
    if command.at >= state.until_at or state.notice_ended:
        return Rejection(
            "public-notice-over",
            zh="公示期已满，不再受理申诉；如有新的证据，请在结果定格后申请更正。",
            en="The public notice is over: no further appeal is taken. New evidence may lead to a correction of the "
            "frozen result.",
            rule=CLAUSE,
            details={"until_at": state.until_at.isoformat()},
            status=409,
        )
    for subject in (command.appellant, command.subject):
        if state.place_of(subject) is None:
            return not_assessed(state, subject)
    if not command.grounds.strip():
        return reason_missing("grounds")
    wrong = check_positions(command.evidence)
    if wrong is not None:
        return wrong
    return [
        AppealFiled(
            year=state.year,
            appeal=len(state.appeals) + 1,
            appellant=command.appellant,
            subject=command.subject,
            indicator=command.indicator,
            grounds=command.grounds.strip(),
            evidence=command.evidence,
            filed_by=command.by,
            filed_on=command.today,
            sha256=command.sha256,
        )
    ]


def uphold(command: UpholdAppeal, state: Year) -> Decision:
    """三(五): an appeal that is right corrects points; it is reviewed by another person than who filed it."""
    appeal = _open(state, command.appeal, command.by, command.reason)
    if isinstance(appeal, Rejection):
        return appeal
    fix = command.correction
    place = state.place_of(appeal.subject)
    if fix.subject != appeal.subject or place is None or place.total != fix.total_was:
        return Rejection(
            "score-moved-on",
            zh="该得分刚被另一项更正改变，请刷新后重新处理。",
            en="The score was changed by another correction; reload it and decide again.",
            rule=CLAUSE,
            details={"total": str(place.total if place else Decimal(0))},
            status=409,
        )
    if fix.was == fix.now:
        return Rejection(
            "correction-missing",
            zh="支持申诉须更正得分；得分不变的，请驳回并说明理由。",
            en="An upheld appeal corrects points; where they stay, dismiss it and say why.",
            rule=CLAUSE,
        )
    return [
        AppealUpheld(
            state.year, command.appeal, appeal.subject, fix, command.reason.strip(), command.by, command.today
        ),
    ]


def dismiss(command: DismissAppeal, state: Year) -> Decision:
    """三(五): an appeal that is not right is dismissed with the reason, by another person than who filed it."""
    appeal = _open(state, command.appeal, command.by, command.reason)
    if isinstance(appeal, Rejection):
        return appeal
    return [
        AppealDismissed(state.year, command.appeal, appeal.subject, command.reason.strip(), command.by, command.today),
    ]


def _open(state: Year, number: int, by: str, reason: str) -> Appeal | Rejection:
    appeal = state.appeals.get(number)
    if appeal is None:
        known = "、".join(map(str, state.appeals)) or "无"
        return Rejection(
            "unknown-appeal",
            zh=f"没有第{number}号申诉；现有：{known}。",
            en=f"There is no appeal {number}; there are {', '.join(map(str, state.appeals)) or 'none'}.",
            rule=CLAUSE,
            details={"appeals": list(state.appeals)},
            status=404,
        )
    if state.phase is not Phase.PUBLIC:
        return wrong_phase(state, "复核申诉", "review an appeal", wanted=(Phase.PUBLIC,))
    if appeal.state is not AppealState.OPEN:
        return Rejection(
            "appeal-reviewed",
            zh=f"第{number}号申诉已复核。",
            en=f"Appeal {number} was reviewed already: {appeal.state}.",
            rule=CLAUSE,
            details={"state": appeal.state},
            status=409,
        )
    if by == appeal.filed_by:
        return own_matter("申诉人不能复核自己的申诉。", "Nobody reviews an appeal that he himself has filed.")
    return appeal if reason.strip() else reason_missing()


def check_positions(positions: tuple[str, ...]) -> Rejection | None:
    """None when each is a position of an event."""
    wrong = [one for one in positions if not _POSITION.match(one)]
    if not wrong:
        return None
    return Rejection(
        "bad-evidence",
        zh=f"业务记录位置的格式应为 area/stream@version（如 projects/410804-P-2026-0001@7）：{'、'.join(wrong)}。",
        en=f"Evidence is given as positions of events such as projects/410804-P-2026-0001@7, not {', '.join(wrong)}.",
        rule=CLAUSE,
        details={"wrong": wrong},
    )
