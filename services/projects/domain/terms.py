"""Kinds of matter with the working days within which they are to be done. The figures are data (`data/rulebooks/`);
here stands only how they are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sevenx.kernel.errors import Rejection


@dataclass(frozen=True, slots=True)
class Term:
    """A kind in both languages, and its days."""

    zh: str
    en: str
    working_days: int


@dataclass(frozen=True, slots=True)
class TermsRulebook:
    """The kinds that there are; `version` is kept in every event that was decided by it."""

    version: str
    kinds: Mapping[str, Term]

    def check(self, kind: str) -> Rejection | None:
        """A kind is one of the rulebook's."""
        if kind in self.kinds:
            return None
        return Rejection(
            "unknown-kind",
            f"没有“{kind}”这一类别；可选：{'、'.join(f'{key}（{one.zh}）' for key, one in self.kinds.items())}。",
            f"There is no kind {kind!r}; kinds are {', '.join(self.kinds)}.",
            details={"kinds": list(self.kinds)},
            field="kind",
        )


def check_promise(promised_on: date, today: date) -> Rejection | None:
    """A promise is of a day to come."""
    if promised_on >= today:
        return None
    return Rejection(
        "promise-in-the-past",
        f"承诺日期 {promised_on} 早于今天 {today}。",
        f"The promised date, {promised_on}, lies before today, {today}.",
        field="promised_on",
    )
