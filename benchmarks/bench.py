"""What the rows share: real servers that are started when a row first needs them, and histories on the bus."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Coroutine
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import uvloop

from benchmarks.bus import publish
from benchmarks.databases import Database
from benchmarks.harness import Series, Side, Turns
from benchmarks.history import History
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.sample import AREA
from sevenx.local.kafka import Kafka
from sevenx.local.postgres import Postgres

T = TypeVar("T")


class Bench:
    """One run of chosen rows. `quick`: everything tiny and once, to see that the rows still work."""

    def __init__(self, quick: bool = False) -> None:
        self.quick = quick
        self.turns = Turns(warmups=0, runs=2) if quick else Turns(warmups=1, runs=5)
        self._stack = ExitStack()
        self._databases = 0
        self._published: dict[int, History] = {}

    def __enter__(self) -> Self:
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="sevenx-bench-")))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def say(self, text: str) -> None:
        """Progress, beside the table."""
        print(f"  {text}", file=sys.stderr, flush=True)

    def size(self, full: int, quick: int) -> int:
        """How much work a run does."""
        return quick if self.quick else full

    def take(self, *sides: Side) -> dict[str, Series]:
        """Let the sides take turns."""
        return self.turns.take(sides, self.say)

    # -- servers --------------------------------------------------------------------------------------------------

    @cached_property
    def postgres(self) -> Postgres:
        self.folder.chmod(0o755)
        return self._stack.enter_context(Postgres(self.folder / "postgres"))

    @cached_property
    def kafka(self) -> Kafka:
        return self._stack.enter_context(Kafka(self.folder / "kafka"))

    @property
    def kafka_options(self) -> dict[str, Any]:
        """librdkafka's, of the broker's super user."""
        return {**self.kafka.admin().librdkafka_options(), "log_level": 0}

    @cached_property
    def _runner(self) -> asyncio.Runner:
        return self._stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the one event loop that all rows share, of the kind that the services have."""
        return self._runner.run(work)

    # -- data -----------------------------------------------------------------------------------------------------

    def database(self) -> Database:
        """A fresh, empty database with its two roles."""
        self._databases += 1
        return Database.create(self.postgres, f"bench_{self._databases}")

    def history(self, events: int) -> History:
        """A history of about so many events, on the bus; made once."""
        streams = max(1, events // 20)
        if streams not in self._published:
            history = History(streams, f"9{len(self._published):05d}")
            self.say(f"publishing {history.events:,} events of {history.event_size} bytes to {history.topic}")
            publish(self.kafka_options, history)
            self._published[streams] = history
        return self._published[streams]

    def settings(self, history: History, database: Database) -> Settings:
        """Of a service that reads a history."""
        login = self.kafka.admin()
        return Settings(
            area=AREA,
            district=history.district,
            database=database.app_url,
            kafka=login.bootstrap,
            kafka_user=login.user,
            kafka_password=login.password,
        )
