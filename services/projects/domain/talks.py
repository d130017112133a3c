"""Talks and visits (洽谈、考察): a dated record without the names of those who took part."""

from __future__ import annotations

from datetime import date

from services.projects.domain.dates import check_date
from services.projects.domain.identity import check_free_text, check_hash
from sevenx.kernel.errors import Rejection


def check_talk(held_on: date, place: str, summary: str, sha256: str | None, today: date) -> Rejection | None:
    """A talk has taken place, says where and what about, and holds nobody's contact details."""
    if not summary.strip():
        return Rejection(
            "summary-missing",
            "请简要写明洽谈内容。",
            "Say in a few words what the talk was about.",
            rule="三（一）",
            field="summary",
        )
    return (
        check_date("洽谈日期", "held_on", held_on, today)
        or check_free_text(place=place, summary=summary)
        or (check_hash(sha256) if sha256 is not None else None)
    )


def latest(before: date | None, on: date) -> date:
    """The later of two days, of which the first may not exist."""
    return on if before is None else max(before, on)
