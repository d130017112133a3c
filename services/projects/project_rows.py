"""A project's row, for whom it is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.projects import queries as q
from services.projects import tables as t
from services.projects.domain.values import Stage
from services.projects.project_desk import unknown_project
from services.projects.visibility import check_reader, works_on
from sevenx.kernel.auth import Principal
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads


async def readable(project_id: str, asking: Principal, reads: Reads) -> Mapping[str, Any]:
    """The project's row; Problem 404 when there is none, 403 while it is unsigned and the reader works elsewhere."""
    check_reader(asking)
    row = await reads.one(q.of_stream(t.project, project_id))
    if row is None:
        raise unknown_project(project_id)
    if unsigned(row) and not works_on(asking, row):
        raise Problem(
            403,
            "unsigned-project",
            "项目尚未签约，只有承办的小组和单位可以查看。",
            "The project is not signed yet; only the group and units that work on it see it.",
        )
    return row


def unsigned(row: Mapping[str, Any]) -> bool:
    return bool(row["stage"] == Stage.NEGOTIATING)
