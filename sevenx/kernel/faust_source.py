"""Faust as the reader's source: group membership, rebalancing and fetching are its own, offsets are the database's.

Records pass through Faust in the chunks in which they were fetched, undecoded: its cost of some 80 microseconds for a
message is then paid once a chunk.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import faust
from faust.auth import SASLCredentials
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport
from faust.types import TP
from yarl import URL

from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.settings import Settings

CHUNKS = 16
"""Chunks that wait for a batch at most; a chunk is what one fetch brought of one partition, at most POLL records."""
POLL = 500
WITHIN = 0.005
"""Seconds for which a batch is gathered once its first chunk is there."""

FETCH_WAIT_MS = 500
"""Milliseconds for which the broker holds a fetch that has nothing to bring."""
HELD = 1.0
"""Seconds for which fetched records may wait to be taken before the next fetch goes out without their partitions. It
must be longer than a reader rests: what comes on a partition that the fetch under way does not ask for waits until that
fetch is back."""

log = logging.getLogger(__name__)


class FetchingThread(AIOKafkaConsumerThread):  # type: ignore[misc]
    """Faust's thread around aiokafka. Faust waits 1.5 s for a fetch and aiokafka 0.1 s for what it has fetched to be
    taken, and neither is a setting: a reader that rests would hear of every other event a second late."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer

    async def on_start(self) -> None:
        await super().on_start()
        self._consumer._fetcher._prefetch_backoff = HELD


class Receiver(Protocol):
    """Who gets what the source reads."""

    async def assigned(self, places: frozenset[Place]) -> Mapping[Place, int]:
        """These partitions are ours from now on: from which offsets are they to be read?"""

    async def batch(self, records: Sequence[RawRecord]) -> None:
        """Records in order within each partition. Returns when they are committed or to be dropped."""

    async def rested(self) -> None:
        """Return when more is wanted."""


class CheckpointConsumer(Consumer):  # type: ignore[misc]
    """Seeks to the database's checkpoints, whatever the group has committed, and hands on whole chunks."""

    receiver: Receiver

    def _new_consumer_thread(self) -> FetchingThread:
        return FetchingThread(self, loop=self.loop, beacon=self.beacon)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Called by Faust after every assignment (and when fetching was interrupted by one)."""
        assigned = frozenset((tp.topic, tp.partition) for tp in self.assignment())
        wanted = await self.receiver.assigned(assigned)
        offsets = {TP(topic, partition): offset for (topic, partition), offset in wanted.items()}
        if offsets:
            await self.seek_wait(offsets)
        return offsets

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Any]]:  # noqa: ASYNC109 Faust's signature
        """One message for all records of a partition that a fetch brought; its offset is the last one's."""
        await self.receiver.rested()
        records, active = await self._wait_next_records(timeout)
        generation = self.app.consumer_generation_id
        if records is None or self.should_stop:
            return
        if not self.flow_active:
            await self.perform_seek()
            return
        for tp, chunk in records.items():
            if not self.flow_active or self.app.consumer_generation_id != generation:
                return
            if chunk and (active is None or tp in active or tp in self._buffered_partitions):
                message = self._to_message(tp, chunk[-1])
                message.key, message.value = None, [_raw(record) for record in chunk]
                yield tp, message


def _raw(record: Any) -> RawRecord:
    place = (record.topic, record.partition, record.offset)
    return RawRecord(*place, record.key, record.value, record.timestamp, record.headers or ())


class FaustSource:
    """One Faust app with one agent over all topics. `start` and `stop` in the service's own event loop."""

    def __init__(self, settings: Settings, topics: Iterable[str], group: str, receiver: Receiver) -> None:
        consumer = type("BoundConsumer", (CheckpointConsumer,), {"receiver": receiver})
        transport = type("BoundTransport", (Transport,), {"Consumer": consumer})
        url = f"kafka://{settings.kafka}"
        self.app = faust.App(
            group,
            broker=url,
            broker_credentials=_credentials(settings),
            autodiscover=False,
            web_enabled=False,
            topic_allow_declare=False,
            topic_disable_leader=True,
            table_standby_replicas=0,
            store="memory://",
            datadir=str(Path(tempfile.gettempdir()) / "sevenx-faust"),  # it makes one, and keeps nothing of ours there
            stream_wait_empty=False,
            stream_buffer_maxsize=CHUNKS,
            broker_max_poll_records=POLL,
            broker_commit_interval=30.0,  # the group's offsets are for tools to look at; ours are in the database
            broker_session_timeout=10.0,
            broker_heartbeat_interval=3.0,
            broker_request_timeout=15.0,
            consumer_auto_offset_reset="earliest",
            producer_acks=-1,
            processing_guarantee="at_least_once",
        )
        self.app.transport = transport([URL(url)], self.app, loop=None)
        channel = self.app.topic(
            *topics, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
        )
        self._waiting: asyncio.Queue[Sequence[RawRecord]] = asyncio.Queue(CHUNKS)
        self._deliver = receiver.batch
        self._delivering: asyncio.Task[None] | None = None
        self.app.agent(channel, concurrency=1, name=f"{group}.reader")(self._take)

    async def start(self) -> None:
        self._delivering = asyncio.create_task(self._batches(), name="reader-batches")
        await self.app.start()

    async def stop(self) -> None:
        try:
            await self.app.stop()
        finally:
            if self._delivering is not None:
                self._delivering.cancel()

    async def _take(self, stream: Any) -> None:
        """Faust's own `take` wakes up all the time; this sleeps until a chunk comes."""
        async for event in stream.events():
            await self._waiting.put(event.message.value)

    async def _batches(self) -> None:
        """What has come within a moment makes a batch."""
        while True:
            chunks = [await self._waiting.get()]
            await asyncio.sleep(WITHIN)
            while not self._waiting.empty():
                chunks.append(self._waiting.get_nowait())
            await self._deliver([record for chunk in chunks for record in chunk])

    @property
    def crashed(self) -> BaseException | None:
        """Why Faust, or the delivery of a batch, gave up, if it did."""
        done = self._delivering
        if done is not None and done.done() and not done.cancelled():
            return done.exception()
        reason: BaseException | None = self.app.crash_reason
        return reason

    @property
    def assignment(self) -> frozenset[Place]:
        """The partitions that are ours now."""
        return frozenset((tp.topic, tp.partition) for tp in self.app.consumer.assignment())


def _credentials(settings: Settings) -> SASLCredentials | None:
    if not settings.kafka_user:
        return None
    return SASLCredentials(username=settings.kafka_user, password=settings.kafka_password, mechanism="SCRAM-SHA-512")
