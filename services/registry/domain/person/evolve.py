"""How an event changes a person."""

from __future__ import annotations

from .events import PersonRegistered, PersonWithdrawn
from .state import Person


def evolve(state: Person, event: PersonRegistered | PersonWithdrawn) -> Person:
    match event:
        case PersonRegistered():
            return Person(event.zh, event.en, event.basis)
        case PersonWithdrawn():
            return Person()
    return state
