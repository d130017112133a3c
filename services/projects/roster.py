"""What the registry says, as commands need it for facts: units, groups, industries and settings of the district."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from sqlalchemy import Table, select

from services.projects import tables as t
from services.projects.domain.protection.commands import Terms
from services.projects.domain.values import Commerce
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads


class Roster:
    """The roster as this service has read it. What it does not know is a Problem that names it and the nearest that it
    knows: an id that was misspelt is not taken."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    async def check_units(self, *ids: str) -> None:
        """Problem 422 `unknown-unit` unless the registry knows every one."""
        await self._check("unit", "单位", t.UNITS.unit, ids)

    async def check_group(self, group: str) -> None:
        """Problem 422 `unknown-group` unless the registry knows it."""
        await self._check("group", "招商小组", t.UNITS.work_group, [group])

    async def check_industry(self, industry: str) -> None:
        """Problem 422 `unknown-industry` unless the registry lists it; what is counted apart is no industry."""
        known = await self._reads.rows(select(t.industry.c.industry).where(~t.industry.c.indicator))
        names = [row["industry"] for row in known]
        if industry not in names:
            raise _unknown("industry", "产业", industry, names)

    async def unit_kind(self, unit: str) -> str:
        """`zone`, `sub_district`, `department` …; Problem 422 for a unit that the registry does not know."""
        await self.check_units(unit)
        u = t.UNITS.unit.c
        return str(await self._reads.scalar(select(u.kind).where(u.stream == unit)))

    async def lead_units(self, group: str, on: date) -> tuple[str, ...]:
        """The lead units of a group on a day."""
        rows = await self._reads.rows(t.POSTS.units_of(group, "lead", on))
        return tuple(sorted(row["unit"] for row in rows))

    async def commerce(self, on: date) -> Commerce:
        """The Commerce Bureau's unit and the groups that it leads on a day."""
        unit = (await self.settings()).text("bodies.commerce_bureau")
        groups = await self._reads.rows(t.POSTS.groups_of(unit, "lead", on))
        return Commerce(unit, tuple(sorted(row["stream"] for row in groups)))

    async def terms(self) -> Terms:
        """The figures of protections (settings `protection.*`); their defaults where the roster has not been read."""
        settings = await t.SETTINGS.kept(self._reads)
        return Terms(
            months=settings.integer("protection.months"),
            extensions=settings.integer("protection.extensions"),
            warn_days=settings.integer("protection.warn_days"),
            release_days=settings.integer("protection.release_days"),
            contest_working_days=settings.integer("protection.contest_working_days"),
            decision_working_days=settings.integer("protection.decision_working_days"),
        )

    async def calendar(self) -> WorkCalendar:
        """Working days by the years published so far; a year that is not has a provisional calendar."""
        return await t.CALENDARS.kept(self._reads)

    async def recognising_bodies(self) -> tuple[str, ...]:
        """The units that recognise funds jointly (setting `funds.recognised_by`)."""
        return (await self.settings()).items("funds.recognised_by")

    async def default_shares(self) -> tuple[Decimal, Decimal]:
        """The finder's and the landing unit's part (settings `credit.finder_share`, `credit.landing_share`)."""
        settings = await self.settings()
        return settings.decimal("credit.finder_share"), settings.decimal("credit.landing_share")

    async def settings(self) -> DistrictSettings:
        """The district's settings. Problem 503 `roster-missing` while the registry's roster has not been read."""
        settings = await t.SETTINGS.kept(self._reads)
        if not settings.published:
            raise Problem(
                503,
                "roster-missing",
                "尚未读到区登记簿（名册未导入或正在同步），请稍后重试。",
                "The registry's roster has not been read yet: it is not imported, or still on its way.",
                headers={"Retry-After": "2"},
            )
        return settings

    async def _check(self, what: str, zh: str, table: Table, ids: Iterable[str]) -> None:
        async def streams() -> list[str]:
            return [row["stream"] for row in await self._reads.rows(select(table.c.stream))]

        known = await self._reads.kept("registry", f"streams of {table.name}", streams)
        for one in ids:
            if one not in known:
                raise _unknown(what, zh, one, known)


def _unknown(what: str, zh: str, wrong: str, known: list[str]) -> Problem:
    near = get_close_matches(wrong, sorted(known), n=5, cutoff=0.3)
    return Problem(
        422,
        f"unknown-{what}",
        f"登记簿中没有{zh} {wrong}；相近的有：{'、'.join(near) or '无'}。",
        f"The registry knows no {what} {wrong}; near it: {', '.join(near) or 'none'}.",
        details={what: wrong, "near": near},
    )
