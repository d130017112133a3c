"""`/ranking/<year>` and `/ranking/<year>/<subject>`: the result and why, down to each event."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from services.portal.pages import charts, view
from services.portal.pages.view import Offered, Row
from services.portal.pages.wording import Names
from services.portal.queries import assessment
from services.portal.visit import Visit, Visitor
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import ReadModel

router = APIRouter()

Year = Annotated[int, Path(ge=2000, le=2100)]
Subject = Annotated[str, Path(pattern=r"^[0-9]{6}-[A-Z]-[a-z0-9-]{1,60}$")]
_BEFORE_ALL = ("assessment_office", "district_leader", "district_office", "supervision_office", "auditor")
_PUBLIC = ("public", "notice_ended", "settled", "frozen")
_SPEAKERS = ("unit_head", "unit_liaison", "group_leader", "group_deputy", "lead_unit_head", "liaison")


@router.get("/ranking")
async def this_year(visit: Visitor) -> Response:
    """The year that runs."""
    return RedirectResponse(f"/ranking/{visit.today.year}", 303)


@router.get("/ranking/{year}")
async def ranking_page(request: Request, visit: Visitor, reads: ReadModel, year: Year) -> Response:
    """Places by cohort, with the points of each indicator."""
    names = await view.names_for(reads, visit)
    standing = await assessment.of_year(reads, year)
    known, everybody = await assessment.scores(reads, year), sees_everybody(visit, standing)
    scores = view.by([row for row in known if everybody or concerns(visit, row["subject"])], "subject")
    cohorts = cohorts_of(standing if everybody else None, scores, placed=everybody)
    return await view.show(
        request,
        "ranking.html",
        visit,
        names,
        year=year,
        standing=standing,
        everybody=everybody,
        cohorts=cohorts,
        charts={name: chart(rows, scores, names) for name, rows in cohorts.items()},
        scores=scores,
        vetoes=view.by(await assessment.vetoes(reads, year), "subject"),
        appeals=await assessment.appeals(reads, year),
        mine=set(visit.scopes(*_SPEAKERS)),
        book=(book := await assessment.latest_rulebook(reads, year)),
        actions=actions_for(visit, standing, has_book=book is not None),
    )


@router.get("/ranking/{year}/{subject}")
async def score_page(request: Request, visit: Visitor, reads: ReadModel, year: Year, subject: Subject) -> Response:
    """A score, indicator by indicator, with the events that count in each; an appeal while the result is public."""
    score = await assessment.score(reads, year, subject)
    if score is None:
        raise view.unknown("考核得分", "score", f"{year} {subject}")
    standing = await assessment.of_year(reads, year)
    everybody = sees_everybody(visit, standing)
    if not everybody and not concerns(visit, subject):
        raise Problem(403, "not-public", "结果尚未公示，只能查看本组、本单位的得分。", "Not public yet: see your own.")
    names = await view.names_for(reads, visit)
    return await view.show(
        request,
        "score.html",
        visit,
        names,
        year=year,
        score=score,
        items=items_of(score, await assessment.more_facts(reads, score), await assessment.corrections(reads, score)),
        standing=standing,
        place=place_of(standing, subject) if everybody else None,
        book=await assessment.rulebook(reads, year, score["rulebook"]),
        appeals=await assessment.appeals(reads, year, subject),
        may_appeal=appealing(visit, standing, subject),
        office=bool(visit.may(("assessment_office",))),
    )


def ranking_of(standing: Row | None) -> list[Row]:
    """The ranking that holds: of the phase, or of the latest calculation while nothing is rated."""
    if standing is None:
        return []
    return standing["ranking"] or standing["calculated_ranking"] or []


def sees_everybody(visit: Visit, standing: Row | None) -> bool:
    """三(五): until the result is public, others than those who make, settle, supervise or audit it see their own."""
    return visit.may(_BEFORE_ALL) or (standing is not None and standing["phase"] in _PUBLIC)


def concerns(visit: Visit, subject: str) -> bool:
    """Whether the visitor holds a post in the group or unit."""
    return any(grant.partition("@")[2] == subject for grant in visit.principal.grants)


def cohorts_of(standing: Row | None, scores: dict[Any, Row], placed: bool = True) -> dict[str, list[Row]]:
    """Ranked rows by cohort; before any ranking the scores by their totals, without places for who sees only his."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in ranking_of(standing):
        found[row["cohort"]].append(row)
    if not found:
        for row in scores.values():
            place = len(found[row["cohort"]]) + 1 if placed else None
            found[row["cohort"]].append({**row, "rank": place, "vetoed": False})
    return dict(found)


def chart(rows: list[Row], scores: dict[Any, Row], names: Names) -> dict[str, Any]:
    """The cohort's points as bars, stacked by indicator; deductions go to the left."""
    indicators = {
        item["indicator"]: item[names.language]
        for row in rows
        if row["subject"] in scores
        for item in scores[row["subject"]]["items"]
    }
    series = {
        title: [
            next((float(item["points"]) for item in items_by(scores, row) if item["indicator"] == code), 0.0)
            for row in rows
        ]
        for code, title in indicators.items()
    }
    return charts.stacked([row["subject_name"] for row in rows], series)


def items_by(scores: dict[Any, Row], row: Row) -> list[Any]:
    return scores[row["subject"]]["items"] if row["subject"] in scores else []


def items_of(score: Row, more: list[Row], corrections: list[Row]) -> list[dict[str, Any]]:
    """The indicators with all their facts, and the last correction of each."""
    facts: dict[str, list[Any]] = defaultdict(list)
    for part in more:
        facts[part["indicator"]] += part["facts"]
    corrected = view.by(corrections, "indicator")
    return [
        {**item, "facts": [*item["facts"], *facts[item["indicator"]]], "correction": corrected.get(item["indicator"])}
        for item in score["items"]
    ]


def place_of(standing: Row | None, subject: str) -> Row | None:
    return next((row for row in ranking_of(standing) if row["subject"] == subject), None)


def appealing(visit: Visit, standing: Row | None, subject: str) -> list[str]:
    """In whose name the visitor may appeal while the result is public: the subject's own first."""
    if standing is None or standing["phase"] != "public" or standing["until_at"] <= visit.now:
        return []
    held = visit.scopes(*_SPEAKERS)
    return sorted(held, key=lambda scope: (scope != subject, scope))


def actions_for(visit: Visit, standing: Row | None, has_book: bool) -> Offered:
    """The steps of the year, by the permissions of assessment; the owner alone decides."""
    phase = standing["phase"] if standing else ""
    office, leader = visit.may(("assessment_office",)), visit.may(("district_leader",))
    found = {
        "publish": office and phase in ("", "provisional", "rated"),
        "calculate": office and has_book and phase in ("", "provisional"),
        "rate": office and phase == "provisional" and standing is not None and visit.today.year > standing["year"],
        "publicize": office and phase == "rated",
        "review": office and phase in ("public", "notice_ended"),
        "settle": leader and phase == "notice_ended",
    }
    return Offered(found)
