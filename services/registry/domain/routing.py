"""From a lead's text to the group whose duties cover it (一)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.registry.domain.district.events import IndustryListed
from services.registry.domain.district.industries import (
    Decisions,
    Industries,
    claimed_at,
    claims_of,
    decision_of,
    groups_of,
)
from services.registry.domain.names import spelling

OF_NOTICE, KEYWORD = 2, 1
"""Points for each character: the words of the notice count twice what an assumed keyword counts."""


class Outcome(StrEnum):
    """One group has the lead; several may and it is to be decided; or no group's words stand in the text."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an industry that stands in the text, and the points that it gives a group."""

    word: str
    industry: str
    points: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group that may have the lead, with the words that speak for it."""

    group: str
    score: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a text leads. `overlaps` are the industries that the district office has yet to decide."""

    outcome: Outcome
    group: str | None
    candidates: tuple[Candidate, ...]
    overlaps: tuple[str, ...]


def route(text: str, industries: Industries, decisions: Decisions) -> Routing:
    """一: a lead belongs to the group whose duties or lead units' industries name what it is about.

    Each word of an industry that stands in the text (a longer one hides those within it) gives its points to the
    groups that claim the industry, and the words by which the notice gives it to one group give the others half. Where
    the duties overlap every group that claims the industry is a candidate, and the district office decides; what it
    has decided counts. Width, case and spaces don't matter, nor the order of the industries.
    """
    found: dict[str, dict[str, Word]] = {}
    overlaps: dict[str, set[str]] = {}
    for industry, word in _hits(spelling(text).casefold(), industries):
        decided = decision_of(industry.industry, industries, decisions)
        groups = (decided.group,) if decided else groups_of(industry.industry, industries)
        for group in groups:
            points = len(word) * _weight(word, group, industry, industries, decided=decided is not None)
            known = found.setdefault(group, {}).get(word)
            if known is None or (points, industry.industry) > (known.points, known.industry):
                found[group][word] = Word(word, industry.industry, points)
            claimed = claimed_at(industry.industry, industries)
            if len(groups) > 1 and claimed is not None:
                overlaps.setdefault(group, set()).add(claimed.industry)
    candidates = sorted((_candidate(group, words) for group, words in found.items()), key=lambda c: (-c.score, c.group))
    return _routing(tuple(candidates), overlaps)


def _routing(candidates: tuple[Candidate, ...], overlaps: dict[str, set[str]]) -> Routing:
    if not candidates:
        return Routing(Outcome.NONE, None, (), ())
    best = candidates[0]
    to_decide = tuple(sorted(overlaps.get(best.group, ())))
    tied = len(candidates) > 1 and candidates[1].score == best.score
    if to_decide or tied:
        return Routing(Outcome.SEVERAL, None, candidates, to_decide)
    return Routing(Outcome.ONE, best.group, candidates, ())


def _candidate(group: str, words: dict[str, Word]) -> Candidate:
    ordered = sorted(words.values(), key=lambda one: (-one.points, one.word))
    return Candidate(group, sum(one.points for one in ordered), tuple(ordered))


def _hits(text: str, industries: Industries) -> Iterator[tuple[IndustryListed, str]]:
    """The industries whose words stand in the text, with the word; a word within a longer one that stands there too
    is hidden by it."""
    there = {
        (industry.industry, word)
        for industry in industries.values()
        if not industry.indicator
        for word in _words(industry)
        if word in text
    }
    longest = {word for _, word in there if not any(word != other and word in other for _, other in there)}
    for name, word in sorted(there):
        if word in longest:
            yield industries[name], word


def _words(industry: IndustryListed) -> frozenset[str]:
    """The industry's name, the notice's words for it, and its keywords, each as texts are compared."""
    of_notice = (name for claim in industry.claims for name in claim.names)
    return frozenset(_plain(word) for word in (industry.zh, *of_notice, *industry.keywords)) - {""}


def _weight(word: str, group: str, industry: IndustryListed, industries: Industries, *, decided: bool) -> int:
    if word == _plain(industry.zh):
        return OF_NOTICE
    said = {claim.group for claim in claims_of(industry.industry, industries) if word in map(_plain, claim.names)}
    if not said:
        return KEYWORD
    return OF_NOTICE if decided or group in said else KEYWORD


def _plain(word: str) -> str:
    return spelling(word).casefold()
