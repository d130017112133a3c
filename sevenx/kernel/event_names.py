"""The names of all events of a district, for the read models that keep every one."""

from __future__ import annotations

from collections.abc import Iterator

from sevenx.declaration import writing_services
from sevenx.kernel.avro import catalog


def every_event() -> Iterator[str]:
    """`area.EventName` of every event that any area may write."""
    areas = [service.area for service in writing_services()]
    for name, namespace in dict.fromkeys((schema.name, schema.namespace) for schema in catalog().schemas()):
        for area in areas if namespace == "kernel" else (namespace,):
            yield f"{area}.{name}"
