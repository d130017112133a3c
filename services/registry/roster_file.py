"""Reads a district's files (`data/districts/<code>`) and the calendars beside them into a roster document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from services.registry.domain.district.events import ClaimKind, Level, SettingType
from services.registry.domain.roster.document import (
    At,
    CalendarEntry,
    ClaimEntry,
    DistrictEntry,
    GroupEntry,
    IndustryEntry,
    LeadUnitEntry,
    MergedEntry,
    Name,
    PersonEntry,
    PostEntry,
    RosterDocument,
    RosterError,
    SettingEntry,
    UnitEntry,
)
from services.registry.domain.unit.events import UnitAlias, UnitKind
from services.registry.yaml_entries import Entry, read_yaml

FILES = (
    "district.yaml",
    "units.yaml",
    "sub_districts.yaml",
    "groups.yaml",
    "people.yaml",
    "industries.yaml",
    "settings.yaml",
)
"""The files of a district's folder."""
CALENDAR = re.compile(r"CN-[0-9]{4}\.yaml")

Texts = Mapping[str, str]
"""The texts of files by their names."""


def read_texts(files: Texts, calendars: Texts) -> RosterDocument | tuple[RosterError, ...]:
    """The roster of a district's files and calendars, or everything that is wrong in them."""
    errors = [*_strangers(files, calendars)]

    def top(name: str) -> Entry:
        return read_yaml(name, files.get(name), errors)

    units, everybody = _units(top("units.yaml"), top("sub_districts.yaml"))
    document = RosterDocument(
        district=_district(top("district.yaml")),
        every_sub_district=everybody,
        units=units,
        groups=_groups(top("groups.yaml")),
        people=_people(top("people.yaml")),
        industries=_industries(top("industries.yaml")),
        settings=_settings(top("settings.yaml")),
        calendars=tuple(
            _calendar(read_yaml(name, text, errors)) for name, text in sorted(calendars.items()) if _is_calendar(name)
        ),
    )
    return tuple(sorted(errors, key=lambda error: error.at)) if errors else document


def _strangers(files: Texts, calendars: Texts) -> Iterator[RosterError]:
    """Files that are not read: their names are misspelt."""
    known = "、".join(FILES)
    for name in files.keys() - FILES:
        yield RosterError(At(name, 1), f"不认识的文件；可用：{known}。", f"unknown file; known are {', '.join(FILES)}.")
    for name in calendars:
        if not _is_calendar(name):
            yield RosterError(At(name, 1), "日历文件名应如CN-2026.yaml。", "a calendar's name is like CN-2026.yaml.")


def _is_calendar(name: str) -> bool:
    return CALENDAR.fullmatch(name) is not None


def _district(top: Entry) -> DistrictEntry:
    city, notice = top.entry("city"), top.entry("notice")
    issued = notice.entry("issued")
    entry = DistrictEntry(
        at=top.at,
        code=top.text("code"),
        zh=top.text("zh"),
        en=top.text("en"),
        level=top.choice("level", Level),
        city_code=city.text("code"),
        city_zh=city.text("zh"),
        notice_number=notice.text("number"),
        notice_issued=issued.day("date"),
        notice_issued_assumed=issued.flag("assumed"),
    )
    city.ignore("en")
    notice.ignore("zh", "en", "issued_by", "text", "implements")
    issued.ignore("reason")
    for part in (top, city, notice, issued):
        part.done()
    return entry


def _units(units: Entry, sub_districts: Entry) -> tuple[tuple[UnitEntry, ...], str]:
    """The units and the sub-districts, and the words that stand for every sub-district."""
    kind = sub_districts.choice("kind", UnitKind)
    everybody = sub_districts.text("stands_for")
    source = sub_districts.entry("source")
    publisher = source.text("publisher")
    found = (
        *(_unit(entry) for entry in units.entries("units")),
        *(_sub_district(entry, kind, publisher) for entry in sub_districts.entries("sub_districts")),
    )
    source.ignore("title", "url", "as_of")
    for part in (units, sub_districts, source):
        part.done()
    return found, everybody


def _unit(entry: Entry) -> UnitEntry:
    entry.ignore("sources")
    parent = entry.name("parent", "")
    unit = UnitEntry(
        at=entry.at,
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        kind=entry.choice("kind", UnitKind),
        aliases=tuple(_alias(alias, "notice") for alias in entry.texts_or_entries("aliases")),
        in_x_department=entry.flag("in_x_department"),
        name_source=entry.text("zh_source"),
        parent=parent if parent.text else None,
        merged=_merged(entry),
    )
    entry.done()
    return unit


def _merged(entry: Entry) -> MergedEntry | None:
    merged = entry.optional_entry("merged")
    if merged is None:
        return None
    found = MergedEntry(merged.name("into"), merged.day("from"), merged.text("reason"))
    merged.done()
    return found


