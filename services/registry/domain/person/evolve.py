"""How an event changes a person."""

from __future__ import annotations

from .events import PersonRegistered
from .state import Person


def evolve(state: Person, event: PersonRegistered) -> Person:
    match event:
        case PersonRegistered():
            return Person(event.zh, event.en)
    return state
