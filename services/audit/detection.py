"""Looking for findings: each event that may give rise to one is looked at once it is in the read model."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.audit import finding_queries as q
from services.audit.deciders import FINDING
from services.audit.domain.finding.back_dating import BUSINESS_DATES, back_dated, late_dates
from services.audit.domain.finding.commands import RaiseFinding
from services.audit.domain.finding.decide import finding_id
from services.audit.domain.finding.events import FindingRaised
from services.audit.domain.finding.evidence import Concerned, Evidence
from services.audit.domain.finding.vouchers import VOUCHER_EVENTS, VoucherUse, by_later, same, used_twice, uses_of
from services.audit.finding_rows import evidence_of, was_late
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads

log = logging.getLogger(__name__)
_UNIT_FIELDS = ("landing_unit", "claimant", "unit")
"""Fields in which an event itself names a unit that it concerns."""


async def look_for_back_dating(event: Recorded, reads: Reads, desk: Desk) -> None:
    """Whether an event's business dates lie too far before its recording, both in business time."""
    evidence = evidence_of(event)
    rules, answer_days = await q.rules(reads)
    dates = late_dates(evidence, event.data, rules)
    if not dates:
        return
    about = await q.subjects(reads, [event.stream])
    baselined = about.get(event.stream, {}).get("baselined_at")
    if baselined is not None:
        day = baselined.astimezone(SHANGHAI).date()
        dates = tuple(one for one in dates if one.day >= day)
        if not dates:
            return
    named = [event.data[field] for field in _UNIT_FIELDS if event.data.get(field)]
    concerned = _concerned(about, [evidence], named)
    await _raise(desk, event, back_dated(evidence, dates, concerned, rules, _answer_by(evidence, answer_days)))


async def look_for_vouchers(event: Recorded, reads: Reads, desk: Desk) -> None:
    """Whether another claim or payment names one of this event's vouchers. Whichever of the two is read last sees
    both, so the order in which they come does not matter."""
    evidence = evidence_of(event)
    uses = uses_of(evidence, event.data)
    others = await q.other_uses(reads, uses) if uses else []
    if not others:
        return
    taken_back = await q.undone_items(reads, uses[0])
    uses = tuple(replace(use, undone_at=taken_back["at"] if taken_back else None) for use in uses)
    _, answer_days = await q.rules(reads)
    about = await q.subjects(reads, {event.stream, *(one.evidence.stream for one in others)})
    for pairs in _by_other_event(uses, others):
        first, second = pairs[0]
        named = [use.unit for pair in pairs for use in pair if use.unit is not None]
        concerned = _concerned(about, [first.evidence, second.evidence], named)
        await _raise(desk, event, used_twice(pairs, concerned, _answer_by(second.evidence, answer_days)))


def _by_other_event(
    uses: Iterable[VoucherUse], others: Sequence[VoucherUse]
) -> list[list[tuple[VoucherUse, VoucherUse]]]:
    """The pairs of uses that are one voucher, the earlier first, together for each other event."""
    found: dict[str, list[tuple[VoucherUse, VoucherUse]]] = {}
    for use in uses:
        for other in others:
            if same(use, other):
                found.setdefault(other.evidence.position, []).append(by_later(use, other))
    return list(found.values())


def _concerned(about: dict[str, Any], evidence: Sequence[Evidence], named: Sequence[str]) -> Concerned:
    """The units that the events name, else those that their subjects belong to, and the subjects' groups."""
    rows = [about[one.stream] for one in evidence if one.stream in about]
    units = tuple(dict.fromkeys(named)) or tuple(dict.fromkeys(row["unit"] for row in rows if row["unit"]))
    groups = tuple(dict.fromkeys(row["group"] for row in rows if row["group"]))
    return Concerned(units, groups, rows[0]["title"] if rows else "")


def _answer_by(evidence: Evidence, days: int) -> date:
    return evidence.recorded_on + timedelta(days)


async def _raise(desk: Desk, event: Recorded, finding: FindingRaised) -> None:
    stream = finding_id(event.meta.district, finding.kind, finding.evidence)
    await desk.give(FINDING, stream, RaiseFinding(finding))


DETECTION = (
    Reaction("find-back-dating", tuple(BUSINESS_DATES), look_for_back_dating, was_late),
    Reaction("find-vouchers", tuple(VOUCHER_EVENTS), look_for_vouchers),
)
