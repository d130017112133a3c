"""What a batch of records does to a read model, by the rules of the chain alone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sevenx.kernel.applier import Applier, Checked, Known, Plan
from sevenx.kernel.compare import Rows
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.records import RawRecord
from sevenx.kernel.replay import Replay
from sevenx.kernel.testing.bus import Bus, Written
from sevenx.kernel.testing.sample import (
    AREA,
    Deposited,
    Opened,
    Withdrawn,
    account_table,
    entry_table,
    metadata,
    read_model,
    sample_catalog,
)
from sevenx.kernel.topics import events_topic, partition_of

BUS = Bus({}, district="410804")
TEN, FIVE = Decimal("10.00"), Decimal("5.00")


def record(stream: str, value: bytes | None, offset: int, key: bytes | None = None) -> RawRecord:
    return RawRecord(events_topic(BUS.district, AREA), partition_of(stream), offset, key or stream.encode(), value, 0)


def plan_of(records: Iterable[RawRecord], known: Known | None = None, model: Projections | None = None) -> Plan:
    applier = Applier(sample_catalog(), model or read_model())
    return applier.plan([applier.check(raw) for raw in records], known or Known())


def account(*events: object) -> list[bytes]:
    """The values of a new account's events."""
    bus = Bus({}, district=BUS.district)
    return [bus.next("A-1", event) for event in events]


def records_of(values: Sequence[bytes]) -> list[RawRecord]:
    return [record("A-1", value, offset) for offset, value in enumerate(values)]


def kinds(plan: Plan) -> list[str]:
    return [aside.kind for aside in plan.aside]


def test_events_that_link_are_applied_in_order() -> None:
    plan = plan_of(records_of(account(Opened("王五"), Deposited(TEN), Withdrawn(FIVE))))
    rows = Rows()
    rows.apply(plan.changes)
    assert plan.heads[AREA, "A-1"].version == 3
    assert rows.tables[account_table] == {("A-1",): {"owner": "王五", "last_version": 3}}
    assert rows.tables[entry_table] == {("A-1", 2): {"amount": TEN}, ("A-1", 3): {"amount": -FIVE}}


def test_the_same_bytes_again_are_counted_and_change_nothing() -> None:
    opened, deposited = account(Opened("王五"), Deposited(TEN))
    plan = plan_of(records_of([opened, opened, deposited, deposited, opened]))
    assert (len(plan.applied), plan.duplicates, plan.aside) == (2, 3, [])


def test_another_event_at_the_head_is_a_fork_and_the_head_stays() -> None:
    opened, true = account(Opened("王五"), Deposited(TEN))
    forged = BUS.encode(
        "A-1",
        Deposited(FIVE),
        after=Written(1, Applier(sample_catalog(), read_model()).check(record("A-1", opened, 0)).hash),
    )
    plan = plan_of(records_of([opened, true, forged]))
    assert kinds(plan) == ["fork"]
    assert plan.heads[AREA, "A-1"].hash == plan.applied[1].hash


def test_a_next_version_that_does_not_link_is_a_fork_and_the_stream_goes_on() -> None:
    opened, deposited = account(Opened("王五"), Deposited(TEN))
    forged = BUS.encode("A-1", Deposited(FIVE), after=Written(1, bytes(32)))
    plan = plan_of(records_of([opened, forged, deposited]))
    assert kinds(plan) == ["fork"]
    assert plan.heads[AREA, "A-1"].version == 2


def test_a_gap_parks_its_stream_until_the_lacking_version_comes() -> None:
    one, two, three, four = account(Opened("王五"), Deposited(TEN), Deposited(FIVE), Withdrawn(FIVE))
    plan = plan_of(records_of([one, three, four, two]))
    assert kinds(plan) == ["gap", "parked", "parked"]
    assert plan.heads[AREA, "A-1"].version == 1
    assert plan.heal == {(AREA, "A-1")}


def test_other_streams_go_on_while_one_is_parked() -> None:
    bus = Bus({}, district=BUS.district)
    bus.next("A-1", Opened("王五"))
    late = bus.next("A-1", Deposited(TEN))
    plan = plan_of([record("A-1", late, 0), record("B-1", bus.next("B-1", Opened("赵六")), 0)])
    assert kinds(plan) == ["gap"]
    assert plan.heads.keys() == {(AREA, "B-1")}


def failing_on_five() -> Projections:
    """A read model whose handler writes a row and then raises for deposits of 5.00."""
    model = Projections(metadata, include=[read_model()])

    @model.on("bank.Deposited")
    def refuse(event: Recorded, rows: Changes) -> None:
        if event.data["amount"] == FIVE:
            raise ValueError("五元不收")

    return model


def test_an_event_that_its_handler_cannot_take_parks_its_stream_and_leaves_no_trace() -> None:
    values = account(Opened("王五"), Deposited(TEN), Deposited(FIVE), Withdrawn(FIVE))
    plan = plan_of(records_of(values), model=failing_on_five())
    rows = Rows()
    rows.apply(plan.changes)
    assert kinds(plan) == ["parked", "parked"]
    assert plan.aside[0].reason == "ValueError: 五元不收"
    assert rows.tables[entry_table] == {("A-1", 2): {"amount": TEN}}
    assert rows.tables[account_table][("A-1",)]["last_version"] == 2


