"""Rankings and scores as the API answers them: recorded ones, and live ones calculated for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
from services.assessment.calculating import Calculation
from services.assessment.domain.score.commands import Scored
from services.assessment.domain.score.events import ScoreItem
from services.assessment.domain.values import ranked
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
    facts = [FactView(**{name: getattr(one, name) for name in FactView.model_fields}) for one in item.facts]
    return ItemView(**{name: getattr(item, name) for name in _ITEM}, points_now=item.points, facts=facts)


async def recorded_score(reads: Reads, row: Row, edition: Edition, basis: str) -> ScoreView:
    """A score as it was recorded, with the corrections that the edition has."""
    stream, calculation = row["stream"], row["calculation"]
    made = [one for one in await queries.corrections(reads, stream, calculation) if _in(one, edition.corrected)]
    now: dict[str, Decimal] = {one["indicator"]: one["now"] for one in made}
    items = await queries.items(reads, stream, calculation)
    return ScoreView(
        id=stream,
        position=f"assessment/{stream}@{row['version']}",
        basis=basis,
        calculation=calculation,
        version=edition.version,
        total_now=made[-1]["total_now"] if made else row["total"],
        items=[_item(one, now[one["indicator"]] if one["indicator"] in now else one["points"]) for one in items],
        corrections=[_correction(one) for one in made],
        **{name: row[name] for name in _SCORE},
    )


def _in(correction: Row, corrected: int | None) -> bool:
    """Corrections by appeals come between the public notice (0) and the settled result (1), the first version."""
    return corrected is None or (correction["assessment_version"] or 1) <= corrected


def _item(row: Row, now: Decimal) -> ItemView:
    facts = [FactView(**one) for one in row["facts"]]
    return ItemView(**{name: row[name] for name in _ITEM}, points_now=now, facts=facts)


def _correction(row: Row) -> CorrectionView:
    told: dict[str, Any] = {name: row[name] for name in CorrectionView.model_fields if name in row}
    return CorrectionView(**{**told, "version": row["assessment_version"]})
