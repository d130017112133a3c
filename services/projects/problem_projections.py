"""How events of problems become rows."""

from __future__ import annotations

from services.projects.matter_tables import problem
from services.projects.tables import metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

problem_projections = Projections(metadata)
_on = problem_projections.on


@_on("projects.ProblemRaised")
def raised(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("about", "kind", "title", "text", "raised_by", "raised_on", "promised_on")
    project = data["about"] if "-P-" in data["about"] else None
    told = {key: data[key] for key in same}
    owner = {"unit": data["owner"], "group_id": data["group"]}
    rows.put(problem, **told, **owner, project=project, level="group", state="open", overdue=False, steps=0)


@_on("projects.ProblemHandled")
def handled(event: Recorded, rows: Changes) -> None:
    rows.set(problem, steps=event.data["step"], last_step=event.data["measure"])


@_on("projects.ProblemEscalated", "projects.ProblemReturned")
def moved(event: Recorded, rows: Changes) -> None:
    data = event.data
    said = {"level": data["to_level"], "unit": data["owner"], "steps": data["step"], "last_step": data["reason"]}
    rows.set(problem, **said)


@_on("projects.ProblemClosed")
def closed(event: Recorded, rows: Changes) -> None:
    data = event.data
    said = {"state": data["outcome"], "closed_on": data["closed_on"]}
    rows.set(problem, **said, reason=data["reason"], working_days=data["working_days"])


@_on("projects.ProblemReopened")
def reopened(event: Recorded, rows: Changes) -> None:
    again = {"closed_on": None, "reason": None, "working_days": None, "overdue": False}
    rows.set(problem, **again, state="open", promised_on=event.data["promised_on"])


@_on("projects.ProblemOverdue")
def overdue(_: Recorded, rows: Changes) -> None:
    rows.set(problem, overdue=True)
