"""Posts of groups and units on a page: who holds them, since when, who may give or hand them over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.portal.pages.wording import Names, word
from services.portal.queries.registry import Post, Row
from services.portal.visit import Visit
from sevenx.district.tenure import Tenure, Tenures, holder_on

GROUP_POSTS = {"group_leader": "leader", "group_deputy": "deputy", "liaison": "liaison"}
UNIT_POSTS = {"unit_head": "head", "unit_liaison": "liaison"}
LIAISONS = ("liaison", "unit_liaison")


@dataclass(frozen=True)
class PostShown:
    """A post on a day."""

    scope: str
    role: str
    holder: Tenure | None
    past: tuple[Tenure, ...]
    """Everybody else who held it or will, the latest first."""
    ending: Row | None
    """The announced end of the holder's time."""
    api: str
    """The path of the post's commands."""
    may_give: bool
    """Whether the visitor may appoint, or hand over."""
    may_announce: bool
    """Whether the visitor may announce the holder's end."""


def shown(visit: Visit, scope: str, held: Mapping[Post, Tenures], announced: Mapping[Post, Row]) -> list[PostShown]:
    """The posts of a group or a unit as they stand today."""
    of_group = "-G-" in scope
    return [
        _post(visit, scope, role, held.get((scope, role), ()), announced.get((scope, role)))
        for role in (GROUP_POSTS if of_group else UNIT_POSTS)
    ]


def _post(visit: Visit, scope: str, role: str, tenures: Tenures, ending: Row | None) -> PostShown:
    holder = holder_on(tenures, visit.today)
    given = may_give(visit, scope, role)
    return PostShown(
        scope=scope,
        role=role,
        holder=holder,
        past=tuple(one for one in reversed(tenures) if one is not holder),
        ending=ending,
        api=api_of(scope, role),
        may_give=given,
        may_announce=role in LIAISONS and holder is not None and (given or bool(visit.principal.holds(role, [scope]))),
    )


def api_of(scope: str, role: str) -> str:
    """The path of a post's commands in the registry."""
    kind, posts = ("groups", GROUP_POSTS) if "-G-" in scope else ("units", UNIT_POSTS)
    return f"/api/registry/{kind}/{scope}/{posts[role]}"


def may_give(visit: Visit, scope: str, role: str) -> bool:
    """By the permissions of the registry: the district office gives every post, the Commerce Bureau names liaisons, and
    so do a group's leader and deputy and a unit's head for their own. The owner alone decides."""
    holds, district = visit.principal.holds, [visit.principal.district]
    if holds("district_office", district):
        return True
    if role not in LIAISONS:
        return False
    own = ("group_leader", "group_deputy") if role == "liaison" else ("unit_head",)
    return bool(holds("commerce_bureau", district)) or any(holds(one, [scope]) for one in own)


def may_register(visit: Visit) -> bool:
    """Whether the visitor may register a person."""
    holds, district = visit.principal.holds, [visit.principal.district]
    return bool(holds("district_office", district) or holds("commerce_bureau", district))


def candidates(
    persons: Sequence[Row], held: Mapping[Post, Tenures], names: Names, visit: Visit
) -> list[tuple[str, str]]:
    """Everybody who can be given a post, with the posts that he holds today, so that two of one name are told apart."""
    posts: dict[str, list[str]] = {}
    for (scope, role), tenures in held.items():
        holder = holder_on(tenures, visit.today)
        if holder is not None:
            posts.setdefault(holder.person, []).append(f"{names(scope)} {word('role', role, visit.language)}")
    return [
        (one["id"], f"{visit.either(one['zh'], one['en'])}（{'、'.join(posts.get(one['id'], [])) or one['id']}）")
        for one in persons
    ]
