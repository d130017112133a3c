"""A person as the events tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """`zh` is empty until the person is registered."""

    zh: str = ""
    en: str = ""
    basis: str = ""
