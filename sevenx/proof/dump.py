"""A log as files: written from a live broker, read back without any server.

A folder holds `dump.json` and one file for each topic's partition, `<topic>-<partition>.records`: records one after the
other, all numbers big endian, a length of -1 for null:

    int64 offset, int64 timestamp (ms), int32 key length, key, int32 value length, value,
    int32 count of headers, and for each int32 name length, name (UTF-8), int32 length, bytes

`dump.json`: format, district, taken_at, topics: [{name, id, partitions: [{begin, end, records}]}].
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sevenx.kernel.clock import wall_now
from sevenx.proof.source import Extent, Headers, Place, Record, Source, Topic, UnreadableLog

FORMAT = "sevenx-dump-1"
INDEX = "dump.json"
PORTION = 5_000
_LONGEST = 64 << 20
"""No key, value or header is longer than this; a greater length is a damaged file."""
_OFFSET_TIME = struct.Struct(">qq")
_LENGTH = struct.Struct(">i")


@dataclass(frozen=True, slots=True)
class DumpedRecord:
    """A record out of a file, with the methods of confluent_kafka.Message."""

    place: Place
    at: int
    time: int
    raw_key: bytes | None
    raw_value: bytes | None
    raw_headers: Headers

    def topic(self) -> str:
        return self.place[0]

    def partition(self) -> int:
        return self.place[1]

    def offset(self) -> int:
        return self.at

    def timestamp(self) -> tuple[int, int]:
        return 1, self.time

    def headers(self) -> Headers:
        return self.raw_headers

    def key(self) -> bytes | None:
        return self.raw_key

    def value(self) -> bytes | None:
        return self.raw_value


def record_bytes(record: Record) -> bytes:
    """A record as it stands in a file."""
    headers = record.headers() or []
    parts = [_OFFSET_TIME.pack(record.offset(), record.timestamp()[1]), _field(record.key()), _field(record.value())]
    parts.append(_LENGTH.pack(len(headers)))
    for name, value in headers:
        parts += (_field(name.encode()), _field(value))
    return b"".join(parts)


def _field(data: bytes | None) -> bytes:
    return _LENGTH.pack(-1) if data is None else _LENGTH.pack(len(data)) + data


def file_of(folder: Path, place: Place) -> Path:
    return folder / f"{place[0]}-{place[1]}.records"


def write_dump(source: Source, folder: Path, progress: Callable[[int], None] = lambda _: None) -> int:
    """Write the whole log into a new or empty folder; the number of records.

    Memory stays flat. `dump.json` is written last: without it a folder is not a dump. FileExistsError when the folder
    has content.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    places = [(topic.name, p) for topic in source.topics for p in range(len(topic.partitions))]
    files: dict[Place, BinaryIO] = {place: file_of(folder, place).open("wb") for place in places}
    counts = dict.fromkeys(places, 0)
    try:
        for records in source.read(places):
            for record in records:
                place = (record.topic(), record.partition())
                files[place].write(record_bytes(record))
                counts[place] += 1
            progress(sum(counts.values()))
    finally:
        for file in files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
    index = {
        "format": FORMAT,
        "district": source.district,
        "taken_at": wall_now().isoformat(),
        "topics": [
            {
                "name": topic.name,
                "id": topic.id,
                "partitions": [
                    {"begin": extent.begin, "end": extent.end, "records": counts[topic.name, p]}
                    for p, extent in enumerate(topic.partitions)
                ],
            }
            for topic in source.topics
        ],
    }
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", "utf-8")
    return sum(counts.values())


class DumpSource:
    """A dump's folder as a source."""

    def __init__(self, folder: Path) -> None:
        """UnreadableLog when the folder is not a dump."""
        self._folder = folder
        index = _read_index(folder)
        try:
            self.district: str = index["district"]
            self.topics: Sequence[Topic] = [
                Topic(t["name"], t["id"], tuple(Extent(p["begin"], p["end"]) for p in t["partitions"]))
                for t in index["topics"]
            ]
        except (KeyError, TypeError) as error:
            raise UnreadableLog(f"{folder / INDEX} lacks {error}") from error
        self._damage: list[tuple[Place, str]] = []

    def read(self, places: Collection[Place]) -> Iterator[Sequence[Record]]:
        for place in places:
            try:
                with file_of(self._folder, place).open("rb") as file:
                    yield from _portions(file, place, self._damage)
            except FileNotFoundError:
                self._note(place, "the file is missing")

    def _note(self, place: Place, what: str) -> None:
        if (place, what) not in self._damage:
            self._damage.append((place, what))

    def damage(self) -> Sequence[tuple[Place, str]]:
        return tuple(dict.fromkeys(self._damage))


def _read_index(folder: Path) -> dict[str, Any]:
    try:
        index: Any = json.loads((folder / INDEX).read_text("utf-8"))
    except FileNotFoundError:
        raise UnreadableLog(f"{folder} is not a complete dump: {INDEX} is missing (see `sevenx dump`)") from None
    except (OSError, ValueError) as error:
        raise UnreadableLog(f"{folder / INDEX} cannot be read: {error}") from error
    if not isinstance(index, dict) or index.get("format") != FORMAT:
        raise UnreadableLog(f"{folder / INDEX} is not of the format {FORMAT}")
    return index


def _portions(file: BinaryIO, place: Place, damage: list[tuple[Place, str]]) -> Iterator[list[DumpedRecord]]:
    portion: list[DumpedRecord] = []
    while True:
        start = file.tell()
        try:
            record = _read_record(file, place)
        except ValueError as error:
            damage.append((place, f"the file is damaged at byte {start}: {error}; what follows is not read"))
            record = None
        if record is None:
            if portion:
                yield portion
            return
        portion.append(record)
        if len(portion) == PORTION:
            yield portion
            portion = []


def _read_record(file: BinaryIO, place: Place) -> DumpedRecord | None:
    """The next record; None at the end of the file; ValueError when the file is damaged."""
    head = file.read(_OFFSET_TIME.size)
    if not head:
        return None
    if len(head) < _OFFSET_TIME.size:
        raise ValueError("it ends within a record")
    offset, time = _OFFSET_TIME.unpack(head)
    key, value = _read_field(file), _read_field(file)
    count = _read_length(file)
    if not 0 <= count <= 1000:
        raise ValueError(f"{count} headers")
    headers = [(_utf8(_read_field(file)), _read_field(file) or b"") for _ in range(count)]
    return DumpedRecord(place, offset, time, key, value, headers)


def _read_length(file: BinaryIO) -> int:
    raw = file.read(4)
    if len(raw) < 4:
        raise ValueError("it ends within a record")
    length: int = _LENGTH.unpack(raw)[0]
    return length


def _read_field(file: BinaryIO) -> bytes | None:
    length = _read_length(file)
    if length == -1:
        return None
    if not 0 <= length <= _LONGEST:
        raise ValueError(f"a field of {length} bytes")
    data = file.read(length)
    if len(data) < length:
        raise ValueError("it ends within a record")
    return data


def _utf8(data: bytes | None) -> str:
    """Header names; broken UTF-8 is a UnicodeDecodeError, which is a ValueError."""
    return (data or b"").decode("utf-8")
