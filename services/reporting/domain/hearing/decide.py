"""What a hearing answers to each command: the rules of its dates and of its minutes; the pack's stand in `pack`."""

from __future__ import annotations

import re

from services.reporting.domain.hearing.commands import (
    ApproveMinutes,
    DraftMinutes,
    IssueMinutes,
    PostponeHearing,
    PreparePack,
    RecordHearing,
    ScheduleHearing,
    SendBackMinutes,
)
from services.reporting.domain.hearing.events import (
    HearingHeld,
    HearingPostponed,
    HearingScheduled,
    MinutesApproved,
    MinutesDrafted,
    MinutesIssued,
    MinutesSentBack,
)
from services.reporting.domain.hearing.pack import prepare
from services.reporting.domain.hearing.state import HEARING_STATUS_ZH, Hearing, HearingStatus
from services.reporting.domain.values import day_of
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(一)"
_NUMBER = re.compile(r"^[^\s\[\]()（）【】〔〕]{1,40}(〔20[0-9]{2}〕第?[0-9]{1,4}[号期]|第[0-9]{1,4}[号期])$")
"""马政办会纪〔2026〕3号; GB/T 9704 writes the year in 〔〕."""

NOT_SCHEDULED = Rejection(
    "hearing-not-scheduled",
    zh="该次听取汇报尚未安排；请先安排。",
    en="This hearing has not been scheduled; schedule it first.",
    rule=CLAUSE,
    status=404,
)


def decide(command: object, state: Hearing) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, ScheduleHearing):
        return schedule(command, state)
    if not state.scheduled:
        return NOT_SCHEDULED
    match command:
        case PostponeHearing():
            return postpone(command, state)
        case PreparePack():
            return prepare(command, state)
        case RecordHearing():
            return record(command, state)
        case DraftMinutes():
            return draft_minutes(command, state)
        case SendBackMinutes():
            return send_back_minutes(command, state)
        case ApproveMinutes():
            return approve_minutes(command, state)
        case IssueMinutes():
            return issue_minutes(command, state)
    raise TypeError(f"not a command of a hearing: {command!r}")


def schedule(command: ScheduleHearing, state: Hearing) -> Decision:
    """三(一): every second month the district hears every group and every responsible unit. Scheduled once; again
    changes nothing."""
    if state.scheduled:
        return []
    dates = command.dates
    if command.covers_from >= dates.covers_until:
        return Rejection(
            "nothing-to-cover",
            zh="统计时段的起点须早于终点。",
            en="What the hearing covers must begin before it ends.",
            rule=CLAUSE,
            details={"covers_from": command.covers_from.isoformat(), "covers_until": dates.covers_until.isoformat()},
        )
    return [
        HearingScheduled(
            number=dates.number,
            year=dates.month.year,
            month=dates.month.month,
            covers_from=command.covers_from,
            covers_until=dates.covers_until,
            planned_on=dates.planned_on,
            reporters=command.reporters,
            scheduled_by=command.by,
            settings=dates.rules.used(),
            calendars=dates.calendars,
            provisional=dates.provisional,
        )
    ]


def postpone(command: PostponeHearing, state: Hearing) -> Decision:
    """三(一): a hearing may be put off, with the reason; it is not dropped. What it covers grows with the day until its
    pack is prepared: the next hearing begins where this one's cover ends."""
    if state.status is not HearingStatus.SCHEDULED:
        return _wrong_step("延期", "postponed", state)
    if not command.reason.strip():
        return _missing("reason-missing", "请写明延期理由。", "Give the reason of the postponement.", field="reason")
    if command.planned_on <= max(state.planned_on, day_of(command.at)):
        return Rejection(
            "not-later",
            zh=f"延期后的日期须晚于原定的 {state.planned_on}，且晚于今天。",
            en=f"The new day must lie after {state.planned_on}, for which it was planned, and after today.",
            rule=CLAUSE,
            details={"planned_on": state.planned_on.isoformat()},
            field="planned_on",
        )
    ended = state.covered or command.at >= state.covers_until
    until = state.covers_until if ended else max(state.covers_until, command.covers_until)
    return [HearingPostponed(state.planned_on, command.planned_on, until, command.reason.strip(), command.by)]


