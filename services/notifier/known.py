"""What a notice needs to know beside its event: the roster, names and settings of the district, and what the event is
about. The registry's part is kept in memory until the registry says something new, so that a notice costs one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import column, select, table, tuple_

from services.notifier.domain.roster import MERGED, Change, Roster
from services.notifier.domain.texts import Names
from services.notifier.rulebook import rules
from services.notifier.tables import CALENDARS, DECLINED, POSTS, SETTINGS, called, contact, subject
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.projection import READ
from sevenx.kernel.reads import Reads

_head = table("stream_head", column("area"), column("stream"), column("hash"), schema=READ).c
_HEADS = select(_head.stream, _head.hash).where(_head.area == "registry").order_by(_head.stream)
_ABOUT = ("title", "group", "unit", "person", "delegate", "parties")


@dataclass(frozen=True)
class Known:
    """What the registry has said."""

    changes: tuple[Change, ...]
    called: Names
    """Names of groups, units and persons."""
    words: Names
    """The same and the table's labels: all that is written otherwise than it stands in events."""
    settings: DistrictSettings
    calendar: WorkCalendar
    _rosters: dict[date, Roster] = field(default_factory=dict)

    def roster(self, at: datetime) -> Roster:
        """Who holds which post at an instant."""
        day = at.astimezone(SHANGHAI).date()
        if day not in self._rosters:
            self._rosters[day] = Roster.on(day, self.changes, self.called)
        return self._rosters[day]


_LOADED = WeakKeyDictionary[Reads, tuple[Any, Known]]()
"""What was loaded last, and the heads of the registry's streams before that."""


async def known(reads: Reads) -> Known:
    """What the registry has said so far."""
    return await reads.kept("registry", "known", lambda: _renewed(reads))


async def _renewed(reads: Reads) -> Known:
    """Loaded anew only when a stream of the registry has another head: it seldom speaks, and all of it is read. The
    heads are of before the load, which may show more."""
    mark = await reads.rows(_HEADS)
    before = _LOADED.get(reads)
    if before is None or before[0] != mark:
        before = _LOADED[reads] = (mark, await _load(reads))
    return before[1]


async def _load(reads: Reads) -> Known:
    posts, units = POSTS.post_change, POSTS.unit_change
    p, u = posts.c, units.c
    held = await reads.rows(
        select(p.stream, p.version, p.role.label("what"), p.person.label("who"), p.begins, p.effective)
    )
    parts = await reads.rows(
        select(u.stream, u.version, u.part.label("what"), u.unit.label("who"), u.begins, u.effective)
    )
    merged = [
        Change(row["stream"], 0, MERGED, row["into"], True, row["effective"])
        for row in await reads.rows(select(POSTS.merger))
    ]
    names = {row["stream"]: (row["zh"], row["en"]) for row in await reads.rows(select(called))}
    return Known(
        changes=(
            *merged,
            *(Change(r["stream"], r["version"], r["what"], r["who"], r["begins"], r["effective"]) for r in held),
            *(Change(r["stream"], r["version"], r["what"], r["who"], r["begins"], r["effective"]) for r in parts),
        ),
        called=names,
        words={**rules().labels, **names},
        settings=await SETTINGS.load(reads),
        calendar=await CALENDARS.load(reads),
    )


async def subjects(reads: Reads, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The things and their parts, (stream, item), that are known; in one query."""
    keys = sorted(set(wanted))
    rows = await reads.rows(select(subject).where(tuple_(subject.c.stream, subject.c.item).in_(keys)))
    return {(row["stream"], row["item"]): row for row in rows}


def facts_of(prefix: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """`its_title`, `its_group` …; all None for what is not known."""
    return {f"{prefix}_{name}": row[name] if row else None for name in _ABOUT}


async def wanting_email(reads: Reads, persons: Iterable[str]) -> frozenset[str]:
    """Those of the persons who have left an address and not declined e-mail. The addresses themselves stay where they
    are."""
    c = contact.c
    query = select(c.person).where(c.person.in_(sorted(set(persons))), c.email.is_not(None), ~DECLINED)
    return frozenset(row["person"] for row in await reads.rows(query))
