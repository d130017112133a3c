"""How the registry's events write its read model."""

from __future__ import annotations

from services.registry import tables as t
from services.registry.domain.names import spelling
from services.registry.group_projections import of_groups
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(t.metadata, version=2, include=[t.roster_posts.projections, of_groups])


@projections.on("registry.DistrictEstablished")
def district_established(event: Recorded, rows: Changes) -> None:
    rows.put(t.district, **event.data)


@projections.on("registry.NoticeRecorded")
def notice_recorded(event: Recorded, rows: Changes) -> None:
    notice = event.data
    rows.set(
        t.district,
        notice_number=notice["number"],
        notice_issued=notice["issued"],
        notice_assumed=notice["assumed"],
    )


@projections.on("registry.CalendarPublished")
def calendar_published(event: Recorded, rows: Changes) -> None:
    published = event.data
    rows.put(
        t.calendar,
        published["year"],
        provisional=published["provisional"],
        days_off=[day.isoformat() for day in published["days_off"]],
        workdays=[day.isoformat() for day in published["workdays"]],
        source=published["source"],
    )


@projections.on("registry.SettingChanged")
def setting_changed(event: Recorded, rows: Changes) -> None:
    setting = dict(event.data)
    rows.put(t.setting, setting.pop("key"), **setting, since=event.meta.occurred_at)


@projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    industry = dict(event.data)
    rows.put(t.industry, industry.pop("industry"), **industry)


@projections.on("registry.OverlapDecided")
def overlap_decided(event: Recorded, rows: Changes) -> None:
    decided = event.data
    rows.put(
        t.overlap_decision,
        decided["industry"],
        group_id=decided["group"],
        reason=decided["reason"],
        decided_on=decided["decided_on"],
    )


@projections.on("registry.RosterImported")
def roster_imported(event: Recorded, rows: Changes) -> None:
    told = dict(event.data)
    later = dict.fromkeys(("rolled_back_by", "rolled_back_on", "reason"))
    rows.put(t.roster_import, told.pop("number"), **told, **later)


@projections.on("registry.ImportRolledBack")
def import_rolled_back(event: Recorded, rows: Changes) -> None:
    told = {name: event.data[name] for name in ("rolled_back_by", "rolled_back_on", "reason")}
    rows.set(t.roster_import, event.data["number"], **told)


@projections.on("registry.CalendarWithdrawn")
def calendar_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.calendar, event.data["year"])


@projections.on("registry.SettingWithdrawn")
def setting_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.setting, event.data["key"])


@projections.on("registry.IndustryWithdrawn")
def industry_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.industry, event.data["industry"])


@projections.on("registry.UnitWithdrawn")
def unit_withdrawn(event: Recorded, rows: Changes) -> None:
    for name in event.data["names"]:
        rows.delete(t.unit_name, name)
    rows.delete(t.unit)


@projections.on("registry.UnitAliasWithdrawn")
def unit_alias_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.unit_name, event.data["name"])


@projections.on("registry.PersonWithdrawn")
def person_withdrawn(_: Recorded, rows: Changes) -> None:
    rows.delete(t.person)


@projections.on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    unit = event.data
    rows.put(
        t.unit,
        zh=unit["zh"],
        en=unit["en"],
        kind=unit["kind"],
        in_x_department=unit["in_x_department"],
        name_source=unit["name_source"],
        merged_into=None,
        merged_on=None,
    )
    rows.put(t.unit_title, event.version, zh=unit["zh"], en=unit["en"], effective=None)
    for alias in unit["aliases"]:
        _name(rows, alias["name"], alias["source"])
    _name(rows, unit["zh"], unit["name_source"])


@projections.on("registry.UnitAliasAdded")
def unit_alias_added(event: Recorded, rows: Changes) -> None:
    _name(rows, event.data["name"], event.data["source"])


@projections.on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    renamed = event.data
    rows.set(t.unit, zh=renamed["zh"], en=renamed["en"], name_source=renamed["reason"])
    _name(rows, renamed["former_zh"], "former")
    _name(rows, renamed["zh"], renamed["reason"])
    rows.put(t.unit_title, event.version, zh=renamed["zh"], en=renamed["en"], effective=renamed["effective"])


@projections.on("registry.UnitParentSet")
def unit_parent_set(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit_parent, event.version, parent=event.data["parent"], effective=event.data["effective"])


@projections.on("registry.UnitMerged")
def unit_merged(event: Recorded, rows: Changes) -> None:
    rows.set(t.unit, merged_into=event.data["into"], merged_on=event.data["effective"])


def _name(rows: Changes, name: str, source: str) -> None:
    rows.put(t.unit_name, name, spelling=spelling(name), source=source)


@projections.on("registry.PersonRegistered")
def person_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.person, zh=event.data["zh"], en=event.data["en"])
