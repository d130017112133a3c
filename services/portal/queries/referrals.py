"""Referrals (以企引企): who brought how much, an enterprise's chain, and its place in it. Names of investors of whom
nothing is signed are masked for those who work on none of their leads. The graph's sums are made in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    all_,
    case,
    func,
    literal,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.dialects.postgresql import array

from services.portal.queries.parties import Party, parties_of
from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import works_on
from services.portal.tables import enterprises as e
from services.portal.tables import projects as p
from services.portal.tables import referrals as t
from services.portal.tables.totals import party_total, referral_reach
from sevenx.district.parties import key_of
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
R, L, X = t.referral.c, p.lead.c, referral_reach.c
NODES = 200
"""Parties of a chain that a page shows."""
DIRECT = 30
"""Referrals that an enterprise's page lists."""
NAMED = 4
"""Of those whom a referrer brought, the ones that the list names."""
SORTS = {"": "batch", "leads": "leads", "projects": "projects", "amount": "amount", "depth": "depth"}
"""By what referrers are sorted: by all whom they brought (带来一批) where nothing is said."""


WON = ("leads", "projects", "signed", "amount")
"""What became of investors: their leads, projects without extensions (增资), contracts signed and their amounts with
those of extensions, yuan."""
_NOTHING: Row = {"leads": 0, "projects": 0, "signed": 0, "amount": 0}


@dataclass(frozen=True)
class Node:
    """A party in a chain. `level` counts from the one that the chain is of: above it negative, below it positive."""

    party: Party
    level: int
    above: str | None = None
    """Key of the party that brought it, where that is shown."""
    edge: Row = field(default_factory=dict)
    """The referral that brought it: referral, lead (where it is the reader's), note, recorded_on, recorded_by."""
    won: Row = field(default_factory=lambda: _NOTHING)
    """What became of its own leads: leads, projects, signed, amount."""

    @property
    def note(self) -> str:
        """What was noted of the referral; nothing where that could name somebody who is masked."""
        return str(self.edge.get("note") or "")


@dataclass(frozen=True)
class Chain:
    """Who brought a party, up to the first, and whom it brought, by generation; `more` tells that there are others
    than the NODES that are shown. `total` is what all whom it brought came to, None where it brought nobody."""

    nodes: Sequence[Node]
    total: Row | None
    more: bool

    @property
    def root(self) -> Node:
        """The party that the chain is of."""
        return next(one for one in self.nodes if one.level == 0)


@dataclass(frozen=True)
class Place:
    """An enterprise's place among the referrals. `handle` leads to the chain's page."""

    brought_by: Sequence[Row]
    brought: Sequence[Row]
    parties: Mapping[str, Party]
    total: Row | None
    handle: int


async def page(reads: Reads, sort: str = "", before: int | None = None) -> list[Row]:
    """A page of referrers, who brought most first, one row more than PAGE: root (its key), handle (the first referral
    that it made), direct, batch, depth, leads, projects, signed, amount. `before`: the last handle of the page before.
    """
    counts = select(X.root, *_counts()).group_by(X.root).cte("counts")
    if SORTS[sort] in counts.c:
        shown = _sorted(counts, sort, before).cte("shown")
        return await reads.rows(_in_order(_with_won(shown, X.root.in_(select(shown.c.root))).subquery(), sort))
    return await reads.rows(_sorted(_with_won(counts, true()).cte("ranked"), sort, before))


def _with_won(counts: CTE, of: ColumnElement[bool]) -> Select[Any]:
    """The counts of referrers, with what became of all whom they brought."""
    won = select(X.root, *_sums()).join(party_total, party_total.c.party == X.party)
    found = won.where(of).group_by(X.root).subquery("won")
    columns = (func.coalesce(found.c[name], 0).label(name) for name in WON)
    return select(counts, *columns).outerjoin(found, found.c.root == counts.c.root)


