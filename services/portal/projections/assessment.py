"""The year's assessment."""

from __future__ import annotations

from typing import Any

from services.portal.tables import assessment as t
from services.portal.tables import metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


def _of(event: Recorded, *names: str) -> dict[str, Any]:
    return {name: event.data[name] for name in names}


@_on("assessment.RulebookPublished")
def rulebook_published(event: Recorded, rows: Changes) -> None:
    rows.put(t.rulebook, event.data["version"], **_of(event, "year", "title", "sha256", "published_on"))


@_on("assessment.ScoreCalculated")
def score_calculated(event: Recorded, rows: Changes) -> None:
    said = _of(
        event,
        *("year", "cohort", "subject", "subject_name", "rulebook", "calculation", "total", "as_of", "provisional"),
        "scale",
    )
    rows.put(t.score, **said, items=plain(event.data["items"]))


@_on("assessment.ScoreFactsListed")
def facts_listed(event: Recorded, rows: Changes) -> None:
    data = event.data
    facts = plain(data["facts"])
    rows.put(t.score_facts, data["indicator"], data["part"], calculation=data["calculation"], facts=facts)


@_on("assessment.ScoreCorrected")
def score_corrected(event: Recorded, rows: Changes) -> None:
    said = _of(event, "calculation", "indicator", "was", "now", "reason", "corrected_by", "corrected_on", "appeal")
    rows.put(t.score_correction, event.version, **said)
    rows.set(t.score, total=event.data["total_now"])


@_on("assessment.CalculationMade")
def calculation_made(event: Recorded, rows: Changes) -> None:
    ranking = plain(event.data["ranking"])
    _year(event, rows, calculated_ranking=ranking, **_of(event, "calculation", "rulebook", "as_of"))


@_on("assessment.FirstRatingMade")
def first_rating(event: Recorded, rows: Changes) -> None:
    _year(event, rows, phase="rated", ranking=plain(event.data["ranking"]), **_of(event, "calculation", "rulebook"))


@_on("assessment.ResultPublicized")
def publicized(event: Recorded, rows: Changes) -> None:
    said = _of(event, "publicized_on", "until", "until_at")
    _year(event, rows, phase="public", ranking=plain(event.data["ranking"]), **said)


@_on("assessment.PublicNoticeEnded")
def notice_ended(event: Recorded, rows: Changes) -> None:
    _year(event, rows, phase="notice_ended")


@_on("assessment.AssessmentSettled")
def settled(event: Recorded, rows: Changes) -> None:
    number = event.data["document_number"]
    _year(event, rows, phase="settled", ranking=plain(event.data["ranking"]), document_number=number)


@_on("assessment.AssessmentFrozen", "assessment.AssessmentCorrected")
def frozen(event: Recorded, rows: Changes) -> None:
    ranking, version = plain(event.data["ranking"]), event.data["version"]
    _year(event, rows, phase="frozen", ranking=ranking, version=version)


@_on("assessment.AppealFiled")
def appeal_filed(event: Recorded, rows: Changes) -> None:
    said = _of(event, "year", "appellant", "subject", "indicator", "grounds", "evidence", "filed_by", "filed_on")
    rows.put(t.appeal, event.data["appeal"], **said, state="open")


@_on("assessment.AppealUpheld")
def appeal_upheld(event: Recorded, rows: Changes) -> None:
    said = _of(event, "reason", "reviewed_by", "reviewed_on")
    rows.set(t.appeal, event.data["appeal"], state="upheld", correction=plain(event.data["correction"]), **said)


@_on("assessment.AppealDismissed")
def appeal_dismissed(event: Recorded, rows: Changes) -> None:
    said = _of(event, "reason", "reviewed_by", "reviewed_on")
    rows.set(t.appeal, event.data["appeal"], state="dismissed", **said)


@_on("assessment.VetoApplied")
def veto_applied(event: Recorded, rows: Changes) -> None:
    said = _of(event, "title", "basis", "document_number", "reason")
    rows.put(t.veto, event.data["subject"], event.data["veto"], **said, lifted=False)


@_on("assessment.VetoLifted")
def veto_lifted(event: Recorded, rows: Changes) -> None:
    rows.set(t.veto, event.data["subject"], event.data["veto"], lifted=True)


@_on("assessment.CommendationAdvised")
def commendation_advised(event: Recorded, rows: Changes) -> None:
    said = _of(event, "kind", "subject", "subject_name", "person", "reason")
    rows.put(t.commendation, event.data["commendation"], **said)


def _year(event: Recorded, rows: Changes, **changed: Any) -> None:
    """The year's row, which its stream's first event makes."""
    if event.version == 1:
        rows.put(t.assessment, **({"year": event.data["year"], "phase": "provisional"} | changed))
    else:
        rows.set(t.assessment, **changed)
