"""What falls due: the next level of what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from services.notifier.deciders import ESCALATION
from services.notifier.domain.escalation.commands import RaiseLevel, ResolveEscalation
from services.notifier.domain.escalation.evolve import version_of
from services.notifier.domain.recipients import addressees
from services.notifier.known import Known, known
from services.notifier.rulebook import rules
from services.notifier.tables import deadline, escalation, subject
from sevenx.kernel.deadlines import Deadlines, Given
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class EscalationDeadlines(Deadlines):
    """The rows that are due, each with what a level needs to know: whom it names by the roster of the day on which it
    falls due, and whether what was owed is done meanwhile."""

    async def due(self, reads: Reads, as_of: datetime, most: int = 500) -> list[Mapping[str, Any]]:
        """What is due at `as_of`, in the order of its time."""
        d, e, s = deadline.c, escalation.c, subject.c
        query = (
            select(
                deadline, e.kind, e.title_zh, e.title_en, e.group, e.unit, e.obligation, s.settled_version, s.settled_at
            )
            .join(escalation, and_(e.stream == d.stream, e.about == d.about))
            .join(subject, and_(s.stream == e.obligation, s.item == ""), isouter=True)
            .where(d.due_at <= as_of)
            .order_by(d.due_at, d.stream)
            .limit(most)
        )
        rows = await reads.rows(query)
        if not rows:
            return []
        about = await known(reads)
        return [{**row, "command": _command(row, about)} for row in rows]


def _command(row: Mapping[str, Any], about: Known) -> RaiseLevel | ResolveEscalation:
    if (row["settled_version"] or 0) > version_of(row["about"]):
        area = row["about"].partition("/")[0]
        return ResolveEscalation(row["settled_at"], f"{area}/{row['obligation']}@{row['settled_version']}")
    rule = rules().escalation(row["kind"])
    if rule is None:
        raise LookupError(f"data/notices.yaml has no escalation {row['kind']!r} any more, but one is due")
    facts = {name: row[name] for name in ("group", "unit")}
    district = row["stream"].partition("-")[0]
    whom = addressees(rule.whom(row["level"]), facts, about.roster(row["due_at"]), district)
    text = {"title": row["title_zh"], "working_days": row["working_days_after"], **facts}
    return RaiseLevel(
        at=row["due_at"],
        level=row["level"],
        to=tuple(one.person for one in whom),
        reason_zh=rule.reason.filled(text, about.words).zh,
        reason_en=rule.reason.filled({**text, "title": row["title_en"]}, about.words).en,
    )


def command(row: Mapping[str, Any], _: datetime) -> Given:
    """What decides a row that is due. It is judged as of its own time, however late the clock looks."""
    return ESCALATION, row["stream"], row["command"]


DEADLINES = EscalationDeadlines(deadline, command)