def record(command: RecordHearing, state: Hearing) -> Decision:
    """三(一): who reported and who did not is recorded; the district hears what the briefing pack says."""
    if state.status is not HearingStatus.SCHEDULED:
        return _wrong_step("登记召开", "recorded as held", state)
    if not state.pack:
        return Rejection(
            "pack-missing",
            zh="汇报材料尚未生成；请先生成汇报材料。",
            en="There is no briefing pack yet; prepare it first.",
            rule=CLAUSE,
            status=409,
        )
    if command.held_on > command.today:
        en = "A hearing cannot have been held after today."
        return _missing("held-in-future", "召开日期不能晚于今天。", en, field="held_on")
    unknown = [one for one in command.attended if one not in state.reporters]
    if unknown or not command.attended or not command.chair.strip():
        return Rejection(
            "attendance-wrong",
            zh="请填写主持人，并从本次应汇报的小组和单位中选择实际汇报者。",
            en="Name who chaired, and choose those who reported from the groups and units that were to report.",
            rule=CLAUSE,
            details={"unknown": unknown, "reporters": list(state.reporters)},
            field="attended" if command.chair.strip() else "chair",
        )
    attended = tuple(one for one in state.reporters if one in command.attended)
    absent = tuple(one for one in state.reporters if one not in command.attended)
    summary, chair = command.summary.strip(), command.chair.strip()
    return [
        HearingHeld(state.number, state.year, command.held_on, chair, attended, absent, summary, state.pack, command.by)
    ]


def draft_minutes(command: DraftMinutes, state: Hearing) -> Decision:
    """三(一): minutes are drafted after the hearing; a new draft replaces one that is not approved yet."""
    if state.status not in (HearingStatus.HELD, HearingStatus.MINUTES_DRAFTED):
        return _wrong_step("起草纪要", "given draft minutes", state)
    if state.status is HearingStatus.MINUTES_DRAFTED and command.sha256 == state.draft_sha256:
        return []
    return [MinutesDrafted(state.draft + 1, command.sha256, command.by, command.today)]


def send_back_minutes(command: SendBackMinutes, state: Hearing) -> Decision:
    """三(一): who is to approve may ask for another draft, and says why."""
    if state.status is not HearingStatus.MINUTES_DRAFTED:
        return _wrong_step("退回纪要", "sent back its minutes", state)
    reasons = tuple(one.strip() for one in command.reasons if one.strip())
    if not reasons:
        return _missing("reasons-missing", "请写明退回理由。", "Give the reasons.", field="reasons")
    return [MinutesSentBack(state.draft, reasons, command.by)]


def approve_minutes(command: ApproveMinutes, state: Hearing) -> Decision:
    """三(一): a district leader approves the very draft that he read; nobody approves what he drafted himself."""
    if state.status is HearingStatus.MINUTES_APPROVED and command.sha256 == state.draft_sha256:
        return []
    if state.status is not HearingStatus.MINUTES_DRAFTED:
        return _wrong_step("审定纪要", "approved in its minutes", state)
    if command.by == state.drafted_by:
        return Rejection(
            "own-work",
            zh="起草人不能审定自己起草的纪要。",
            en="Nobody approves minutes that he himself drafted.",
            rule=CLAUSE,
            status=403,
        )
    if command.sha256 != state.draft_sha256:
        return Rejection(
            "another-draft",
            zh="所审文稿与当前纪要草稿不一致，请核对最新草稿。",
            en="What is to be approved is not the current draft; look at the latest one.",
            rule=CLAUSE,
            details={"current": state.draft_sha256},
            status=409,
            field="sha256",
        )
    return [MinutesApproved(state.draft, state.draft_sha256, command.by, command.today)]


def issue_minutes(command: IssueMinutes, state: Hearing) -> Decision:
    """三(一): minutes are issued only after approval, under a number that the office entered from its register."""
    if state.status is not HearingStatus.MINUTES_APPROVED:
        return Rejection(
            "minutes-not-approved",
            zh=f"当前状态为“{HEARING_STATUS_ZH[state.status]}”；纪要经区领导审定后方可印发。",
            en=f"The hearing is {state.status}: minutes are issued once a district leader has approved them.",
            rule=CLAUSE,
            details={"status": state.status},
            status=409,
        )
    number = command.document_number.strip()
    if not _NUMBER.match(number):
        return Rejection(
            "document-number-wrong",
            zh="文号须按发文登记填写，如“马政办会纪〔2026〕3号”（年份用六角括号〔〕）。",
            en="Enter the number as the office's register has it, such as 马政办会纪〔2026〕3号, the year in 〔〕.",
            rule="GB/T 9704",
            details={"document_number": number},
            field="document_number",
        )
    return [MinutesIssued(number, command.sha256, state.draft_sha256, state.approved_by, command.by, command.today)]


def _wrong_step(zh: str, en: str, state: Hearing) -> Rejection:
    return Rejection(
        "wrong-step",
        zh=f"本次听取汇报当前状态为“{HEARING_STATUS_ZH[state.status]}”，不能{zh}。",
        en=f"The hearing is {state.status}; it cannot be {en} now.",
        rule=CLAUSE,
        details={"status": state.status},
        status=409,
    )


def _missing(code: str, zh: str, en: str, *, field: str) -> Rejection:
    return Rejection(code, zh=zh, en=en, rule=CLAUSE, field=field)
