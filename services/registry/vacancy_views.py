"""The posts that must be held, and what is amiss with them on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from services.registry import queries as q
from services.registry import tables as t
from services.registry.api_views import HolderView, VacancyView
from services.registry.domain.tenure import Tenure
from services.registry.roster_views import PostsHeld
from sevenx.district.vacancies import GROUP_ROLES, LEAD_UNIT_ROLES, RESPONSIBLE_UNIT_ROLES, vacancy
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class Expected:
    """A post that somebody must hold from a day on."""

    zh: str
    en: str
    since: date


Posts = Mapping[tuple[str, str], Expected]
"""By (group or unit, role)."""


async def vacancies(reads: Reads, on: date, group: str | None = None) -> list[VacancyView]:
    """What is amiss with the posts of the groups and their units (or of one group and its units) on a day, in the
    order of group or unit and role."""
    posts = await _expected(reads, on, group)
    scopes = {scope for scope, _ in posts}
    held = PostsHeld.of(await reads.rows(q.post_changes(streams=scopes)))
    endings = await reads.rows(q.of_streams(t.post_ending, scopes))
    announced = {(row["stream"], row["role"]): row["ends_on"] for row in endings}
    return list(_amiss(posts, held, announced, on))


async def _expected(reads: Reads, on: date, group: str | None) -> Posts:
    """一, 三（三）: a group's leader and liaison; the heads of its units; a responsible unit's liaison."""
    groups = [row for row in await reads.rows(select(t.work_group)) if group in (None, row["stream"])]
    posts = {
        (row["stream"], role): Expected(row["zh"], row["en"], row["formed_on"])
        for row in groups
        for role in GROUP_ROLES
    }
    for row in await reads.rows(q.members(on, groups=[one["stream"] for one in groups])):
        for role in LEAD_UNIT_ROLES if row["part"] == "lead" else RESPONSIBLE_UNIT_ROLES:
            before = posts.get((row["unit"], role))
            since = min(before.since, row["effective"]) if before else row["effective"]
            posts[row["unit"], role] = Expected(row["zh"] or row["unit"], row["en"] or row["unit"], since)
    return posts


def _amiss(posts: Posts, held: PostsHeld, announced: Mapping[tuple[str, str], date], on: date) -> Iterator[VacancyView]:
    for (scope, role), post in sorted(posts.items()):
        found = vacancy(held.tenures.get((scope, role), ()), post.since, on, announced.get((scope, role)))
        if found is not None:
            yield VacancyView(
                scope=scope,
                zh=post.zh,
                en=post.en,
                role=role,
                kind=found.kind,
                since=found.since,
                days=found.days,
                never_held=found.never_held,
                holder=_holder(found.holder),
                successor=_holder(found.successor),
            )


def _holder(tenure: Tenure | None) -> HolderView | None:
    return None if tenure is None else HolderView(person=tenure.person, name=tenure.name, since=tenure.start)
