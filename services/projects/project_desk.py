"""What the routes on projects share: the project that a command is about, and for whom its permissions are asked."""

from __future__ import annotations

from services.projects.deciders import PROJECT
from services.projects.domain.project.state import Project
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem


async def existing(desk: CommandDesk, project_id: str) -> Project:
    """The project's state; Problem 404 when there is none."""
    state: Project = await desk.state(PROJECT, project_id)
    if state.opened is None:
        raise unknown_project(project_id)
    return state


def unknown_project(project_id: str) -> Problem:
    return Problem(404, "unknown-project", f"没有项目 {project_id}。", f"There is no project {project_id}.")


def scopes_of(state: Project) -> Scopes:
    """Group, finder and landing unit of a project."""
    if state.opened is None:
        return {}
    return {"group": state.opened.group, "finder": state.opened.finder, "landing": state.landing_unit}
