"""Metrics, structured logs and traces of a service."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

from opentelemetry import propagate, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ALWAYS_ON, ParentBased
from prometheus_client import Counter, Gauge, Histogram

from sevenx.kernel.settings import Settings

COMMANDS = Counter("sevenx_commands_total", "Commands by name and outcome", ["command", "outcome"])
COMMAND_SECONDS = Histogram(
    "sevenx_command_seconds",
    "Time from a command's request to its committed events",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
OUTBOX_ROWS = Gauge("sevenx_outbox_rows", "Events committed and not yet acknowledged by Kafka")
OUTBOX_OLDEST = Gauge("sevenx_outbox_oldest_seconds", "Age of the oldest event that Kafka has not acknowledged")
RELAYED = Counter("sevenx_relayed_total", "Outbox rows acknowledged by Kafka")
RELAY_ERRORS = Counter("sevenx_relay_errors_total", "Interruptions of the relay")
DEADLINES = Counter("sevenx_deadlines_total", "Deadlines decided by the clock", ["name"])

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _STANDARD},
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def configure_logging(level: str) -> None:
    """Send every logger's lines to standard output as JSON."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("kafka", "aiokafka", "faust", "mode", "httpx", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def configure_tracing(settings: Settings) -> None:
    """Trace ids are always made and carried; spans are recorded only where there is somebody to export them to."""
    exporting = bool(settings.otlp_endpoint)
    provider = TracerProvider(
        resource=Resource.create({"service.name": f"sevenx-{settings.area}", "sevenx.district": settings.district}),
        sampler=ParentBased(ALWAYS_ON if exporting else ALWAYS_OFF),
        shutdown_on_exit=exporting,
    )
    if exporting:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{settings.otlp_endpoint}/v1/traces")))
    trace.set_tracer_provider(provider)


@cache
def tracer() -> trace.Tracer:
    """The kernel's own, made once: to make one costs as much as a span."""
    return trace.get_tracer("sevenx")


def current_traceparent() -> str | None:
    """The current span as a W3C traceparent, to be stored with the outbox row."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent")


@contextmanager
def span_from(name: str, traceparent: str | None, kind: trace.SpanKind) -> Iterator[trace.Span]:
    """A span that continues the trace of a stored or received traceparent."""
    context = propagate.extract({"traceparent": traceparent}) if traceparent else None
    with tracer().start_as_current_span(name, context=context, kind=kind) as span:
        yield span


@contextmanager
def send_span(topic: str, event: str, traceparent: str | None) -> Iterator[str | None]:
    """The span of sending one event; gives the traceparent that travels in the record's header."""
    if traceparent is None:
        yield None
        return
    with span_from(f"send {topic}", traceparent, trace.SpanKind.PRODUCER) as span:
        span.set_attribute("messaging.system", "kafka")
        span.set_attribute("messaging.destination.name", topic)
        span.set_attribute("sevenx.event", event)
        yield current_traceparent() or traceparent