def test_a_record_of_a_parked_stream_is_set_aside_in_a_later_batch_too() -> None:
    one, two, three = account(Opened("王五"), Deposited(FIVE), Deposited(TEN))
    first = plan_of(records_of([one, two]), model=failing_on_five())
    known = Known()
    known.advance(first)
    later = plan_of([record("A-1", three, 2)], known, failing_on_five())
    assert kinds(later) == ["parked"]
    assert later.heal == set()


def test_a_discarded_record_is_skipped() -> None:
    opened, deposited = records_of(account(Opened("王五"), Deposited(TEN)))
    applier = Applier(sample_catalog(), read_model())
    known = Known(discarded={applier.check(deposited).hash})
    plan = plan_of([opened, deposited], known)
    assert plan.heads[AREA, "A-1"].version == 1
    assert [one.raw for one in plan.discarded] == [deposited]


OPENED = account(Opened("王五"))[0]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (record("A-1", None, 0), "no value"),
        (record("A-1", b"", 0), "C3 01"),
        (record("A-1", b"hello", 0), "C3 01"),
        (record("A-1", OPENED[:2] + bytes(8) + OPENED[10:], 0), "fingerprint"),
        (record("A-1", OPENED[:-3], 0), "Opened"),
        (record("A-1", OPENED + b"\0", 0), "1 bytes follow"),
        (record("A-1", OPENED, 0, key=b"A-2"), "key"),
        (record("A-1", OPENED, 0, key=b"\xff\xfe"), "key"),
        (record("A-1", OPENED, 0)._replace(partition=(partition_of("A-1") + 1) % 6), "partition"),
        (record("A-1", OPENED, 0)._replace(topic="410805.bank.events"), "district"),
        (record("A-1", OPENED, 0)._replace(topic="410804.registry.events"), "topic of registry"),
    ],
)
def test_a_record_that_is_not_what_it_should_be_is_malformed_and_says_why(raw: RawRecord, why: str) -> None:
    plan = plan_of([raw])
    assert kinds(plan) == ["malformed"]
    assert why in plan.aside[0].reason
    assert not plan.heads


def test_a_stream_id_that_the_database_cannot_hold_is_malformed() -> None:
    value = Bus({}, district=BUS.district).next("A\0", Opened("王五"))
    assert kinds(plan_of([record("A\0", value, 0)])) == ["malformed"]


STREAMS = st.dictionaries(
    st.sampled_from(["A-1", "A-2", "B-1", "B-2"]),
    st.lists(st.sampled_from([Deposited(TEN), Withdrawn(FIVE)]), max_size=6),
    min_size=1,
)


def replayed(records: Sequence[RawRecord], sizes: random.Random) -> tuple[Rows, Replay]:
    """Fold the records in batches of random sizes."""
    applier = Applier(sample_catalog(), read_model())
    replay, rows, start = Replay(applier), Rows(), 0
    while start < len(records):
        end = start + sizes.randint(1, 5)
        plan = replay.fold([applier.check(raw) for raw in records[start:end]])
        rows.apply(plan.changes)
        replay.take(plan)
        start = end
    for waiting in replay.mend():
        plan = replay.fold(waiting)
        rows.apply(plan.changes)
        replay.take(plan)
    return rows, replay


@settings(max_examples=60, deadline=None)
@given(streams=STREAMS, seed=st.integers(0, 2**32), repeats=st.integers(0, 4))
def test_any_interleaving_of_streams_any_batches_and_repeats_give_one_read_model(
    streams: dict[str, list[object]], seed: int, repeats: int
) -> None:
    bus, chance = Bus({}, district=BUS.district), random.Random(seed)
    queues = {s: [bus.next(s, event) for event in (Opened("王五"), *events)] for s, events in streams.items()}
    straight = [record(s, value, n) for s, values in queues.items() for n, value in enumerate(values)]
    mixed: list[RawRecord] = []
    left = {s: list(values) for s, values in queues.items()}
    while left:
        stream = chance.choice(sorted(left))
        mixed.append(record(stream, left[stream].pop(0), len(mixed)))
        if not left[stream]:
            del left[stream]
    for _ in range(repeats):
        again = chance.randrange(len(mixed))
        mixed.insert(chance.randrange(again, len(mixed)) + 1, mixed[again])
    expected, first = replayed(straight, random.Random(1))
    found, second = replayed(mixed, chance)
    assert found.tables == expected.tables
    assert second.known.heads == first.known.heads
    assert not second.aside


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(6)), seed=st.integers(0, 2**32))
def test_a_stream_whose_versions_come_in_any_order_is_whole_once_all_are_there(order: list[int], seed: int) -> None:
    values = account(Opened("王五"), *[Deposited(TEN)] * 5)
    shuffled = [record("A-1", values[n], offset) for offset, n in enumerate(order)]
    rows, replay = replayed(shuffled, random.Random(seed))
    assert replay.known.heads[AREA, "A-1"].version == 6
    assert len(rows.tables[entry_table]) == 5


def test_checking_keeps_the_coordinates() -> None:
    raw = record("A-1", OPENED, 17)
    checked = Applier(sample_catalog(), read_model()).check(raw)
    assert isinstance(checked, Checked)
    assert (checked.raw, checked.area, checked.stream) == (raw, AREA, "A-1")
