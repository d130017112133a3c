"""The imports of the roster: what was brought in when, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.registry import queries as q
from services.registry.api_models import RollbackBody
from services.registry.api_types import Limit
from services.registry.domain.correction import RollBackImport
from services.registry.domain.roster.differences import describe
from services.registry.import_views import ChangeView, ImportPage, ImportView, ObstacleView, RollbackAnswer
from services.registry.permissions import PERMISSIONS
from services.registry.roster_rollback import roll_back, rollback_of, told_by
from sevenx.kernel.auth import authorize
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.http import Commands, ReadModel

router = APIRouter(tags=["roster 名册"])
Number = Annotated[int, Path(ge=1, le=1_000_000, description="The import's number")]


@router.get("/roster/imports")
async def list_imports(
    reads: ReadModel,
    cursor: Annotated[int | None, Query(ge=1, le=1_000_000, description="`next` of a page")] = None,
    limit: Limit = 100,
) -> ImportPage:
    """The imports in the order of their numbers, with who gave them, the hash of the files, and whether they were
    rolled back. An import that changed nothing has no number."""
    rows = await reads.rows(q.imports(cursor, limit))
    items = [ImportView(**row) for row in rows[:limit]]
    return ImportPage(items=items, next=items[-1].number if len(rows) > limit else None)


@router.post("/roster/imports/{number}/rollback")
async def roll_back_import(number: Number, body: RollbackBody, desk: Commands) -> RollbackAnswer:
    """Take an import back by correcting events: what it registered, added, appointed or listed is as before, and the
    log keeps both. With `dry_run` the difference is shown, and what stands in the way; nothing is stored.

    What has changed since about the same things is never overwritten: the problem `import-changed-since` names it. The
    founding import, groups that it formed and mergers stay.
    """
    authorize(desk.principal, PERMISSIONS[RollBackImport], {}, "RollBackImport")
    earlier = await desk.earlier()
    if earlier is not None:
        answer, events = earlier
        shown = [_taken_back(event.stream, told_by(event)) for event in events if event.name != "ImportRolledBack"]
        return RollbackAnswer(
            position=_noted_at(events),
            after=answer.after,
            dry_run=False,
            replayed=True,
            number=number,
            differences=shown,
            obstacles=[],
        )
    rollback, states = await rollback_of(desk, number)
    shown = [_taken_back(stream, event) for stream, made in rollback.corrections.items() for event in made]
    if not body.dry_run:
        await roll_back(desk, number, body.reason, rollback, states)
    told = await desk.earlier()
    return RollbackAnswer(
        position=None if told is None else _noted_at(told[1]),
        after=[] if told is None else told[0].after,
        dry_run=body.dry_run,
        replayed=False,
        number=number,
        differences=shown,
        obstacles=[ObstacleView(stream=one.stream, zh=one.zh, en=one.en) for one in rollback.obstacles],
    )


def _noted_at(events: Iterable[Recorded]) -> str:
    """Where it stands that the import was taken back: the last that a reader of the list waits for."""
    return next(event.position for event in events if event.name == "ImportRolledBack")


def _taken_back(stream: str, event: object) -> ChangeView:
    zh, en = describe(event)
    return ChangeView(mark="-", kind=None, stream=stream, zh=zh, en=en, at=None, text=f"- {stream}  {zh} / {en}")
