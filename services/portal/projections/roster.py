"""The registry's facts that pages name: the district, persons, industries, targets."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import roster as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)


@projections.on("registry.DistrictEstablished")
def district_established(event: Recorded, rows: Changes) -> None:
    rows.put(t.district, code=event.data["code"], zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.PersonRegistered")
def person_registered(event: Recorded, rows: Changes) -> None:
    rows.put(t.person, zh=event.data["zh"], en=event.data["en"], withdrawn=False)


@projections.on("registry.PersonWithdrawn")
def person_withdrawn(_: Recorded, rows: Changes) -> None:
    rows.set(t.person, withdrawn=True)


@projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    rows.put(t.industry, event.data["industry"], zh=event.data["zh"], en=event.data["en"])


@projections.on("registry.TargetSet")
def target_set(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        t.target, data["year"], data["indicator"], data["unit"] or "", value=data["value"], measure=data["measure"]
    )
