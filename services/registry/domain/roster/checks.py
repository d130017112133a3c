"""What a roster must have in itself before any command is drawn from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.registry.domain.ids import is_id
from services.registry.domain.lineage import survivor_of
from services.registry.domain.names import spelling

from .document import At, PostEntry, RosterDocument, RosterError, mergers

POSTS_OF_GROUP = ("leader", "deputy", "liaison")
POSTS_OF_UNIT = ("head", "liaison")


def check(roster: RosterDocument) -> Iterator[RosterError]:
    """Ids well formed and used once; a spelling for one unit only; groups and people agree about the posts."""
    yield from _ids(roster)
    yield from _spellings(roster)
    yield from _posts(roster)
    yield from _once(((setting.key, setting.at) for setting in roster.settings), "设置项", "setting")
    yield from _once(((str(calendar.year), calendar.at) for calendar in roster.calendars), "年份", "year")
    yield from _once(((str(group.number), group.at) for group in roster.groups), "小组序号", "group number")
    numbers = {group.number for group in roster.groups}
    yield from _once(((industry.id, industry.at) for industry in roster.industries), "产业", "industry")
    industries = {industry.id for industry in roster.industries}
    for industry in roster.industries:
        if industry.parent is not None and industry.parent.text not in industries:
            yield RosterError(
                industry.parent.at,
                f"没有产业{industry.parent.text}；请先在industries.yaml列入。",
                f"there is no industry {industry.parent.text}; list it in industries.yaml.",
            )
        for claim in industry.claims:
            if claim.group not in numbers:
                yield _unknown_group(claim.at, claim.group)


def _ids(roster: RosterDocument) -> Iterator[RosterError]:
    letters = (("U", roster.units), ("N", roster.people), ("G", roster.groups))
    ids = [(letter, entry.id, entry.at) for letter, entries in letters for entry in entries]
    for letter, id_, at in ids:
        if not is_id(letter, id_) or not id_.startswith(f"{roster.district.code}-"):
            form = f"{roster.district.code}-{letter}-…"
            yield RosterError(at, f"编号{id_}的格式不对，应为{form}。", f"the id {id_} must have the form {form}.")
    yield from _once(((id_, at) for _, id_, at in ids), "编号", "id")


def _spellings(roster: RosterDocument) -> Iterator[RosterError]:
    bearers: dict[str, str] = {}
    merged = mergers(roster)
    for unit in roster.units:
        for name in unit.names():
            other = bearers.setdefault(spelling(name), unit.id)
            if survivor_of(other, merged) != survivor_of(unit.id, merged):
                yield RosterError(
                    unit.at,
                    f"“{name}”已是{other}的名称；请从其中一个单位删去。",
                    f"{name} is a name of {other} already; take it from one of the two.",
                )


def _posts(roster: RosterDocument) -> Iterator[RosterError]:
    named = {(group.number, "leader"): group.leader for group in roster.groups if group.leader}
    named |= {(group.number, "deputy"): group.deputy for group in roster.groups if group.deputy}
    held: dict[tuple[int, str], list[str]] = {}
    for person in roster.people:
        for post in person.posts:
            allowed = POSTS_OF_UNIT if post.unit else POSTS_OF_GROUP
            if (post.group is None) == (post.unit is None) or post.post not in allowed:
                listed = "、".join(allowed)
                yield RosterError(
                    post.at,
                    f"职务应写明group或unit之一，as为：{listed}。",
                    f"a post names a group or a unit, and as is one of {listed}.",
                )
            elif post.until is not None and post.until <= post.since:
                yield RosterError(
                    post.at,
                    f"离任日期{post.until}须晚于到任日期{post.since}。",
                    f"the post ends on {post.until}; that must be after {post.since}.",
                )
            elif post.group is not None:
                held.setdefault((post.group, post.post), []).append(person.zh)
                if post.group not in {group.number for group in roster.groups}:
                    yield _unknown_group(post.at, post.group)
    yield from _gaps(roster)
    for (number, kind), name in named.items():
        if name.text not in held.get((number, kind), []):
            yield RosterError(
                name.at,
                f"people.yaml中没有{name.text}在第{number}组的{kind}职务；请补上。",
                f"people.yaml has no {name.text} as {kind} of group {number}; add the post there.",
            )


def _gaps(roster: RosterDocument) -> Iterator[RosterError]:
    """三（三）: a liaison's time ends when the next one's begins, or when the unit is merged."""
    begins = {(_of(post), post.since) for person in roster.people for post in person.posts if post.post == "liaison"}
    gone = {spelling(name) for unit in roster.units if unit.merged is not None for name in (*unit.names(), unit.id)}
    for person in roster.people:
        for post in person.posts:
            if post.post != "liaison" or post.until is None or (post.unit and spelling(post.unit.text) in gone):
                continue
            if (_of(post), post.until) not in begins:
                yield RosterError(
                    post.at,
                    f"{person.zh}的联络员职务于{post.until}结束，当日须有接任人；请补上接任人或删去until。",
                    f"{person.en} is liaison until {post.until} and nobody follows; add the successor or leave it out.",
                )


def _of(post: PostEntry) -> str:
    return str(post.group) if post.unit is None else spelling(post.unit.text)


def _unknown_group(at: At, number: int) -> RosterError:
    return RosterError(at, f"没有第{number}组；请核对groups.yaml。", f"there is no group {number}; see groups.yaml.")


def _once(keys: Iterable[tuple[str, At]], zh: str, en: str) -> Iterator[RosterError]:
    first: dict[str, At] = {}
    for key, at in keys:
        if first.setdefault(key, at) != at:
            yield RosterError(
                at, f"{zh}{key}已在{first[key]}出现；请删去一个。", f"the {en} {key} stands at {first[key]} too."
            )
