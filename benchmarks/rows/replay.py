"""Verified replay from Kafka: against librdkafka that reads the same topic and does nothing, and, with every event
decoded, against pyeventsourcing that reads and decodes as many events from PostgreSQL and verifies nothing."""

from __future__ import annotations

from collections.abc import Iterator

from eventsourcing.projection import ApplicationSubscription

from benchmarks import reference
from benchmarks.bench import Bench
from benchmarks.bus import consume
from benchmarks.databases import Database
from benchmarks.harness import Figure, Goal, Side, expect, rate, ratio
from benchmarks.history import History
from benchmarks.replays import Log, expected_root


def measure(bench: Bench) -> Iterator[Figure]:
    """Events a second."""
    yield from _against_librdkafka(bench)
    yield from _against_pyeventsourcing(bench)


def _against_librdkafka(bench: Bench) -> Iterator[Figure]:
    history = bench.history(bench.size(1_000_000, 400))
    log, root = Log(bench.kafka_options, history), expected_root(history)
    found = bench.take(
        Side("librdkafka", lambda: rate(history.events, lambda: consume(bench.kafka_options, history))),
        Side("verified replay", lambda: rate(history.events, log.chains)),
        Side("replay and root", lambda: rate(history.events, lambda: expect("the root", log.root(), root))),
    )
    bare = found["librdkafka"]
    yield ratio("verified replay: chain, contiguity, ownership", found["verified replay"], bare, Goal(0.80))
    yield ratio("the same with Merkle leaves and root", found["replay and root"], bare, Goal(0.65))


def _against_pyeventsourcing(bench: Bench) -> Iterator[Figure]:
    history = bench.history(bench.size(200_000, 400))
    log, theirs = Log(bench.kafka_options, history), bench.database()
    reference.fill(theirs, history)
    with theirs.as_owner() as connection:
        connection.execute("VACUUM ANALYZE")
    found = bench.take(
        Side("pyeventsourcing decode", lambda: rate(history.events, lambda: _catch_up(theirs, history))),
        Side("replay and decode", lambda: rate(history.events, log.decoded)),
        Side("sevenx verify", lambda: rate(history.events, log.contents)),
    )
    decode = found["pyeventsourcing decode"]
    yield ratio("verified replay, every event decoded", found["replay and decode"], decode, Goal(1))
    yield ratio("the same, headers and times recomputed too", found["sevenx verify"], decode)


def _catch_up(database: Database, history: History) -> None:
    """The library's subscription from the first event to the last."""
    with reference.bank(database) as app, ApplicationSubscription(app, gt=0) as subscription:
        last = next(tracking for _, tracking in subscription if tracking.notification_id == history.events)
    expect("events decoded", last.notification_id, history.events)