def _sorted(ranked: CTE, sort: str, before: int | None) -> Select[Any]:
    """A page of them."""
    query = _in_order(ranked, sort).limit(PAGE + 1)
    if before is None:
        return query
    order = _order(ranked, sort)
    last = select(*order).where(ranked.c.handle == before).scalar_subquery()
    return query.where(tuple_(*order) < last)


def _in_order(ranked: FromClause, sort: str) -> Select[Any]:
    return select(ranked).order_by(*(one.desc() for one in _order(ranked, sort)))


def _order(ranked: FromClause, sort: str) -> list[ColumnElement[Any]]:
    return [ranked.c[name] for name in (SORTS[sort], "batch", "direct", "handle")]


async def first_brought(reads: Reads, roots: Collection[str]) -> list[Row]:
    """Of each referrer the first NAMED whom it brought itself: root, party."""
    nth = func.row_number().over(partition_by=R.referrer_key, order_by=R.referral).label("nth")
    brought = select(R.referrer_key.label("root"), R.referred_key.label("party"), nth)
    brought_in_order = brought.where(_holds(), R.referrer_key.in_(roots)).subquery()
    c = brought_in_order.c
    return await reads.rows(select(c.root, c.party).where(c.nth <= NAMED).order_by(c.root, c.nth))


async def referrer_of(reads: Reads, referral: int) -> str | None:
    """The key of who made a referral that holds."""
    key = await reads.scalar(select(R.referrer_key).where(R.referral == referral, _holds()))
    return None if key is None else str(key)


async def chain_of(reads: Reads, principal: Principal, key: str) -> Chain:
    """The chain in which a party stands, as this reader may see it."""
    up = await reads.rows(_edges(_above(key), principal))
    down = await reads.rows(_edges(_below(key), principal))
    keys = [key, *(one["above"] for one in up), *(one["party"] for one in down[:NODES])]
    parties = await parties_of(reads, principal, keys)
    won = {one["party"]: one for one in await reads.rows(_won(keys))}
    nodes = [Node(parties[key], 0, won=won.get(key, _NOTHING))]
    for one in up:  # each tells who brought the one before it
        last = nodes[0]
        nodes[0] = Node(last.party, last.level, one["above"], _told(one, parties), last.won)
        nodes.insert(0, Node(parties[one["above"]], last.level - 1, won=won.get(one["above"], _NOTHING)))
    nodes += [
        Node(
            parties[one["party"]], one["generation"], one["above"], _told(one, parties), won.get(one["party"], _NOTHING)
        )
        for one in down[:NODES]
    ]
    return Chain(nodes, await reads.one(_summed([key])) if down else None, len(down) > NODES)


async def keys_of(reads: Reads, everything: Sequence[str], names: Iterable[Row]) -> list[str]:
    """By what the referrals call an enterprise and all that was merged into it: its codes, its names (a short one may
    be another's as well), and what they and leads that name it by its id say."""
    c = e.enterprise.c
    said = union(
        select(c.code).where(c.stream.in_(everything), c.code.is_not(None)),
        select(L.investor_key).where(L.investor_id.in_(everything)),
        select(R.referrer_key).where(R.referrer_id.in_(everything)),
        select(R.referred_key).where(R.referred_id.in_(everything)),
    ).subquery()
    rows = await reads.rows(select(said.c[0].label("key")))
    own = {key_of(one["name"], None) for one in names if one["kind"] != "short"}
    return sorted(own | {str(one["key"]) for one in rows})


