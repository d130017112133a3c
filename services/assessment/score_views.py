"""Rankings and scores as the API answers them: recorded ones, and live ones calculated for the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.assessment import queries
from services.assessment.api_views import (
    CorrectionView,
    FactView,
    ItemView,
    RankedView,
    ScoreView,
)
from services.assessment.calculating import Calculation, calculate
from services.assessment.domain.score.commands import Scored
from services.assessment.domain.score.events import ScoreItem
from services.assessment.domain.scoring import digest
from services.assessment.domain.values import Fact, ranked
from services.assessment.editions import Edition
from services.assessment.queries import Row
from sevenx.kernel.reads import Reads

_ITEM = (
    "indicator",
    "zh",
    "en",
    "part",
    "measure",
    "value",
    "target",
    "points",
    "max_points",
    "marks",
    "applies",
    "formula",
    "facts_count",
    "facts_sha256",
)
_SCORE = ("year", "cohort", "subject", "subject_name", "rulebook", "as_of", "provisional", "scale", "total")


def live_ranking(calculation: Calculation, vetoes: Sequence[Row]) -> list[RankedView]:
    """Places as the events say now, with the vetoes that hold."""
    vetoed = {row["subject"] for row in vetoes}
    places = ranked(replace(one, vetoed=one.subject in vetoed) for one in calculation.totals)
    return [RankedView(**{name: getattr(one, name) for name in RankedView.model_fields}) for one in places]


def live_score(calculation: Calculation, scored: Scored) -> ScoreView:
    """A score that was calculated only for the answer."""
    return ScoreView(
        id=None,
        position=None,
        year=calculation.year,
        basis="live",
        cohort=scored.cohort,
        subject=scored.subject,
        subject_name=scored.subject_name,
        calculation=None,
        version=None,
        rulebook=calculation.rulebook,
        as_of=calculation.as_of,
        provisional=True,
        scale=scored.scale,
        total=scored.total,
        total_now=scored.total,
        items=[_live_item(one) for one in scored.items],
        corrections=[],
    )


def _live_item(item: ScoreItem) -> ItemView:
    facts = [_fact(one) for one in item.facts]
    told = {name: getattr(item, name) for name in _ITEM}
    return ItemView(**told, points_now=item.points, facts=facts, facts_agree=True)


def _fact(one: Fact) -> FactView:
    return FactView(**{name: getattr(one, name) for name in FactView.model_fields})


async def recorded_score(reads: Reads, row: Row, edition: Edition, basis: str) -> ScoreView:
    """A score as it was recorded, with the corrections that the edition has."""
    stream, calculation = row["stream"], row["calculation"]
    made = [one for one in await queries.corrections(reads, stream, calculation) if _in(one, edition.corrected)]
    now: dict[str, Decimal] = {one["indicator"]: one["now"] for one in made}
    items = await queries.items(reads, stream, calculation)
    facts = await _facts(reads, row, items)
    return ScoreView(
        id=stream,
        position=f"assessment/{stream}@{row['version']}",
        basis=basis,
        calculation=calculation,
        version=edition.version,
        total_now=made[-1]["total_now"] if made else row["total"],
        items=[_item(one, now, facts.get(one["indicator"], ())) for one in items],
        corrections=[_correction(one) for one in made],
        **{name: row[name] for name in _SCORE},
    )


def _in(correction: Row, corrected: int | None) -> bool:
    """Corrections by appeals come between the public notice (0) and the settled result (1), the first version."""
    return corrected is None or (correction["assessment_version"] or 1) <= corrected


async def _facts(reads: Reads, row: Row, items: Sequence[Row]) -> dict[str, tuple[Fact, ...]]:
    """The facts of each item: as recorded, or measured again from the same events where they were not recorded."""
    if any(one["facts"] for one in items) or not any(one["facts_count"] for one in items):
        return {one["indicator"]: tuple(map(recorded_fact, one["facts"])) for one in items}
    again = await calculate(reads, row["year"], row["as_of"], row["rulebook"])
    scored = next((one for one in again.scored if one.subject == row["subject"]), None)
    return {one.indicator: one.facts for one in scored.items} if scored else {}


def recorded_fact(told: Mapping[str, Any]) -> Fact:
    """A fact as the event holds it."""
    return Fact(
        position=told["position"],
        at=datetime.fromisoformat(told["at"]),
        value=Decimal(told["value"]),
        zh=told["zh"],
        whole=Decimal(told["whole"]),
        share=None if told["share"] is None else Decimal(told["share"]),
        share_position=told["share_position"],
    )


def _item(row: Row, now: Mapping[str, Decimal], facts: Sequence[Fact]) -> ItemView:
    points = now[row["indicator"]] if row["indicator"] in now else row["points"]
    return ItemView(
        **{name: row[name] for name in _ITEM},
        points_now=points,
        facts=[_fact(one) for one in facts],
        facts_agree=digest(facts) == row["facts_sha256"],
    )


def _correction(row: Row) -> CorrectionView:
    told: dict[str, Any] = {name: row[name] for name in CorrectionView.model_fields if name in row}
    return CorrectionView(**{**told, "version": row["assessment_version"]})
