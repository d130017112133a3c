"""What falls due in reporting: the reports' own dates and the opening of each group's next period, the next hearing and
its briefing pack, the directives' reminders and due days."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.reporting import queries
from services.reporting.arranging import SCHEDULING, clock_pack, schedulings
from services.reporting.deciders import DIRECTIVE, HEARING, REPORT
from services.reporting.domain.directive.commands import JudgeDirective, RemindOwner
from services.reporting.domain.periods import Period
from services.reporting.domain.report.commands import CloseContributions, JudgeDeadline, OpenReport, Remind
from services.reporting.domain.report.schedule import Rules, schedule
from services.reporting.hearing_rows import PACK
from services.reporting.ids import report_id
from services.reporting.projections import CONTRIBUTIONS, DUE, REMINDER
from services.reporting.tables import deadline
from sevenx.district.settings import WrongSetting
from sevenx.kernel.deadlines import Deadlines, Given
from sevenx.kernel.reads import Reads

OPENING = "opening"
"""Name of the row that opens a group's next period, in the stream of the report to come."""

_FIRST = (OPENING, SCHEDULING)
_BY_CLOCK = {DUE: JudgeDeadline, CONTRIBUTIONS: CloseContributions, REMINDER: Remind}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReportDeadlines(Deadlines):
    """The rows of the table, and one for each group whose latest period has ended.

    An opening has no row of its own: it follows from the latest report, so that a missed tick is caught up period by
    period, and a period is opened once because its stream can be opened once.
    """

    async def due(self, reads: Reads, as_of: datetime, most: int = 500) -> list[Mapping[str, Any]]:
        """What is due at `as_of`, in the order of its time; an opening comes before what is due at the same instant."""
        rows = [*await openings(reads, as_of), *await schedulings(reads, as_of), *await super().due(reads, as_of, most)]
        rows.sort(key=lambda row: (row["due_at"], row["name"] not in _FIRST, row["stream"], row["name"]))
        return await _with_pack(reads, rows)


async def _with_pack(reads: Reads, rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """A briefing pack is put together once all that fell due before it has been decided and read: where something
    comes before it, it waits for the next round. The pack stands with its command, and two never in one round."""
    packs = [n for n, row in enumerate(rows) if row["name"] == PACK]
    if not packs:
        return rows
    if packs[0] > 0:
        return rows[: packs[0]]
    first, others = rows[0], [row for row in rows[1:] if row["name"] != PACK]
    return [{**first, "command": await clock_pack(reads, first["stream"], first["due_at"])}, *others]


async def openings(reads: Reads, as_of: datetime) -> list[Mapping[str, Any]]:
    """For each group whose latest period ended at or before `as_of`: its next report's stream, and the command."""
    ended = [row for row in await queries.latest_reports(reads) if row["ends_at"] <= as_of]
    return [
        {
            "stream": report_id(row["group"], Period.parse(row["period"]).next()),
            "name": OPENING,
            "due_at": row["ends_at"],
            "command": await _opening(reads, row),
        }
        for row in ended
    ]


async def _opening(reads: Reads, before: Mapping[str, Any]) -> OpenReport:
    """The next period begins where the one before ended, whatever the settings have become meanwhile."""
    starts_at = before["ends_at"]
    try:
        rules = Rules.of(await queries.settings(reads))
    except WrongSetting as error:
        log.error("a setting cannot be read; the values of the period before hold", extra={"error": str(error)})
        rules = queries.rules_of(before)
    dates = schedule(Period.parse(before["period"]).next(), rules, await queries.work_calendar(reads))
    return OpenReport(
        at=starts_at,
        group=before["group"],
        schedule=replace(dates, starts_at=starts_at),
        lead_units=await queries.units(reads, before["group"], "lead", starts_at),
        responsible_units=await queries.units(reads, before["group"], "responsible", starts_at),
    )


def command(row: Mapping[str, Any], _: datetime) -> Given:
    """What decides a row that is due. It is judged as of its own time, however late the clock looks."""
    match row["name"]:
        case "opening":
            return REPORT, row["stream"], row["command"]
        case "scheduling" | "pack":
            return HEARING, row["stream"], row["command"]
        case "directive":
            return DIRECTIVE, row["stream"], JudgeDirective(row["due_at"])
        case "directive_reminder":
            return DIRECTIVE, row["stream"], RemindOwner(row["due_at"])
    return REPORT, row["stream"], _BY_CLOCK[row["name"]](row["due_at"])


DEADLINES = ReportDeadlines(deadline, command)
