"""What a broker tells about its partitions while it comes up."""

from __future__ import annotations

import pytest
from confluent_kafka import OFFSET_INVALID, TopicPartition

from sevenx.kernel.batch_reader import KafkaAway, known

PLACE = TopicPartition("410804.audit.events", 0)


def test_an_offset_that_the_broker_does_not_know_yet_is_no_end_of_a_topic() -> None:
    """Found by chaos: a reader that took it for an end held the topic for cut short, and stopped for good."""
    with pytest.raises(KafkaAway, match=r"does not know yet where 410804\.audit\.events partition 0 ends"):
        known(PLACE, OFFSET_INVALID)


def test_an_empty_partition_ends_at_nought() -> None:
    assert [known(PLACE, offset) for offset in (0, 7)] == [0, 7]
