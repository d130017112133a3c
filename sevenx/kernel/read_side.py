"""A service's reading side without a running reader: what redrive, refold, rebuild and comparison start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sevenx.declaration import AUDIT, service
from sevenx.kernel.applier import Applier
from sevenx.kernel.avro import Catalog
from sevenx.kernel.batch_reader import Cluster, librdkafka_options
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.set_aside import ReactionQueue
from sevenx.kernel.settings import Settings
from sevenx.kernel.topics import events_topic, parse_events_topic, partition_of


@dataclass(frozen=True)
class ReadSide:
    """Settings, definition and schemas of one service, and what follows from them.

    `follows`: the areas whose topics are read; by default what the declaration says.
    """

    settings: Settings
    definition: ServiceDefinition
    catalog: Catalog
    follows: tuple[str, ...] = ()

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The events topics that this service reads."""
        areas = self.follows or service(self.definition.area).reads()
        return tuple(events_topic(self.settings.district, area) for area in areas)

    @property
    def audit_topic(self) -> str:
        return events_topic(self.settings.district, AUDIT)

    @property
    def group(self) -> str:
        """The consumer group; the service's principal may use every group that begins so."""
        return f"{self.settings.district}-{self.definition.area}"

    @cached_property
    def applier(self) -> Applier:
        return Applier(self.catalog, self.definition.projections)

    @cached_property
    def reactions(self) -> ReactionQueue:
        return ReactionQueue(self.definition.reactions)

    @cached_property
    def kafka(self) -> dict[str, Any]:
        """librdkafka's options."""
        return librdkafka_options(self.settings)

    @cached_property
    def cluster(self) -> Cluster:
        return Cluster(self.kafka)

    def place_of(self, area: str, stream: str) -> tuple[str, int]:
        """Topic and partition on which a stream's records lie."""
        return events_topic(self.settings.district, area), partition_of(stream)

    def reads(self, areas: Iterable[str]) -> list[str]:
        """Those of the areas that this service reads."""
        read = {parsed[1] for topic in self.topics if (parsed := parse_events_topic(topic)) is not None}
        return [area for area in areas if area in read]
