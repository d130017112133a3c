"""Commands to the rulebook of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PublishRulebook:
    """Publish a version. The text was read and found right before; `sha256` is of its UTF-8 bytes.

    `result_public`: whether the year's result is public already (or settled, or frozen)."""

    year: int
    title: str
    sha256: str
    document: str
    by: str
    today: date
    reason: str = ""
    result_public: bool = False
