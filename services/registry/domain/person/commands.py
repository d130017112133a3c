"""What may be asked about a person."""

from __future__ import annotations

from dataclasses import dataclass

from services.registry.domain.correction import RollBackImport


@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """Make a person known, so that posts can be given."""

    zh: str
    en: str
    basis: str


Command = RegisterPerson | RollBackImport
