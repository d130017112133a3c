"""Given events, when a command, then events."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.registry.deciders import DISTRICT, GROUP, PERSON, UNIT
from services.registry.domain.district.events import ClockKind, DistrictEstablished, Level
from services.registry.domain.group.events import GroupFormed, LeadUnitAssigned
from services.registry.domain.unit.events import UnitKind, UnitRegistered
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

__all__ = ["DISTRICT", "FORMED", "GENESIS", "GROUP", "LED", "PERSON", "REGISTERED", "UNIT", "code", "day", "when"]


def when(decider: Decider[Any], given: list[Any], *commands: Any) -> list[Any] | Rejection:
    """The events that the commands cause after the given ones, or the first rejection."""
    caused: list[Any] = []
    for command in commands:
        decision = decider.decide(command, decider.fold([*given, *caused]))
        if isinstance(decision, Rejection):
            return decision
        caused += decision
    return caused


def code(decision: list[Any] | Rejection) -> str:
    """A rejection's code; its messages are there in both languages."""
    assert isinstance(decision, Rejection), decision
    assert decision.zh.endswith("。")
    assert decision.en.endswith(".")
    return decision.code


def day(text: str) -> date:
    return date.fromisoformat(text)


GENESIS = DistrictEstablished(
    "410804", "马村区", "Macun District", Level.DISTRICT, "410800", "焦作市", ClockKind.WALL, None
)
FORMED = GroupFormed(1, "招商一组", "Group One", "一（一）", day("2020-07-01"), True)
LED = LeadUnitAssigned("410804-U-development-reform", "区发改委", "铝精深加工制造产业", 1, day("2020-07-01"))
REGISTERED = UnitRegistered("马村区商务局", "Commerce Bureau", UnitKind.DEPARTMENT, (), True, "convention")
