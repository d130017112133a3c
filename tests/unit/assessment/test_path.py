"""The path of a year: calculated, rated, public, appealed against, settled, frozen, corrected (三(五))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from services.assessment.domain.values import Ranked
from services.assessment.domain.year import commands as c
from services.assessment.domain.year.events import (
    AppealDismissed,
    AppealFiled,
    AppealUpheld,
    AssessmentCorrected,
    AssessmentFrozen,
    AssessmentSettled,
    CalculationMade,
    CommendationAdvised,
    CommendationKind,
    FirstRatingMade,
    PublicNoticeEnded,
    ResultPublicized,
    VetoApplied,
    VetoLifted,
)
from services.assessment.domain.year.state import Phase

from .given import (
    APPEAL,
    DISMISS,
    ENDS,
    FINDER,
    FIX,
    FREEZE,
    FROZEN,
    G1,
    G2,
    HEAD,
    LEADER,
    OFFICE,
    OTHER,
    PUBLICIZE,
    PUBLISHED,
    RATE,
    SETTLE,
    UNTIL_AT,
    UPHOLD,
    VETO,
    Told,
    calculation,
    cut,
)

DAY = timedelta(days=1)


def places(ranking: tuple[Ranked, ...]) -> list[tuple[int, str, str]]:
    return [(one.rank, one.subject, str(one.total)) for one in ranking]


def test_the_whole_path_leads_to_the_freeze_and_the_freeze_names_its_cut() -> None:
    told = Told(calculation()).when(RATE)
    (rated,) = told.then(FirstRatingMade)
    assert places(rated.ranking) == [(1, G2, "90.00"), (2, G1, "81.50"), (1, FINDER, "70.00")]
    told.when(PUBLICIZE).then(ResultPublicized)
    told.when(SETTLE).then(AssessmentSettled)
    (frozen,) = told.when(FREEZE).then(AssessmentFrozen)
    assert (frozen.version, frozen.cut, frozen.ranking) == (1, cut(), rated.ranking)
    assert told.when(FREEZE).then() == []


@pytest.mark.parametrize("changes", [{"as_of": ENDS - DAY}, {"cut": ()}, {"cut": cut(ENDS - DAY)}])
def test_a_first_rating_waits_for_the_whole_year_and_for_every_areas_word(changes: dict[str, object]) -> None:
    """三(五): a result is not decided on half the facts."""
    told = Told(calculation(**changes))
    (made,) = told.then(CalculationMade)
    assert made.provisional
    told.when(RATE).refused("calculation-provisional")


def test_a_new_calculation_needs_a_new_rating() -> None:
    told = Told(calculation(), RATE).when(calculation(2))
    told.then(CalculationMade)
    told.when(PUBLICIZE).refused("wrong-phase")


def test_calculations_follow_one_another_and_end_when_the_result_is_public() -> None:
    Told(calculation()).when(calculation(1)).refused("calculation-overtaken")
    Told(*PUBLISHED).when(calculation(2)).refused("wrong-phase")


def test_the_clock_calculates_a_month_once_and_not_once_the_result_is_public() -> None:
    month = calculation(cut=(), by=None, month="2026-07", as_of=ENDS - 100 * DAY)
    told = Told(month)
    assert told.then(CalculationMade)[0].calculated_by is None
    told.when(replace(month, calculation=2)).refused("calculation-superseded")
    late = replace(month, calculation=2, as_of=ENDS, month="2026")
    assert Told(*PUBLISHED).when(late).refused("calculation-superseded").status == 422, "the clock does not try again"


def test_the_clock_does_not_replace_a_calculation_as_of_a_later_instant() -> None:
    """三(五): the office has calculated as of the 5th; then an area closes the month late."""
    office = calculation(cut=(), as_of=ENDS - 90 * DAY)
    clock = calculation(2, cut=(), by=None, month="2026-09", as_of=ENDS - 100 * DAY)
    told = Told(office)
    told.when(clock).refused("calculation-superseded")
    assert told.state.as_of == office.as_of
    told.when(replace(clock, as_of=office.as_of)).then(CalculationMade)
    told.when(replace(office, calculation=3, as_of=ENDS - 110 * DAY)).then(CalculationMade)


def test_the_public_notice_ends_once_and_not_before_its_time() -> None:
    """三(五): 公示 5 working days."""
    told = Told(*PUBLISHED, APPEAL)
    assert told.when(c.EndPublicNotice(UNTIL_AT - timedelta(seconds=1))).then() == []
    (ended,) = told.when(c.EndPublicNotice(UNTIL_AT)).then(PublicNoticeEnded)
    assert ended.open_appeals == (1,)
    assert told.when(c.EndPublicNotice(UNTIL_AT)).then() == []


def test_an_appeal_is_filed_while_the_result_is_public_and_not_at_its_last_instant() -> None:
    """三(五)"""
    Told(calculation(), RATE).when(APPEAL).refused("wrong-phase")
    Told(*PUBLISHED).when(replace(APPEAL, at=UNTIL_AT)).refused("public-notice-over")
    (filed,) = Told(*PUBLISHED).when(replace(APPEAL, at=UNTIL_AT - timedelta(seconds=1))).then(AppealFiled)
    assert (filed.appeal, filed.appellant, filed.subject) == (1, G1, G1)


def test_only_those_who_are_assessed_appeal_and_they_say_why() -> None:
    told = Told(*PUBLISHED)
    told.when(replace(APPEAL, appellant=OTHER)).refused("not-assessed")
    told.when(replace(APPEAL, subject=OTHER)).refused("not-assessed")
    told.when(replace(APPEAL, grounds="  ")).refused("reason-missing")
    told.when(replace(APPEAL, evidence=("the ledger",))).refused("bad-evidence")


def test_an_upheld_appeal_corrects_the_total_and_the_places() -> None:
    told = Told(*PUBLISHED, APPEAL).when(UPHOLD)
    told.then(AppealUpheld)
    (settled,) = told.when(SETTLE).then(AssessmentSettled)
    assert places(settled.ranking)[:2] == [(1, G1, "91.50"), (2, G2, "90.00")]


def test_a_dismissed_appeal_changes_nothing_and_says_why() -> None:
    told = Told(*PUBLISHED, APPEAL)
    before = told.state.ranking
    told.when(replace(DISMISS, reason=" ")).refused("reason-missing")
    told.when(DISMISS).then(AppealDismissed)
    assert told.state.ranking == before
    told.when(DISMISS).refused("appeal-reviewed")


@pytest.mark.parametrize("command", [UPHOLD, DISMISS])
def test_nobody_reviews_his_own_appeal(command: c.UpholdAppeal | c.DismissAppeal) -> None:
    """三(五): reviewed with reason, never by the appellant."""
    assert Told(*PUBLISHED, APPEAL).when(replace(command, by=HEAD)).refused("own-matter").status == 403


def test_an_appeal_that_there_is_not_or_a_score_that_has_moved_is_refused() -> None:
    told = Told(*PUBLISHED, APPEAL)
    told.when(replace(UPHOLD, appeal=2)).refused("unknown-appeal")
    told.when(replace(UPHOLD, correction=replace(FIX, total_was=Decimal(80)))).refused("score-moved-on")
    told.when(replace(UPHOLD, correction=replace(FIX, subject=G2))).refused("score-moved-on")
    told.when(replace(UPHOLD, correction=replace(FIX, now=FIX.was))).refused("correction-missing")


def test_settlement_waits_for_the_end_of_the_notice_and_for_every_appeal() -> None:
    told = Told(*PUBLISHED, APPEAL)
    told.when(replace(SETTLE, at=UNTIL_AT - timedelta(seconds=1))).refused("public-notice-running")
    assert told.when(SETTLE).refused("appeals-open").details["appeals"] == [1]
    told.when(DISMISS, replace(SETTLE, document_number=" ")).refused("document-missing")
    told.when(SETTLE).then(AssessmentSettled)


def test_nobody_settles_what_he_himself_has_rated() -> None:
    Told(*PUBLISHED).when(replace(SETTLE, by=OFFICE)).refused("own-matter")


@pytest.mark.parametrize("marks", [(), cut(ENDS - DAY), (*cut(), *cut(ENDS - DAY)[:1])])
def test_the_freeze_waits_for_every_area(marks: tuple[object, ...]) -> None:
    """三(五): PeriodClosed of the year of all areas."""
    told = Told(*PUBLISHED, SETTLE)
    told.when(c.Freeze(marks)).refused("period-not-closed")  # type: ignore[arg-type]
    assert told.state.phase is Phase.SETTLED


def test_a_veto_names_a_rule_of_a_higher_level_and_puts_its_subject_last() -> None:
    """三(五): 一票否决."""
    told = Told(calculation())
    told.when(replace(VETO, basis=" ")).refused("veto-without-basis")
    told.when(replace(VETO, document_number="")).refused("document-missing")
    told.when(replace(VETO, subject=OTHER)).refused("not-assessed")
    told.when(VETO).then(VetoApplied)
    assert told.when(VETO).then() == []
    (rated,) = told.when(RATE).then(FirstRatingMade)
    assert [(one.rank, one.subject, one.vetoed) for one in rated.ranking[:2]] == [(1, G1, False), (2, G2, True)]
    told.when(c.LiftVeto(OFFICE, VETO.today, G2, VETO.veto, "复核后撤销")).then(VetoLifted)
    assert told.state.ranking[0].subject == G2


def test_a_veto_outlives_a_new_calculation() -> None:
    (made,) = Told(calculation(), VETO).when(calculation(2)).then(CalculationMade)
    assert [one.subject for one in made.ranking if one.vetoed] == [G2]


def correct(**changes: object) -> c.CorrectAssessment:
    command = c.CorrectAssessment(
        OFFICE, SETTLE.today, (FIX,), "合同被认定无效", ("projects/410804-P-2026-0001@9",), "马文〔2027〕1号（模拟）"
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def test_a_correction_of_a_frozen_result_is_a_new_version() -> None:
    """三(五): the old version stays in the log."""
    told = Told(*FROZEN)
    told.when(correct(reason="")).refused("reason-missing")
    told.when(correct(document_number="")).refused("document-missing")
    told.when(correct(basis=("x",))).refused("bad-evidence")
    told.when(correct(corrections=(replace(FIX, total_was=Decimal(1)),))).refused("score-moved-on")
    (corrected,) = told.when(correct()).then(AssessmentCorrected)
    assert (corrected.version, places(corrected.ranking)[0]) == (2, (1, G1, "91.50"))
    assert next(one for one in told.events if isinstance(one, AssessmentFrozen)).ranking[0].subject == G2
    Told(*PUBLISHED).when(correct()).refused("wrong-phase")


def advise(**changes: object) -> c.AdviseCommendation:
    command = c.AdviseCommendation(OFFICE, SETTLE.today, CommendationKind.UNIT, G1, "综合得分居前")
    return replace(command, **changes)  # type: ignore[arg-type]


def test_commendation_is_advice_after_the_freeze_and_never_automatic() -> None:
    """三(五): encouragement of units and cadres."""
    assert not [one for one in Told(*FROZEN).events if isinstance(one, CommendationAdvised)]
    Told(*PUBLISHED).when(advise()).refused("wrong-phase")
    told = Told(*FROZEN)
    told.when(advise(kind=CommendationKind.CADRE)).refused("person-missing")
    told.when(advise(person=LEADER)).refused("person-missing")
    told.when(advise(subject=OTHER)).refused("not-assessed")
    (advised,) = told.when(advise(kind=CommendationKind.CADRE, person=LEADER)).then(CommendationAdvised)
    assert (advised.commendation, advised.subject_name) == (1, "招商一组")


def test_who_has_a_veto_is_not_commended() -> None:
    told = Told(calculation(), VETO, RATE, PUBLICIZE, SETTLE, FREEZE)
    told.when(advise(subject=G2)).refused("vetoed")


@pytest.mark.parametrize(
    "command", [RATE, PUBLICIZE, APPEAL, UPHOLD, DISMISS, VETO, SETTLE, FREEZE, correct(), advise()]
)
def test_nothing_happens_to_a_year_that_was_not_calculated(command: object) -> None:
    Told().when(command).refused("not-calculated")
