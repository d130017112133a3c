"""What is asked of findings, and what raising one needs to know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from services.audit.domain.finding.back_dating import BackDatingRules
from services.audit.domain.finding.evidence import Evidence
from services.audit.domain.finding.vouchers import VoucherUse
from services.audit.tables import SETTINGS, evidence, finding, finding_step, leaf, subject, undone, voucher_use
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_KEYS = ("audit.back_dating_days", "audit.closed_month_grace_days", "audit.answer_days")
_MONTHS = ("report.period_last_day", "report.december_last_day")


async def rules(reads: Reads) -> tuple[BackDatingRules, int]:
    """The rules as the settings say them, and the days that a unit has to answer. WrongSetting names a bad value."""
    said = await SETTINGS.load(reads)
    limit, grace, answer, last, december = (said.integer(key) for key in (*_KEYS, *_MONTHS))
    return BackDatingRules(limit, grace, last, december), answer


async def subjects(reads: Reads, streams: Collection[str]) -> dict[str, Row]:
    """What streams are about."""
    rows = await reads.rows(select(subject).where(subject.c.stream.in_(streams)))
    return {row["stream"]: row for row in rows}


async def other_uses(reads: Reads, uses: Sequence[VoucherUse]) -> list[VoucherUse]:
    """Uses of the same vouchers by other events: the same number or the same scan, within one kind."""
    u, own = voucher_use.c, uses[0].evidence
    numbers = sorted({use.key for use in uses})
    scans = sorted({use.sha256 for use in uses if use.sha256 is not None})
    matches: ColumnElement[bool] = u.number_key.in_(numbers)
    if scans:
        matches = or_(matches, u.sha256.in_(scans))
    version = int(own.position.rpartition("@")[2])
    rows = await reads.rows(
        select(voucher_use, undone.c.at.label("undone_at"))
        .join(
            undone,
            and_(undone.c.stream == u.stream, undone.c.kind == u.kind, undone.c.item == u.item),
            isouter=True,
        )
        .where(u.kind == uses[0].kind, matches, ~and_(u.stream == own.stream, u.version == version))
        .order_by(u.recorded_at, u.stream, u.version, u.ordinal)
    )
    return [_use(row) for row in rows]


def _use(row: Row) -> VoucherUse:
    position = f"{row['area']}/{row['stream']}@{row['version']}"
    return VoucherUse(
        kind=row["kind"],
        evidence=Evidence(position, row["stream"], row["name"], row["recorded_at"], row["actor"]),
        **{name: row[name] for name in ("item", "number", "sha256", "amount", "paid_on", "payer", "unit", "undone_at")},
    )


async def undone_items(reads: Reads, use: VoucherUse) -> Row | None:
    """When a claim or payment was taken back in full; None while it stands."""
    t = undone.c
    wanted = (t.stream == use.evidence.stream, t.kind == use.kind, t.item == use.item)
    return await reads.one(select(undone).where(*wanted))


async def find(
    reads: Reads,
    *,
    kind: str | None = None,
    status: str | None = None,
    outcome: str | None = None,
    unit: str | None = None,
    group: str | None = None,
    about: str | None = None,
    since: date | None = None,
    until: date | None = None,
    concerning: Collection[str] | None = None,
    offset: int = 0,
    most: int = 200,
) -> list[Row]:
    """Findings by what is asked, the newest first. `concerning`: only those about one of these units or groups."""
    f = finding.c
    wanted: list[ColumnElement[bool]] = [
        column == value for column, value in ((f.kind, kind), (f.status, status), (f.outcome, outcome)) if value
    ]
    wanted += [
        column.contains([value]) for column, value in ((f.units, unit), (f.groups, group), (f.subjects, about)) if value
    ]
    if since is not None:
        wanted.append(f.raised_for >= since)
    if until is not None:
        wanted.append(f.raised_for <= until)
    if concerning is not None:
        listed = sorted(concerning)
        wanted.append(or_(f.units.overlap(listed), f.groups.overlap(listed)))
    ordered = select(finding).where(*wanted).order_by(f.raised_for.desc(), f.stream)
    return await reads.rows(ordered.offset(offset).limit(most))


async def one(reads: Reads, stream: str) -> Row | None:
    return await reads.one(select(finding).where(finding.c.stream == stream))


async def steps(reads: Reads, stream: str) -> list[Row]:
    """The finding's steps in their order."""
    t = finding_step
    return await reads.rows(select(t).where(t.c.stream == stream).order_by(t.c.version))


async def events_at(reads: Reads, places: Iterable[tuple[str, str, int]]) -> list[Row]:
    """The decoded events at (area, stream, version), with their hashes."""
    e = evidence.c
    wanted = [and_(e.area == area, e.stream == stream, e.version == version) for area, stream, version in places]
    return await reads.rows(
        select(evidence, leaf.c.hash)
        .join(leaf, and_(leaf.c.stream == e.stream, leaf.c.area == e.area, leaf.c.version == e.version))
        .where(or_(*wanted))
    )
