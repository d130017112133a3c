"""What events of other streams add for one group or unit: reports, trips, directives, stalls, leads, referrals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.assessment.domain.measuring.happenings import Direct, Entry, Happening
from services.assessment.domain.measuring.measures import Measure

_ONE = Decimal(1)
_STAGE_ZH = {"negotiating": "洽谈", "signed": "签约", "landed": "落地", "started": "开工", "in_production": "投产"}


def reports(stream: Sequence[Happening]) -> Iterator[Direct]:
    """三(三): a group's monthly report was due when its clock stopped or its deadline was missed, whichever came first;
    it is counted once. What a responsible unit contributes late is no measure."""
    group, period, judged = "", "", False
    for one in stream:
        match one.name:
            case "reporting.ReportPeriodOpened":
                group, period = one.data["group"], one.data["period"]
            case "reporting.ReportClockStopped" if not judged:
                judged = True
                yield _direct(group, one, Measure.REPORTS_DUE, f"{period}月报")
                yield _direct(group, one, Measure.REPORTS_IN_TIME, f"{period}月报按时报送")
            case "reporting.DeadlineMissed" if not judged:
                judged = True
                yield _direct(group, one, Measure.REPORTS_DUE, f"{period}月报")
                yield _direct(group, one, Measure.REPORTS_MISSED, f"{period}月报逾期")
            case "reporting.ReportReturned":
                yield _direct(group, one, Measure.REPORTS_RETURNED, f"{period}月报被退回")
            case "reporting.ReportRestated":
                yield _direct(group, one, Measure.REPORTS_RESTATED, f"{period}月报关账后更正")


def trips(stream: Sequence[Happening]) -> Iterator[Direct]:
    """三(一) 实质招商: a trip counts for the unit and the group in whose name it was made if a day of it counts; a
    correction that leaves no day takes it back."""
    counts = False
    for one in stream:
        data = one.data
        if one.name not in ("outreach.TripCompleted", "outreach.TripCompletionCorrected"):
            continue
        now = bool(data["counted_days"])
        if now == counts:
            continue
        counts = now
        zh = f"外出招商{one.stream}" if now else f"更正：外出招商{one.stream}不计"
        for subject in filter(None, (data["unit"], data["group"])):
            yield _direct(subject, one, Measure.TRIPS, zh, _ONE if now else -_ONE)


@dataclass(frozen=True, slots=True)
class Quota:
    """A principal head's quota: whose unit, how many days, and what was counted towards it."""

    unit: str
    required: Decimal
    found: tuple[Direct, ...]


def quota(stream: Sequence[Happening], year: int) -> Quota:
    """三(一): the principal head's counted days stand with the unit that he heads. Each event tells the total so far,
    in which a day that two trips count is one; a quota of another year adds nothing."""
    unit, name, required, before = "", "", Decimal(0), Decimal(0)
    found: list[Direct] = []
    for one in stream:
        data = one.data
        if data["year"] != year:
            continue
        unit, name = data["unit"], data.get("name", name)
        required = Decimal(data["required_days"])
        total = Decimal(data.get("total", data.get("counted_days", before)))
        if total != before:
            reason = f"行程{data['trip']}" if "trip" in data else "任职变动"
            zh = f"{name}外出招商累计{total}天（{reason}）"
            found.append(Direct(unit, Entry(Measure.TRIP_DAYS, one.position, one.at, total - before, zh)))
            before = total
    return Quota(unit, required, tuple(found))


def directives(stream: Sequence[Happening]) -> Iterator[Direct]:
    """三(五): a directive stands with its owner, and with the group that it concerns. Each due day that passes counts
    as overdue once; one that is withdrawn (撤销) is as if it had not been issued, and closed by nobody."""
    subjects: tuple[str, ...] = ()
    title = ""
    for one in stream:
        data = one.data
        counted: list[tuple[Measure, str, Decimal]] = []
        match one.name:
            case "reporting.DirectiveIssued":
                title, subjects = data["title"], tuple(filter(None, (data["owner"], data["group"])))
                counted = [(Measure.DIRECTIVES_ISSUED, "交办", _ONE)]
            case "reporting.DirectiveOverdue":
                counted = [(Measure.DIRECTIVES_OVERDUE, f"逾期（{data['due_on']}到期）", _ONE)]
            case "reporting.DirectiveClosed" if data["outcome"] == "withdrawn":
                counted = [(Measure.DIRECTIVES_ISSUED, "撤销", -_ONE)]
            case "reporting.DirectiveClosed":
                counted = [(Measure.DIRECTIVES_CLOSED, "销号", _ONE)]
                if not data["late"]:
                    counted.append((Measure.DIRECTIVES_IN_TIME, "按期销号", _ONE))
        for measure, words, value in counted:
            for subject in subjects:
                yield _direct(subject, one, measure, f"{words}：{title}", value)


def stalls(stream: Sequence[Happening]) -> Iterator[Direct]:
    """三(五) 中心工作督查: each time that a project stalls counts for its group and for the unit that has it in
    hand."""
    for one in stream:
        if one.name == "projects.ProjectStalled":
            stage = _STAGE_ZH.get(one.data["stage"], one.data["stage"])
            zh = f"项目停滞：{one.stream}在{stage}阶段{one.data['idle_days']}天无进展"
            for subject in filter(None, (one.data["group"], one.data["unit"])):
                yield _direct(subject, one, Measure.PROJECTS_STALLED, zh)


def leads(stream: Sequence[Happening]) -> Iterator[Direct]:
    """A lead counts once it was found genuine by somebody else, for its group and for the unit that found it."""
    holders: tuple[str, ...] = ()
    for one in stream:
        if one.name == "projects.LeadRegistered":
            holders = (one.data["group"], one.data["finder"])
        elif one.name == "projects.LeadQualified":
            for subject in filter(None, holders):
                yield _direct(subject, one, Measure.LEADS_QUALIFIED, f"线索认定有效：{one.stream}")


def referrals(stream: Sequence[Happening], holders: Mapping[str, tuple[str, ...]]) -> Iterator[Direct]:
    """二(三) 以企引企: a referral counts for the group and the finder of the lead that it brought (`holders` by lead);
    one that is withdrawn no longer counts. One stream tells of all of them."""
    recorded: dict[int, tuple[str, ...]] = {}
    for one in stream:
        number = one.data["referral"]
        if one.name == "projects.ReferralRecorded":
            recorded[number] = holders.get(one.data["lead"] or "", ())
            for subject in recorded[number]:
                yield _direct(subject, one, Measure.REFERRALS, f"以企引企引荐：{one.data['lead']}")
        elif one.name == "projects.ReferralWithdrawn":
            for subject in recorded.pop(number, ()):
                yield _direct(subject, one, Measure.REFERRALS, f"撤销第{number}号引荐", -_ONE)


def holders_of_leads(streams: Mapping[str, Iterable[Happening]]) -> dict[str, tuple[str, ...]]:
    """Each lead's group and finder."""
    return {
        stream: tuple(filter(None, (one.data["group"], one.data["finder"])))
        for stream, some in streams.items()
        for one in some
        if one.name == "projects.LeadRegistered"
    }


def _direct(subject: str, one: Happening, measure: Measure, zh: str, value: Decimal = _ONE) -> Direct:
    return Direct(subject, Entry(measure, one.position, one.at, value, zh))
