"""Back-dated entries (补录倒签): the date written in an event lies long before the event was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.audit.domain.finding.events import FindingKind, FindingRaised, FindingRule
from services.audit.domain.finding.evidence import Concerned, Evidence
from sevenx.kernel.cut_offs import month_end

BUSINESS_DATES: Mapping[str, tuple[str, str, str]] = {
    "projects.NegotiationStarted": ("started_on", "洽谈", "negotiation"),
    "projects.ProjectTalkRecorded": ("held_on", "洽谈记录", "talk"),
    "projects.TalkRecorded": ("held_on", "洽谈记录", "talk"),
    "projects.FirstTalkProved": ("talked_on", "首谈", "first talk"),
    "projects.GateHeld": ("held_on", "签约前置程序", "gate before the contract"),
    "projects.IntentSigned": ("signed_on", "意向签订", "letter of intent"),
    "projects.ProjectSigned": ("signed_on", "签约", "signing"),
    "projects.ContractAmended": ("dated", "补充协议签订", "amendment of a contract"),
    "projects.CompanyRegistered": ("registered_on", "项目公司注册", "registration of the company"),
    "projects.ProjectLanded": ("landed_on", "落地", "landing"),
    "projects.ConstructionStarted": ("started_on", "开工", "start of construction"),
    "projects.ProductionStarted": ("started_on", "投产", "start of production"),
    "projects.CapacityReached": ("reached_on", "达产", "reaching capacity"),
    "projects.FundsClaimed": ("vouchers.paid_on", "到位资金凭证付款", "payment of a voucher"),
    "outreach.VisitRecorded": ("visited_on", "走访", "visit"),
    "outreach.ExpensePaid": ("paid_on", "经费支付", "payment of an expense"),
}
"""The declared business dates: event, the field that a person enters (`list.field` for each entry of a list), and what
it is called. A new event with such a field is added here; a test names those that are missing."""

_NOT_BY_MONTH = ("vouchers.paid_on", "paid_on")
"""A payment is claimed after its month has ended as a matter of course: it is held against the limit alone."""


@dataclass(frozen=True)
class BackDatingRules:
    """The district's settings, and when its months close."""

    limit_days: int = 30
    grace_days: int = 5
    month_last_day: int = 25
    december_last_day: int = 31


@dataclass(frozen=True, slots=True)
class LateDate:
    """A business date that was entered late."""

    day: date
    days: int
    """From the date to its recording."""
    rules: tuple[FindingRule, ...]


def may_be_late(name: str, data: Mapping[str, Any], evidence_day: date) -> bool:
    """Whether any business date lies before the day of recording: most events have none and go no further."""
    return any(day < evidence_day for _, day in _dates(name, data))


def late_dates(evidence: Evidence, data: Mapping[str, Any], rules: BackDatingRules) -> tuple[LateDate, ...]:
    """三(五), auditors: the business dates of an event that lie further before its recording than the limit, or in a
    month that had closed more than the grace days before."""
    found = []
    for field, day in _dates(evidence.name, data):
        days = (evidence.recorded_on - day).days
        broken = []
        if days > rules.limit_days:
            broken.append(FindingRule.OVER_LIMIT)
        if field not in _NOT_BY_MONTH and evidence.recorded_at > _closed(day, rules) + timedelta(rules.grace_days):
            broken.append(FindingRule.CLOSED_MONTH)
        if broken:
            found.append(LateDate(day, days, tuple(broken)))
    return tuple(found)


def _closed(day: date, rules: BackDatingRules) -> Any:
    """When the month of a business date closes: the 26th to the 25th, December on the 31st."""
    ends = month_end(day.year, day.month, rules.month_last_day, rules.december_last_day)
    if day.month == 12 or day.day <= rules.month_last_day:
        return ends
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return month_end(year, month, rules.month_last_day, rules.december_last_day)


def _dates(name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, date]]:
    declared = BUSINESS_DATES.get(name)
    if declared is None:
        return
    field = declared[0]
    listed, _, inner = field.rpartition(".")
    values = [one[inner] for one in data[listed]] if listed else [data[field]]
    yield from ((field, value) for value in values if value is not None)


def back_dated(
    evidence: Evidence, dates: Sequence[LateDate], concerned: Concerned, rules: BackDatingRules, answer_by: date
) -> FindingRaised:
    """The finding that an event with late dates gives rise to: one for the event, whatever number of dates."""
    _, zh, en = BUSINESS_DATES[evidence.name]
    worst = max(dates, key=lambda one: one.days)
    broken = tuple(rule for rule in FindingRule if any(rule in one.rules for one in dates))
    days = "、".join(f"{one.day}（早 {one.days} 天）" for one in dates)
    days_en = ", ".join(f"{one.day} ({one.days} days before)" for one in dates)
    why = {
        FindingRule.OVER_LIMIT: (f"超过 {rules.limit_days} 天的限度", f"over the limit of {rules.limit_days} days"),
        FindingRule.CLOSED_MONTH: (
            f"所属月份已关账 {rules.grace_days} 天以上",
            f"its month had been closed for more than {rules.grace_days} days",
        ),
    }
    subject = concerned.title or evidence.stream
    reasons, reasons_en = "，".join(why[one][0] for one in broken), "; ".join(why[one][1] for one in broken)
    return FindingRaised(
        kind=FindingKind.BACK_DATED,
        subjects=(evidence.stream,),
        evidence=(evidence.position,),
        title_zh=f"{subject}：{zh}日期早于登记日 {worst.days} 天",
        title_en=f"{subject}: {en} dated {worst.days} days before it was recorded",
        detail=f"{evidence.recorded_on} 登记，{zh}日期 {days}；{reasons}。",
        detail_en=f"Recorded on {evidence.recorded_on}; dated {days_en}; {reasons_en}.",
        rules=broken,
        units=concerned.units,
        groups=concerned.groups,
        persons=(evidence.actor,),
        amount=None,
        days=worst.days,
        resubmission=False,
        raised_for=evidence.recorded_on,
        answer_by=answer_by,
    )
