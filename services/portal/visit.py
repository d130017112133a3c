"""Who looks at a page, in which language, and what every page shows of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import select

from services.portal.notices import inboxes, unread_count
from services.portal.pages.wording import EN, Names
from services.portal.projections import projections
from services.portal.queries import roster
from services.portal.texts import CHINESE, LANGUAGES, text
from sevenx.kernel.auth import Principal
from sevenx.kernel.browser import ACCESS_COOKIE, csrf_token
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.cut_offs import cut_offs
from sevenx.kernel.deployment import deployment_table
from sevenx.kernel.http import Asking, runtime_of
from sevenx.kernel.reads import Reads
from sevenx.kernel.runtime import Runtime

LANGUAGE_COOKIE = "sevenx-language"
_DEPLOYMENT = deployment_table(projections)


@dataclass(frozen=True)
class Freshness:
    """How far the portal's read model is."""

    state: str
    """`running`, or why it is not: `rebuilding`, `waiting`, … ; `unknown` where another process reads."""
    behind: int
    """Records that are on the bus and not yet on the pages."""
    seconds: float
    """Age of the oldest of them, at most."""

    @property
    def current(self) -> bool:
        return self.state in ("running", "unknown") and not self.behind


@dataclass(frozen=True)
class Visit:
    """One request for a page. `visitor` in a route, `visit` in a template."""

    principal: Principal
    language: str
    csrf: str
    now: datetime
    """Business time, UTC."""
    simulated: bool
    deployment: dict[str, Any] | None
    """The read model's row of the district (`simulated`, `established_at`, `month_last_day`, …); None before it is
    founded."""
    freshness: Freshness
    unread: int = 0
    name_en: str = ""
    """The visitor's English name, where one is known; the issuer tells the Chinese one."""

    @property
    def today(self) -> date:
        """The business day in China."""
        return self.now.astimezone(SHANGHAI).date()

    @cached_property
    def period(self) -> str:
        """The report period that runs now, `2026-07` (the 26th to the 25th; December closes on the 31st)."""
        days = (25, 31)
        if self.deployment is not None:
            days = (self.deployment["month_last_day"], self.deployment["december_last_day"])
        until = self.now.replace(year=self.now.year + 1, day=1)
        return next(cut.period for cut in cut_offs(self.now, until, *days) if cut.kind == "month")

    @property
    def subject(self) -> str:
        """The person's or office's id."""
        return self.principal.subject

    @property
    def name(self) -> str:
        """The visitor's own name in his language."""
        return self.either(self.principal.name, self.name_en) or self.subject

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.partition("@")[0] for grant in self.principal.grants)

    def scopes(self, *roles: str) -> list[str]:
        """The ids of the units, groups or district for which one of the roles is held, in order."""
        held = (grant.partition("@") for grant in self.principal.grants)
        return sorted({scope for role, _, scope in held if role in roles})

    def may(self, roles: Iterable[str]) -> bool:
        """Whether one of the roles is held, for whatever it be: to show a link or a form. The owner decides."""
        return not self.roles.isdisjoint(roles)

    def t(self, key: str, **values: object) -> str:
        """A text of `i18n/` in the visitor's language."""
        return text(self.language, key, **values)

    def either(self, zh: str | None, en: str | None) -> str:
        """Of two texts the one in the visitor's language, or the other where that is lacking."""
        first, second = (zh, en) if self.language == CHINESE else (en, zh)
        return first or second or ""


def language_of(request: Request) -> str:
    """What `?lang=` asks for, else what was asked for before, else Chinese."""
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in LANGUAGES:
            return asked
    return CHINESE


async def english_name(reads: Reads, subject: str) -> str:
    """As the roster has it for a person, or the console for an office; empty where neither knows one."""
    name = Names.of(await roster.person(reads, subject), EN)(subject)
    return "" if name == subject else name


def freshness_of(runtime: Runtime) -> Freshness:
    """From this process's reader; another process's is not asked."""
    if runtime.reader is None:
        return Freshness("unknown", 0, 0.0)
    status = runtime.reader.status()
    ages = [one["lag_seconds"] for one in status["partitions"].values()]
    return Freshness(status["state"], status["lag"], max(ages, default=0.0))


async def _visit(request: Request, principal: Asking) -> Visit:
    runtime = runtime_of(request)
    row = await runtime.reads.one(select(_DEPLOYMENT))
    visit = Visit(
        principal=principal,
        language=language_of(request),
        csrf=csrf_token(request.cookies.get(ACCESS_COOKIE, "")),
        now=runtime.clock.now(),
        simulated=runtime.clock.simulated or bool(row and row["simulated"]),
        deployment=None if row is None else dict(row),
        freshness=freshness_of(runtime),
        unread=await unread_count(runtime.reads, inboxes(principal)),
        name_en=await english_name(runtime.reads, principal.subject),
    )
    request.state.visit = visit
    return visit


Visitor = Annotated[Visit, Depends(_visit)]
"""Whoever asks for a page, logged in; a route that names it sends everybody else to the login."""
