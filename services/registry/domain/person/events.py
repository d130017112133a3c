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


EVENTS = (PersonRegistered,)
