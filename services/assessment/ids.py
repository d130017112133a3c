"""The readable ids: `410804-K-2026` a year's rulebook, `410804-Y-2026` its assessment, `410804-Z-2026-G-1` a score."""

from __future__ import annotations

import re

SUBJECT_ID = r"^[0-9]{6}-(G-[0-9]+|U-[a-z][a-z0-9-]*)$"
"""The form of a subject's id: a group or a unit of the registry."""
_SUBJECT = re.compile(SUBJECT_ID)


def book_id(district: str, year: int) -> str:
    return f"{district}-K-{year}"


def year_id(district: str, year: int) -> str:
    return f"{district}-Y-{year}"


def score_id(year: int, subject: str) -> str:
    """The stream of a subject's score; ValueError when the subject's id has another form."""
    if not _SUBJECT.match(subject):
        raise ValueError(f"{subject!r} is no group's or unit's id like 410804-G-1 or 410804-U-commerce")
    district, _, rest = subject.partition("-")
    return f"{district}-Z-{year}-{rest}"
