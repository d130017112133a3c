"""All facts of a year, by measure and subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.assessment.domain.measuring import direct
from services.assessment.domain.measuring.happenings import Direct, Happening, Span, by_stream
from services.assessment.domain.measuring.measures import Measure
from services.assessment.domain.measuring.projects import OPENINGS, Project, counted_once, project_of
from services.assessment.domain.measuring.shares import GROUPS, UNITS
from services.assessment.domain.values import Fact

Facts = Mapping[tuple[Measure, str], tuple[Fact, ...]]
"""By measure and subject, in the order of time and position."""
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Measured:
    """What the events of a year say. `quotas`: the days that each unit's principal heads owe outside."""

    facts: Facts = field(default_factory=dict)
    quotas: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, measure: Measure, subject: str) -> tuple[Fact, ...]:
        return self.facts.get((measure, subject), ())

    def value(self, measure: Measure, subject: str) -> Decimal:
        return sum((one.value for one in self.of(measure, subject)), _ZERO)


def measure(happenings: Iterable[Happening], span: Span, policy: frozenset[str] = frozenset()) -> Measured:
    """The facts of a span. `happenings` may come in any order and from before the span, since a project's earlier
    stages say what is taken back; what occurred at or after its end is left out. `policy`: industries that stand for
    policy funds of higher levels."""
    streams = by_stream(one for one in happenings if one.at < span.until)
    found: dict[tuple[Measure, str], list[Fact]] = defaultdict(list)
    for subject, name, fact in (*_of_projects(streams, policy), *_of_others(streams, span.year)):
        if span.holds(fact.at):
            found[name, subject].append(fact)
    facts = {key: tuple(sorted(some, key=lambda one: (one.at, one.position))) for key, some in found.items()}
    return Measured(facts, _quotas(streams, span.year))


def _of_projects(
    streams: Mapping[str, tuple[Happening, ...]], policy: frozenset[str]
) -> Iterator[tuple[str, Measure, Fact]]:
    projects: list[Project] = [project_of(stream, some) for stream, some in streams.items() if some[0].name in OPENINGS]
    for project, entry, why in counted_once(projects, policy):
        for cohort in (GROUPS, UNITS):
            for part in project.credit.parts(cohort, entry.measure, entry.value):
                fact = Fact(
                    position=entry.position,
                    at=entry.at,
                    value=_ZERO if why else part.value,
                    zh=f"{entry.zh}；{why}" if why else entry.zh,
                    whole=entry.value,
                    share=part.share,
                    share_position=part.settled_at,
                )
                yield part.holder, entry.measure, fact


def _of_others(streams: Mapping[str, tuple[Happening, ...]], year: int) -> Iterator[tuple[str, Measure, Fact]]:
    holders = direct.holders_of_leads(streams)
    for some in streams.values():
        for one in _directs(some, holders, year):
            entry = one.entry
            yield one.subject, entry.measure, Fact(entry.position, entry.at, entry.value, entry.zh, entry.value)


def _directs(some: tuple[Happening, ...], holders: Mapping[str, tuple[str, ...]], year: int) -> Iterable[Direct]:
    first = some[0].name
    if first.startswith("reporting.Report"):
        return direct.reports(some)
    if first.startswith("reporting.Directive"):
        return direct.directives(some)
    if first.startswith("outreach.Quota"):
        return direct.quota(some, year).found
    if first.startswith("outreach."):
        return direct.trips(some)
    if first.startswith("projects.Lead"):
        return direct.leads(some)
    if first.startswith("projects.Referral"):
        return direct.referrals(some, holders)
    return direct.stalls(some)


def _quotas(streams: Mapping[str, tuple[Happening, ...]], year: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    for some in streams.values():
        if some[0].name.startswith("outreach.Quota"):
            one = direct.quota(some, year)
            if one.unit:
                found[one.unit] += one.required
    return dict(found)
