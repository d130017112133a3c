"""Projections: read models folded from events, by the same pure functions live, in a rebuild and in a comparison.

Every projection table has `stream` as the first column of its primary key, and a row is written by the events of that
stream alone: the writer fills the column in. So the order across streams cannot matter, rows are joined when they are
read, totals are summed when they are read (or kept: `sevenx.kernel.totals`), and one stream can be folded again without
touching any other.

A handler gets an event and a writer, and may not read: what it writes follows from the event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, MetaData, Table, Text

from sevenx.kernel.envelope import Recorded

READ = "read"
"""The schema of the live projections; a rebuild fills `read_next` and is renamed to it."""

Key = tuple[Any, ...]
"""The values of a row's primary key, the stream first."""


def projection_table(name: str, metadata: MetaData, *columns: Column[Any]) -> Table:
    """A projection table: `stream` and then the columns; those marked primary_key follow the stream in the key."""
    return Table(name, metadata, Column("stream", Text, primary_key=True), *columns, schema=READ)


@dataclass(slots=True)
class Change:
    """What a batch does to one row: drop it, then insert `values` if `whole`, else update those columns."""

    whole: bool = False
    drop: bool = False
    values: dict[str, Any] = field(default_factory=dict)


class Changes:
    """The net changes of a batch of events, per table and key. Applying them once equals applying each in order."""

    def __init__(self) -> None:
        self.by_table: dict[Table, dict[Key, Change]] = {}
        self._stream = ""

    def of(self, stream: str) -> Changes:
        """The writer for events of this stream."""
        self._stream = stream
        return self

    def put(self, table: Table, *key: Any, **values: Any) -> None:
        """Insert the row with this key (after the stream), or replace it whole; columns not named become NULL or their
        server default."""
        self._rows(table)[(self._stream, *key)] = Change(whole=True, drop=True, values=values)

    def set(self, table: Table, *key: Any, **values: Any) -> None:
        """Change the named columns of a row that exists; for a row that does not exist the batch fails."""
        change = self._rows(table).setdefault((self._stream, *key), Change())
        if change.drop and not change.whole:
            raise LookupError(f"{table.name} {(self._stream, *key)} was deleted and cannot be changed")
        change.values.update(values)

    def delete(self, table: Table, *key: Any) -> None:
        """Delete the row with this key, if it is there."""
        self._rows(table)[(self._stream, *key)] = Change(drop=True)

    def _rows(self, table: Table) -> dict[Key, Change]:
        return self.by_table.setdefault(table, {})


Handler = Callable[[Recorded, Changes], None]


class Projections:
    """A service's read model: its tables and the handlers that write them.

    `version` is raised by hand when a handler's meaning changes; a reader that finds tables of another version or
    shape rebuilds them beside the live ones and switches.
    """

    def __init__(self, metadata: MetaData, version: int = 1, include: Iterable[Projections] = ()) -> None:
        self.metadata = metadata
        self.version = version
        self._handlers: dict[tuple[str, str], list[Handler]] = {}
        self._parts: set[str] = set()
        for other in include:
            for key, handlers in other._handlers.items():
                self._handlers.setdefault(key, []).extend(handlers)

    def first_time(self, part: str) -> bool:
        """Whether this part of a read model has not been asked about before: its handlers are to be registered now."""
        if part in self._parts:
            return False
        self._parts.add(part)
        return True

    def on(self, *events: str) -> Callable[[Handler], Handler]:
        """Register a handler for events named `area.EventName`."""

        def register(handler: Handler) -> Handler:
            for name in events:
                area, _, event = name.partition(".")
                self._handlers.setdefault((area, event), []).append(handler)
            return handler

        return register

    def apply(self, event: Recorded, changes: Changes) -> None:
        """Run the event's handlers. What they raise parks the stream; see live_reader."""
        for handler in self._handlers.get((event.area, event.name), ()):
            handler(event, changes.of(event.meta.stream))

    def handled(self) -> Mapping[tuple[str, str], list[Handler]]:
        return self._handlers

    @property
    def events(self) -> frozenset[str]:
        """The events, as `area.EventName`, from which alone the tables of this part follow."""
        return frozenset(f"{area}.{name}" for area, name in self._handlers)
