"""`/roster/imports`: the roster as files. It goes out as Excel and YAML, comes in with the difference shown before
anything is stored, and an import is taken back with what stands in the way named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.sentences import sentence
from services.portal.pages.view import Row
from services.portal.pages.wording import Names
from services.portal.queries import imports
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=1_000_000)]
Before = Annotated[int | None, Query(ge=1, le=1_000_000)]
Beyond = Annotated[str, Query(pattern=r"^([0-9]{6}-[A-Za-z0-9-]{1,90}@[0-9]{1,9})?$")]
_PLACES = {"-U-": "/roster/units/", "-G-": "/roster/groups/"}


@router.get("/roster/imports")
async def import_list(request: Request, visit: Visitor, reads: ReadModel, before: Before = None) -> Response:
    """The exports, the form to import one, and the imports with who gave them when, the newest first."""
    if not _may_found(visit):
        check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    rows = await imports.page(reads, before)
    return await view.show(
        request,
        "roster_imports.html",
        visit,
        names,
        rows=rows[: imports.LISTED],
        founded=visit.deployment is not None or bool(rows),
        may_import=_may_found(visit) or may_import(visit),
        known=_named(names),
        next_url=f"/roster/imports?before={rows[imports.LISTED - 1]['number']}" if len(rows) > imports.LISTED else "",
        first=before is None,
    )


@router.get("/roster/imports/{number}")
async def import_page(
    request: Request, visit: Visitor, reads: ReadModel, number: Number, beyond: Beyond = "", back: bool = False
) -> Response:
    """An import with what it changed, or (`back`) what its rollback took back; and the form that takes it back."""
    if not _may_found(visit):
        check_reader(visit.principal)
    one = await imports.one(reads, number)
    if one is None or (back and one["rollback_version"] is None):
        raise view.unknown("这次导入", "import", f"{number}")
    names = await view.names_for(reads, visit)
    version = one["rollback_version"] if back else one["version"]
    rows = await imports.changes(reads, one["stream"], version, _place(beyond))
    path = f"/roster/imports/{number}"
    last = rows[imports.PAGE - 1] if len(rows) > imports.PAGE else None
    return await view.show(
        request,
        "roster_import.html",
        visit,
        names,
        one=one,
        back=back,
        lines=[_line(row, names) for row in rows[: imports.PAGE]],
        missing=max(0, one["changes"] - await imports.read_so_far(reads, one["stream"], version)) if not back else 0,
        next_url=f"{path}?{'back=true&' if back else ''}beyond={last['stream']}@{last['version']}" if last else "",
        may_roll_back=may_import(visit) and one["rolled_back_on"] is None,
        known=_named(names),
    )


def may_import(visit: Visit) -> bool:
    """By the permissions of the registry: the district office imports and takes back. The registry alone decides."""
    return bool(visit.principal.holds("district_office", [visit.principal.district]))


def _may_found(visit: Visit) -> bool:
    """The operator brings in the first roster, before there is anybody's office."""
    return visit.deployment is None and bool(visit.principal.holds("operator", [visit.principal.district]))


def _place(beyond: str) -> tuple[str, int] | None:
    stream, _, version = beyond.rpartition("@")
    return (stream, int(version)) if stream else None


def _line(row: Row, names: Names) -> dict[str, Any]:
    stream = row["stream"]
    return {
        "stream": stream,
        "version": row["version"],
        "path": next((f"{path}{stream}" for letter, path in _PLACES.items() if letter in stream), ""),
        "sentence": sentence(row["area"], row["name"], row["data"], names),
    }


def _named(names: Names) -> dict[str, str]:
    """The names of groups and units, for a difference that the registry tells by their ids."""
    return {one: names(one) for one in _of_kinds(names, ("group", "unit"))}


def _of_kinds(names: Names, kinds: Iterable[str]) -> list[str]:
    return [str(one["id"]) for one in names.by_id.values() if one["kind"] in kinds]
