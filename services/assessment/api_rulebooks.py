"""Rulebooks (考核办法): checked, published, read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.assessment import queries
from services.assessment.api_models import RulebookBody
from services.assessment.api_types import AssessedYear
from services.assessment.api_views import CohortView, RulebookCheck, RulebookErrorView, RulebookSummary, RulebookView
from services.assessment.calculating import rulebook_of
from services.assessment.deciders import BOOK, YEAR
from services.assessment.domain.book.commands import PublishRulebook
from services.assessment.domain.rulebook import Rulebook, Subject, Unit, members
from services.assessment.ids import book_id, year_id
from services.assessment.rulebook_file import Read, read_rulebook, unknown_units
from services.assessment.rulebook_yaml import RulebookError
from services.assessment.visibility import PUBLIC, check_reader
from sevenx.kernel.auth import require
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["rulebooks 考核办法"])


@router.post("/rulebooks/check")
async def check_rulebook(body: RulebookBody, asking: Asking, reads: ReadModel) -> RulebookCheck:
    """Say what is wrong with a text, line by line, and whom it would assess (校验). Nothing is stored."""
    require(asking, "assessment_office", "auditor")
    read, errors = await _read(reads, body.document)
    if read.rulebook is None or errors:
        return RulebookCheck(ok=False, sha256=read.sha256, errors=_shown(errors))
    return RulebookCheck(
        ok=True,
        sha256=read.sha256,
        title=read.rulebook.zh,
        year=read.rulebook.year,
        errors=[],
        cohorts=await cohorts_of(reads, read.rulebook),
    )


@router.post("/rulebooks", status_code=201)
async def publish_rulebook(body: RulebookBody, desk: Commands, reads: ReadModel) -> Answer:
    """Publish a version of a year's rulebook (公布). The text is kept as it is; the same text again changes nothing.
    None is published once the year's result is public."""
    read, errors = await _read(reads, body.document)
    if read.rulebook is None or errors:
        raise Problem(
            422,
            "rulebook-wrong",
            f"考核办法有 {len(errors)} 处错误，第一处在第 {errors[0].line} 行（{errors[0].path}）：{errors[0].zh}",
            f"The rulebook has {len(errors)} errors, the first in line {errors[0].line} ({errors[0].path}): "
            f"{errors[0].en}",
            details={"errors": [one.model_dump() for one in _shown(errors)]},
        )
    book, district = read.rulebook, desk.principal.district
    state = await desk.state(YEAR, year_id(district, book.year))
    command = PublishRulebook(
        year=book.year,
        title=book.zh,
        sha256=read.sha256,
        document=body.document,
        by=desk.principal.subject,
        today=desk.today(),
        reason=body.reason,
        result_public=state.phase in PUBLIC,
    )
    return await desk.give(BOOK, book_id(district, book.year), command)


@router.get("/rulebooks")
async def list_rulebooks(
    asking: Asking, reads: ReadModel, year: Annotated[int | None, Query(ge=2020, le=2099)] = None
) -> list[RulebookSummary]:
    """Published versions, the newest first."""
    check_reader(asking)
    return [RulebookSummary(**row) for row in await queries.rulebooks(reads, year)]


@router.get("/rulebooks/{year}/{version}")
async def get_rulebook(
    year: AssessedYear, version: Annotated[int, Path(ge=1, le=10_000)], asking: Asking, reads: ReadModel
) -> RulebookView:
    """A version with its text, and whom it assesses by the roster now."""
    check_reader(asking)
    row = await queries.rulebook(reads, year, version)
    if row is None:
        raise Problem(
            404, "unknown-rulebook", f"{year}年度没有第{version}版考核办法。", f"{year} has no rulebook {version}."
        )
    book = rulebook_of(row)
    return RulebookView(
        **{name: row[name] for name in RulebookSummary.model_fields},
        document=row["document"],
        cohorts=await cohorts_of(reads, book),
        vetoes=[{"id": one.id, "zh": one.zh, "en": one.en, "basis": one.basis} for one in book.vetoes],
    )


async def cohorts_of(reads: Reads, book: Rulebook) -> list[CohortView]:
    """The cohorts with their members by the roster now."""
    groups, units = await queries.groups(reads), await queries.units(reads)
    return [
        CohortView(
            id=one.id,
            zh=one.zh,
            en=one.en,
            full_marks=one.full_marks,
            indicators=len(one.indicators),
            members=[member.id for member in members(one, groups, units)],
        )
        for one in book.cohorts
    ]


async def _read(reads: Reads, document: str) -> tuple[Read, tuple[RulebookError, ...]]:
    """The text as read, and its errors with those that only the roster shows. Problem 409 without a roster."""
    read = read_rulebook(document)
    if read.rulebook is None:
        return read, read.errors
    groups, units = await queries.groups(reads), await queries.units(reads)
    if not units:
        raise Problem(
            409,
            "roster-missing",
            "尚未读到单位名册，请先导入名册。",
            "No unit of the roster has been read yet: import the roster first.",
            headers={"Retry-After": "2"},
        )
    return read, (*unknown_units(document, units, [one.id for one in groups]), *_twice(read.rulebook, groups, units))


def _twice(book: Rulebook, groups: list[Subject], units: list[Unit]) -> list[RulebookError]:
    """Nobody is assessed twice: a unit listed by name may also be of a kind that another cohort takes in."""
    seen: dict[str, str] = {}
    found = []
    for cohort in book.cohorts:
        for one in members(cohort, groups, units):
            other = seen.setdefault(one.id, cohort.id)
            if other != cohort.id:
                zh = f"{one.name}（{one.id}）同时属于 {other} 和 {cohort.id}；请在其一的 without 中除去。"
                en = f"{one.id} is in both {other} and {cohort.id}; leave it out of one by `without`."
                found.append(RulebookError("cohorts", 1, zh, en))
    return found


def _shown(errors: tuple[RulebookError, ...]) -> list[RulebookErrorView]:
    return [RulebookErrorView(path=one.path, line=one.line, zh=one.zh, en=one.en) for one in errors]
