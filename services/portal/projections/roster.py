"""The registry's facts that pages name: units, groups, persons, industries, settings, targets."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import roster as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)


@projections.on("registry.DistrictEstablished")
def district_established(event: Recorded, rows: Changes) -> None:
    rows.put(t.district, code=event.data["code"], zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.unit, **{key: event.data[key] for key in ("zh", "en", "kind")})


@projections.on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    rows.set(t.unit, zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(t.work_group, **{key: event.data[key] for key in ("number", "zh", "en")})


@projections.on("registry.PersonRegistered")
def person_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.person, zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    rows.put(t.industry, event.data["industry"], zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.SettingChanged")
def setting_changed(event: Recorded, rows: Changes) -> None:
    rows.put(t.setting, event.data["key"], value=event.data["value"])


@projections.on("registry.SettingWithdrawn")
def setting_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.setting, event.data["key"])


@projections.on("registry.TargetSet")
def target_set(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        t.target, data["year"], data["indicator"], data["unit"] or "", value=data["value"], measure=data["measure"]
    )
