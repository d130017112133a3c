"""How the registry's events become rows: units, groups, industries, settings, calendars, and who holds which post."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.json_values import plain
from sevenx.district.posts import posts
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

roster_posts = posts(t.metadata)
roster_projections = Projections(t.metadata, include=[roster_posts.projections])


@roster_projections.on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit, **{key: event.data[key] for key in ("zh", "en", "kind")})


@roster_projections.on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    rows.set(t.unit, zh=event.data["zh"], en=event.data["en"])


@roster_projections.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(t.work_group, **{key: event.data[key] for key in ("number", "zh", "en")})


@roster_projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    rows.put(t.industry, event.data["industry"], **{key: event.data[key] for key in ("zh", "en", "indicator")})


@roster_projections.on("registry.IndustryWithdrawn")
def industry_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.industry, event.data["industry"])


@roster_projections.on("registry.SettingChanged")
def setting_changed(event: Recorded, rows: Changes) -> None:
    rows.put(t.setting, event.data["key"], value=event.data["value"])


@roster_projections.on("registry.SettingWithdrawn")
def setting_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.setting, event.data["key"])


@roster_projections.on("registry.CalendarPublished")
def calendar_published(event: Recorded, rows: Changes) -> None:
    data = event.data
    days = {key: plain(data[key]) for key in ("days_off", "workdays")}
    rows.put(t.calendar_year, data["year"], provisional=data["provisional"], source=data["source"], **days)


@roster_projections.on("registry.CalendarWithdrawn")
def calendar_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.calendar_year, event.data["year"])
