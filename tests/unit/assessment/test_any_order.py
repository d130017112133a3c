"""Whatever the order in which streams are read, and however a project is divided: the same facts, and no more than
there is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.assessment.domain.measuring.happenings import Happening
from services.assessment.domain.measuring.measure import Measured, measure
from services.assessment.domain.measuring.shares import Credit, Settled
from tests.unit.given import at

from .given import FINDER, G1, LANDING, PROJECT, YEAR_2026, Log


def measured(log: Log) -> Measured:
    return measure(log.happenings, YEAR_2026)


shares = st.lists(st.integers(1, 999_999), min_size=1, max_size=6).map(lambda parts: [Decimal(part) for part in parts])


@given(parts=shares, whole=st.decimals(-(10**11), 10**11, places=2))
def test_a_projects_parts_are_the_whole_exactly(parts: list[Decimal], whole: Decimal) -> None:
    """二(一): one project counts once within a cohort and indicator, however it is divided."""
    total = sum(parts)
    ratios = [(part / total).quantize(Decimal("0.000001")) for part in parts]
    ratios[-1] += 1 - sum(ratios)
    holders = tuple((f"410804-U-{n}", ratio) for n, ratio in enumerate(ratios))
    credit = Credit(G1, FINDER, {("units", "all"): Settled("projects/410804-P-2026-0001@9", holders)})
    found = credit.parts("units", "signed_amount", whole)
    assert sum(one.value for one in found) == whole
    assert all(one.value == one.value.quantize(Decimal("0.000001")) for one in found)


def story() -> Log:
    """A year of many streams."""
    log, lead = Log(), "410804-L-2026-0001"
    log.tell("projects.LeadRegistered", lead, "2026-02-01 09:00", group=G1, finder=FINDER)
    log.tell("projects.LeadQualified", lead)
    log.tell("projects.ReferralRecorded", "410804-W-1", referral=1, lead=lead)
    for n, stream in enumerate((PROJECT, "410804-P-2026-0002", "410804-P-2026-0003")):
        log.opened(stream, when=f"2026-03-0{n + 1} 09:00")
        log.signed(stream, amount=f"{n + 1}00000000.01")
        log.landed(stream, agreed="2026-04-01")
        log.recognised(stream, amount="333333.33")
        log.tell("projects.ProjectStalled", stream, stage="landed", idle_days=61, group=G1, unit=LANDING)
    log.corrected("signed", "landed", void=[("units", "all")])
    for stream in (PROJECT, "410804-P-2026-0002"):
        log.tell("projects.ProjectCodeAssigned", stream, code="2603-410804-04-01-000001")
    log.tell("reporting.ReportPeriodOpened", "410804-R-2026-03-G1", group=G1, period="2026-03")
    log.tell("reporting.DeadlineMissed", "410804-R-2026-03-G1")
    quota = {"unit": LANDING, "year": 2026, "required_days": 91}
    log.tell("outreach.QuotaOpened", "410804-Q-2026-head", name="甲模拟", **quota)
    log.tell("outreach.QuotaDaysCounted", "410804-Q-2026-head", trip="410804-T-2026-0001", total=3, **quota)
    log.tell("reporting.DirectiveIssued", "410804-V-2026-0001", title="事项", owner=LANDING, group=G1)
    log.tell("reporting.DirectiveOverdue", "410804-V-2026-0001", due_on="2026-05-01")
    return log


STORY = story()


@settings(max_examples=50, deadline=None)
@given(order=st.permutations(range(len(STORY.happenings))))
def test_the_order_in_which_streams_are_read_changes_no_fact(order: list[int]) -> None:
    """Order across streams is not given: any reading of the same events measures the same, each stream by its
    versions."""
    read: list[Happening] = [STORY.happenings[n] for n in order]
    assert measure(read, YEAR_2026) == measured(STORY)


@pytest.mark.parametrize("until", ["2026-03-01 10:00", "2026-03-02 12:00", "2026-06-01 00:00"])
def test_an_earlier_cut_off_measures_what_had_occurred_before_it(until: str) -> None:
    span = type(YEAR_2026)(2026, YEAR_2026.since, at(until))
    whole = measure(STORY.happenings, span)
    before = measure([one for one in STORY.happenings if one.at < at(until)], YEAR_2026)
    assert whole.facts == before.facts
    assert all(fact.at < at(until) for facts in whole.facts.values() for fact in facts)
