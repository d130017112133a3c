"""Years, rankings, scores explained to the events, appeals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.assessment import queries
from services.assessment.api_rulebooks import cohorts_of
from services.assessment.api_types import AssessedYear, Now, SubjectPath
from services.assessment.api_views import (
    AppealView,
    AssessmentSummary,
    AssessmentView,
    CalculationView,
    CommendationView,
    RankedView,
    RankingView,
    ScoreView,
    StepView,
    VetoView,
)
from services.assessment.calculating import calculate, rulebook_missing, rulebook_of
from services.assessment.domain.year.state import Phase
from services.assessment.editions import Basis, basis_of, edition_of, no_such_edition
from services.assessment.ids import score_id
from services.assessment.queries import Row
from services.assessment.score_views import live_ranking, live_score, recorded_score
from services.assessment.visibility import (
    OFFICES,
    PUBLIC,
    check_ranking,
    check_reader,
    check_score,
    concerned,
    sees_all,
)
from sevenx.kernel.auth import require
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["lists 查询"])


BasisQuery = Annotated[Basis | None, Query(description="By default how far the year has come")]
CalculationQuery = Annotated[int | None, Query(ge=1, le=100_000, description="A calculation's number")]
VersionQuery = Annotated[int | None, Query(ge=1, le=10_000, description="A version of the frozen result")]


@router.get("/assessments")
async def list_assessments(asking: Asking, reads: ReadModel) -> list[AssessmentSummary]:
    """Years that were calculated, the newest first."""
    check_reader(asking)
    return [_summary(row) for row in await queries.assessments(reads)]


@router.get("/assessments/{year}")
async def get_assessment(year: AssessedYear, asking: Asking, reads: ReadModel) -> AssessmentView:
    """A year with its path: calculations, vetoes, every step, and which areas have not closed the year yet."""
    check_reader(asking)
    row = await _known(reads, year)
    all_of_it = sees_all(asking) or row["phase"] in PUBLIC
    stream = row["stream"]
    return AssessmentView(
        **{name: row[name] for name in AssessmentView.model_fields if name in row},
        id=stream,
        not_closed=await queries.not_closed(reads, str(year)),
        calculations=[
            CalculationView(**_named(CalculationView, one)) for one in await queries.calculations(reads, year)
        ],
        vetoes=[VetoView(**_named(VetoView, one)) for one in await queries.vetoes(reads, stream)] if all_of_it else [],
        steps=[StepView(**_named(StepView, one)) for one in await queries.steps(reads, stream)] if all_of_it else [],
    )


@router.get("/assessments/{year}/ranking")
async def get_ranking(
    year: AssessedYear,
    asking: Asking,
    reads: ReadModel,
    now: Now,
    basis: BasisQuery = None,
    calculation: CalculationQuery = None,
    version: VersionQuery = None,
    cohort: Annotated[str | None, Query(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = None,
) -> RankingView:
    """A year's ranking within each cohort: as the events are now (`live`), as calculated, public, settled or frozen,
    and then in any version. Until it is public only some offices see it."""
    row = await queries.assessment(reads, year)
    phase = Phase(row["phase"]) if row else None
    wanted = basis_of(phase, basis, calculation, version)
    public = phase in PUBLIC and wanted not in (Basis.LIVE, Basis.CALCULATED)
    check_ranking(asking, public)
    if wanted is Basis.LIVE or row is None:
        return await _live(reads, year, now, phase, cohort)
    edition = edition_of(row, wanted, calculation, version)
    lines = await queries.ranking(reads, row["stream"], edition.name, cohort)
    if not lines:
        raise no_such_edition(year, wanted)
    made = next(one for one in await queries.calculations(reads, year) if one["calculation"] == edition.calculation)
    published = await queries.rulebook(reads, year, made["rulebook"])
    cohorts = await cohorts_of(reads, rulebook_of(published)) if published else []
    order = {one.id: n for n, one in enumerate(cohorts)}
    return RankingView(
        year=year,
        basis=wanted,
        public=public,
        phase=phase,
        calculation=edition.calculation,
        version=edition.version,
        as_of=made["as_of"],
        provisional=made["provisional"],
        cohorts=cohorts,
        ranking=sorted(
            (RankedView(**_named(RankedView, one)) for one in lines),
            key=lambda one: (order.get(one.cohort, 0), one.rank, one.subject),
        ),
    )


async def _live(reads: Reads, year: int, now: datetime, phase: Phase | None, cohort: str | None) -> RankingView:
    made = await calculate(reads, year, now)
    published = await queries.rulebook(reads, year, made.rulebook)
    if published is None:
        raise rulebook_missing(year)
    row = await queries.assessment(reads, year)
    vetoes = await queries.vetoes(reads, row["stream"]) if row else []
    lines = [one for one in live_ranking(made, vetoes) if cohort in (None, one.cohort)]
    return RankingView(
        year=year,
        basis=Basis.LIVE,
        public=False,
        phase=phase,
        calculation=None,
        version=None,
        as_of=made.as_of,
        provisional=True,
        cohorts=await cohorts_of(reads, rulebook_of(published)),
        ranking=lines,
    )


@router.get("/assessments/{year}/scores/{subject}")
async def get_score(
    year: AssessedYear,
    subject: SubjectPath,
    asking: Asking,
    reads: ReadModel,
    now: Now,
    basis: BasisQuery = None,
    calculation: CalculationQuery = None,
    version: VersionQuery = None,
) -> ScoreView:
    """A subject's score explained: each indicator with its formula and figures, and each event that adds to it by its
    position. Those concerned see their own at any time."""
    row = await queries.assessment(reads, year)
    phase = Phase(row["phase"]) if row else None
    wanted = basis_of(phase, basis, calculation, version)
    check_score(asking, subject, phase in PUBLIC and wanted not in (Basis.LIVE, Basis.CALCULATED))
    if wanted is Basis.LIVE or row is None:
        made = await calculate(reads, year, now)
        scored = next((one for one in made.scored if one.subject == subject), None)
        if scored is None:
            raise _not_assessed(year, subject)
        return live_score(made, scored)
    edition = edition_of(row, wanted, calculation, version)
    score = await queries.score(reads, score_id(year, subject), edition.calculation)
    if score is None:
        raise _not_assessed(year, subject)
    return await recorded_score(reads, score, edition, wanted)


@router.get("/assessments/{year}/appeals")
async def list_appeals(year: AssessedYear, asking: Asking, reads: ReadModel) -> list[AppealView]:
    """Appeals and what became of them. Who has no office in it sees those of his own group or unit."""
    check_reader(asking)
    row = await _known(reads, year)
    found = [AppealView(**_named(AppealView, one)) for one in await queries.appeals(reads, row["stream"])]
    if sees_all(asking):
        return found
    return [one for one in found if concerned(asking, one.appellant) or concerned(asking, one.subject)]


@router.get("/assessments/{year}/commendations")
async def list_commendations(year: AssessedYear, asking: Asking, reads: ReadModel) -> list[CommendationView]:
    """Advice to commend units and cadres (表彰建议)."""
    require(asking, *OFFICES)
    row = await _known(reads, year)
    return [
        CommendationView(**_named(CommendationView, one)) for one in await queries.commendations(reads, row["stream"])
    ]


async def _known(reads: Reads, year: int) -> Row:
    row = await queries.assessment(reads, year)
    if row is None:
        raise Problem(
            404,
            "not-calculated",
            f"{year}年度尚未测算。",
            f"{year} was not calculated yet; see /assessments/{year}/ranking?basis=live.",
        )
    return row


def _not_assessed(year: int, subject: str) -> Problem:
    return Problem(
        404,
        "not-assessed",
        f"{subject} 不在{year}年度考核对象之列；考核对象以考核办法所列为准。",
        f"{subject} is not assessed in {year}: the rulebook says who is.",
    )


def _summary(row: Row) -> AssessmentSummary:
    return AssessmentSummary(**{**_named(AssessmentSummary, row), "id": row["stream"]})


def _named(model: type[BaseModel], row: Row) -> dict[str, Any]:
    return {name: row[name] for name in model.model_fields if name in row}
