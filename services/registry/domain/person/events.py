"""What is recorded about a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """A person who may hold posts is known by name; contact details never stand on the bus."""

    zh: str
    en: str
    basis: str
    """The document that names the person."""


@dataclass(frozen=True, slots=True)
class PersonWithdrawn:
    """The person is not known any more: the import that registered him was rolled back. The id stays his own."""

    zh: str
    reason: str


EVENTS = (PersonRegistered, PersonWithdrawn)