def _sub_district(entry: Entry, kind: UnitKind, publisher: str) -> UnitEntry:
    parent = entry.name("parent", "")
    unit = UnitEntry(
        at=entry.at,
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        kind=kind,
        aliases=tuple(_alias(alias, publisher) for alias in entry.texts_or_entries("aliases")),
        in_x_department=entry.flag("in_x_department"),
        name_source=entry.text("zh_source", publisher),
        parent=parent if parent.text else None,
        merged=_merged(entry),
    )
    entry.done()
    return unit


def _alias(alias: Name | Entry, source: str) -> UnitAlias:
    if isinstance(alias, Name):
        return UnitAlias(alias.text, source)
    found = UnitAlias(alias.text("name"), alias.text("source"))
    alias.done()
    return found


def _groups(top: Entry) -> tuple[GroupEntry, ...]:
    groups = tuple(_group(entry) for entry in top.entries("groups"))
    top.done()
    return groups


def _group(entry: Entry) -> GroupEntry:
    leader, deputy = entry.name("leader", ""), entry.name("deputy", "")
    group = GroupEntry(
        at=entry.at,
        id=entry.text("id"),
        number=entry.integer("number"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        clause=entry.text("clause"),
        leader=leader if leader.text else None,
        deputy=deputy if deputy.text else None,
        lead_units=tuple(_lead_unit(unit) for unit in entry.entries("lead_units")),
        responsible_units=entry.names("responsible_units"),
        duties=entry.text("duties"),
        duty_items=entry.texts("duty_items"),
    )
    entry.done()
    return group


def _lead_unit(entry: Entry) -> LeadUnitEntry:
    unit = LeadUnitEntry(entry.name("name"), entry.text("industry", "") or None)
    entry.done()
    return unit


def _people(top: Entry) -> tuple[PersonEntry, ...]:
    people = tuple(_person(entry) for entry in top.entries("people"))
    top.done()
    return people


def _person(entry: Entry) -> PersonEntry:
    person = PersonEntry(
        at=entry.at,
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        posts=tuple(_post(post) for post in entry.entries("posts", required=False)),
        basis=entry.text("basis", ""),
    )
    entry.done()
    return person


def _post(entry: Entry) -> PostEntry:
    unit = entry.name("unit", "")
    post = PostEntry(
        at=entry.at,
        group=entry.optional_integer("group"),
        unit=unit if unit.text else None,
        post=entry.text("as"),
        since=entry.day("from"),
        assumed=entry.flag("assumed"),
        until=entry.optional_day("until"),
        basis=entry.text("basis", ""),
    )
    entry.done()
    return post


def _industries(top: Entry) -> tuple[IndustryEntry, ...]:
    top.ignore("overlaps")
    found = (
        *(_industry(entry, indicator=False) for entry in top.entries("industries")),
        *(_industry(entry, indicator=True) for entry in top.entries("indicators", required=False)),
    )
    top.done()
    return found


def _industry(entry: Entry, indicator: bool) -> IndustryEntry:
    parent, keywords = entry.name("parent", ""), entry.optional_entry("keywords")
    industry = IndustryEntry(
        at=entry.at,
        id=entry.text("id"),
        zh=entry.text("zh"),
        en=entry.text("en"),
        indicator=indicator,
        claims=tuple(_claim(claim) for claim in entry.entries("claims", required=not parent.text)),
        parent=parent if parent.text else None,
        keywords=() if keywords is None else keywords.texts("words"),
        keywords_source="" if keywords is None else keywords.text("source"),
    )
    for part in (entry, keywords):
        if part is not None:
            part.done()
    return industry


def _claim(entry: Entry) -> ClaimEntry:
    claim = ClaimEntry(entry.at, entry.integer("group"), entry.choice("in", ClaimKind), entry.texts("names"))
    entry.done()
    return claim


def _settings(top: Entry) -> tuple[SettingEntry, ...]:
    settings = tuple(_setting(entry) for entry in top.entries("settings"))
    top.done()
    return settings


def _setting(entry: Entry) -> SettingEntry:
    setting = SettingEntry(
        at=entry.at,
        key=entry.text("key"),
        value=entry.text("value"),
        type=entry.choice("type", SettingType),
        one_of=entry.texts("one_of", required=False),
        clause=entry.text("clause"),
        stated=entry.flag("stated"),
        note=entry.text("note"),
    )
    entry.done()
    return setting


def _calendar(top: Entry) -> CalendarEntry:
    sources = top.entries("sources")
    holidays = top.entries("holidays")
    calendar = CalendarEntry(
        at=top.at,
        year=top.integer("year"),
        provisional=top.flag("provisional"),
        days_off=tuple(day for holiday in holidays for day in holiday.days("days_off")),
        workdays=tuple(day for holiday in holidays for day in holiday.days("workdays")),
        source="、".join(source.text("number") for source in sources),
    )
    for source in sources:
        source.ignore("zh", "issued", "url")
    for holiday in holidays:
        holiday.ignore("zh", "en")
    for part in (top, *sources, *holidays):
        part.done()
    return calendar
