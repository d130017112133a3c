"""What happens to the rulebook of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RulebookPublished:
    """The assessment office published a version of the year's rulebook: the YAML text itself, so that every score can
    be explained from the log alone."""

    year: int
    version: int
    title: str
    sha256: str
    """Of the text's UTF-8 bytes, hex."""
    document: str
    published_by: str
    published_on: date
    reason: str = ""
    """Why a later version took the place of an earlier one."""


BOOK_EVENTS = (RulebookPublished,)
