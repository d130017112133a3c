"""The registry's aggregates, one for each kind of stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.registry.domain.district.decide import decide as decide_district
from services.registry.domain.district.events import EVENTS as DISTRICT_EVENTS
from services.registry.domain.district.evolve import evolve as evolve_district
from services.registry.domain.district.state import District
from services.registry.domain.group.decide import decide as decide_group
from services.registry.domain.group.events import EVENTS as GROUP_EVENTS
from services.registry.domain.group.evolve import evolve as evolve_group
from services.registry.domain.group.state import Group
from services.registry.domain.person.decide import decide as decide_person
from services.registry.domain.person.events import EVENTS as PERSON_EVENTS
from services.registry.domain.person.evolve import evolve as evolve_person
from services.registry.domain.person.state import Person
from services.registry.domain.unit.decide import decide as decide_unit
from services.registry.domain.unit.events import EVENTS as UNIT_EVENTS
from services.registry.domain.unit.evolve import evolve as evolve_unit
from services.registry.domain.unit.state import Unit
from sevenx.kernel.decider import Decider

DISTRICT = Decider("district", District(), decide_district, evolve_district, DISTRICT_EVENTS)
UNIT = Decider("unit", Unit(), decide_unit, evolve_unit, UNIT_EVENTS)
GROUP = Decider("group", Group(), decide_group, evolve_group, GROUP_EVENTS)
PERSON = Decider("person", Person(), decide_person, evolve_person, PERSON_EVENTS)

DECIDERS = (DISTRICT, UNIT, GROUP, PERSON)
BY_LETTER: Mapping[str, Decider[Any]] = {"D": DISTRICT, "U": UNIT, "G": GROUP, "N": PERSON}


def decider_of(stream: str) -> Decider[Any]:
    """The decider of a stream, by the letter in its id (`410804-U-commerce` is a unit's)."""
    return BY_LETTER[stream.split("-")[1]]
