"""One voucher used twice, clause 三(五) and what auditors look for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.audit.domain.finding.events import FindingKind, FindingRule
from services.audit.domain.finding.vouchers import VoucherUse, by_later, number_key, same, used_twice, uses_of
from tests.unit.given import at

from .findings import ANSWER_BY, CONCERNED, OTHER, OTHER_UNIT, PROJECT, claim, evidence, payment, voucher

(FIRST,) = claim()
(SECOND,) = claim(when="2026-09-03 09:00", stream=OTHER, version=9, claimant=OTHER_UNIT)
NUMBER, SCAN = (FindingRule.SAME_NUMBER,), (FindingRule.SAME_SHA256,)


def test_a_voucher_claimed_in_two_projects_is_found_with_both_events_as_evidence() -> None:
    """Auditors: one project reported twice, inflated funds."""
    event = used_twice([by_later(SECOND, FIRST)], CONCERNED, ANSWER_BY)
    assert event.kind is FindingKind.VOUCHER_USED_TWICE
    assert event.rules == NUMBER + SCAN
    assert event.evidence == (f"projects/{PROJECT}@5", f"projects/{OTHER}@9")
    assert event.subjects == (PROJECT, OTHER)
    assert (event.amount, event.resubmission) == (Decimal(100), False)
    assert "PZ-001" in event.title_zh
    assert OTHER in event.detail_en


def test_amounts_in_a_finding_are_said_as_everywhere_else() -> None:
    first, second = (replace(use, amount=Decimal("9000000.00")) for use in (FIRST, SECOND))
    event = used_twice([by_later(second, first)], CONCERNED, ANSWER_BY)
    assert "（900万元，" in event.detail
    assert "(CNY 9 m, paid on " in event.detail_en


def test_the_number_or_the_scan_is_enough() -> None:
    (rescanned,) = claim(voucher(sha="b"), stream=OTHER)
    (renumbered,) = claim(voucher("PZ-002"), stream=OTHER)
    (another,) = claim(voucher("PZ-002", "b"), stream=OTHER)
    assert (same(FIRST, rescanned), same(FIRST, renumbered), same(FIRST, another)) == (NUMBER, SCAN, ())


def test_a_number_is_the_same_however_it_is_written() -> None:
    assert number_key("ＰＺ－００１") == number_key(" pz-001 ") == number_key("PZ- 001")
    assert number_key("PZ-001") != number_key("PZ-0001")


def test_one_claim_may_list_a_number_twice_and_another_claim_of_the_project_may_not() -> None:
    """The same claim is the claim's own rule; another claim of the same project is a second use."""
    one, two = claim(voucher(), voucher(sha="b"))
    assert same(one, two) == ()
    (again,) = claim(voucher(sha="b"), version=8, number=2)
    assert same(one, again) == NUMBER


def test_a_resubmission_after_a_reversal_is_shown_as_one() -> None:
    (later,) = claim(when="2026-09-03 09:00", version=8, number=2)
    undone = replace(FIRST, undone_at=at("2026-08-20 09:00"))
    event = used_twice([(undone, later)], CONCERNED, ANSWER_BY)
    assert event.resubmission
    assert "冲销后再次申报" in event.title_zh
    assert "resubmi" in event.title_en
    too_late = replace(FIRST, undone_at=at("2026-09-20 09:00"))
    assert not used_twice([(too_late, later)], CONCERNED, ANSWER_BY).resubmission


def test_a_resubmission_of_one_voucher_does_not_excuse_another() -> None:
    one, two = claim(voucher(), voucher("PZ-002", "b"))
    again, more = claim(voucher(), voucher("PZ-002", "b"), when="2026-09-03 09:00", stream=OTHER)
    undone = replace(one, undone_at=at("2026-08-20 09:00"))
    event = used_twice([(undone, again), (two, more)], CONCERNED, ANSWER_BY)
    assert not event.resubmission
    assert event.amount == Decimal(200)
    assert "PZ-001、PZ-002" in event.title_zh


def test_the_finance_bureaus_numbers_are_compared_among_themselves() -> None:
    """支付凭证号 of two expenses; an enterprise's voucher of the same number is another world."""
    assert same(payment("PZ-001", 1), payment("PZ-001", 2)) == NUMBER
    assert same(payment("PZ-001", 1), payment("PZ-002", 2)) == ()
    assert same(payment("PZ-001", 1), FIRST) == ()


def test_an_event_of_another_kind_names_no_voucher() -> None:
    assert uses_of(evidence(name="projects.ProjectSigned"), {}) == ()


uses = st.builds(
    lambda number, sha, stream, version, day: claim(
        voucher(f"PZ-{number}", sha), when=f"2026-08-{day:02d} 09:00", stream=stream, version=version
    )[0],
    st.integers(1, 2),
    st.sampled_from("abc"),
    st.sampled_from([PROJECT, OTHER]),
    st.integers(1, 4),
    st.integers(1, 5),
)


@given(uses, uses)
def test_whichever_of_two_events_is_read_last_the_finding_is_the_same(one: VoucherUse, other: VoucherUse) -> None:
    """Order across streams is not given."""
    assert same(one, other) == same(other, one)
    assert by_later(one, other) == by_later(other, one) or one.evidence.position == other.evidence.position
    if same(one, other):
        first = used_twice([by_later(one, other)], CONCERNED, ANSWER_BY)
        assert first == used_twice([by_later(other, one)], CONCERNED, ANSWER_BY)
