"""A subject's score: recorded once, its facts bounded record by record, corrected in the open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from services.assessment.deciders import SCORE
from services.assessment.domain.score.commands import CorrectScore, RecordScore, Scored
from services.assessment.domain.score.decide import FACTS_IN_LIST, FACTS_IN_SCORE
from services.assessment.domain.score.events import Part, ScoreCalculated, ScoreCorrected, ScoreFactsListed, ScoreItem
from services.assessment.domain.scoring import digest
from services.assessment.domain.values import Fact
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, uuid7
from sevenx.kernel.errors import Rejection

from .given import ENDS, G1, OFFICE

D = Decimal
WHEN = datetime(2026, 6, 1, tzinfo=UTC)


def fact(n: int) -> Fact:
    position = f"projects/410804-P-2026-{n:04d}@12"
    zh = f"签约合同额5.2亿元：年产5万吨铝板带项目（模拟）第{n}期（2026-03-02）"
    return Fact(position, WHEN, D(n), zh, D(n), D("0.333333"), position)


def item(name: str = "funds", many: int = 2, part: Part = Part.BASE, points: str = "10.00") -> ScoreItem:
    facts = tuple(fact(n) for n in range(many))
    return ScoreItem(
        name, "到位资金", "Funds", part, "funds_recognised", D(5), D(10), D(points), D(20),
        D(20) if part is Part.BASE else D(0), True, "20 × 5 ÷ 10", facts, many, digest(facts),
    )  # fmt: skip


def record(*items: ScoreItem, calculation: int = 1, total: str = "10.00") -> RecordScore:
    scored = Scored("groups", G1, "招商一组", D(total), D(1), items)
    return RecordScore(2026, calculation, 1, ENDS, False, scored)


def test_a_score_with_few_facts_is_one_event() -> None:
    decided = SCORE.decide(record(item()), SCORE.initial)
    assert [type(one) for one in decided] == [ScoreCalculated]
    assert len(decided[0].items[0].facts) == 2  # type: ignore[index]


def test_many_facts_are_listed_before_the_score_and_none_is_lost() -> None:
    many = FACTS_IN_SCORE + 2 * FACTS_IN_LIST + 3
    given = item(many=many)
    decided = SCORE.decide(record(given), SCORE.initial)
    assert [type(one) for one in decided] == [ScoreFactsListed] * 3 + [ScoreCalculated]
    *lists, score = decided  # type: ignore[misc]
    told = [*score.items[0].facts, *(one for part in lists for one in part.facts)]
    assert tuple(told) == given.facts
    assert (score.items[0].facts_count, score.items[0].facts_sha256) == (many, digest(told))


def test_a_record_stays_small_whatever_the_year_brings() -> None:
    """The bus takes a million bytes; a score of fifteen indicators with thousands of facts each stays far below."""
    items = [item(f"i{n}", many=2000) for n in range(15)]
    stream = "410804-Z-2026-G-1"
    meta = Meta(GENESIS, uuid7(), 1, "410804", stream, WHEN, WHEN, OFFICE, None, bytes(32), bytes(16), None)
    decided = SCORE.decide(record(*items), SCORE.initial)
    assert not isinstance(decided, Rejection)
    assert max(len(catalog().encode("assessment", one, meta)) for one in decided) < 500_000


def test_what_the_clock_calculates_within_the_year_holds_number_and_digest_alone() -> None:
    """The facts follow from the same log; the number and the digest say whether they are the same."""
    command = replace(record(item(many=FACTS_IN_SCORE + 7)), with_facts=False)
    (score,) = SCORE.decide(command, SCORE.initial)  # type: ignore[misc]
    assert (score.items[0].facts, score.items[0].facts_count) == ((), FACTS_IN_SCORE + 7)
    assert score.items[0].facts_sha256 == digest(command.scored.items[0].facts)


def test_a_calculation_is_recorded_once() -> None:
    state = SCORE.fold(SCORE.decide(record(item()), SCORE.initial))  # type: ignore[arg-type]
    assert SCORE.decide(record(item()), state) == []
    assert SCORE.decide(record(item(), calculation=2), state) != []


def corrected(now: str, indicator: str = "funds") -> CorrectScore:
    return CorrectScore(indicator, D(now), "漏计", OFFICE, date(2027, 1, 8), appeal=1)


def test_a_correction_changes_points_and_total_and_no_fact() -> None:
    """三(五): with both numbers, in the open."""
    state = SCORE.fold(SCORE.decide(record(item()), SCORE.initial))  # type: ignore[arg-type]
    (event,) = SCORE.decide(corrected("15.00"), state)  # type: ignore[misc]
    assert event == ScoreCorrected(
        1, "funds", D("10.00"), D("15.00"), D("10.00"), D("15.00"), "漏计", OFFICE, date(2027, 1, 8), 1
    )
    after = SCORE.fold([event], state)
    assert (after.total, after.items["funds"].points) == (D("15.00"), D("15.00"))
    assert SCORE.decide(corrected("15.00"), after) == []


def refused(command: CorrectScore, *items: ScoreItem) -> str:
    state = SCORE.fold(SCORE.decide(record(*items), SCORE.initial))  # type: ignore[arg-type]
    decided = SCORE.decide(command, state)
    assert isinstance(decided, Rejection)
    assert decided.zh
    assert decided.en
    return decided.code


def test_points_stay_within_what_the_indicator_gives_or_takes() -> None:
    assert refused(corrected("20.01"), item()) == "points-out-of-range"
    assert refused(corrected("-0.01"), item()) == "points-out-of-range"
    assert refused(corrected("0.50"), item(part=Part.DEDUCTION, points="-2.00")) == "points-out-of-range"
    assert refused(corrected("1.00", "other"), item()) == "unknown-indicator"
    assert refused(corrected("1.00"), replace(item(), applies=False)) == "unknown-indicator"
