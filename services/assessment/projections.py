"""How events become rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.assessment import tables as t
from services.assessment.domain.year.state import AppealState, Phase
from services.assessment.happenings import happenings
from sevenx.declaration import service
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

PUBLIC_NOTICE = "public_notice"
"""Name of the deadline at which the public notice ends."""
PUBLIC, SETTLED = "public", "settled"
"""Editions of a ranking; others are `calculated-3` and `frozen-1`."""
CLOSING_AREAS = service("assessment").reads()
"""The areas that must have closed a year before its result is frozen: every one whose events are read here."""

_OF_THE_REGISTRY = tuple(part.projections for part in (t.POSTS, t.SETTINGS, t.CALENDARS, t.UNITS))
projections = Projections(t.metadata, version=2, include=[*_OF_THE_REGISTRY, happenings])
_on = projections.on


@_on("registry.TargetSet")
def target_set(event: Recorded, rows: Changes) -> None:
    told = {name: event.data[name] for name in ("year", "indicator", "unit", "value")}
    rows.put(t.target, event.version, at=event.meta.occurred_at, **told)


@_on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    """An industry that stands for 上级政策性资金争取 is a task that is counted apart."""
    if event.data["indicator"]:
        rows.put(t.policy_industry, event.data["industry"])
    else:
        rows.delete(t.policy_industry, event.data["industry"])


@_on("registry.IndustryWithdrawn")
def industry_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.policy_industry, event.data["industry"])


@_on(*(f"{area}.PeriodClosed" for area in CLOSING_AREAS))
def period_was_closed(event: Recorded, rows: Changes) -> None:
    told = {name: event.data[name] for name in ("partition", "kind", "period", "as_of")}
    rows.put(t.period_closed, event.version, area=event.area, **told)


@_on("assessment.RulebookPublished")
def rulebook_published(event: Recorded, rows: Changes) -> None:
    names = ("year", "title", "sha256", "document", "published_by", "published_on", "reason")
    rows.put(t.rulebook, event.data["version"], **{name: event.data[name] for name in names})


@_on("assessment.CalculationMade")
def calculated(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = {name: data[name] for name in ("year", "rulebook", "as_of", "provisional")}
    rows.put(t.assessment, phase=Phase.CALCULATED, calculation=data["calculation"], ends_at=data["ends_at"], **same)
    told = {"month": data["month"], "by": data["calculated_by"], "at": event.meta.occurred_at}
    rows.put(t.calculation, data["calculation"], **same, **told)
    _ranking(rows, edition_of(data["calculation"]), data["ranking"])
    _step(event, rows, "calculated", data["calculated_by"], "calculation", "as_of", "provisional", "month")


@_on("assessment.FirstRatingMade")
def rated(event: Recorded, rows: Changes) -> None:
    rows.set(t.assessment, phase=Phase.RATED, rated_on=event.data["rated_on"])
    _step(event, rows, "rated", event.data["rated_by"], "calculation", "rulebook")


@_on("assessment.ResultPublicized")
def publicized(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("publicized_on", "until", "until_at", "provisional_calendar")
    rows.set(t.assessment, phase=Phase.PUBLIC, notice_ended=False, **{name: data[name] for name in names})
    rows.put(t.deadline, PUBLIC_NOTICE, due_at=data["until_at"])
    _ranking(rows, PUBLIC, data["ranking"])
    _step(event, rows, "publicized", data["publicized_by"], "until", "working_days", "provisional_calendar")


@_on("assessment.PublicNoticeEnded")
def notice_ended(event: Recorded, rows: Changes) -> None:
    rows.set(t.assessment, notice_ended=True)
    rows.delete(t.deadline, PUBLIC_NOTICE)
    _step(event, rows, "notice_ended", None, "open_appeals")


@_on("assessment.AppealFiled")
def appeal_filed(event: Recorded, rows: Changes) -> None:
    names = ("appellant", "subject", "indicator", "grounds", "evidence", "sha256", "filed_by", "filed_on")
    told = {name: event.data[name] for name in names}
    rows.put(t.appeal, event.data["appeal"], state=AppealState.OPEN, **told)
    _step(event, rows, "appeal_filed", event.data["filed_by"], "appeal", "appellant", "subject")


@_on("assessment.AppealUpheld")
def appeal_upheld(event: Recorded, rows: Changes) -> None:
    _reviewed(event, rows, AppealState.UPHELD, correction=plain(event.data["correction"]))
    _step(event, rows, "appeal_upheld", event.data["reviewed_by"], "appeal", "subject", "correction", "reason")


@_on("assessment.AppealDismissed")
def appeal_dismissed(event: Recorded, rows: Changes) -> None:
    _reviewed(event, rows, AppealState.DISMISSED)
    _step(event, rows, "appeal_dismissed", event.data["reviewed_by"], "appeal", "subject", "reason")


@_on("assessment.VetoApplied")
def veto_applied(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("title", "basis", "document_number", "reason", "applied_on")
    rows.put(t.veto, data["subject"], data["veto"], **{name: data[name] for name in names})
    _step(event, rows, "veto_applied", data["applied_by"], "subject", "veto", "basis", "document_number", "reason")


@_on("assessment.VetoLifted")
def veto_lifted(event: Recorded, rows: Changes) -> None:
    rows.delete(t.veto, event.data["subject"], event.data["veto"])
    _step(event, rows, "veto_lifted", event.data["lifted_by"], "subject", "veto", "reason")


@_on("assessment.AssessmentSettled")
def settled(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("settled_on", "settled_by", "document_number")
    rows.set(t.assessment, phase=Phase.SETTLED, **{name: data[name] for name in names})
    rows.delete(t.deadline, PUBLIC_NOTICE)
    _ranking(rows, SETTLED, data["ranking"])
    _step(event, rows, "settled", data["settled_by"], "document_number")


@_on("assessment.AssessmentFrozen")
def frozen(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.assessment, phase=Phase.FROZEN, version=data["version"], cut=plain(data["cut"]))
    _ranking(rows, frozen_edition(data["version"]), data["ranking"])
    _step(event, rows, "frozen", None, "version")


@_on("assessment.AssessmentCorrected")
def corrected(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.assessment, version=data["version"])
    _ranking(rows, frozen_edition(data["version"]), data["ranking"])
    names = ("version", "corrections", "reason", "basis", "document_number")
    _step(event, rows, "corrected", data["corrected_by"], *names)


@_on("assessment.CommendationAdvised")
def commendation_advised(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("kind", "subject", "subject_name", "person", "reason", "advised_on")
    rows.put(t.commendation, data["commendation"], **{name: data[name] for name in names})
    _step(event, rows, "commendation_advised", data["advised_by"], "kind", "subject", "person")


@_on("assessment.ScoreCalculated")
def score_calculated(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("year", "cohort", "subject", "subject_name", "rulebook", "total", "scale", "as_of", "provisional")
    rows.put(t.score, data["calculation"], version=event.version, **{name: data[name] for name in same})
    for place, item in enumerate(data["items"], 1):
        facts = plain(item["facts"])
        told = {name: value for name, value in item.items() if name != "facts"}
        rows.put(t.score_item, data["calculation"], place, **told, facts=facts)


@_on("assessment.ScoreFactsListed")
def score_facts_listed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(t.score_facts, data["calculation"], data["indicator"], data["part"], facts=plain(data["facts"]))


@_on("assessment.ScoreCorrected")
def score_corrected(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = {name: data[name] for name in ("calculation", "indicator", "was", "now", "total_was", "total_now")}
    rows.put(
        t.score_correction,
        event.version,
        **same,
        reason=data["reason"],
        by=data["corrected_by"],
        on=data["corrected_on"],
        appeal=data["appeal"],
        assessment_version=data["version"],
    )


def edition_of(calculation: int) -> str:
    """The edition of a ranking as it was calculated."""
    return f"calculated-{calculation}"


def frozen_edition(version: int) -> str:
    """The edition of a version of the frozen result."""
    return f"frozen-{version}"


def _ranking(rows: Changes, edition: str, ranking: Iterable[Mapping[str, Any]]) -> None:
    for one in ranking:
        told = {name: one[name] for name in ("rank", "subject_name", "total", "vetoed")}
        rows.put(t.ranking, edition, one["cohort"], one["subject"], **told)


def _reviewed(event: Recorded, rows: Changes, state: AppealState, **also: Any) -> None:
    told = {name: event.data[name] for name in ("reason", "reviewed_by", "reviewed_on")}
    rows.set(t.appeal, event.data["appeal"], state=state, **told, **also)


def _step(event: Recorded, rows: Changes, step: str, by: str | None, *names: str) -> None:
    details = {name: plain(event.data[name]) for name in names}
    rows.put(t.step, event.version, step=step, at=event.meta.occurred_at, by=by, details=details)
