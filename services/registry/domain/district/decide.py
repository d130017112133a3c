"""The rules about a district."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.registry.domain.correction import RollBackImport, roll_back
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import (
    ChangeSetting,
    Command,
    DecideOverlap,
    DefineSetting,
    EstablishDistrict,
    ListIndustry,
    PublishCalendar,
    RecordImport,
    RecordNotice,
    RecordRollback,
)
from .events import (
    CalendarPublished,
    ClockKind,
    DistrictEstablished,
    NoticeRecorded,
    SettingChanged,
    SettingType,
)
from .import_rules import record_import, record_rollback
from .industry_rules import decide_overlap, list_industry
from .setting_values import is_value
from .state import District

SATURDAY = 5


def decide(command: Command, state: District) -> Decision:
    if isinstance(command, EstablishDistrict):
        return establish(command, state)
    if state.genesis is None:
        return Rejection(
            "district-not-established",
            zh="本区尚未建立；请先导入本区名册。",
            en="The district is not established yet; import its roster first.",
            status=409,
        )
    match command:
        case RecordNotice():
            return record_notice(command, state)
        case PublishCalendar():
            return publish_calendar(command, state)
        case DefineSetting():
            return define_setting(command, state)
        case ChangeSetting():
            return change_setting(command, state)
        case ListIndustry():
            return list_industry(command, state)
        case DecideOverlap():
            return decide_overlap(command, state)
        case RecordImport():
            return record_import(command, state)
        case RecordRollback():
            return record_rollback(command, state)
        case RollBackImport():
            return roll_back(command, state)


def establish(command: EstablishDistrict, state: District) -> Decision:
    """The genesis happens once and is never changed; simulated time needs the local issuer and a first day."""
    simulated = command.clock is ClockKind.SIMULATED
    if simulated and not command.local_issuer:
        return Rejection(
            "simulated-time-refused",
            zh="接入真实身份认证的部署只能使用真实时间；请将时钟设为 wall。",
            en="Business time may be simulated only where the embedded issuer signs; choose the clock wall.",
        )
    if simulated != (command.simulated_from is not None):
        return Rejection(
            "simulated-start",
            zh="模拟时间须填写起始日期，真实时间不得填写。",
            en="Simulated time needs its first day, and the wall clock must have none.",
        )
    genesis = DistrictEstablished(
        command.code,
        command.zh,
        command.en,
        command.level,
        command.city_code,
        command.city_zh,
        command.clock,
        command.simulated_from,
    )
    if state.genesis is None:
        return [genesis]
    if state.genesis == genesis:
        return []
    return Rejection(
        "district-established",
        zh=f"{state.genesis.zh}已经建立，其初始设定不可更改。",
        en=f"{state.genesis.en} is established; its genesis never changes.",
        status=409,
    )


def record_notice(command: RecordNotice, state: District) -> Decision:
    """The notice's date stands apart from the genesis, so that the district office can correct an assumed one."""
    notice = NoticeRecorded(command.number, command.issued, command.assumed, command.sub_districts)
    if state.notice is not None and command.assumed and not state.notice.assumed:
        return Rejection(
            "notice-date-known",
            zh=f"成文日期{state.notice.issued}已经核定，不能改回推定日期。",
            en=f"The date {state.notice.issued} is confirmed and cannot become assumed again.",
            status=409,
        )
    return [] if state.notice == notice else [notice]


def publish_calendar(command: PublishCalendar, state: District) -> Decision:
    """三（三）, "25日前": working days follow the State Council's notice.

    A make-up workday is a weekend day, no day is both off and worked, and a published year never becomes provisional
    again. The notice of a year may move days of the December before.
    """
    days_off, workdays = _ordered(command.days_off), _ordered(command.workdays)
    strange = [day for day in (*days_off, *workdays) if not _of_the_year(day, command.year)]
    strange += [day for day in workdays if day.weekday() < SATURDAY or day in days_off]
    if strange:
        listed = "、".join(day.isoformat() for day in strange)
        return Rejection(
            "calendar-contradicts-itself",
            zh=f"{command.year}年日历有误：{listed}。日期须在当年或上年12月，补班日须为周末且不在放假日中。",
            en=f"The calendar of {command.year} is wrong about {listed}: days must be of the year or the December "
            "before, and a make-up workday a weekend day that is not off.",
            details={"days": [day.isoformat() for day in strange]},
        )
    event = CalendarPublished(command.year, command.provisional, days_off, workdays, command.source)
    known = state.calendars.get(command.year)
    if known == event:
        return []
    if known is not None and command.provisional and not known.provisional:
        return Rejection(
            "calendar-published",
            zh=f"{command.year}年日历已正式公布，不能改回暂行日历。",
            en=f"The calendar of {command.year} is published and cannot become provisional again.",
            status=409,
        )
    return [event]


def _of_the_year(day: date, year: int) -> bool:
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _ordered(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


def define_setting(command: DefineSetting, state: District) -> Decision:
    """A setting is defined once; afterwards its value changes only with a reason, and its type never."""
    if refused := _refuse_value(command.key, command.value, command.type, command.one_of):
        return refused
    known = state.settings.get(command.key)
    if known is None:
        return [
            SettingChanged(
                command.key,
                command.value,
                command.type,
                command.one_of,
                command.clause,
                command.stated,
                was=None,
                reason=command.note,
            )
        ]
    if known.type is not command.type:
        return Rejection(
            "setting-type",
            zh=f"设置项{command.key}的类型是{known.type}，不能改为{command.type}。",
            en=f"The setting {command.key} is of type {known.type} and cannot become {command.type}.",
            status=409,
        )
    return []


def change_setting(command: ChangeSetting, state: District) -> Decision:
    """Figures that the notice leaves open are the district's to set; each change keeps its reason."""
    known = state.settings.get(command.key)
    if known is None:
        return Rejection(
            "setting-unknown",
            zh=f"没有设置项{command.key}。",
            en=f"There is no setting {command.key}.",
            status=404,
            details={"keys": sorted(state.settings)},
        )
    if refused := _refuse_value(command.key, command.value, known.type, known.one_of):
        return refused.within("value")
    if known.value == command.value:
        return []
    if not command.reason.strip():
        return Rejection(
            "reason-missing",
            zh="请说明调整该设置项的理由。",
            en="Say why the setting is changed.",
            rule=known.clause,
            field="reason",
        )
    return [
        SettingChanged(
            command.key,
            command.value,
            known.type,
            known.one_of,
            known.clause,
            stated=False,
            was=known.value,
            reason=command.reason,
        )
    ]


def _refuse_value(key: str, value: str, kind: SettingType, one_of: tuple[str, ...]) -> Rejection | None:
    if is_value(value, kind, one_of):
        return None
    allowed = "、".join(one_of)
    return Rejection(
        "setting-value",
        zh=f"设置项{key}的值“{value}”不是{kind}类型" + (f"，可选：{allowed}。" if allowed else "。"),
        en=f"The setting {key} cannot be {value!r}: it is of type {kind}"
        + (f", one of {allowed}." if allowed else "."),
        details={"key": key, "one_of": list(one_of)},
    )
