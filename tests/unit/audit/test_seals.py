"""The ledger of seals, and conclusions about records: given events, when a command, then events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.deciders import DECIDERS, RECORD, SEALS
from services.audit.domain.commands import ConcludeRecord, RecordSeal
from services.audit.domain.events import LogSealed, RecordDiscarded, TamperingDetected
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

NOW = datetime(2026, 7, 26, tzinfo=UTC)
FIRST = LogSealed(
    number=1, kind="month", period="2026-07", as_of=NOW, sealed_at=NOW, leaves=3, tree_size=3, root="aa" * 32,
    subtrees=("bb" * 32, "cc" * 32), manifest_hash="dd" * 32, previous_seal="0" * 64, key_id="ee" * 32,
    statement_hash="f1" * 32, signature="ab" * 64,
)  # fmt: skip
SECOND = replace(
    FIRST, number=2, period="2026-08", leaves=2, tree_size=5, previous_seal="f1" * 32, statement_hash="f2" * 32
)
FORGED = ConcludeRecord(
    area="projects", record_hash="12" * 32, topic="410804.projects.events", partition=3, offset=117,
    reason="模拟数据：不是项目服务写入的", by="410804-N-1", tampering=False, stream="410804-P-2026-0001", version=4,
)  # fmt: skip


def when(decider: Decider[Any], before: list[Any], command: Any) -> Any:
    return decider.decide(command, decider.fold(before))


def code(decision: Any) -> str:
    assert isinstance(decision, Rejection), decision
    assert decision.zh
    assert decision.en
    return decision.code


def test_seals_follow_one_another() -> None:
    assert when(SEALS, [], RecordSeal(FIRST)) == [FIRST]
    assert when(SEALS, [FIRST], RecordSeal(SECOND)) == [SECOND]


def test_a_seal_that_is_entered_already_changes_nothing() -> None:
    assert when(SEALS, [FIRST, SECOND], RecordSeal(FIRST)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SECOND, number=3),
        replace(SECOND, previous_seal="0" * 64),
        replace(SECOND, tree_size=6),
        replace(SECOND, leaves=1),
    ],
    ids=["a number left out", "another predecessor", "another tree", "leaves lost"],
)
def test_a_seal_out_of_order_is_refused(wrong: LogSealed) -> None:
    assert code(when(SEALS, [FIRST], RecordSeal(wrong))) == "seal-out-of-order"


def test_a_record_is_discarded_once_and_with_its_reason() -> None:
    [discarded] = when(RECORD, [], FORGED)
    assert isinstance(discarded, RecordDiscarded)
    assert (discarded.record_hash, discarded.reason, discarded.decided_by) == ("12" * 32, FORGED.reason, "410804-N-1")
    assert when(RECORD, [discarded], FORGED) == []


def test_a_conclusion_needs_a_reason() -> None:
    assert code(when(RECORD, [], replace(FORGED, reason="  "))) == "reason-missing"


def test_a_sealed_event_is_never_discarded() -> None:
    assert code(when(RECORD, [], replace(FORGED, owned=True))) == "record-sealed"


def test_tampering_is_concluded_only_of_what_its_owner_reported() -> None:
    accused = replace(FORGED, tampering=True)
    assert code(when(RECORD, [], accused)) == "not-reported-by-owner"
    decided = when(RECORD, [], replace(accused, known_fork=True))
    assert [type(event) for event in decided] == [TamperingDetected, RecordDiscarded]


def test_tampering_may_be_concluded_after_the_record_was_discarded() -> None:
    discarded = when(RECORD, [], FORGED)
    later = when(RECORD, discarded, replace(FORGED, tampering=True, known_fork=True))
    assert [type(event) for event in later] == [TamperingDetected]


@given(st.lists(st.builds(replace, st.just(FORGED), tampering=st.booleans(), known_fork=st.booleans(),
                          owned=st.booleans(), reason=st.sampled_from(["", "模拟数据"])), max_size=8))  # fmt: skip
def test_each_conclusion_stands_at_most_once_whatever_is_asked(commands: list[ConcludeRecord]) -> None:
    events: list[Any] = []
    for command in commands:
        decision = when(RECORD, events, command)
        events += [] if isinstance(decision, Rejection) else decision
    kinds = [type(event) for event in events]
    assert kinds.count(RecordDiscarded) <= 1
    assert kinds.count(TamperingDetected) <= 1
    assert TamperingDetected not in kinds or RecordDiscarded in kinds


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda d: d.aggregate)
def test_an_unknown_command_is_a_programming_error(decider: Decider[Any]) -> None:
    with pytest.raises(TypeError):
        decider.decide(object(), decider.initial)
