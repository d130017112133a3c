"""The registry's facts that trips and quotas need."""

from __future__ import annotations

from services.outreach.tables import CALENDARS, POSTS, SETTINGS, UNITS, city, metadata, person
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

of_roster = Projections(metadata, include=[one.projections for one in (POSTS, SETTINGS, CALENDARS, UNITS)])


@of_roster.on("registry.DistrictEstablished")
def district_established(event: Recorded, rows: Changes) -> None:
    rows.put(city, zh=event.data["city_zh"])


@of_roster.on("registry.PersonRegistered")
def person_registered(event: Recorded, rows: Changes) -> None:
    rows.put(person, zh=event.data["zh"])
