"""What the registry says, as commands and reactions need it for facts: units, persons, posts, settings, calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Subquery, Table, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.outreach import tables as t
from services.outreach.domain.quota.commands import QuotaRules
from services.outreach.domain.rulebook import CompanionLimit
from services.outreach.domain.values import ApprovalLevel, CountingRules
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings
from sevenx.district.unknown import unknown
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.reads import Reads

_HEADS = ("unit_head@", "group_leader@", "group_deputy@")

Row = Mapping[str, Any]


class Roster:
    """The roster as this service has read it. What it does not know is a Problem that names it and the nearest that it
    knows: an id that was misspelt is not taken."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    async def settings(self) -> DistrictSettings:
        """The district's settings as published so far."""
        return await t.SETTINGS.kept(self._reads)

    async def calendar(self) -> WorkCalendar:
        """Working days by the years published so far."""
        return await t.CALENDARS.kept(self._reads)

    async def home_city(self) -> str:
        """The city's name without 市, as it stands in the names of its places; empty while it is not known."""
        return await self._reads.kept("registry", "city", self._home_city)

    async def _home_city(self) -> str:
        return str(await self._reads.scalar(select(t.city.c.zh)) or "").removesuffix("市")

    async def counting_rules(self) -> CountingRules:
        """Which days count (settings `outreach.named_enterprises`, `outreach.not_counted`)."""
        settings = await self.settings()
        return CountingRules(settings.integer("outreach.named_enterprises"), settings.items("outreach.not_counted"))

    async def result_due_on(self, ends_on: date) -> date:
        """The last day for a trip's result (setting `outreach.result_working_days`)."""
        days = (await self.settings()).integer("outreach.result_working_days")
        return (await self.calendar()).add_working_days(ends_on, days)

    async def quota_rules(self) -> QuotaRules:
        """What a principal head owes (settings `outreach.principal_quota`, `outreach.denominator`)."""
        settings = await self.settings()
        return QuotaRules(
            settings.fraction("outreach.principal_quota"),
            settings.choice("outreach.denominator"),
            await self.calendar(),
        )

    async def forecast_after_days(self) -> int:
        """Days in the post before a shortfall is foreseen."""
        return (await self.settings()).integer("outreach.forecast_after_days")

    async def companion_limit(self) -> CompanionLimit:
        """How many may accompany guests (settings `reception.companions…`)."""
        settings = await self.settings()
        return CompanionLimit(
            settings.integer("reception.companions"),
            settings.integer("reception.companions_guests"),
            settings.fraction("reception.companions_share"),
        )

    async def principal_kinds(self) -> tuple[str, ...]:
        """三(一): the kinds of unit whose heads owe the quota (各街道办事处、区直单位)."""
        return (await self.settings()).items("outreach.principal_kinds")

    async def name_of(self, person: str) -> str:
        """A person's name; Problem 422 `unknown-person` for one who is not registered."""
        await self.check_persons(person)
        return str(await self._reads.scalar(select(t.person.c.zh).where(t.person.c.stream == person)))

    async def check_persons(self, *ids: str) -> None:
        """Problem 422 `unknown-person` unless the registry knows every one."""
        await self._check("person", "人员", t.person, ids)

    async def check_unit(self, unit: str) -> None:
        """Problem 422 `unknown-unit` unless the registry knows it."""
        await self._check("unit", "单位", t.unit, [unit])

    async def check_group(self, group: str) -> None:
        """Problem 422 `unknown-group` unless the registry knows it."""
        await self._check("group", "招商小组", t.work_group, [group])

    async def approval_for(self, traveller: str, unit: str | None, on: date) -> ApprovalLevel:
        """三(一), never by oneself: heads and leaders by the district, others by the unit's head or group's leader."""
        grants = await t.POSTS.grants_of(self._reads, traveller, on)
        if any(grant.startswith(_HEADS) for grant in grants):
            return ApprovalLevel.DISTRICT
        return ApprovalLevel.UNIT if unit is not None else ApprovalLevel.GROUP

    async def heads(self, on: date, kinds: Sequence[str]) -> list[Row]:
        """Who heads a unit of these kinds on a day: person, name, role, of (the unit), of_zh."""
        last = _holders(on, "unit_head")
        return await self._reads.rows(
            select(last.c.person, last.c.name, last.c.role, last.c.stream.label("of"), t.unit.c.zh.label("of_zh"))
            .join(t.unit, t.unit.c.stream == last.c.stream)
            .where(last.c.begins, t.unit.c.kind.in_(kinds))
            .order_by(last.c.stream, last.c.person)
        )

    async def leaders(self, on: date) -> list[Row]:
        """Leaders and deputies of the groups on a day: person, name, role, of (the group), of_zh."""
        last, g = _holders(on, "group_leader", "group_deputy"), t.work_group.c
        return await self._reads.rows(
            select(last.c.person, last.c.name, last.c.role, last.c.stream.label("of"), g.zh.label("of_zh"))
            .join(t.work_group, g.stream == last.c.stream)
            .where(last.c.begins)
            .order_by(g.number, last.c.role.desc(), last.c.person)
        )

    async def releases(self, after: date, until: date) -> dict[tuple[str, str], date]:
        """By unit and head: the first day out of the post that is already known and lies in a stretch of time."""
        c = t.POSTS.post_change.c
        rows = await self._reads.rows(
            select(c.stream, c.person, c.effective)
            .where(c.role == "unit_head", ~c.begins, c.effective > after, c.effective <= until)
            .order_by(c.effective.desc())
        )
        return {(row["stream"], row["person"]): row["effective"] for row in rows}

    async def kind_of(self, unit: str) -> str | None:
        """The kind of a unit, None for one that is not registered."""
        found = await self._reads.scalar(select(t.unit.c.kind).where(t.unit.c.stream == unit))
        return None if found is None else str(found)

    async def _check(self, what: str, zh: str, table: Table, ids: Iterable[str]) -> None:
        asked = set(ids)
        found = await self._reads.rows(select(table.c.stream).where(table.c.stream.in_(asked)))
        missing = sorted(asked - {row["stream"] for row in found})
        if missing:
            known = [row["stream"] for row in await self._reads.rows(select(table.c.stream))]
            raise unknown(what, zh, missing[0], known)


def _holders(on: date, *roles: str) -> Subquery:
    """The last change, as of a day, of everybody's posts of some roles; `begins` says whether it is held."""
    c = t.POSTS.post_change.c
    return (
        select(t.POSTS.post_change)
        .where(c.role.in_(roles), c.effective <= on)
        .ext(distinct_on(c.stream, c.role, c.person))
        .order_by(c.stream, c.role, c.person, c.effective.desc(), c.version.desc())
        .subquery()
    )


def business_day(at: datetime) -> date:
    """The day in China."""
    return at.astimezone(SHANGHAI).date()
