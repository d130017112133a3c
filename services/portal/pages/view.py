"""What every page over the read model gives its template: names, words, figures and days in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from services.portal.pages import wording
from services.portal.pages.sentences import sentence
from services.portal.pages.wording import Names
from services.portal.queries import roster
from services.portal.queries.timeline import position_of
from services.portal.render import page
from services.portal.visit import Visit
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
STAGES = ("negotiating", "signed", "landed", "started", "in_production", "at_capacity")


class Offered(dict[str, Any]):
    """The forms that a page offers a visitor, by name; one that is not offered is None."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        super().__init__({name: value for name, value in found.items() if value})

    def __missing__(self, _: str) -> None:
        return None


async def names_for(reads: Reads, visit: Visit) -> Names:
    """Names of everything that has one, in the visitor's language."""
    return Names.of(await roster.names(reads), visit.language)


async def show(request: Request, template: str, visit: Visit, names: Names, **context: Any) -> HTMLResponse:
    """A page with the helpers that its template expects beside those of the console's frame."""
    language = visit.language
    helpers = {
        "names": names,
        "word": lambda kind, code: wording.word(kind, code, language),
        "choices": lambda kind: wording.choices(kind, language),
        "yuan": lambda amount: wording.yuan(amount, language),
        "quantity": lambda indicator, value: wording.quantity(indicator, value, language),
        "share": wording.percent,
        "on": wording.day,
        "moment": wording.moment,
        "period_name": lambda text: wording.period(text, language),
        "duration": lambda seconds: wording.duration(seconds, language),
        "today": visit.today,
        "now": visit.now,
    }
    return await page(request, f"pages/{template}", **{**helpers, **context})


def told(rows: Iterable[Row], names: Names, posts: Sequence[Row] = ()) -> list[dict[str, Any]]:
    """Events as a timeline shows them, the latest first: the sentence, who by which post of that day, when, where."""
    lines = []
    for row in rows:
        lines.append(
            {
                "position": position_of(row),
                "stream": row["stream"],
                "area": row["area"],
                "name": row["name"],
                "version": row["version"],
                "sentence": sentence(row["area"], row["name"], row["data"], names),
                "at": row["occurred_at"],
                "recorded_at": row["recorded_at"],
                "actor": row["actor"],
                "post": post_then(posts, row["actor"], row["occurred_at"], names),
                "hash": bytes(row["hash"]).hex(),
            }
        )
    return lines[::-1]


def post_then(posts: Iterable[Row], person: str, at: datetime, names: Names) -> str:
    """The posts that a person held on the day: 招商一组联络员; nothing for an office or one without a post."""
    on = at.astimezone(SHANGHAI).date()
    held: dict[tuple[str, str], bool] = {}
    for change in posts:
        if change["person"] == person and change["effective"] <= on:
            held[change["stream"], change["role"]] = change["begins"]
    space = "" if names.language == wording.ZH else " "
    return ("、" if names.language == wording.ZH else ", ").join(
        f"{names(scope)}{space}{wording.word('role', role, names.language)}"
        for (scope, role), holds in held.items()
        if holds
    )


async def timeline(reads: Reads, names: Names, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Events with the posts that their actors held then: one query more."""
    persons = {row["actor"] for row in rows if "-N-" in row["actor"]}
    return told(rows, names, await roster.post_changes(reads, sorted(persons)))


def unknown(what_zh: str, what_en: str, of: str) -> Problem:
    """404 for something that is not there."""
    return Problem(404, "not-found", f"没有{what_zh} {of}。", f"There is no {what_en} {of}.")


def by(rows: Iterable[Row], *keys: str) -> dict[Any, Row]:
    """Rows by one column, or by several as a tuple."""
    pick = (lambda row: row[keys[0]]) if len(keys) == 1 else (lambda row: tuple(row[key] for key in keys))
    return {pick(row): row for row in rows}


def days_left(until: date, today: date) -> int:
    """Days from today to a day; below zero when it has passed."""
    return (until - today).days


__all__ = [
    "STAGES",
    "Offered",
    "Row",
    "by",
    "days_left",
    "names_for",
    "post_then",
    "show",
    "timeline",
    "told",
    "unknown",
]
