"""Events of leads and projects that become commands to the protection of their investor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.projects import tables as t
from services.projects.deciders import PROTECTION
from services.projects.domain.protection.commands import Fulfil, Leave, Reopen
from services.projects.domain.protection.events import ReleaseCause
from services.projects.domain.values import OVER, Party, Stage, Status
from services.projects.protection_desk import protection_id
from services.projects.roster import roster_of
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads


async def follow_lead(event: Recorded, reads: Reads, desk: Desk) -> None:
    """A lead that is closed holds nothing any more, and the queue moves up."""
    row = await reads.one(select(t.lead).where(t.lead.c.stream == event.meta.stream))
    if row is not None:
        leave = await _leave(event, reads, event.meta.stream, ReleaseCause.LEAD_CLOSED, "线索已关闭")
        await desk.give(PROTECTION, _stream(event, row), leave)


async def follow_project(event: Recorded, reads: Reads, desk: Desk) -> None:
    """A signed project keeps its intent for good; one that is lost or terminated gives it back. One of an old ledger
    had no lead, and so no protection."""
    data = event.data
    if event.name == "StatusChanged" and Status(data["status"]) not in OVER:
        return
    if event.name == "StageCorrected" and Stage(data["to_stage"]).rank >= Stage.SIGNED.rank:
        return
    row = await reads.one(select(t.project).where(t.project.c.stream == event.meta.stream))
    if row is not None and row["lead"] is not None:
        await desk.give(PROTECTION, _stream(event, row), await _after(event, reads, row["lead"]))


async def _after(event: Recorded, reads: Reads, lead: str) -> Any:
    project, data = event.meta.stream, event.data
    if event.name == "ProjectSigned":
        return Fulfil(lead, project, data["signed_on"])
    if event.name == "StageCorrected":
        return Reopen(lead, project, data["reason"], data["corrected_on"])
    return await _leave(event, reads, lead, ReleaseCause.PROJECT_OVER, data["reason"])


async def _leave(event: Recorded, reads: Reads, lead: str, cause: ReleaseCause, reason: str) -> Leave:
    today = event.meta.occurred_at.astimezone(SHANGHAI).date()
    return Leave(lead, cause, reason, (await roster_of(reads)).terms(), today, event.meta.actor)


def _stream(event: Recorded, row: Any) -> str:
    return protection_id(event.meta.district, Party(row["investor_name"], row["investor_code"]))


REACTIONS = (
    Reaction("protection-follows-lead", ("projects.LeadClosed",), follow_lead),
    Reaction(
        "protection-follows-project",
        ("projects.ProjectSigned", "projects.StatusChanged", "projects.StageCorrected"),
        follow_project,
    ),
)
