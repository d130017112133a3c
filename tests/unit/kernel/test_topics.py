"""The kernel's own partitioner agrees with Kafka's, because clients' defaults do not agree with each other."""

from __future__ import annotations

import pytest
from aiokafka.partitioner import murmur2 as aiokafka_murmur2
from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.topics import PARTITIONS, murmur2, parse_events_topic, partition_of, partition_streams

# The vectors of org.apache.kafka.common.utils.UtilsTest.testMurmur2 (signed there).
VECTORS = {
    b"21": -973932308,
    b"foobar": -790332482,
    b"a-little-bit-long-string": -985981536,
    b"a-little-bit-longer-string": -1486304829,
    b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
    b"abc": 479470107,
}


@pytest.mark.parametrize("data", VECTORS)
def test_murmur2_agrees_with_kafkas_own_vectors(data: bytes) -> None:
    assert murmur2(data) == VECTORS[data] & 0xFFFFFFFF


@given(st.binary(max_size=64))
def test_murmur2_agrees_with_another_implementation(data: bytes) -> None:
    assert murmur2(data) == aiokafka_murmur2(data) & 0xFFFFFFFF


@given(st.from_regex(r"[0-9]{6}-[A-Z]{1,2}-[a-z]{1,8}", fullmatch=True))
def test_each_partition_has_a_marker_stream_of_its_own(prefix: str) -> None:
    streams = partition_streams(prefix)
    assert [partition_of(stream) for stream in streams] == list(range(PARTITIONS))


@pytest.mark.parametrize("other", ["410804.projects.quarantine", "410804.schemas", "events", "41080.projects.events"])
def test_only_an_events_topic_is_taken_for_one(other: str) -> None:
    assert parse_events_topic(other) is None
    assert parse_events_topic("410804.projects.events") == ("410804", "projects")
