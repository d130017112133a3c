"""A calculation: what the read model says of a year, scored by its rulebook. A handful of queries for all subjects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.assessment import queries
from services.assessment.deciders import SCORE, YEAR
from services.assessment.domain.measuring.measure import Measured, measure
from services.assessment.domain.measuring.spans import span_of, year_ends_at
from services.assessment.domain.rulebook import Rulebook, Subject, Unit, members
from services.assessment.domain.score.commands import RecordScore, Scored
from services.assessment.domain.scoring import Basis, Targets, score_cohort
from services.assessment.domain.values import CutMark, Ranked, ranked
from services.assessment.domain.year.commands import RecordCalculation
from services.assessment.ids import score_id, year_id
from services.assessment.rulebook_file import read_rulebook
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads

Given = tuple[Decider[Any], str, Any]


@dataclass(frozen=True)
class Calculation:
    """Every subject's score as of an instant."""

    year: int
    rulebook: int
    since: datetime
    """When the year begins."""
    as_of: datetime
    ends_at: datetime
    scored: tuple[Scored, ...]
    cut: tuple[CutMark, ...]
    """The markers by which every area has closed the year; empty while one is lacking."""

    @property
    def totals(self) -> tuple[Ranked, ...]:
        """Places within each cohort, without regard to vetoes."""
        return ranked(Ranked(one.cohort, 0, one.subject, one.subject_name, one.total) for one in self.scored)

    def commands(self, district: str, number: int, by: str | None, month: str | None = None) -> list[Given]:
        """What records it under a number, all or nothing: the year's own command first, then each subject's. What the
        clock calculates within the year is recorded without its facts, which follow from the same log: only the numbers
        of a final result, or of one that somebody asked for, must be explained without calculating again."""
        recorded = RecordCalculation(
            self.year, number, self.rulebook, self.as_of, self.ends_at, self.totals, self.cut, by, month
        )
        provisional = self.as_of < self.ends_at or not self.cut
        with_facts = by is not None or not provisional
        scores: list[Given] = [
            (
                SCORE,
                score_id(self.year, one.subject),
                RecordScore(self.year, number, self.rulebook, self.as_of, provisional, one, with_facts),
            )
            for one in self.scored
        ]
        return [(YEAR, year_id(district, self.year), recorded), *scores]


async def calculate(reads: Reads, year: int, as_of: datetime, version: int | None = None) -> Calculation:
    """Score everybody from the events that occurred before `as_of`, or before the year's end where that is earlier,
    by a version of the rulebook (the latest).

    The markers are read first: what they close is then in what is read after them. Problem 409 `rulebook-missing`
    without a rulebook, `nobody-assessed` where none of its cohorts has a member.
    """
    cut = await queries.cut(reads, str(year))
    published = await queries.rulebook(reads, year, version)
    if published is None:
        raise rulebook_missing(year)
    book = rulebook_of(published)
    december = (await queries.settings(reads)).integer("report.december_last_day")
    span = span_of(year, as_of, december)
    measured = measure(await queries.happenings(reads, span.until), span, await queries.policy_industries(reads))
    targets = await queries.targets(reads, year, span.until)
    scored = score_all(book, await queries.groups(reads), await queries.units(reads), measured, targets)
    if not scored:
        raise Problem(
            409,
            "nobody-assessed",
            "考核办法所列对象在名册中一个也没有；请先导入名册。",
            "The roster has none of those whom the rulebook assesses: import the roster first.",
            headers={"Retry-After": "2"},
        )
    ends_at = year_ends_at(year, december)
    return Calculation(year, published["version"], span.since, span.until, ends_at, scored, cut or ())


def score_all(
    book: Rulebook, groups: list[Subject], units: list[Unit], measured: Measured, targets: Targets
) -> tuple[Scored, ...]:
    """Every cohort's subjects, in the order of the rulebook."""
    basis = Basis(measured, targets)
    return tuple(one for cohort in book.cohorts for one in score_cohort(cohort, members(cohort, groups, units), basis))


def rulebook_of(row: Mapping[str, Any]) -> Rulebook:
    """The rulebook of a published version; its text was checked before it was published."""
    read = read_rulebook(row["document"])
    if read.rulebook is None:
        raise Problem(
            409,
            "rulebook-unreadable",
            f"已公布的考核办法第{row['version']}版与当前格式不符：{read.errors[0].zh}请公布新版本。",
            f"Version {row['version']} of the rulebook does not fit the present form: {read.errors[0].en} "
            "Publish a new version.",
        )
    return read.rulebook


def rulebook_missing(year: int) -> Problem:
    return Problem(
        409,
        "rulebook-missing",
        f"{year}年度考核办法尚未公布；请先公布（POST /rulebooks）。",
        f"The rulebook of {year} was not published; publish it first (POST /rulebooks).",
    )
