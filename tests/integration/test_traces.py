"""One trace from a command through the outbox and Kafka to what reacts to its event."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

from sevenx.kernel.envelope import Recorded, uuid7
from sevenx.kernel.handler import Context
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads
from sevenx.kernel.relay import Relay
from sevenx.kernel.telemetry import configure_tracing, current_traceparent, tracer
from sevenx.kernel.testing.sample import AREA, Deposit, Open, sample_catalog, sample_service
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.conftest import Database, SharedPostgres
from tests.integration.bus import records
from tests.integration.reading import Place, eventually, reading
from tests.integration.writing import bank, on


async def test_the_trace_of_a_command_travels_in_the_records_header_and_into_the_reaction(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    configure_tracing(place.settings)
    seen: list[str] = []

    async def note(_event: Recorded, _reads: Reads, _desk: Desk) -> None:
        seen.append(current_traceparent() or "")

    trace_id = await give_in_one_trace(place, Open("甲"), Deposit(Decimal(1)))
    relay = Relay(place.settings, sample_catalog())
    relay.start()
    service = sample_service(reactions=(Reaction("note", ("bank.Deposited",), note),))
    async with reading(place, service, handler=object()):  # type: ignore[arg-type]

        async def reacted() -> bool:
            return bool(seen)

        await eventually(reacted)
    relay.stop()
    sent = [dict(m.headers() or [])["traceparent"].decode() for m in records(kafka, topic(place))]
    assert [carried.split("-")[1] for carried in (*sent, *seen)] == [trace_id] * 3


async def give_in_one_trace(place: Place, *commands: Any) -> str:
    """Give commands within one span; its trace id in hex."""
    async with bank(Database("", "", "", "", place.settings.database), place.settings.district) as handler:
        with tracer().start_as_current_span("request") as span:
            for command in commands:
                key = hashlib.sha256(repr(command).encode()).digest()
                context = Context("tester", key, uuid7(), traceparent=current_traceparent())
                await handler.handle(on("410804-A-1", command), context)
            return f"{span.get_span_context().trace_id:032x}"


def topic(place: Place) -> str:
    return events_topic(place.settings.district, AREA)
