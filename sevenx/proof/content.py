"""The content of records: every event decodes by its schema, agrees with its key, its place and its stream, and headers
and timestamp are what the value says (they are recomputed, nothing decides by them)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sevenx.kernel.avro import Catalog
from sevenx.kernel.cloudevents import headers_of, recorded_ms
from sevenx.kernel.envelope import FINGERPRINT, Recorded
from sevenx.kernel.errors import MalformedRecord
from sevenx.proof.findings import Problem
from sevenx.proof.source import Record
from sevenx.proof.streams import Partition, Stream

_CREATE_TIME = 1


class ContentCheck:
    """A check for chain.Replay: decodes each event and holds it against all that can be recomputed."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._schemas = {schema.fingerprint: schema for schema in catalog.schemas()}

    def __call__(self, partition: Partition, stream: Stream, record: Record, value: bytes) -> list[Problem]:
        try:
            event = self._catalog.decode(partition.area, value)
        except MalformedRecord as error:
            return [_problem("malformed", str(error), partition, stream, record)]
        faults = [*_envelope(event, partition, stream), *self._transport(partition, stream, record, value)]
        stream.recorded_at = max(event.meta.recorded_at, stream.recorded_at or event.meta.recorded_at)
        if event.name == "PeriodClosed":
            as_of: datetime = event.data["as_of"]
            partition.closed = max(as_of, partition.closed or as_of)
        return [_problem(kind, what, partition, stream, record, event.hash) for kind, what in faults]

    def _transport(
        self, partition: Partition, stream: Stream, record: Record, value: bytes
    ) -> Iterator[tuple[str, str]]:
        """Headers (but for the trace, which is no part of the event) and the record's timestamp."""
        schema = self._schemas.get(value[FINGERPRINT])
        if schema is not None:
            given = [header for header in record.headers() or [] if header[0] != "traceparent"]
            wanted = headers_of(schema, partition.district, partition.area, stream.id, value, None)
            if given != wanted:
                yield "headers", f"the headers {_differing(given, wanted)} are not what the value says"
        timestamp = record.timestamp()
        if timestamp != (_CREATE_TIME, recorded_ms(value)):
            yield "headers", f"the timestamp {timestamp[1]} is not the event's {recorded_ms(value)}"


def _envelope(event: Recorded, partition: Partition, stream: Stream) -> Iterator[tuple[str, str]]:
    """What Meta says, held against key, district, place in the stream and announced cut-offs."""
    meta = event.meta
    if meta.version != stream.version:
        yield "content", f"it says version {meta.version} and stands as version {stream.version}"
    if meta.stream != stream.id:
        yield "content", f"it says stream {meta.stream!r} under the key {stream.id!r}"
    if meta.district != partition.district:
        yield "content", f"it says district {meta.district!r} on a topic of {partition.district}"
    if stream.recorded_at is not None and meta.recorded_at < stream.recorded_at:
        yield "content", f"it was recorded at {meta.recorded_at.isoformat()}, before its predecessor"
    if partition.closed is not None and meta.occurred_at < partition.closed:
        cut = partition.closed.isoformat()
        yield "late", f"it occurred at {meta.occurred_at.isoformat()}, before the cut-off {cut} announced above it"


def _differing(given: list[tuple[str, bytes]], wanted: list[tuple[str, bytes]]) -> str:
    names = {name for name, value in given if (name, value) not in wanted}
    names |= {name for name, value in wanted if (name, value) not in given}
    return ", ".join(sorted(names)) or "(their order)"


def _problem(
    kind: str, what: str, partition: Partition, stream: Stream, record: Record, digest: bytes | None = None
) -> Problem:
    return Problem(
        kind,
        what,
        partition.topic,
        partition.number,
        record.offset(),
        stream.id,
        stream.version,
        digest or stream.tip,
    )
