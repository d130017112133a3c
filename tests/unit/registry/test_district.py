"""The district: genesis, notice, calendars, settings, overlapping duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.registry.domain.district.commands import (
    ChangeSetting,
    DecideOverlap,
    DefineSetting,
    EstablishDistrict,
    ListIndustry,
    PublishCalendar,
    RecordNotice,
)
from services.registry.domain.district.events import (
    CalendarPublished,
    ClaimKind,
    ClockKind,
    IndustryClaim,
    IndustryListed,
    Level,
    NoticeRecorded,
    OverlapDecided,
    SettingChanged,
    SettingType,
)

from .scenario import DISTRICT, GENESIS, code, day, when

ESTABLISH = EstablishDistrict(
    "410804", "马村区", "Macun District", Level.DISTRICT, "410800", "焦作市", ClockKind.WALL, None, local_issuer=False
)
START = datetime(2026, 1, 1, tzinfo=UTC)
READING = DefineSetting(
    "report.due_reading",
    "until_day_end",
    SettingType.CHOICE,
    ("until_day_end", "before_day"),
    "三（三）",
    stated=False,
    note="25日前",
)
ALUMINIUM = ListIndustry(
    "aluminium",
    "铝精深加工",
    "Aluminium",
    indicator=False,
    claims=(
        IndustryClaim("410804-G-1", ClaimKind.LEAD_UNITS, ("铝精深加工制造产业",)),
        IndustryClaim("410804-G-2", ClaimKind.DUTIES, ("铝精深加工",)),
    ),
)


def test_a_district_is_established_once() -> None:
    assert when(DISTRICT, [], ESTABLISH) == [GENESIS]
    assert when(DISTRICT, [GENESIS], ESTABLISH) == []
    assert code(when(DISTRICT, [GENESIS], replace(ESTABLISH, city_zh="郑州市"))) == "district-established"


def test_nothing_is_asked_of_a_district_before_its_genesis() -> None:
    assert code(when(DISTRICT, [], READING)) == "district-not-established"


def test_simulated_time_is_fixed_at_the_genesis_and_refused_with_a_real_issuer() -> None:
    simulated = replace(ESTABLISH, clock=ClockKind.SIMULATED, simulated_from=START)
    assert code(when(DISTRICT, [], simulated)) == "simulated-time-refused"
    assert when(DISTRICT, [], replace(simulated, local_issuer=True)) == [
        replace(GENESIS, clock=ClockKind.SIMULATED, simulated_from=START)
    ]
    assert code(when(DISTRICT, [GENESIS], replace(simulated, local_issuer=True))) == "district-established"


def test_simulated_time_needs_a_start_and_the_wall_clock_has_none() -> None:
    without = replace(ESTABLISH, clock=ClockKind.SIMULATED, local_issuer=True)
    assert code(when(DISTRICT, [], without)) == "simulated-start"
    assert code(when(DISTRICT, [], replace(ESTABLISH, simulated_from=START))) == "simulated-start"


def test_an_assumed_date_of_the_notice_can_become_known_and_not_assumed_again() -> None:
    """一: the text is undated."""
    assumed = RecordNotice("马政办〔2020〕37号", day("2020-07-01"), assumed=True)
    known = RecordNotice("马政办〔2020〕37号", day("2020-05-18"), assumed=False)
    events = [GENESIS, NoticeRecorded(assumed.number, assumed.issued, True)]
    assert when(DISTRICT, events, assumed) == []
    assert when(DISTRICT, events, known) == [NoticeRecorded(known.number, known.issued, False)]
    assert code(when(DISTRICT, events, known, assumed)) == "notice-date-known"


def test_a_provisional_calendar_is_replaced_when_the_year_is_published() -> None:
    """三（三）: a year not yet published uses a provisional calendar."""
    provisional = CalendarPublished(2027, True, (day("2027-01-01"),), (), "provisional")
    command = PublishCalendar(2027, False, (day("2027-01-01"),), (day("2027-01-03"),), "published")
    published = CalendarPublished(2027, False, (day("2027-01-01"),), (day("2027-01-03"),), "published")
    assert when(DISTRICT, [GENESIS, provisional], command) == [published]
    back = PublishCalendar(2027, True, (day("2027-01-01"),), (), "provisional")
    assert code(when(DISTRICT, [GENESIS, published], back)) == "calendar-published"


@pytest.mark.parametrize(
    ("days_off", "workdays"),
    [(("2025-11-30",), ()), ((), ("2027-01-02",)), ((), ("2026-01-05",)), (("2026-01-04",), ("2026-01-04",))],
)
def test_a_calendar_that_contradicts_itself_is_refused(days_off: tuple[str, ...], workdays: tuple[str, ...]) -> None:
    """三（三）: another year's day, a make-up workday that is no weekend day, a day both off and worked."""
    command = PublishCalendar(2026, False, tuple(map(day, days_off)), tuple(map(day, workdays)), "source")
    assert code(when(DISTRICT, [GENESIS], command)) == "calendar-contradicts-itself"


