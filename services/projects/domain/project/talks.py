"""Talks about a project that is under way."""

from __future__ import annotations

from services.projects.domain.project.checks import check_not_over
from services.projects.domain.project.commands import RecordProjectTalk
from services.projects.domain.project.events import ProjectTalkRecorded
from services.projects.domain.project.state import Project
from services.projects.domain.talks import check_talk, latest
from sevenx.kernel.decider import Decision


def record_talk(command: RecordProjectTalk, state: Project) -> Decision:
    """三(一), 实质招商: a dated talk is progress, as a stage, a document or funds are."""
    wrong = check_not_over(state) or check_talk(
        command.held_on, command.place, command.summary, command.sha256, command.today
    )
    return wrong or [
        ProjectTalkRecorded(
            talk=state.talks + 1,
            held_on=command.held_on,
            place=command.place,
            summary=command.summary,
            recorded_by=command.by,
            recorded_on=command.today,
            latest_on=latest(state.progress.get("talk"), command.held_on),
            sha256=command.sha256,
        )
    ]