async def place_of(reads: Reads, principal: Principal, keys: Sequence[str]) -> Place | None:
    """Who brought a party, and whom it brought; None where nothing is on record, or where it is not for this reader."""
    shown = select(*_SHOWN, _lead_for(principal)).outerjoin(p.lead, L.stream == R.lead).where(_holds())
    shown = shown.order_by(R.referral).limit(DIRECT + 1)
    brought_by = await reads.rows(shown.where(R.referred_key.in_(keys)))
    brought = await reads.rows(shown.where(R.referrer_key.in_(keys)))
    if not brought_by and not brought:
        return None
    rows = [*brought_by, *brought]
    parties = await parties_of(reads, principal, {*keys, *(one[side] for one in rows for side in ("above", "party"))})
    if not all(parties[one].open for one in keys):
        return None
    totals = await reads.one(_summed(keys)) if brought else None
    told = [[{**one, **_told(one, parties)} for one in some] for some in (brought_by, brought)]
    return Place(told[0], told[1], parties, totals, (brought or brought_by)[0]["referral"])


def _told(edge: Row, parties: Mapping[str, Party]) -> dict[str, Any]:
    """A referral without its note where that could name somebody who is masked."""
    both = parties[edge["above"]].open and parties[edge["party"]].open
    return {**edge, "note": edge["note"] if both else ""}


_SHOWN = (
    R.referral, R.referrer_key.label("above"), R.referred_key.label("party"), R.note, R.recorded_on, R.recorded_by,
)  # fmt: skip


def _holds() -> ColumnElement[bool]:
    return R.withdrawn_on.is_(None)


def _lead_for(principal: Principal) -> ColumnElement[Any]:
    """The lead that tells of a referral, for those who work on it."""
    return case((works_on(principal, p.lead), R.lead), else_=None).label("lead")


def _below(key: str) -> Subquery:
    """Whom a party brought, directly (generation 1) or through others, and who brought that one (above)."""
    return select(X.party, X.above, X.generation, X.referral).where(X.root == key).subquery()


def _above(key: str) -> CTE:
    """Who brought a party (above it), who brought that one …: generation 1 is the nearest."""
    path = array([R.referred_key, R.referrer_key])
    first = select(R.referred_key.label("party"), R.referrer_key.label("above"), R.referral)
    first = first.add_columns(literal(1).label("generation"), path.label("path"))
    found = first.where(_holds(), R.referred_key == key).cte("above", recursive=True)
    n = t.referral.alias("before").c
    further = select(
        n.referred_key,
        n.referrer_key,
        n.referral,
        found.c.generation + 1,
        func.array_append(found.c.path, n.referrer_key),
    ).where(n.referred_key == found.c.above, n.withdrawn_on.is_(None), n.referrer_key != all_(found.c.path))
    return found.union_all(further)


def _edges(graph: FromClause, principal: Principal) -> Select[Any]:
    """The referrals of a part of the graph, the nearest generation first."""
    g = graph.c
    shown = select(g.party, g.above, g.generation, R.referral, R.note, R.recorded_on, R.recorded_by)
    return (
        shown.add_columns(_lead_for(principal))
        .join(t.referral, R.referral == g.referral)
        .outerjoin(p.lead, L.stream == R.lead)
        .order_by(g.generation, R.referral)
        .limit(NODES + 1)
    )


def _won(parties: Collection[str]) -> Select[Any]:
    """What became of investors' own leads, by key."""
    c = party_total.c
    return select(c.party, *_sums()).where(c.party.in_(parties)).group_by(c.party)


def _sums() -> list[ColumnElement[Any]]:
    return [func.sum(party_total.c[name]).label(name) for name in WON]


def _counts() -> list[ColumnElement[Any]]:
    """What was brought (二(三): 带来一批)."""
    return [
        func.min(X.referral).filter(X.generation == 1).label("handle"),
        func.count().filter(X.generation == 1).label("direct"),
        func.count().label("batch"),
        func.max(X.generation).label("depth"),
    ]


def _summed(keys: Collection[str]) -> Select[Any]:
    """What parties brought together: one enterprise may go by several keys."""
    counts = select(*_counts()).where(X.root.in_(keys)).subquery("counts")
    won = select(*_sums()).join(referral_reach, party_total.c.party == X.party).where(X.root.in_(keys)).subquery("won")
    return select(counts, *(func.coalesce(won.c[name], 0).label(name) for name in WON)).join(won, true())