def test_a_years_notice_may_name_days_of_the_december_before() -> None:
    command = PublishCalendar(2023, False, (day("2022-12-31"), day("2023-01-01")), (), "国办发明电〔2022〕16号")
    assert len(when(DISTRICT, [GENESIS], command)) == 1  # type: ignore[arg-type]


def test_a_setting_is_defined_once_and_then_changed_with_a_reason() -> None:
    """三（三）, "25日前": until the 25th 24:00, or until the 24th."""
    events = when(DISTRICT, [GENESIS], READING, ChangeSetting("report.due_reading", "before_day", "区政府办公室核定"))
    assert isinstance(events, list)
    assert [(event.value, event.was) for event in events] == [("until_day_end", None), ("before_day", "until_day_end")]
    assert when(DISTRICT, [GENESIS, *events], READING) == []


def test_a_setting_keeps_to_its_type_and_its_choices() -> None:
    events = [GENESIS, *when(DISTRICT, [GENESIS], READING)]  # type: ignore[misc]
    refused = {
        "setting-value": ChangeSetting("report.due_reading", "some_day", "理由"),
        "setting-unknown": ChangeSetting("report.due", "1", "理由"),
        "reason-missing": ChangeSetting("report.due_reading", "before_day", " "),
        "setting-type": replace(READING, type=SettingType.TEXT),
    }
    assert {code(when(DISTRICT, events, command)) for command in refused.values()} == set(refused)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (SettingType.INT, "-25", "25.0"),
        (SettingType.BOOL, "true", "yes"),
        (SettingType.TEXT, "Asia/Shanghai", " "),
        (SettingType.DECIMAL, "0.3", "NaN"),
        (SettingType.DECIMAL, "7", "7元"),
        (SettingType.FRACTION, "1/4", "1/0"),
        (SettingType.FRACTION, "1", "5/4"),
        (SettingType.LIST, "2,4,6", "2,,6"),
        (SettingType.UNIT, "410804-U-commerce", "区商务局"),
        (SettingType.UNITS, "410804-U-commerce,410804-U-audit", "410804-U-commerce,"),
    ],
)
def test_a_settings_text_is_a_value_of_its_type(kind: SettingType, good: str, bad: str) -> None:
    setting = replace(READING, type=kind, one_of=(), value=good)
    assert isinstance(when(DISTRICT, [GENESIS], setting), list)
    assert code(when(DISTRICT, [GENESIS], replace(setting, value=bad))) == "setting-value"


def test_an_overlap_stays_open_until_the_district_office_decides_it() -> None:
    """一: 铝精深加工 is claimed by groups one and two."""
    listed = when(DISTRICT, [GENESIS], ALUMINIUM)
    assert isinstance(listed, list)
    assert [i.industry for i in DISTRICT.fold([GENESIS, *listed]).open_overlaps()] == ["aluminium"]
    decision = DecideOverlap("aluminium", "410804-G-2", "以招引为主", day("2020-08-01"))
    decided = when(DISTRICT, [GENESIS, *listed], decision)
    assert decided == [OverlapDecided("aluminium", "410804-G-2", "以招引为主", day("2020-08-01"))]
    assert DISTRICT.fold([GENESIS, *listed, *decided]).open_overlaps() == ()
    assert when(DISTRICT, [GENESIS, *listed, *decided], decision) == []


def test_an_overlap_is_decided_for_a_group_that_claims_it_and_with_a_reason() -> None:
    """一"""
    listed = when(DISTRICT, [GENESIS], ALUMINIUM)
    assert isinstance(listed, list)
    events = [GENESIS, *listed]
    on = day("2020-08-01")
    assert code(when(DISTRICT, events, DecideOverlap("aluminium", "410804-G-3", "理由", on))) == "group-does-not-claim"
    assert code(when(DISTRICT, events, DecideOverlap("aluminium", "410804-G-1", "", on))) == "reason-missing"
    assert code(when(DISTRICT, events, DecideOverlap("education", "410804-G-3", "理由", on))) == "no-overlap"


def test_an_indicator_of_two_groups_is_no_overlap() -> None:
    """一（四）, 一（六）: 上级政策性资金争取 is each group's own."""
    listed = when(DISTRICT, [GENESIS], replace(ALUMINIUM, indicator=True))
    assert isinstance(listed, list)
    assert DISTRICT.fold([GENESIS, *listed]).open_overlaps() == ()


def test_an_industry_that_nobody_claims_is_refused() -> None:
    assert code(when(DISTRICT, [GENESIS], replace(ALUMINIUM, claims=()))) == "industry-unclaimed"


def test_a_listed_industry_is_not_listed_again() -> None:
    listed = when(DISTRICT, [GENESIS], ALUMINIUM)
    assert isinstance(listed, list)
    assert isinstance(listed[0], IndustryListed)
    assert when(DISTRICT, [GENESIS, *listed], ALUMINIUM) == []


def test_a_changed_setting_says_what_it_was() -> None:
    events = when(DISTRICT, [GENESIS], READING)
    assert events == [
        SettingChanged(
            "report.due_reading",
            "until_day_end",
            SettingType.CHOICE,
            ("until_day_end", "before_day"),
            "三（三）",
            False,
            None,
            "25日前",
        )
    ]
