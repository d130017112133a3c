"""What falls due in projects: idleness, terms and contests of protections, promises, the day on which time changes a
project's light, and what was promised of procedures and problems.

Nothing of it is stored: a due day follows from what is on record (the latest progress, an agreed date, a term), so that
progress moves it without an event. One query finds the candidates of a district, whatever their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from services.projects import tables as t
from services.projects.deciders import PROBLEM, PROCEDURE, PROJECT, PROTECTION
from services.projects.domain.problem.commands import JudgeProblem
from services.projects.domain.procedure.commands import JudgeProcedure
from services.projects.domain.project.commands import JudgeProgress
from services.projects.domain.project.lights import Facts, LightsRulebook, first_change, turned
from services.projects.domain.project.promise_commands import JudgePromises
from services.projects.domain.protection.commands import JudgeContests, JudgeIdle, JudgeTerms
from services.projects.domain.values import Light, Stage, Status
from services.projects.due_queries import PROGRESS, TERM, candidates
from services.projects.roster import roster_of
from services.projects.rulebooks import lights_rulebook
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.deadlines import Deadlines, Given
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ProjectDeadlines(Deadlines):
    """Due rows that are computed from the read model; `table` names what they are about."""

    async def due(self, reads: Reads, as_of: datetime, most: int = 500) -> list[Mapping[str, Any]]:
        """The first rows that are due at `as_of`, in the order of their time: what is due on a day is due at its first
        instant in China, and a stream's rows of one kind and day are one.

        All that follows from what is on record is there at once, however long the clock was away. Only the end of a
        term brings forth more, for the next in the queue: it is the last of its round, so that time keeps its order."""
        rules, today = lights_rulebook(), as_of.astimezone(SHANGHAI).date()
        found = await reads.rows(candidates().bindparams(today=today))
        rows: list[Row] = sorted([*_projects(found, rules, today), *_others(found)], key=_order)
        ends = next((row["on"] for row in rows if row["name"] == TERM), None)
        if ends is None:
            return rows[:most]
        terms = (await roster_of(reads)).terms()
        timely: list[Row] = [{**row, "terms": terms} for row in rows if row["on"] <= ends]
        return timely[:most]


def _order(row: Row) -> tuple[date, str, str]:
    return row["on"], row["stream"], row["name"]


def _projects(found: Iterable[Row], rules: LightsRulebook, today: date) -> list[Row]:
    """Of the projects beyond their first turn, the days that change something."""
    rows: list[Row] = []
    for row in found:
        if row["kind"] != PROGRESS:
            continue
        facts = Facts(Stage(row["stage"]), Status(row["status"]), row["since"], row["on"], row["stalled_since"])
        light = Light(row["light"])
        while (day := first_change(facts, light, rules, today)) is not None:
            rows.append(_row(row["stream"], PROGRESS, day))
            facts, light = turned(facts, light, rules, day)
    return rows


def _others(found: Iterable[Row]) -> list[Row]:
    """Of what does not follow from a project's progress, for each stream, kind and day one row with all that is due."""
    together: dict[tuple[str, str, date], list[Row]] = defaultdict(list)
    for row in found:
        if row["kind"] != PROGRESS:
            together[row["stream"], row["kind"], row["on"]].append(row)
    return [
        {**_row(*key), "idle": tuple((one["lead"], one["since"]) for one in of_day)} for key, of_day in together.items()
    ]


def _row(stream: str, name: str, day: date) -> dict[str, Any]:
    return {"stream": stream, "name": name, "on": day, "due_at": datetime.combine(day, time(), SHANGHAI)}


def command(row: Row, _: datetime) -> Given:
    """What decides a row that is due. It is judged as of its own day, however late the clock looks."""
    stream, on = row["stream"], row["on"]
    match row["name"]:
        case "progress":
            return PROJECT, stream, JudgeProgress(on)
        case "promise":
            return PROJECT, stream, JudgePromises(on)
        case "idle":
            return PROTECTION, stream, JudgeIdle(row["idle"], on)
        case "term":
            return PROTECTION, stream, JudgeTerms(row["terms"], on)
        case "procedure":
            return PROCEDURE, stream, JudgeProcedure(on)
        case "problem":
            return PROBLEM, stream, JudgeProblem(on)
        case _:
            return PROTECTION, stream, JudgeContests(on)


DEADLINES = ProjectDeadlines(t.project, command)
